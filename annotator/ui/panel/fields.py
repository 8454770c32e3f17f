"""Fields that commit what was typed: lines at Enter or when left, notes while one types."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from annotator.base.uuid7 import uuid7
from annotator.ui.widgets.project_undo import ProjectUndoLineEdit, ProjectUndoTextEdit, is_undo_or_redo
from annotator.ui.widgets.type_ahead import TypeAhead

NOTE_DELAY_MS = 250
"""How long after the last key a note is committed."""

_OPENING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F4)

Commit = Callable[[str, str], object]
"""Takes the text and the visit's merge key."""


class PickField(TypeAhead):
    """A type-ahead whose list opens by a click too; an empty one begins with ``starting``. ``left`` tells focus out."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None, *, creatable: bool = True) -> None:
        super().__init__(parent, creatable=creatable)
        self.starting = ""

    def begin(self) -> None:
        """Open the list for the text there is, or for the one to begin with."""
        if not self.text():
            self.setText(self.starting)
        self.selectAll()
        self.open_list()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the list."""
        super().mousePressEvent(event)
        if not self.is_open():
            self.begin()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the field was left."""
        super().focusOutEvent(event)
        self.left.emit()


class LineField(ProjectUndoLineEdit):
    """``committed`` tells a text that was changed by hand, at Enter and when the field is left."""

    committed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known = ""
        self.editingFinished.connect(self.flush)

    def show_text(self, text: str) -> None:
        """Show a stored text, unless somebody is typing another just now."""
        typing = self.hasFocus() and self.text() != self._known
        self._known = text
        if not typing and self.text() != text:
            self.setText(text)
            self.setCursorPosition(0)

    def flush(self) -> None:
        """Commit what was typed."""
        if self.text() != self._known:
            self._known = self.text()
            self.committed.emit(self.text())

    def take_typed(self) -> str | None:
        """Return what was typed and not committed yet, and forget it; None when there is nothing."""
        typed = self.text() if self.text() != self._known else None
        self._known = self.text()
        return typed

    def put_back(self, text: str) -> None:
        """Show the stored text again after a refusal."""
        self._known = text
        self.setText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts back what was there; in an unchanged field it is the parent's."""
        if event.key() == Qt.Key.Key_Escape and self.text() != self._known:
            self.setText(self._known)
        else:
            super().keyPressEvent(event)


class NoteField(ProjectUndoTextEdit):
    """A text committed a moment after each key and when left; the steps of one visit share a merge key."""

    def __init__(self, parent: QWidget | None = None, *, lines: int = 2) -> None:
        super().__init__(parent)
        self._lines = lines
        self._commit: Commit = _nothing
        self._known = ""
        self._visit = uuid7()
        self._timer = QTimer(self, singleShot=True, interval=NOTE_DELAY_MS)
        self._timer.timeout.connect(self.flush)
        self.textChanged.connect(self._note)

    def show_text(self, text: str, commit: Commit) -> None:
        """Show a stored text and say where changes go; what is waiting still goes where it belonged."""
        self._hand_over()
        self._commit = commit
        self._put(text)
        self._visit = uuid7()

    def follow(self, text: str) -> None:
        """Show the stored text after a change elsewhere (an undo); one's own typing stays."""
        if text != self._known and not self._timer.isActive():
            self._put(text)
            self._visit = uuid7()

    def flush(self) -> None:
        """Commit what was typed, now."""
        self._timer.stop()
        if self.toPlainText() != self._known:
            self._known = self.toPlainText()
            self._commit(self._known, self._visit)

    def _hand_over(self) -> None:
        """Commit in a moment: another text may be shown in the midst of a notification, when nothing may be edited."""
        if self.toPlainText() != self._known:
            QTimer.singleShot(0, partial(self._commit, self.toPlainText(), self._visit))
        self._timer.stop()

    def event(self, event: QEvent) -> bool:
        """Commit before an undo looks for the newest step."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and is_undo_or_redo(event):
            self.flush()
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin a visit: what is typed from now on is one step."""
        super().focusInEvent(event)
        self._visit = uuid7()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Commit when left."""
        super().focusOutEvent(event)
        self.flush()

    def hideEvent(self, event: QHideEvent) -> None:
        """Commit when no longer seen."""
        super().hideEvent(event)
        self.flush()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Escape to the parent."""
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Return room for a few lines."""
        return QSize(160, self.fontMetrics().lineSpacing() * self._lines + 20)

    def minimumSizeHint(self) -> QSize:
        """Return the same height."""
        return QSize(80, self.sizeHint().height())

    def _put(self, text: str) -> None:
        self._known = text
        if self.toPlainText() != text:
            cursor = self.textCursor()
            at_end, place = cursor.atEnd(), cursor.position()
            self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(False)
            cursor = self.textCursor()
            end = self.document().characterCount() - 1
            cursor.setPosition(end if at_end else min(place, end))
            self.setTextCursor(cursor)  # one goes on typing where one was
            self._timer.stop()

    def _note(self) -> None:
        if self.toPlainText() != self._known:
            self._timer.start()


class QuietCombo(QComboBox):
    """A combo box that changes by a choice in its list only: not by the wheel over it, nor by an arrow passing by.

    ``clicked`` tells of a choice in a list that the mouse had opened.
    """

    clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._by_mouse = False
        self.activated.connect(self._tell_click)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the list, and remember that the mouse did."""
        self._by_mouse = True
        super().mousePressEvent(event)

    def _tell_click(self) -> None:
        if self._by_mouse:
            self.clicked.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page, not the choice."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list; each choice made on the way would be a step of its own."""
        if event.key() in _OPENING:
            self._by_mouse = False
            self.showPopup()
        else:
            event.ignore()


def _nothing(_text: str, _merge_key: str) -> None:
    """Where changes go while nothing is shown."""
