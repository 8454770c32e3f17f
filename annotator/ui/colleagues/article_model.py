"""The articles of a colleague's file as a table: how much is new, changed, removed or to be decided in each."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from annotator.model.merge_plan import Fate, Reason
from annotator.operations.bringing_in import ArticlePlan
from annotator.ui.colleagues.reading import Read
from annotator.ui.colleagues.record_wording import tr
from annotator.ui.theme.apply import current_theme

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_Role = Qt.ItemDataRole


class Column(IntEnum):
    """The columns in their order."""

    TITLE = 0
    NEW = 1
    CHANGED = 2
    REMOVED = 3
    CONFLICT = 4
    WAITING = 5
    SAME = 6
    NOTE = 7


FATES = {
    Column.NEW: (Fate.NEW,),
    Column.CHANGED: (Fate.CHANGED,),
    Column.REMOVED: (Fate.REMOVED,),
    Column.CONFLICT: (Fate.CONFLICT,),
    Column.WAITING: (Fate.WAITING,),
    Column.SAME: (Fate.IDENTICAL, Fate.UNCHANGED),
}
"""What a column counts."""


class ArticleModel(QAbstractTableModel):
    """The rows are the plan's own; a cell is made when it is asked for, so that ten thousand cost nothing."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read: Read | None = None
        self._rows: tuple[ArticlePlan, ...] = ()

    def show(self, read: Read, *, every: bool) -> None:
        """Show the articles of a plan: every one, or those of which something comes in."""
        self.beginResetModel()
        self._read = read
        self._rows = read.articles if every else read.telling
        self.endResetModel()

    def article(self, row: int) -> ArticlePlan | None:
        """Return the article of a row, or None."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def has(self, column: Column) -> bool:
        """Tell whether any article has something to say in a column."""
        if column is Column.NOTE:
            return any(self.note(one) for one in self._rows)
        return column not in FATES or any(one.counts.get(fate) for one in self._rows for fate in FATES[column])

    # -- Qt's questions -------------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return how many articles there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        """Return a column's name, or what it counts."""
        if role == _Role.TextAlignmentRole and Column(section) in FATES:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if orientation is not Qt.Orientation.Horizontal or role not in (_Role.DisplayRole, _Role.ToolTipRole):
            return None
        names = {
            Column.TITLE: (tr("Article"), ""),
            Column.NEW: (tr("New"), tr("Tags, links, verdicts and the like that come in")),
            Column.CHANGED: (tr("Changed"), tr("What they have changed and you have not: theirs takes its place")),
            Column.REMOVED: (tr("Removed"), tr("What they have removed and you have not changed")),
            Column.CONFLICT: (tr("To decide"), tr("What both have changed, or one needs and the other has removed")),
            Column.WAITING: (tr("Waiting"), tr("What can come in only if something else is decided for theirs")),
            Column.SAME: (tr("Identical"), tr("The same on both sides, or changed by you alone: it stays")),
            Column.NOTE: ("", ""),
        }
        return names[Column(section)][0 if role == _Role.DisplayRole else 1]

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        """Return a cell's text, its colour or its tooltip."""
        article = self.article(index.row()) if index.isValid() else None
        if article is None:
            return None
        column = Column(index.column())
        if role == _Role.DisplayRole:
            return self._text(article, column)
        if role == _Role.ToolTipRole:
            return self._tooltip(article, column)
        if role == _Role.TextAlignmentRole and column in FATES:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == _Role.ForegroundRole:
            return self._colour(column)
        if role == _Role.AccessibleTextRole and column is Column.TITLE:
            return ", ".join(filter(None, (self._text(article, Column.TITLE), self.note(article))))
        return None

    def _text(self, article: ArticlePlan, column: Column) -> str:
        if column is Column.TITLE:
            return " ".join(article.title.split()) or tr("(without a title)")
        if column is Column.NOTE:
            return self.note(article)
        count = sum(article.counts.get(fate, 0) for fate in FATES[column])
        return QLocale().toString(count) if count else ""

    def _tooltip(self, article: ArticlePlan, column: Column) -> str:
        if column is Column.NOTE:
            return self.note(article, long=True)
        return self._text(article, Column.TITLE) if column is Column.TITLE else ""

    def _colour(self, column: Column) -> QColor | None:
        theme = current_theme()
        if column in (Column.SAME, Column.NOTE):
            return QColor(theme.secondary)
        return QColor(theme.warning) if column is Column.CONFLICT else None

    def note(self, article: ArticlePlan, *, long: bool = False) -> str:
        """Return what there is to know of an article as such, empty when nothing."""
        told: tuple[str, str] = ("", "")
        fate = self._read.fate_of(article.uid) if self._read is not None else None
        reason = article.conflict.reason if article.conflict is not None else None
        if reason is Reason.TEXT_DIFFERS:
            told = (
                tr("text differs"),
                tr("Their text is another than yours: their tags would stand in wrong places."),
            )
        elif reason is Reason.REMOVED_HERE:
            told = (tr("removed here"), tr("You have removed this article; they have gone on working on it."))
        elif reason in (Reason.REMOVED_THERE, Reason.STILL_USED):
            told = (tr("removed there"), tr("They have removed this article; work of others stands on it here."))
        elif fate is Fate.NEW:
            told = (tr("not here yet"), tr("This article is not in your project: it comes in with its text."))
        elif fate is Fate.REMOVED:
            told = (tr("is removed"), tr("They have removed this article, and nothing else stands on it here."))
        elif article.matched_by_text:
            told = (
                tr("found by its text"),
                tr("Here under another id, with the same text: taken to be the same."),
            )
        return told[1 if long else 0]
