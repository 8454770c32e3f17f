"""The articles that were read, to be looked at, corrected and chosen before they come in."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListView,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from annotator.ui.imports.model import FIELDS, Column, PreviewModel, RefusedModel
from annotator.ui.imports.reading import Read, entries_of, refused_of
from annotator.ui.imports.text_preview import TextPreview
from annotator.ui.widgets.elided_label import ElidedLabel
from annotator.ui.widgets.section_header import SectionHeader

_GIVING_WAY = {Column.FILE: (150, 280), Column.BYLINE: (72, 160), Column.SOURCE: (72, 160)}
"""The columns that give way to the title, the first of them first: how narrow and how wide they get, in pixels."""
_LEAST_TITLE = 200
_ROW = 28
_REFUSED_ROWS = 4


class PreviewTable(QTableView):
    """Space ticks the selected rows; what is typed in one of several selected rows goes into all of them."""

    def __init__(self, articles: PreviewModel) -> None:
        super().__init__()
        self.setObjectName("importTable")
        self.setAccessibleName(self.tr("Articles to import"))
        self._articles = articles
        self.setModel(articles)
        self.setProperty("framed", True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(_ROW)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(48)
        header.setResizeContentsPrecision(40)  # rows that are measured; of thousands, those in sight first
        header.setSectionResizeMode(Column.TITLE, QHeaderView.ResizeMode.Stretch)
        header.sectionResized.connect(self._keep)
        self._fitting = self._by_hand = False
        self._held: dict[Column, int] = {}

    def fit_columns(self) -> None:
        """Give every column what it holds, and the title the rest; who has set a width by hand keeps theirs."""
        header = self.horizontalHeader()
        self._held = {
            column: max(self.sizeHintForColumn(column), header.sectionSizeHint(column))
            for column in Column
            if column is not Column.TITLE
        }
        # A date can be typed where there was none.
        self._held[Column.PUBLISHED] = max(
            self._held[Column.PUBLISHED], self.fontMetrics().horizontalAdvance("0000-00-00") + 16
        )
        self._divide()

    def _divide(self) -> None:
        if self._by_hand or not self._held:
            return
        header, wanted = self.horizontalHeader(), dict(self._held)
        wanted |= {column: min(wanted[column], most) for column, (_, most) in _GIVING_WAY.items()}
        lacking = sum(wanted.values()) + _LEAST_TITLE - self.viewport().width()
        for column, (least, _) in _GIVING_WAY.items():
            given = max(min(lacking, wanted[column] - max(least, header.sectionSizeHint(column))), 0)
            wanted[column] -= given
            lacking -= given
        self._fitting = True
        for column, width in wanted.items():
            self.setColumnWidth(column, width)
        self._fitting = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Divide the new width; what the columns hold is not measured again."""
        super().resizeEvent(event)
        self._divide()

    def _keep(self, column: int) -> None:
        self._by_hand = self._by_hand or (not self._fitting and column != Column.TITLE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks or unticks all selected rows, by what the current one is not."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            entry = self._articles.entry(self.currentIndex().row())
            self._articles.tick(self.selected_rows(), not (entry is not None and entry.ticked))
        else:
            super().keyPressEvent(event)

    def selected_rows(self) -> list[int]:
        """Return the selected rows in order."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def commitData(self, editor: QWidget) -> None:
        """Put what was typed into every selected row; a title belongs to one article alone."""
        index = self.currentIndex()
        before = index.data()
        super().commitData(editor)
        if index.column() in FIELDS and index.column() != Column.TITLE and index.data() != before:
            for row in self.selected_rows():
                if row != index.row():
                    self._articles.setData(self._articles.index(row, index.column()), index.data())


class PreviewPage(QWidget):
    """``chosen_changed`` tells how many articles are ticked."""

    chosen_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.articles = PreviewModel(self)
        self.refused = RefusedModel(self)
        self.table = PreviewTable(self.articles)
        self.preview = TextPreview()
        self.all = QCheckBox(self.tr("All"))
        self.summary = ElidedLabel()
        self.summary.setProperty("secondary", True)
        self.message = QLabel()
        self.message.setWordWrap(True)
        self.refused_head = SectionHeader(self.tr("Not read"))
        self.refused_list = QListView()
        self._lay_out()
        self.articles.ticked_changed.connect(self._count)
        self.articles.refused.connect(self._complain)
        self.articles.dataChanged.connect(lambda *_: self.message.hide())
        self.table.selectionModel().currentRowChanged.connect(self._show_text)
        self.all.clicked.connect(self._tick_all)

    def _lay_out(self) -> None:
        self.message.setProperty("problem", True)
        self.message.hide()
        self.refused_list.setModel(self.refused)
        self.refused_list.setProperty("framed", True)
        self.refused_list.setAccessibleName(self.tr("Files that were not read"))
        self.refused_list.setUniformItemSizes(True)
        self.refused_list.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.refused_head.set_body(self.refused_list)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.all)
        head.addWidget(self.summary, 1)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(self.message)
        column.addWidget(self.refused_head)
        column.addWidget(self.refused_list)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(13)
        splitter.setStyleSheet("QSplitter::handle { background: transparent; }")
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(self.preview)
        splitter.setSizes([680, 300])
        splitter.setStretchFactor(0, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(splitter)

    def show_read(self, read: Read) -> None:
        """Show what was read."""
        refused = refused_of(read)
        self.articles.show(entries_of(read))
        self.table.fit_columns()
        self.refused.show(refused)
        self.refused_head.set_count(len(refused))
        self.refused_head.setVisible(bool(refused))
        self.refused_list.setVisible(bool(refused) and self.refused_head.isChecked())
        rows = min(len(refused), _REFUSED_ROWS)
        bar = self.refused_list.horizontalScrollBar().sizeHint().height()  # it must not cover the last reason
        self.refused_list.setFixedHeight(max(rows, 1) * max(self.refused_list.sizeHintForRow(0), 24) + bar + 6)
        if self.articles.rowCount():
            self.table.selectRow(0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_text(self, current: QModelIndex) -> None:
        entry = self.articles.entry(current.row())
        if entry is not None:
            self.preview.show_text(entry.text, entry.article.furniture)
        else:
            self.preview.show_text("", ())

    def _tick_all(self) -> None:
        # A tristate box passes through "some" when clicked; a person means all or none.
        some_missing = self.all.property("missing")
        self.articles.tick(range(self.articles.rowCount()), bool(some_missing))

    def _count(self) -> None:
        entries = [e for row in range(self.articles.rowCount()) if (e := self.articles.entry(row)) is not None]
        ticked, possible = len(self.articles.ticked), sum(not entry.known for entry in entries)
        states = {0: Qt.CheckState.Unchecked, possible: Qt.CheckState.Checked}
        self.all.setCheckState(
            states.get(ticked, Qt.CheckState.PartiallyChecked) if ticked else Qt.CheckState.Unchecked
        )
        self.all.setProperty("missing", ticked < possible)
        self.all.setEnabled(possible > 0)
        known, twice = sum(entry.known for entry in entries), sum(entry.twice for entry in entries)
        locale = QLocale()
        parts = [self.tr("{0} of {1} chosen").format(locale.toString(ticked), locale.toString(len(entries)))]
        parts += [self.tr("%n already here", "", known)] if known else []
        parts += [self.tr("%n twice", "", twice)] if twice else []
        parts += [self.tr("select several rows to give them one date, source or byline")] if len(entries) > 1 else []
        self.summary.setText(" · ".join(parts))
        self.chosen_changed.emit(ticked)

    def _complain(self, text: str) -> None:
        self.message.setText(text)
        self.message.show()
