"""Which tags two annotators confuse, as a table: rows the first's tags, columns the second's."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.model.codebook import TagType
from annotator.ui.insights.counting import Pair
from annotator.ui.insights.inquiry import Inquiry
from annotator.ui.state import UiState

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
Cell = tuple[str | None, str | None]
"""Tag type uids of the first and the second annotator; None where one has no counterpart."""
COUNT_ROLE = Qt.ItemDataRole.UserRole
SAME_ROLE = Qt.ItemDataRole.UserRole + 1
SHARE_ROLE = Qt.ItemDataRole.UserRole + 2


class ConfusionModel(QAbstractTableModel):
    """COUNT_ROLE gives a cell's number, SAME_ROLE whether both tags are one, SHARE_ROLE its part of the largest."""

    def __init__(self, state: UiState, inquiry: Inquiry, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state, self._inquiry = state, inquiry
        self._tags: list[TagType | None] = []
        self.pair: Pair = (0, 1)
        inquiry.counted.connect(self.sync)
        inquiry.asked.connect(self.sync)
        self.sync()

    def choose(self, pair: Pair) -> None:
        """Show another pair of annotators, by their places in the question."""
        self.pair = pair
        self.sync()

    def sync(self) -> None:
        """Take the numbers over."""
        answer = self._inquiry.answer
        if answer is not None and self.pair not in answer.confusions:
            self.pair = (0, 1)
        tags: list[TagType | None] = [*self._state.codebook.tag_types, None] if answer is not None else []
        if tags != self._tags:
            self.beginResetModel()
            self._tags = tags
            self.endResetModel()
        elif tags:
            self.dataChanged.emit(self.index(0, 0), self.index(len(tags) - 1, len(tags) - 1))
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(tags) - 1)

    def cell(self, index: _Index) -> Cell | None:
        """Return the two tags of a cell; None for what is no cell, as nobody's tag against nobody's."""
        if not index.isValid() or max(index.row(), index.column()) >= len(self._tags):
            return None
        first, second = self._tags[index.row()], self._tags[index.column()]
        if first is None and second is None:
            return None
        return (first.uid if first is not None else None, second.uid if second is not None else None)

    def count(self, index: _Index) -> int:
        """Return how many pairs fell into a cell."""
        cell, answer = self.cell(index), self._inquiry.answer
        return answer.confusions[self.pair].count(*cell) if cell is not None and answer is not None else 0

    def tag_word(self, uid: str | None) -> str:
        """Return what stands for a tag, or for none, in words."""
        known = {tag.uid: tag.label for tag in self._state.codebook.tag_types}
        return self.tr("nothing") if uid is None else known.get(uid, "")

    def cell_word(self, cell: Cell) -> str:
        """Return what a cell holds, with the names of the annotators."""
        answer = self._inquiry.answer
        names = answer.loaded.names if answer is not None else ("", "")
        first, second = (names[at] for at in self.pair)
        return self.tr("{first}: {tag} · {second}: {other}").format(
            first=first, tag=self.tag_word(cell[0]), second=second, other=self.tag_word(cell[1])
        )

    # -- as Qt asks ---------------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return how many tags there are, and one."""
        return 0 if parent.isValid() else len(self._tags)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return the same."""
        return 0 if parent.isValid() else len(self._tags)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """A cell that holds something can be chosen, as can an empty one on the way to it."""
        return super().flags(index) if self.cell(index) is not None else Qt.ItemFlag.NoItemFlags

    def headerData(self, section: int, _orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name the tags."""
        if not 0 <= section < len(self._tags):
            return None
        tag = self._tags[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return tag.label if tag is not None else self.tr("nothing")
        if role == Qt.ItemDataRole.ToolTipRole:
            return tag.definition if tag is not None else self.tr("What the other annotator alone has tagged")
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows or says."""
        cell = self.cell(index)
        if cell is None:
            return None
        count = self.count(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return str(count) if count else "·"
        if role == COUNT_ROLE:
            return count
        if role == SAME_ROLE:
            return cell[0] == cell[1]
        if role == SHARE_ROLE:
            return self._share(count)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            places = self.tr("%n place(s)", "", count)
            return f"{self.cell_word(cell)}: {places}"
        return None

    def _share(self, count: int) -> float:
        """Return a number as part of the largest of those that differ."""
        answer = self._inquiry.answer
        if answer is None or not count:
            return 0.0
        cells = answer.confusions[self.pair].cells
        most = max((len(held) for cell, held in cells.items() if cell[0] != cell[1]), default=0)
        return min(count / most, 1.0) if most else 0.0
