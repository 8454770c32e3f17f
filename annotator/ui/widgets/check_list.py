"""A list of names to tick, with a field to find them when there are many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from annotator.ui.widgets.search_field import SearchField

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_CHECK = Qt.ItemDataRole.CheckStateRole
FEW = 8
"""Up to so many names need no field to find them."""


class CheckModel(QAbstractListModel):
    """(key, label) pairs, those whose label holds the words looked for; ``ticked`` are the keys that are ticked."""

    ticked_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[tuple[str, str], ...] = ()
        self._shown: tuple[tuple[str, str], ...] = ()
        self._words = ""
        self.ticked: set[str] = set()

    @property
    def filled(self) -> bool:
        """Whether there are any names, shown or not."""
        return bool(self._all)

    def set_choices(self, choices: Sequence[tuple[str, str]], ticked: set[str]) -> None:
        """Show other names."""
        self._all, self.ticked = tuple(choices), set(ticked)
        self.look_for(self._words)

    def look_for(self, words: str) -> None:
        """Show the names that hold these words, whatever their case; ticks stay."""
        self.beginResetModel()
        self._words = words
        self._shown = tuple(pair for pair in self._all if words.casefold() in pair[1].casefold())
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return how many names are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a name, or whether it is ticked."""
        if not index.isValid():
            return None
        key, label = self._shown[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return label
        if role == _CHECK:
            return Qt.CheckState.Checked if key in self.ticked else Qt.CheckState.Unchecked
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick a name or take the tick away."""
        if role != _CHECK or not index.isValid():
            return False
        key = self._shown[index.row()][0]
        ticked = Qt.CheckState(value) is Qt.CheckState.Checked
        (self.ticked.add if ticked else self.ticked.discard)(key)
        self.dataChanged.emit(index, index, [_CHECK])
        self.ticked_changed.emit()
        return True

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return that names can be ticked."""
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable


class _Ticker(QStyledItemDelegate):
    """Ticks by a click anywhere on the name, not on its small box alone."""

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, _option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        """Turn the tick on a released click, on Space and Enter."""
        by_mouse = event.type() is QEvent.Type.MouseButtonRelease
        by_key = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return)
        if not by_mouse and not (by_key and event.type() is QEvent.Type.KeyPress):
            return False
        ticked = index.data(_CHECK) == Qt.CheckState.Checked
        other = Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked
        return bool(model.setData(index, other, _CHECK))


class CheckList(QWidget):
    """Names to tick by a click anywhere on them or by Space."""

    changed = Signal()

    def __init__(self, name: str, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.names = CheckModel(self)
        self.field = SearchField(placeholder, delay_ms=0)
        self.view = QListView()
        self.view.setProperty("framed", True)
        self.view.setAccessibleName(name)
        self.view.setModel(self.names)
        self.view.setUniformItemSizes(True)
        self._ticker = _Ticker()
        self.view.setItemDelegate(self._ticker)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.field)
        column.addWidget(self.view)
        self.field.text_changed.connect(self.names.look_for)
        self.names.ticked_changed.connect(self.changed)

    def set_choices(self, choices: Sequence[tuple[str, str]], ticked: set[str]) -> None:
        """Show these (key, label) pairs and tick those keys; the field is there when they are many."""
        self.names.set_choices(choices, ticked)
        self.field.setVisible(len(choices) > FEW)
        rows = min(max(len(choices), 1), 5)
        self.view.setFixedHeight(rows * max(self.view.sizeHintForRow(0), self.fontMetrics().height() + 8) + 4)

    @property
    def ticked(self) -> frozenset[str]:
        """The keys that are ticked."""
        return frozenset(self.names.ticked)
