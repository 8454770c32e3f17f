"""Every measure as a row, under headings of tag and level: of the articles compared, and of the open one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from annotator.analysis.result import Level, Measure
from annotator.ui.insights.counting import Key
from annotator.ui.insights.inquiry import Inquiry
from annotator.ui.insights.wording import (
    AWAITED,
    interval,
    level_word,
    measure_word,
    name_told,
    number,
    reading,
    tag_word,
    value_told,
)
from annotator.ui.state import UiState
from annotator.ui.theme.apply import current_theme

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
NAME, VALUE, INTERVAL, N, HERE, HERE_N = range(6)
MEASURE_ROLE = Qt.ItemDataRole.UserRole
_LEVELS = list(Level)


class Line(Struct, frozen=True):
    """A measure of the compared articles and of the open one; None while it is not counted, or there is no such."""

    key: Key
    everywhere: Measure | None
    here: Measure | None

    @property
    def either(self) -> Measure:
        """One of the two, for what both have in common."""
        found = self.everywhere or self.here
        if found is None:
            raise ValueError("a line without a measure")
        return found


class MeasureModel(QAbstractTableModel):
    """Headings are strings, rows ``Line``; MEASURE_ROLE gives a row's ``Line``, None for a heading."""

    def __init__(self, state: UiState, inquiry: Inquiry, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state, self._inquiry = state, inquiry
        self._rows: list[str | Line] = []
        for signal in (inquiry.counted, inquiry.here_changed, inquiry.asked):
            signal.connect(self.sync)
        inquiry.grew_old.connect(self._dim)
        self.sync()

    def sync(self) -> None:
        """Take the numbers over; rows of the same measures stay where they are."""
        rows = list(self._made())
        if [_name(row) for row in rows] != [_name(row) for row in self._rows]:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
        elif rows:
            self._rows = rows
            self._dim()

    def _dim(self) -> None:
        """Have the numbers shown anew: they are others, or old."""
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, HERE_N))

    def _made(self) -> Iterator[str | Line]:
        """Yield headings and lines: first what concerns all tags, then tag by tag in the codebook's order."""
        everywhere, lone = self._inquiry.measures, self._inquiry.here
        here = dict(lone.measures) if lone is not None else {}
        keys = list(dict.fromkeys([*everywhere, *here]))
        tags = [tag.name for tag in self._state.codebook.tag_types]

        def place(key: Key) -> tuple[int, int]:
            return (tags.index(key[1]) if key[1] in tags else -1), _LEVELS.index(key[0])

        before = ""
        for key in sorted(keys, key=place):
            line = Line(key, everywhere.get(key), here.get(key))
            heading = self._heading(line.either)
            if heading != before:
                yield heading
                before = heading
            yield line

    def _heading(self, measure: Measure) -> str:
        return f"{tag_word(self._state.codebook, measure)} · {level_word(measure.level)}"

    def line(self, index: _Index) -> Line | None:
        """Return the line of an index, None for a heading."""
        row = self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None
        return row if isinstance(row, Line) else None

    def first(self) -> int:
        """Return the first row that is no heading, or -1."""
        return next((at for at, row in enumerate(self._rows) if isinstance(row, Line)), -1)

    def told(self, index: _Index) -> str:
        """Return what a line says, in words."""
        line = self.line(index)
        if line is None:
            return ""
        parts = [f"{name_told(self._state.codebook, line.either)}:"]
        parts.append(value_told(line.everywhere) if line.everywhere is not None else self.tr("not counted yet"))
        if line.here is not None:
            parts.append(self.tr("· this article: {0}").format(value_told(line.here)))
        return " ".join(parts) + f"\n{reading(line.either.measure)}"

    # -- as Qt asks ---------------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return how many headings and measures there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else HERE_N + 1

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Headings cannot be chosen."""
        usual = super().flags(index)
        return usual if self.line(index) is not None else usual & Qt.ItemFlag.ItemIsEnabled

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name the columns."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section <= HERE_N:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            names = (
                self.tr("Measure"), self.tr("Value"), self.tr("95 % interval"), self.tr("n"), self.tr("This article"),
                self.tr("n"),
            )  # fmt: skip
            return names[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return {
                INTERVAL: self.tr("95 % of bootstrap samples of the articles lie within; it needs two articles"),
                N: self.tr("How many were compared: annotations of all, tokens, matched annotations or pairs"),
                HERE: self.tr("The article that is open, by itself"),
            }.get(section)
        return _aligned(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows or says."""
        row = self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None
        if isinstance(row, str):
            return _heading_data(row, index.column(), role)
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(row, index.column())
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.told(index)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _aligned(index.column())
        if role == Qt.ItemDataRole.ForegroundRole:
            old = self._inquiry.counting and index.column() in (VALUE, INTERVAL, N)
            return QColor(current_theme().secondary) if old or index.column() == INTERVAL else None
        return row if role == MEASURE_ROLE else None

    def _shown(self, line: Line, column: int) -> str:
        if column == NAME:
            attribute = line.key[2]
            word = measure_word(line.key[3])
            return f"{attribute.replace('_', ' ')}: {word}" if attribute else word
        if column in (HERE, HERE_N):
            return self._here(line, column)
        if line.everywhere is None:
            return AWAITED if column == VALUE and self._inquiry.counting else ""
        return (number(line.everywhere.value), interval(line.everywhere), str(line.everywhere.n))[column - VALUE]

    def _here(self, line: Line, column: int) -> str:
        lone = self._inquiry.here
        if line.here is None:
            return AWAITED if lone is not None and lone.waiting and column == HERE and line.key[3] == "gamma" else ""
        return number(line.here.value) if column == HERE else str(line.here.n)


def _heading_data(heading: str, column: int, role: int) -> Any:
    if role == Qt.ItemDataRole.DisplayRole:
        return heading if column == NAME else ""
    if role == Qt.ItemDataRole.FontRole:
        font = QFont()
        font.setWeight(QFont.Weight.DemiBold)
        return font
    return None


def _aligned(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeading if column == NAME else Qt.AlignmentFlag.AlignTrailing
    return side | Qt.AlignmentFlag.AlignVCenter


def _name(row: str | Line) -> object:
    return row if isinstance(row, str) else row.key
