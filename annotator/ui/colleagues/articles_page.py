"""The preview's first page: the articles, and below them what comes in of the one selected."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListView,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from annotator.ui.colleagues.article_model import FATES, ArticleModel, Column
from annotator.ui.colleagues.reading import Read
from annotator.ui.colleagues.record_model import RecordModel
from annotator.ui.colleagues.record_wording import RecordTeller
from annotator.ui.widgets.choices import ChoiceDelegate
from annotator.ui.widgets.dialog import heading, may_shrink
from annotator.ui.widgets.elided_label import ElidedLabel

_ROW, _FIGURES, _NOTE, _TITLE = 28, 76, 128, 200


class ArticlesPage(QWidget):
    """A table and a list; columns without a figure are left out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.articles, self.records = ArticleModel(self), RecordModel(self)
        self.table, self.list = QTableView(), QListView()
        self.which = QComboBox()
        self._totals = ElidedLabel()
        self._read: Read | None = None
        self._teller: RecordTeller | None = None
        self._widths: dict[Column, int] = dict.fromkeys(Column, 0)
        self._told: list[Column] = []
        self._set_up()
        self._lay_out()
        self.which.activated.connect(lambda _: self._fill())
        self.table.selectionModel().currentRowChanged.connect(lambda now, _before: self._show_records(now.row()))

    def _set_up(self) -> None:
        table = self.table
        table.setObjectName("bringInArticles")
        table.setAccessibleName(self.tr("Articles of the file"))
        table.setModel(self.articles)
        table.setProperty("framed", True)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(max(_ROW, self.fontMetrics().height() + 10))
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(Column.TITLE, QHeaderView.ResizeMode.Stretch)
        self.list.setObjectName("bringInRecords")
        self.list.setAccessibleName(self.tr("What comes in of the article"))
        self.list.setModel(self.records)
        self._delegate = ChoiceDelegate(self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.setProperty("framed", True)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        may_shrink(table, self.list)
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.which.setAccessibleName(self.tr("Which articles"))
        self._totals.setProperty("secondary", True)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.which)
        top.addWidget(self._totals, 1)
        self._below = QWidget()
        lower = QVBoxLayout(self._below)
        lower.setContentsMargins(0, 4, 0, 0)
        lower.setSpacing(6)
        self._of: QLabel = heading("")
        lower.addWidget(self._of)
        lower.addWidget(self.list, 1)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        parts.setProperty("quiet", True)
        parts.addWidget(self.table)
        parts.addWidget(self._below)
        parts.setStretchFactor(0, 3)
        parts.setStretchFactor(1, 2)
        parts.setSizes([240, 160])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(parts, 1)

    def show_read(self, read: Read, teller: RecordTeller) -> None:
        """Show a plan; which articles are listed stays as it was chosen."""
        self._read, self._teller = read, teller
        every = self.which.currentData() is True
        locale, telling = QLocale(), len(read.telling)
        self.which.clear()
        self.which.addItem(self.tr("With something to bring in ({0})").format(locale.toString(telling)), False)
        self.which.addItem(self.tr("All articles of the file ({0})").format(locale.toString(len(read.articles))), True)
        self.which.setCurrentIndex(1 if every else 0)
        self.which.setMinimumHeight(self.which.sizeHint().height())  # the table gives way first
        self.which.setVisible(telling < len(read.articles))
        self._totals.setText(self._sum(read))
        self._fill()

    def _sum(self, read: Read) -> str:
        names = {
            Column.NEW: self.tr("{0} new"), Column.CHANGED: self.tr("{0} changed"),
            Column.REMOVED: self.tr("{0} removed"), Column.CONFLICT: self.tr("{0} to decide"),
            Column.WAITING: self.tr("{0} waiting"), Column.SAME: self.tr("{0} identical"),
        }  # fmt: skip
        totals = {
            column: sum(one.counts.get(fate, 0) for one in read.articles for fate in fates)
            for column, fates in FATES.items()
        }
        return " · ".join(names[column].format(QLocale().toString(n)) for column, n in totals.items() if n)

    def _fill(self) -> None:
        if self._read is None:
            return
        self.articles.show(self._read, every=self.which.currentData() is True)
        self._measure()
        self._make_room()
        if self.articles.rowCount():
            self.table.selectRow(0)
        else:
            self._show_records(-1)

    def _measure(self) -> None:
        header = self.table.horizontalHeader()
        self._told = [one for one in Column if self.articles.has(one)]
        for column in Column:
            if column is not Column.TITLE:
                self.table.setColumnHidden(column, False)
                least = _NOTE if column is Column.NOTE else _FIGURES
                cells = self.table.sizeHintForColumn(column) if column is Column.NOTE else 0
                self._widths[column] = max(least, cells, header.sectionSizeHint(column) + 4)
                self.table.setColumnWidth(column, self._widths[column])

    def _make_room(self) -> None:
        """Leave out the figures that matter least where the titles have no room otherwise; their sum stands above."""
        told = list(self._told)
        room = self.table.viewport().width() - _TITLE
        for column in (Column.SAME, Column.WAITING):
            taken = sum(self._widths[one] for one in told if one is not Column.TITLE)
            if column in told and taken > room:
                told.remove(column)
        for column in Column:
            self.table.setColumnHidden(column, column not in told)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Look anew which columns have room."""
        super().resizeEvent(event)
        self._make_room()

    def _show_records(self, row: int) -> None:
        article = self.articles.article(row)
        if self._read is None or self._teller is None:
            return
        self.records.show(self._read, self._teller, article.uid if article is not None else "")
        note = self.articles.note(article, long=True) if article is not None else ""
        self._of.setText(note or self.tr("What comes in of this article"))
        self._of.setWordWrap(True)
        self._below.setVisible(self.records.rowCount() > 0 or bool(note))
