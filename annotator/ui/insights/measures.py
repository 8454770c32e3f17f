"""The left half of the panel: what is cited most by tag, and every measure; what is chosen is told beneath."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLabel,
    QTableView,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from annotator.ui.insights.inquiry import Inquiry
from annotator.ui.insights.measure_model import HERE, HERE_N, INTERVAL, NAME, VALUE, MeasureModel, N
from annotator.ui.insights.overview_model import OverviewModel
from annotator.ui.insights.painting import OverviewDelegate, RowDelegate
from annotator.ui.insights.tabs import Tabs
from annotator.ui.state import UiState

_WIDTHS = {NAME: 190, VALUE: 64, INTERVAL: 112, N: 60, HERE: 88, HERE_N: 60}
_WIDE = 800
"""From this width on two lines are enough for what is told, else three."""


class Measures(QWidget):
    """Two pages, and what the chosen number means, for eyes and screen readers alike."""

    def __init__(self, state: UiState, inquiry: Inquiry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inquiry = inquiry
        self.overview_model = OverviewModel(state, inquiry, self)
        self.measure_model = MeasureModel(state, inquiry, self)
        self.overview, self.every = QTableView(), QTreeView()
        self.told = QLabel()
        self.tabs = Tabs(self.tr("Numbers"))
        self._set_up_overview()
        self._set_up_every()
        self.tabs.add(self.overview, self.tr("By tag"))
        self.tabs.add(self.every, self.tr("Every measure"))
        self._lay_out()
        for view in (self.overview, self.every):
            view.selectionModel().currentChanged.connect(lambda *_: self._tell())
            model: QAbstractItemModel = view.model()
            model.dataChanged.connect(lambda *_: self._tell())
            model.modelReset.connect(self._choose_first)
        self.tabs.changed.connect(self._choose_first)
        self._choose_first()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give what is told the lines that it needs at this width."""
        super().resizeEvent(event)
        lines = 2 if self.width() >= _WIDE else 3
        self.told.setFixedHeight(self.told.fontMetrics().lineSpacing() * lines + 8)

    # -- making -------------------------------------------------------------------------------------------

    def _set_up_overview(self) -> None:
        view = self.overview
        view.setObjectName("agreementOverview")
        view.setAccessibleName(self.tr("Agreement by tag"))
        view.setModel(self.overview_model)
        delegate = OverviewDelegate(view)
        view.setItemDelegate(delegate)
        _quiet(view)
        view.setShowGrid(False)
        view.setTabKeyNavigation(False)
        heads = view.horizontalHeader()
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        heads.setMinimumSectionSize(74)
        heads.setHighlightSections(False)
        rows = view.verticalHeader()
        rows.setDefaultSectionSize(delegate.row_height(view.font()))
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        rows.setHighlightSections(False)

    def _set_up_every(self) -> None:
        view = self.every
        view.setObjectName("agreementMeasures")
        view.setAccessibleName(self.tr("Every measure"))
        view.setModel(self.measure_model)
        _quiet(view)
        view.setItemDelegate(RowDelegate(view))
        view.setRootIsDecorated(False)
        view.setUniformRowHeights(True)
        view.setItemsExpandable(False)
        heads = view.header()
        heads.setStretchLastSection(False)
        heads.setSectionsMovable(False)
        for column, width in _WIDTHS.items():
            view.setColumnWidth(column, width)
        heads.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)

    def _lay_out(self) -> None:
        self.told.setObjectName("agreementTold")
        self.told.setProperty("secondary", True)
        self.told.setWordWrap(True)
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setContentsMargins(12, 4, 12, 4)
        self._line = line = QFrame()
        line.setProperty("rule", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs, 1)
        column.addWidget(line)
        column.addWidget(self.told)

    # -- showing ------------------------------------------------------------------------------------------

    def _choose_first(self, *_: object) -> None:
        """Choose something where nothing is, so that keys have a place to start from."""
        for row in range(self.measure_model.rowCount()):
            heading = self.measure_model.line(self.measure_model.index(row, 0)) is None
            self.every.setFirstColumnSpanned(row, QModelIndex(), heading)
        if not self.overview.currentIndex().isValid() and self.overview_model.rowCount():
            self.overview.setCurrentIndex(self.overview_model.index(0, 0))
        if not self.every.currentIndex().isValid() and self.measure_model.first() >= 0:
            self.every.setCurrentIndex(self.measure_model.index(self.measure_model.first(), 0))
        self._tell()

    def _tell(self) -> None:
        shown = self.tabs.current()
        for part in (self._line, self.told):
            part.setVisible(shown in (self.overview, self.every))
        index: QModelIndex = self.overview.currentIndex() if shown is self.overview else self.every.currentIndex()
        model = self.overview_model if shown is self.overview else self.measure_model
        text = model.told(index)
        if text != self.told.text():
            self.told.setText(text)
            self.told.setToolTip(text)
            self.told.setAccessibleName(text)


def _quiet(view: QAbstractItemView) -> None:
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setMouseTracking(True)
    view.setFrameShape(QFrame.Shape.NoFrame)
