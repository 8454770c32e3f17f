"""The first rows of a table as they will be written, shown from the first column that says something."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QSizePolicy, QTableView

from annotator.exchange.csv_tables.columns import Table

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_SHOWN = 200
"""Characters of a cell that are shown; the tooltip has more."""

_TOLD = 1000
_WIDEST = 260
_ROW = 28

_BEGINS = {
    Table.ANNOTATIONS: "tag",
    Table.QUOTES: "quote",
    Table.CLAIMS: "claim",
    Table.LINKS: "from_tag",
    Table.VERDICTS: "decision",
}
"""The column that stands first in sight; what is left of it tells where a row belongs, mostly by identifiers."""
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


class PreviewTable(QTableView):
    """Identifiers are cut to their heading's width; whoever scrolls keeps their place while it is the same table."""

    def __init__(self) -> None:
        super().__init__()
        self._table = ""
        self._cells = PreviewModel()
        self.setModel(self._cells)
        self.setProperty("framed", True)
        self.setAccessibleName(self.tr("The first rows as they will be written"))
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.setMinimumHeight(120)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.verticalHeader().setDefaultSectionSize(_ROW)

    def show_table(self, table: str, header: Sequence[str], rows: Cells) -> None:
        """Show the first rows of a table."""
        place = self.horizontalScrollBar().value()
        self._cells.show(header, rows)
        heads = self.horizontalHeader()
        for column, name in enumerate(header):
            least = heads.sectionSizeHint(column)
            wanted = 0 if name.endswith(("_uid", "_uids")) else min(self.sizeHintForColumn(column), _WIDEST)
            self.setColumnWidth(column, max(wanted, least))
        self.updateGeometries()  # or the scroll bar still knows the other widths only
        begin = _BEGINS.get(Table(table), "")
        if table != self._table:
            place = heads.sectionPosition(list(header).index(begin)) if begin in header else 0
        self._table = table
        self.horizontalScrollBar().setValue(place)

    def clear(self) -> None:
        """Show nothing."""
        self._table = ""
        self._cells.show((), ())
