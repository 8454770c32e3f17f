"""The tag bar: the codebook's tag types with their digits, and which of them the reader shows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QColor, QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QGraphicsOpacityEffect, QLabel, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from annotator.model.changes import ChangeSet, Kind
from annotator.model.codebook import TagType
from annotator.ui.actions.registry import Actions
from annotator.ui.state import UiState
from annotator.ui.theme.apply import current_theme
from annotator.ui.theme.icons import icon
from annotator.ui.widgets.dismiss import delete_on_close
from annotator.ui.widgets.flow import Flow
from annotator.ui.widgets.tag_chip import TagChip, tag_tooltip

_LOOK_MS = 200
_HIDDEN = 0.45


class Chip(TagChip):
    """A tag type of the bar; a hidden one is pale and struck through."""

    hide_asked = Signal()

    def __init__(self, tag: TagType, parent: QWidget | None = None) -> None:
        super().__init__(tag, parent)
        self.hidden_in_reader = False
        self._effect = QGraphicsOpacityEffect(self)
        self._effect.setOpacity(_HIDDEN)
        self._effect.setEnabled(False)
        self.setGraphicsEffect(self._effect)

    def set_hidden(self, hidden: bool) -> None:
        """Show whether the reader leaves this type out."""
        self.hidden_in_reader = hidden
        self._effect.setEnabled(hidden)
        state = self.tr("Hidden in the text; right-click shows it again.")
        self.setToolTip(tag_tooltip(self.tag) + (f"<br><b>{state}</b>" if hidden else ""))
        self.setAccessibleDescription(state if hidden else self.tag.definition)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Strike a hidden type through."""
        super().paintEvent(event)
        if self.hidden_in_reader:
            painter = QPainter(self)
            painter.setPen(QPen(QColor(current_theme().text), 1.5))
            painter.drawLine(8, self.height() // 2, self.width() - 8, self.height() // 2)
            painter.end()


class TagBar(QWidget):
    """Click tags, right-click hides or shows a type in the reader (``hidden_changed`` tells the hidden uids).

    ``eye`` lists which types the reader shows; it stands where the panel puts it, so that it never takes a row of its
    own beside the chips.
    """

    hidden_changed = Signal(frozenset)

    def __init__(self, state: UiState, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tagBar")
        self.setAccessibleName(self.tr("Tags"))
        self._state, self._actions = state, actions
        self._chips: dict[str, Chip] = {}
        self._shown: tuple[TagType, ...] = ()
        self._hint = QLabel(self.tr("Press a digit to change the tag"))
        self._hint.setProperty("secondary", True)
        self._hint.setVisible(False)
        self.eye = QToolButton()
        self._lay_out()
        # The registry tells nobody when the wait for a digit begins and ends.
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._show_mode)
        state.project_opened.connect(self._rebuild)
        state.project_changed.connect(self._take_in)
        for signal in (state.article_opened, state.annotation_selected):
            signal.connect(self._enable)
        self._rebuild()

    @property
    def hidden(self) -> frozenset[str]:
        """The uids of the tag types that the reader leaves out."""
        return frozenset(uid for uid, chip in self._chips.items() if chip.hidden_in_reader)

    def chip(self, tag: str) -> Chip:
        """Return the chip of a tag type's uid; raises KeyError when the codebook has none."""
        return self._chips[tag]

    def toggle_hidden(self, tag: str) -> None:
        """Hide a tag type in the reader, or show it again."""
        self._chips[tag].set_hidden(not self._chips[tag].hidden_in_reader)
        self.hidden_changed.emit(self.hidden)

    def show_all(self) -> None:
        """Let the reader show every type."""
        for chip in self._chips.values():
            chip.set_hidden(False)
        self.hidden_changed.emit(self.hidden)

    def showEvent(self, event: QShowEvent) -> None:
        """Look for the wait for a digit while the bar is seen."""
        super().showEvent(event)
        self._look.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody sees the bar."""
        super().hideEvent(event)
        self._look.stop()

    def changeEvent(self, event: QEvent) -> None:
        """Tint the eye anew when the theme changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "eye"):
            self.eye.setIcon(icon("eye"))

    def _lay_out(self) -> None:
        self.eye.setIcon(icon("eye"))
        self.eye.setIconSize(QSize(16, 16))
        self.eye.setFixedSize(28, 28)
        self.eye.setToolTip(self.tr("Which tags the text shows"))
        self.eye.setAccessibleName(self.tr("Which tags the text shows"))
        self.eye.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.eye.clicked.connect(self._offer)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(4)
        self._flow = Flow()
        column.addWidget(self._flow)
        column.addWidget(self._hint)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def _take_in(self, change_set: ChangeSet | None) -> None:
        if change_set is None or change_set.of(Kind.TAG_TYPE):
            self._rebuild()
        self._enable()

    def _rebuild(self) -> None:
        tags = self._state.codebook.tag_types
        if tags == self._shown:
            self._enable()
            return
        before = self.hidden
        self._shown = tags
        self._flow.empty()
        self._chips = {tag.uid: self._made(tag, tag.uid in before) for tag in tags}
        self.eye.setVisible(bool(tags))
        if self.hidden != before:
            self.hidden_changed.emit(self.hidden)
        self._enable()

    def _made(self, tag: TagType, hidden: bool) -> Chip:
        chip = Chip(tag)
        chip.clicked.connect(lambda: self._press(tag))
        chip.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        chip.customContextMenuRequested.connect(lambda _point: self.toggle_hidden(tag.uid))
        chip.set_hidden(hidden)
        self._flow.add(chip)
        return chip

    def _press(self, tag: TagType) -> None:
        verb = "retype" if self._actions.retyping else "tag"
        self._actions.run(f"{verb}.{tag.name}")
        self._state.focus_reader.emit()

    def _enable(self, *_: object) -> None:
        for chip in self._chips.values():
            chip.setEnabled(self._state.writable and self._state.content is not None)

    def _show_mode(self) -> None:
        waiting = self._actions.retyping
        if waiting is self._hint.isHidden():
            self._hint.setVisible(waiting)
            for chip in self._chips.values():
                chip.setCheckable(waiting)
                chip.setChecked(waiting)

    def _offer(self) -> None:
        menu = QMenu(self)
        delete_on_close(menu)
        for tag in self._shown:
            entry = QAction(tag.label, menu, checkable=True, checked=tag.uid not in self.hidden)
            entry.triggered.connect(lambda _on=False, uid=tag.uid: self.toggle_hidden(uid))
            menu.addAction(entry)
        menu.addSeparator()
        menu.addAction(self.tr("Show all"), self.show_all)
        menu.popup(self.eye.mapToGlobal(self.eye.rect().bottomLeft()))
