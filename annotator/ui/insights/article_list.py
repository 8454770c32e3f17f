"""The list of articles with their heat strips: a click on a strip goes there, elsewhere to the article's beginning."""

from __future__ import annotations

from itertools import combinations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTreeView, QWidget

from annotator.ui.insights.article_model import F1, KAPPA, SHARE, STRIP, TITLE, ArticleModel, Row
from annotator.ui.insights.inquiry import Inquiry
from annotator.ui.insights.painting import RowDelegate, StripDelegate, strip_rect
from annotator.ui.state import UiState

_WIDTHS = {SHARE: 68, F1: 52, KAPPA: 52}


class ArticleList(QTreeView):
    """``article_asked`` tells the article's uid, the two sets that differ most there, and the place or -1."""

    article_asked = Signal(str, str, str, int)

    def __init__(self, state: UiState, inquiry: Inquiry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("agreementArticleList")
        self.setAccessibleName(self.tr("Articles by disagreement"))
        self._inquiry = inquiry
        self.articles = ArticleModel(state, inquiry, self)
        self.setModel(self.articles)
        self.setItemDelegate(RowDelegate(self))
        self.setItemDelegateForColumn(STRIP, StripDelegate(self))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setItemsExpandable(False)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        heads = self.header()
        heads.setStretchLastSection(False)
        heads.setSectionsMovable(False)
        for column in (TITLE, STRIP):
            heads.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS.items():
            heads.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.setColumnWidth(column, width)
        self.articles.modelReset.connect(self._choose_first)
        self._choose_first()

    def _choose_first(self) -> None:
        if self.articles.rowCount() and not self.currentIndex().isValid():
            self.setCurrentIndex(self.articles.index(0, 0))

    # -- going there --------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the article."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask(self.currentIndex(), -1)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show that a row can be clicked."""
        super().mouseMoveEvent(event)
        there = self.indexAt(event.position().toPoint()).isValid()
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if there else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the article, at the place that was clicked in its strip."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and index.isValid() and index == self.currentIndex():
            self._ask(index, self._place(index, event.position().x()))

    def _place(self, index: QModelIndex, x: float) -> int:
        """Return the code point that a place of a strip stands for, -1 beside the strip."""
        row = self.articles.row(index)
        if row is None or index.column() != STRIP:
            return -1
        strip = strip_rect(self.visualRect(index))
        part = (x - strip.left()) / strip.width()
        part = 1 - part if self.isRightToLeft() else part
        return min(max(round(part * row.one.length), 0), max(row.one.length - 1, 0))

    def _ask(self, index: QModelIndex, place: int) -> None:
        row = self.articles.row(index)
        if row is not None:
            first, second = self._pair(row, place)
            self.article_asked.emit(row.uid, first, second, place)

    def _pair(self, row: Row, place: int) -> tuple[str, str]:
        """Return the two sets that differ most in the article, or near a place of it."""
        one = row.one
        if place < 0:
            heats = list(one.shares)
        else:
            at = min(place * len(one.heats[0]) // max(one.length, 1), len(one.heats[0]) - 1)
            heats = [heat[at] + share / len(one.heats[0]) for heat, share in zip(one.heats, one.shares, strict=True)]
        answer = self._inquiry.answer
        sets = answer.question.sets if answer is not None else self._inquiry.question.sets
        return list(combinations(sets, 2))[heats.index(max(heats))]
