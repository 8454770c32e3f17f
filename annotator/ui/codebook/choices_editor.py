"""The choices of an attribute: add, reword, reorder and remove them."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.ui.codebook.fields import DraftLine, on_key, tool
from annotator.ui.widgets.project_undo import ProjectUndoLineEdit

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_ROWS = 5


class ChoiceListModel(QAbstractListModel):
    """The choices; an edited row tells ``reworded`` and shows the new words when the draft has them."""

    reworded = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.choices: tuple[str, ...] = ()
        self.editable = True

    def show(self, choices: tuple[str, ...]) -> None:
        """Show other choices."""
        if len(choices) == len(self.choices):
            before, self.choices = self.choices, choices
            for at, (old, new) in enumerate(zip(before, choices, strict=True)):
                if old != new:
                    self.dataChanged.emit(self.index(at), self.index(at))
            return
        self.beginResetModel()
        self.choices = choices
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return how many choices there are."""
        return 0 if parent.isValid() else len(self.choices)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let rows be edited where the project can be."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if self.editable and index.isValid() else flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Return the words."""
        shown = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole)
        return self.choices[index.row()] if index.isValid() and shown else None

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell other words for a choice; words that another choice has are refused."""
        text = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or not text or text in self.choices:
            return False
        self.reworded.emit(self.choices[index.row()], text)
        return True


class _Delegate(QStyledItemDelegate):
    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: _Index) -> QWidget:
        """Return a line without an undo of its own."""
        return ProjectUndoLineEdit(parent)


class ChoicesEditor(QWidget):
    """Double-click or F2 rewords, the field under the list adds at Enter, Delete removes."""

    added = Signal(str)
    reworded = Signal(str, str)
    moved = Signal(str, int)
    removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ChoiceListModel()
        self.list = QListView()
        self.list.setObjectName("choices")
        self.list.setAccessibleName(self.tr("Choices"))
        self.list.setProperty("framed", True)
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setUniformItemSizes(True)
        trigger = QAbstractItemView.EditTrigger
        self.list.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed | trigger.SelectedClicked)
        self.field = _AddField()
        self.field.setObjectName("newChoice")
        self.field.setPlaceholderText(self.tr("Add a choice, Enter"))
        self.field.setAccessibleName(self.tr("New choice"))
        self.up = tool("arrow-up", self.tr("Move the choice up"), "choiceUp")
        self.down = tool("arrow-down", self.tr("Move the choice down"), "choiceDown")
        self.reword = tool("edit", self.tr("Reword the choice (F2); stored values follow"), "choiceReword")
        self.remove = tool("remove", self.tr("Remove the choice"), "choiceRemove")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(2)
        buttons.addWidget(self.field, 1)
        buttons.addSpacing(6)
        for button in (self.reword, self.up, self.down, self.remove):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.list.setFixedHeight(_ROWS * (self.list.fontMetrics().height() + 8) + 4)
        column.addWidget(self.list)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.model.reworded.connect(self.reworded)
        self.field.entered.connect(self.added)
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.reword.clicked.connect(lambda: self.list.edit(self.list.currentIndex()))
        self.remove.clicked.connect(self._remove)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._enable())
        self.model.modelReset.connect(self._enable)
        on_key(self.list, "Ctrl+Up", self.up.click)
        on_key(self.list, "Ctrl+Down", self.down.click)
        on_key(self.list, "Del", self.remove.click)

    def show_choices(self, choices: tuple[str, ...], *, editable: bool) -> None:
        """Show the choices of an attribute."""
        row = self.list.currentIndex().row()
        self.model.editable = editable
        self.model.show(choices)
        if not self.list.currentIndex().isValid() and choices:
            self.list.setCurrentIndex(self.model.index(min(max(row, 0), len(choices) - 1)))
        self._enable()

    def _enable(self) -> None:
        at, last = self.list.currentIndex().row(), self.model.rowCount() - 1
        self.up.setEnabled(self.model.editable and at > 0)
        self.down.setEnabled(self.model.editable and 0 <= at < last)
        for button in (self.reword, self.remove):
            button.setEnabled(self.model.editable and at >= 0)

    def _move(self, step: int) -> None:
        at = self.list.currentIndex().row()
        if 0 <= at < self.model.rowCount() and 0 <= at + step < self.model.rowCount():
            self.moved.emit(self.model.choices[at], at + step)
            self.list.setCurrentIndex(self.model.index(at + step))

    def _remove(self) -> None:
        at = self.list.currentIndex().row()
        if at >= 0:
            self.removed.emit(self.model.choices[at])


class _AddField(DraftLine):
    """``entered`` tells the text at Enter, and the field is empty again; an empty one leaves Enter alone."""

    entered = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Add at Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            text = self.text().strip()
            if text:
                self.clear()
                self.entered.emit(text)
        else:
            super().keyPressEvent(event)
