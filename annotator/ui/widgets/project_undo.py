"""Fields without an undo of their own: Ctrl+Z in a field is the project's undo."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QDateTimeEdit, QLineEdit, QMenu, QPlainTextEdit, QWidget

from annotator.ui.widgets.dismiss import delete_on_close

_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_TEXT_MARGIN = 6

Box = TypeVar("Box", bound=QAbstractSpinBox | QComboBox)


def is_undo_or_redo(event: QKeyEvent) -> bool:
    """Return whether the keys mean undo or redo here, by the platform's custom or by the program's own keys."""
    if event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo):
        return True
    return event.key() == Qt.Key.Key_Z and event.modifiers() in (_CTRL, _CTRL | _SHIFT)


def _passes_on(event: QEvent) -> bool:
    """Return whether a field must leave this claim to a key alone, so that the window's action gets it."""
    wanted = event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and is_undo_or_redo(event)
    if wanted:
        event.ignore()
    return wanted


def _show_without_undo(menu: QMenu | None, event: QContextMenuEvent) -> None:
    """Show a field's context menu without the entries for an undo that is not there."""
    if menu is None:
        return
    for action in menu.actions()[:3]:
        if action.objectName() in ("edit-undo", "edit-redo") or action.isSeparator():
            menu.removeAction(action)
    delete_on_close(menu)
    menu.popup(event.globalPos())


class ProjectUndoLineEdit(QLineEdit):
    """A line edit that leaves undo and redo to the window."""

    def event(self, event: QEvent) -> bool:
        """Claim every editing key but undo and redo."""
        return False if _passes_on(event) else super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand undo and redo to the parent."""
        if is_undo_or_redo(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the menu without undo and redo."""
        _show_without_undo(self.createStandardContextMenu(), event)


class ProjectUndoTextEdit(QPlainTextEdit):
    """A plain text edit that leaves undo and redo to the window; Tab moves the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setProperty("field", True)

    def event(self, event: QEvent) -> bool:
        """Claim every editing key but undo and redo."""
        return False if _passes_on(event) else super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand undo and redo to the parent."""
        if is_undo_or_redo(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the menu without undo and redo."""
        _show_without_undo(self.createStandardContextMenu(), event)


def with_project_undo(box: Box) -> Box:
    """Give a number, date or time field, or an editable list, a line edit without own undo, and return it.

    A calendar popup is to be set before. A spin box styled by a sheet leaves no room beside its text (Qt starts the
    line edit at 0 whatever the padding), so the line edit gets a margin; with a calendar popup Qt keeps the padding.
    """
    line = ProjectUndoLineEdit(box)
    if isinstance(box, QAbstractSpinBox):
        padded = isinstance(box, QDateTimeEdit) and box.calendarPopup()
        line.setTextMargins(0 if padded else _TEXT_MARGIN, 0, 0, 0)
    box.setLineEdit(line)
    return box
