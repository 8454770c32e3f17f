"""The first rows of a table as they will be written."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_SHOWN = 200
"""Characters of a cell that are shown; the tooltip has more."""

_TOLD = 1000
Cells = Sequence[Sequence[str]]


class PreviewModel(QAbstractTableModel):
    """A header and some rows, replaced as a whole."""

    def __init__(self) -> None:
        super().__init__()
        self._header: Sequence[str] = ()
        self._rows: Cells = ()

    def show(self, header: Sequence[str], rows: Cells) -> None:
        """Show another table."""
        self.beginResetModel()
        self._header, self._rows = header, rows
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return how many rows are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return how many columns the table has."""
        return 0 if parent.isValid() else len(self._header)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Return a cell in one line, or more of it as the tooltip."""
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        cell = self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell if len(cell) <= _TOLD else f"{cell[:_TOLD]}…"
        line = " ".join(cell[: _SHOWN + 1].split("\n"))
        return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """Return a column's name, or a row's number."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Vertical:
            return str(section + 1)
        return self._header[section] if section < len(self._header) else None
