"""The preview's page of entities with one name: a person says which are one."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QHeaderView, QTableView, QVBoxLayout, QWidget

from annotator.model.changes import Record
from annotator.model.entity import Entity
from annotator.ui.colleagues.record_wording import tr
from annotator.ui.widgets.dialog import may_shrink, small

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_Role = Qt.ItemDataRole
Pair = tuple[Entity, Entity]
"""Theirs and mine."""


class Column(IntEnum):
    """The columns in their order; the tick stands before the name."""

    NAME = 0
    KIND = 1
    MINE = 2
    THEIRS = 3


class NamesModel(QAbstractTableModel):
    """``ticked`` are the uids of theirs that are taken to be mine; ``ticked_changed`` tells that they are others."""

    ticked_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pairs: list[Pair] = []
        self.ticked: set[str] = set()

    def show(self, pairs: Sequence[tuple[Record, Record]]) -> None:
        """Show other pairs; ticks on what is still there stay."""
        self.beginResetModel()
        self._pairs = [
            (theirs, mine) for theirs, mine in pairs if isinstance(theirs, Entity) and isinstance(mine, Entity)
        ]
        self.ticked &= {theirs.uid for theirs, _ in self._pairs}
        self.endResetModel()

    def tick(self, rows: Sequence[int], *, ticked: bool) -> None:
        """Tick rows, or take their ticks away."""
        uids = {self._pairs[row][0].uid for row in rows}
        self.ticked = self.ticked | uids if ticked else self.ticked - uids
        if self._pairs:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._pairs) - 1, 0), [_Role.CheckStateRole])
        self.ticked_changed.emit()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return how many pairs there are."""
        return 0 if parent.isValid() else len(self._pairs)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        """Return a column's name."""
        if orientation is not Qt.Orientation.Horizontal or role != _Role.DisplayRole:
            return None
        return (tr("Name"), tr("Kind"), tr("Here"), tr("In their file"))[section]

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        """Return a cell's text or its tick."""
        if not index.isValid():
            return None
        theirs, mine = self._pairs[index.row()]
        column = Column(index.column())
        if role in (_Role.DisplayRole, _Role.ToolTipRole):
            return {
                Column.NAME: mine.name, Column.KIND: str(mine.kind).replace("_", " "), Column.MINE: _known(mine),
                Column.THEIRS: _known(theirs),
            }[column]  # fmt: skip
        if role == _Role.CheckStateRole and column is Column.NAME:
            return Qt.CheckState.Checked if theirs.uid in self.ticked else Qt.CheckState.Unchecked
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return that names can be ticked."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.isValid() and index.column() == Column.NAME else flags

    def setData(self, index: _Index, value: Any, role: int = _Role.EditRole) -> bool:
        """Tick a name, or take the tick away."""
        if role != _Role.CheckStateRole or not index.isValid():
            return False
        self.tick([index.row()], ticked=Qt.CheckState(value) is Qt.CheckState.Checked)
        return True


def _known(entity: Entity) -> str:
    """Return what tells an entity from its namesakes."""
    place = f"{entity.latitude}, {entity.longitude}" if entity.latitude is not None else ""
    told = (entity.role, entity.affiliation, entity.country, place, entity.wikidata, "; ".join(entity.aliases))
    return " · ".join(filter(None, told)) or tr("nothing more is known")


class NamesTable(QTableView):
    """Space ticks the selected rows."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick or untick all selected rows, by what the current one is not."""
        model, index = self.model(), self.currentIndex()
        if event.key() == Qt.Key.Key_Space and index.isValid() and isinstance(model, NamesModel):
            first = model.index(index.row(), Column.NAME)
            ticked = first.data(_Role.CheckStateRole) != Qt.CheckState.Checked
            model.tick([one.row() for one in self.selectionModel().selectedRows()], ticked=ticked)
        else:
            super().keyPressEvent(event)


class NamesPage(QWidget):
    """``changed`` tells that other entities are taken for one."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = NamesModel(self)
        self.table = NamesTable()
        self.all = QCheckBox(self.tr("Take all exact matches as one"))
        self.all.setObjectName("joinAll")
        self._why = small(
            self.tr(
                "These entries of the file have the very name and kind of one of yours. Tick those that are the same"
                " person, body or place; the others stay two entries, and can be merged at any time later."
            )
        )
        table = self.table
        table.setObjectName("bringInNames")
        table.setAccessibleName(self.tr("Entries with the same name"))
        table.setModel(self.model)
        table.setProperty("framed", True)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        may_shrink(table)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(max(28, self.fontMetrics().height() + 10))
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        for section in Column:
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(8)
        for part in (self._why, self.all):
            column.addWidget(part)
        column.addWidget(table, 1)
        self.all.clicked.connect(lambda on: self.model.tick(range(self.model.rowCount()), ticked=on))
        self.model.ticked_changed.connect(self._follow)

    def show_pairs(self, pairs: Sequence[tuple[Record, Record]]) -> None:
        """Show other pairs."""
        self.model.show(pairs)
        self._show_all()

    def _follow(self) -> None:
        self._show_all()
        self.changed.emit()

    def _show_all(self) -> None:
        self.all.setChecked(bool(self.model.rowCount()) and len(self.model.ticked) == self.model.rowCount())

    @property
    def joined(self) -> frozenset[str]:
        """The uids of theirs that are taken to be mine."""
        return frozenset(self.model.ticked)
