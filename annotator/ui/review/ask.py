"""The one field of review mode: for a reason, a comment or an answer; Enter confirms, Escape leaves it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from annotator.ui.widgets.choices import Choice
from annotator.ui.widgets.type_ahead import TypeAhead


class Ask(QWidget):
    """Hidden until something is asked. ``left`` tells that it is over, one way or the other; ``asking`` both."""

    left = Signal()
    asking = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offers: Sequence[str] = ()
        self._take: Callable[[str], object] = _nothing
        self.title = QLabel()
        self.title.setProperty("heading", True)
        self.field = TypeAhead(creatable=False)
        self.field.setObjectName("reviewField")
        self.field.set_source(self._found)
        self.field.chosen.connect(lambda choice: self._end(choice.label))
        self._hint = QLabel(self.tr("Enter confirms, Esc leaves it"))
        self._hint.setProperty("secondary", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(4)
        for part in (self.title, self.field, self._hint):
            column.addWidget(part)
        self.hide()

    def ask(self, title: str, offers: Sequence[str], take: Callable[[str], object]) -> None:
        """Ask for a text and hand it to ``take``; ``offers`` are listed, any other words will do too."""
        self._offers, self._take = offers, take
        self.title.setText(title)
        self.field.setAccessibleName(title)
        self.field.setPlaceholderText(self.tr("Choose or write one") if offers else "")
        self.field.clear()
        self.show()
        self.asking.emit(True)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if offers:
            # The list opens where the field stands: so everything takes its place now.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
            self.field.open_list()

    def give_up(self) -> None:
        """Ask nothing any more."""
        if self.isHidden():
            return
        self._take = _nothing
        had_focus = self.field.hasFocus()
        self.hide()
        self.asking.emit(False)
        if had_focus:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take what was written by Enter, or leave it by Escape; the field's list has had its keys before."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._end(self.field.text())
        elif event.key() == Qt.Key.Key_Escape:
            self.give_up()
        else:
            super().keyPressEvent(event)

    def _found(self, text: str) -> list[Choice]:
        words = text.casefold()
        return [Choice(one, one) for one in self._offers if one.casefold().startswith(words)]

    def _end(self, text: str) -> None:
        if not text.strip():
            return  # there is nothing to say yet
        take = self._take
        self.give_up()
        take(text.strip())


def _nothing(_text: str) -> None:
    """Take what nobody asked for."""
