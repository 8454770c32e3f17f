"""The bar above the reader that finds words in the open article."""

from __future__ import annotations

from bisect import bisect_left

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from annotator.model.finding import find_all
from annotator.model.span import Span
from annotator.ui.actions.keys import native
from annotator.ui.actions.registry import Actions
from annotator.ui.state import UiState
from annotator.ui.theme.icons import icon
from annotator.ui.widgets.search_field import SearchField


class FindBar(QWidget):
    """``found`` tells the places, in order, and the index of the current one (-1: none); an empty list clears them."""

    found = Signal(list, int)

    def __init__(self, state: UiState, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findBar")
        self._state, self._actions = state, actions
        self._places: list[Span] = []
        self._current = -1
        self._sought, self._sha256 = "", ""
        self._field = SearchField(self.tr("Find in article"), delay_ms=80)
        self._count = QLabel()
        self._count.setProperty("secondary", True)
        self._back = self._button("chevron-up", self.tr("Previous"), self.previous, "edit.findPrevious")
        self._forward = self._button("chevron-down", self.tr("Next"), self.next, "edit.findNext")
        self._case = self._toggle(self.tr("Aa"), self.tr("Match upper and lower case"))
        self._whole = self._toggle(self.tr("Word"), self.tr("Whole words only"))
        self._shut = self._button("close", self.tr("Close"), self.close_bar, "")
        self._lay_out()
        self._field.text_changed.connect(self._search)
        self._field.installEventFilter(self)
        # Queued: the reader shows the text first, then what is found in it.
        later = Qt.ConnectionType.QueuedConnection
        state.article_opened.connect(self._article_opened, later)
        state.content_changed.connect(self._content_changed, later)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(4)
        self._field.setMaximumWidth(360)
        self._count.setMinimumWidth(self._count.fontMetrics().horizontalAdvance("000 of 0000"))
        self._count.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row.addWidget(self._field, 3)
        for button in (self._case, self._whole):
            row.addWidget(button)
        row.addSpacing(8)
        row.addWidget(self._count, 1)
        for button in (self._back, self._forward, self._shut):
            row.addWidget(button)
        rule = QFrame()
        rule.setProperty("rule", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(rule)

    def _button(self, icon_name: str, text: str, does: object, action: str) -> QToolButton:
        made = QToolButton()
        made.setIcon(icon(icon_name))
        made.setProperty("iconName", icon_name)
        made.setAccessibleName(text)
        keys = self._actions.keys_of(action) if action else ("Esc",)
        made.setToolTip(f"{text} ({native(keys[0])})" if keys else text)
        made.clicked.connect(does)
        return made

    def _toggle(self, sign: str, text: str) -> QToolButton:
        made = QToolButton()
        made.setText(sign)
        made.setCheckable(True)
        made.setAccessibleName(text)
        made.setToolTip(text)
        made.toggled.connect(self._search_again)
        return made

    # -- what others ask ----------------------------------------------------------------------------------

    def open_with(self, words: str = "") -> None:
        """Show the bar and find these words, or those that were sought before."""
        one_line = " ".join(words.split())
        self.show()
        if one_line:
            self._field.setText(one_line)
        self._field.selectAll()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search(self._field.text())

    def close_bar(self) -> None:
        """Hide the bar, clear what was found, and give the focus to the reader."""
        self.hide()
        self._show([], -1)
        self._state.focus_reader.emit()

    def next(self) -> None:
        """Go to the next place, after the last to the first; what was sought before is found again."""
        self._step(1)

    def previous(self) -> None:
        """Go to the place before, before the first to the last."""
        self._step(-1)

    # -- finding ------------------------------------------------------------------------------------------

    def _search(self, words: str) -> None:
        self._sought = words
        content = self._state.content
        if content is None:
            self._show([], -1)
            return
        self._sha256 = content.article.sha256
        case, whole = self._case.isChecked(), self._whole.isChecked()
        places = find_all(content.text, words, match_case=case, whole_words=whole)
        self._show(places, self._nearest(places))

    def _nearest(self, places: list[Span]) -> int:
        """Return the first place at or after the caret or the selection, else the first of all."""
        selection = self._state.selection
        caret = selection.start if selection is not None else self._state.caret
        if not places:
            return -1
        return bisect_left([place.start for place in places], caret) % len(places)

    def _search_again(self, *_: object) -> None:
        if not self.isHidden():
            self._search(self._field.text())

    def _article_opened(self) -> None:
        if self._state.content is None:
            self.hide()
            self._show([], -1)
        self._search_again()

    def _content_changed(self, _change_set: object) -> None:
        """Search anew when the text is another; tagging leaves it as it was."""
        content = self._state.content
        if content is not None and content.article.sha256 != self._sha256:
            self._search_again()

    def _step(self, by: int) -> None:
        if self.isHidden() or not self._places:
            self.open_with()
        else:
            self._show(self._places, (self._current + by) % len(self._places))

    def _show(self, places: list[Span], current: int) -> None:
        self._places, self._current = places, current
        sought = bool(self._field.text().strip())
        if places:
            number, total = self.locale().toString(current + 1), self.locale().toString(len(places))
            text = self.tr("{number} of {total}").format(number=number, total=total)
        else:
            text = self.tr("Not found") if sought and not self.isHidden() else ""
        self._count.setText(text)
        self._field.setAccessibleDescription(text)
        for button in (self._back, self._forward):
            button.setEnabled(bool(places))
        self.found.emit(places, current)

    # -- keys and looks -----------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on, Shift+Enter back, Escape closes at once."""
        if watched is self._field and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            key = event.key()
            if key == Qt.Key.Key_Escape:
                self.close_bar()
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._enter(back=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
                return True
        return super().eventFilter(watched, event)

    def _enter(self, *, back: bool) -> None:
        words = self._field.text()
        if words != self._sought:  # typed just now, within the pause of the field
            self._search(words)
        else:
            self._step(-1 if back else 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape on a button closes too."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons anew when the theme changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            for button in self.findChildren(QToolButton):
                name = button.property("iconName")
                if name:
                    button.setIcon(icon(name))
