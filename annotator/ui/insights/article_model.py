"""The articles compared, those with the most disagreement first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from annotator.ui.insights.inquiry import Inquiry
from annotator.ui.insights.wording import number, percent
from annotator.ui.state import UiState

if TYPE_CHECKING:
    from annotator.analysis.article_by_article import OneArticle

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
TITLE, STRIP, SHARE, F1, KAPPA = range(5)
HEAT_ROLE = Qt.ItemDataRole.UserRole


class Row(Struct, frozen=True):
    """One article with its numbers."""

    uid: str
    title: str
    one: OneArticle


class ArticleModel(QAbstractTableModel):
    """HEAT_ROLE gives how much of each stretch of the article is tagged differently, 0 to 1."""

    def __init__(self, state: UiState, inquiry: Inquiry, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state, self._inquiry = state, inquiry
        self._rows: list[Row] = []
        inquiry.counted.connect(self.sync)
        inquiry.here_changed.connect(self._follow_here)
        self.sync()

    def sync(self) -> None:
        """Take the numbers of all over, sorted anew."""
        rows = sorted(self._made(), key=lambda row: (-row.one.share, row.title.casefold(), row.uid))
        if [row.uid for row in rows] != [row.uid for row in self._rows]:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
        elif rows:
            self._rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, KAPPA))

    def _made(self) -> list[Row]:
        answer, here = self._inquiry.answer, self._inquiry.here
        if answer is None:
            return []
        return [
            Row(record.uid, record.title, here.one if here is not None and here.article == record.uid else one)
            for record, one in zip(answer.loaded.records, answer.articles, strict=True)
        ]

    def _follow_here(self) -> None:
        """Show the open article's numbers where it stands: it moves only when all are counted."""
        here = self._inquiry.here
        for at, row in enumerate(self._rows):
            if here is not None and row.uid == here.article and row.one != here.one:
                self._rows[at] = Row(row.uid, row.title, here.one)
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, KAPPA))

    def row(self, index: _Index) -> Row | None:
        """Return the article of an index."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def told(self, index: _Index) -> str:
        """Return what a row says, in words."""
        row = self.row(index)
        if row is None:
            return ""
        return self.tr("{title}: {share} of the text tagged differently; F1, exact {exact}, overlapping {overlap}; "
                       "Cohen’s κ on tokens {kappa}").format(
            title=row.title, share=percent(row.one.share), exact=number(row.one.f1_exact, 2),
            overlap=number(row.one.f1_overlap, 2), kappa=number(row.one.kappa, 2),
        )  # fmt: skip

    # -- as Qt asks ---------------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return how many articles are compared."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else KAPPA + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name the columns."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section <= KAPPA:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Article"), self.tr("Where they differ"), self.tr("Differs"), self.tr("F1"), "κ")[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return (
                "", self.tr("From the beginning of the text to its end: the taller a bar, the more differs"),
                self.tr("How much of the text is tagged differently"), self.tr("F1, overlapping spans"),
                self.tr("Cohen’s κ on tokens"),
            )[section]  # fmt: skip
        return _aligned(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows or says."""
        row = self.row(index)
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            one = row.one
            return (row.title, "", percent(one.share), number(one.f1_overlap, 2), number(one.kappa, 2))[index.column()]
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.told(index)
        if role == Qt.ItemDataRole.FontRole and self._is_open(row):
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _aligned(index.column())
        return row.one.heat if role == HEAT_ROLE and index.column() == STRIP else None

    def _is_open(self, row: Row) -> bool:
        content = self._state.content
        return content is not None and content.article.uid == row.uid


def _aligned(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeading if column in (TITLE, STRIP) else Qt.AlignmentFlag.AlignTrailing
    return side | Qt.AlignmentFlag.AlignVCenter
