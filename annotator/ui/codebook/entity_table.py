"""The table itself: which entities it shows, in which order, and which of them are selected."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from annotator.model.entity import Entity
from annotator.ui.codebook.entity_index import Column, ordered
from annotator.ui.codebook.entity_model import EntityModel

_WIDTHS = {
    Column.ALIASES: 106, Column.ROLE: 92, Column.AFFILIATION: 88, Column.PLACE: 92, Column.USES: 52,
}  # fmt: skip


class EntityTable(QTableView):
    """``selected_changed`` tells that other entities are selected."""

    selected_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = EntityModel()
        self._column, self._descending = Column.NAME, False
        self._found: list[Entity] = []
        self._uses: Mapping[str, int] = {}
        self.setObjectName("entityTable")
        self.setAccessibleName(self.tr("People, bodies and places"))
        self.setProperty("framed", True)
        self.setModel(self.rows)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self._set_up_headers()
        self.selectionModel().selectionChanged.connect(lambda *_: self.selected_changed.emit())

    def _set_up_headers(self) -> None:
        lines = self.verticalHeader()
        lines.hide()
        lines.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        lines.setDefaultSectionSize(max(28, self.fontMetrics().height() + 10))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSortIndicatorShown(True)
        header.setSectionsClickable(True)
        header.setSortIndicator(self._column, Qt.SortOrder.AscendingOrder)
        header.setMinimumSectionSize(52)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS.items():
            header.resizeSection(column, width)
        header.sectionClicked.connect(self._sort)

    def show_entities(self, found: list[Entity], uses: Mapping[str, int]) -> None:
        """Show these in the order of the column sorted by; what was selected stays so as long as it is found."""
        chosen = {entity.uid for entity in self.selected()}
        self._found, self._uses = found, uses
        self.rows.show(ordered(found, uses, self._column, descending=self._descending), uses)
        if not chosen or chosen != {entity.uid for entity in self.selected()}:
            self.select(chosen)

    def selected(self) -> list[Entity]:
        """Return the entities selected, in the table's order."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [entity for row in rows if (entity := self.rows.entity(row)) is not None]

    def select(self, uids: Collection[str]) -> None:
        """Select those that are shown, else the first one there is."""
        rows = sorted(row for uid in uids if (row := self.rows.row_of(uid)) >= 0)
        if not rows and self.rows.rowCount():
            rows = [0]
        chosen = QItemSelection()
        for row in rows:
            chosen.select(self.rows.index(row, 0), self.rows.index(row, len(Column) - 1))
        flags, model = QItemSelectionModel.SelectionFlag, self.selectionModel()
        if rows:
            model.setCurrentIndex(self.rows.index(rows[0], 0), flags.NoUpdate)
            self.scrollTo(self.rows.index(rows[0], 0))
        model.select(chosen, flags.ClearAndSelect)

    def _sort(self, section: int) -> None:
        column = Column(section)
        # Uses are first looked at from the most used on.
        self._descending = not self._descending if column is self._column else column is Column.USES
        self._column = column
        order = Qt.SortOrder.DescendingOrder if self._descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(section, order)
        self.show_entities(self._found, self._uses)
