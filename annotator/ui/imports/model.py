"""The articles on their way in as a table: ticked, corrected, and marked when the project has them already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import (
    QAbstractListModel,
    QAbstractTableModel,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor

from annotator.base.errors import RuleError
from annotator.exchange.articles import Refused, guess_date
from annotator.model.codebook import Attribute, AttributeKind
from annotator.model.rules import check_value
from annotator.ui.imports.reading import Entry
from annotator.ui.theme.apply import current_theme

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_Role = Qt.ItemDataRole


class Column(IntEnum):
    """The columns in their order; the tick stands before the title."""

    TITLE = 0
    PUBLISHED = 1
    SOURCE = 2
    BYLINE = 3
    WORDS = 4
    FILE = 5


FIELDS = {
    Column.TITLE: "title",
    Column.PUBLISHED: "published",
    Column.SOURCE: "source",
    Column.BYLINE: "byline",
}
"""What can be corrected: the article's field of a column."""

_DATE = Attribute("", None, "published", "Date", AttributeKind.DATE)


class PreviewModel(QAbstractTableModel):
    """``ticked_changed`` tells that other articles are to come in, ``refused`` why something typed was not taken."""

    ticked_changed = Signal()
    refused = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []

    def show(self, entries: Sequence[Entry]) -> None:
        """Show other articles."""
        self.beginResetModel()
        self._entries = list(entries)
        self.endResetModel()
        self.ticked_changed.emit()

    def entry(self, row: int) -> Entry | None:
        """Return the article of a row, or None."""
        return self._entries[row] if 0 <= row < len(self._entries) else None

    @property
    def ticked(self) -> list[Entry]:
        """The articles that are to come in."""
        return [entry for entry in self._entries if entry.ticked]

    def tick(self, rows: Iterable[int], ticked: bool) -> None:
        """Tick rows or take their ticks away; what the project has already stays without."""
        for row in rows:
            entry = self.entry(row)
            if entry is not None and not entry.known:
                entry.ticked = ticked
        if self._entries:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._entries) - 1, 0), [_Role.CheckStateRole])
        self.ticked_changed.emit()

    # -- Qt's questions -------------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return how many articles there are."""
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        """Return a column's name."""
        if orientation is not Qt.Orientation.Horizontal or role != _Role.DisplayRole:
            return None
        names = (
            self.tr("Title"), self.tr("Date"), self.tr("Source"), self.tr("Byline"), self.tr("Words"), self.tr("File"),
        )  # fmt: skip
        return names[section]

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        """Return a cell's text, its tick, its colour or its tooltip."""
        if not index.isValid():
            return None
        entry, column = self._entries[index.row()], Column(index.column())
        if role in (_Role.DisplayRole, _Role.EditRole):
            return self._text(entry, column)
        if role == _Role.CheckStateRole and column is Column.TITLE:
            return Qt.CheckState.Checked if entry.ticked else Qt.CheckState.Unchecked
        if role == _Role.ForegroundRole and not entry.ticked:
            return QColor(current_theme().secondary)
        if role == _Role.ToolTipRole:
            return "\n".join(part for part in (self._text(entry, column), self.note(entry)) if part)
        if role == _Role.TextAlignmentRole and column is Column.WORDS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _text(self, entry: Entry, column: Column) -> str:
        if column in FIELDS:
            return str(getattr(entry.article, FIELDS[column]))
        if column is Column.WORDS:
            return QLocale().toString(entry.article.words)
        note = self.tr("already here") if entry.known else self.tr("twice") if entry.twice else ""
        return " · ".join(part for part in (note, entry.place or self.tr("pasted")) if part)

    def note(self, entry: Entry) -> str:
        """Return why an article is not ticked, empty when there is no reason."""
        if entry.known:
            return self.tr("The project has an article with this very text already.")
        return self.tr("The same text stands further up in this import.") if entry.twice else ""

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return what can be ticked and what can be corrected."""
        flags = super().flags(index)
        if not index.isValid():
            return flags
        if index.column() == Column.TITLE and not self._entries[index.row()].known:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() in FIELDS else flags

    def setData(self, index: _Index, value: Any, role: int = _Role.EditRole) -> bool:
        """Tick an article, or correct a field; a date may be typed in any of the usual ways."""
        if not index.isValid():
            return False
        if role == _Role.CheckStateRole:
            self.tick([index.row()], Qt.CheckState(value) is Qt.CheckState.Checked)
            return True
        if role != _Role.EditRole or index.column() not in FIELDS:
            return False
        return self._correct(index, " ".join(str(value).split()))

    def _correct(self, index: _Index, value: str) -> bool:
        entry, column = self._entries[index.row()], Column(index.column())
        if column is Column.TITLE and not value:
            self.refused.emit(self.tr("An article needs a title."))
            return False
        if column is Column.PUBLISHED and value:
            date = _iso_date(value)
            if not date:
                self.refused.emit(self.tr("“{0}” is no date: write 2025-03-13, 2025-03 or 2025.").format(value))
                return False
            value = date
        corrected: dict[str, Any] = {FIELDS[column]: value}
        entry.article = replace(entry.article, **corrected)
        self.dataChanged.emit(index, index)
        return True


def _iso_date(value: str) -> str:
    """Return what a person typed as an ISO date, or as much of one; empty when it is none."""
    try:
        return str(check_value(_DATE, value))
    except RuleError:
        return guess_date(value)


class RefusedModel(QAbstractListModel):
    """The files and rows that gave no article, each with its reason on one line."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[str] = []

    def show(self, refused: Sequence[Refused]) -> None:
        """Show other refusals."""
        self.beginResetModel()
        self._lines = [refusal_line(one) for one in refused]
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return how many there are."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        """Return a line, in the tooltip too: it may be long."""
        if index.isValid() and role in (_Role.DisplayRole, _Role.ToolTipRole):
            return self._lines[index.row()]
        return None


def refusal_line(refused: Refused) -> str:
    """Return a refusal in words: "notes.xyz, row 7: holds no text …"."""
    entry_place = ", ".join(part for part in (_name(refused.path), refused.location) if part)
    return f"{entry_place}: {refused.reason}" if entry_place else refused.reason


def _name(path: str) -> str:
    return path.replace("\\", "/").rsplit("/", 1)[-1]
