"""What is cited most, a row for each tag and a column for each measure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from PySide6.QtCore import (
    QT_TRANSLATE_NOOP,
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from annotator.analysis.result import Measure
from annotator.exchange.agreement_methods import OVERVIEW
from annotator.model.codebook import TagType
from annotator.ui.insights.inquiry import Inquiry
from annotator.ui.insights.wording import AWAITED, interval, level_word, measure_word, name_told, number, reading
from annotator.ui.insights.wording import value_told as told_value
from annotator.ui.state import UiState

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
INTERVAL_ROLE = Qt.ItemDataRole.UserRole
OLD_ROLE = Qt.ItemDataRole.UserRole + 1
_T = cast("Callable[[str, str], str]", QT_TRANSLATE_NOOP)
_HEADS = {
    "f1_exact": _T("agreement", "F1 exact"),
    "f1_overlap": _T("agreement", "F1 overlapping"),
    "alpha_u": _T("agreement", "α_U spans"),
    "gamma": _T("agreement", "γ spans"),
    "cohen_kappa": _T("agreement", "κ tokens"),
    "alpha_nominal": _T("agreement", "α tokens"),
}
"""The heads of narrow columns; the whole name stands in the tooltip."""


class OverviewModel(QAbstractTableModel):
    """A cell shows a value (two digits), INTERVAL_ROLE its interval; OLD_ROLE tells that it is being counted anew."""

    def __init__(self, state: UiState, inquiry: Inquiry, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state, self._inquiry = state, inquiry
        self._tags: list[TagType | None] = []
        for signal in (inquiry.counted, inquiry.asked):
            signal.connect(self.sync)
        inquiry.grew_old.connect(self._dim)
        self.sync()

    def sync(self) -> None:
        """Take the numbers over."""
        every = self._state.codebook.tag_types
        chosen = [tag for tag in every if tag.uid == self._inquiry.question.tag]
        tags: list[TagType | None] = [*chosen] if chosen else [None, *every]
        tags = tags if self._inquiry.question.askable else []
        if tags != self._tags:
            self.beginResetModel()
            self._tags = tags
            self.endResetModel()
        else:
            self._dim()

    def _dim(self) -> None:
        """Have the numbers shown anew: they are others, or old."""
        if self._tags:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._tags) - 1, len(OVERVIEW) - 1))

    def measure(self, index: _Index) -> Measure | None:
        """Return the measure of a cell, None while there is none."""
        if not index.isValid() or index.row() >= len(self._tags):
            return None
        level, name = OVERVIEW[index.column()]
        tag = self._tags[index.row()]
        return self._inquiry.measures.get((level, tag.name if tag is not None else None, None, name))

    def told(self, index: _Index) -> str:
        """Return what a cell says, in words."""
        measure = self.measure(index)
        if measure is None:
            return self.tr("Not counted yet.") if index.isValid() else ""
        return f"{name_told(self._state.codebook, measure)}: {told_value(measure)}\n{reading(measure.measure)}"

    # -- as Qt asks ---------------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return how many tags there are, with that of all together."""
        return 0 if parent.isValid() else len(self._tags)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return how many measures are shown."""
        return 0 if parent.isValid() else len(OVERVIEW)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name the measures and the tags."""
        if orientation is Qt.Orientation.Horizontal:
            level, name = OVERVIEW[section]
            if role == Qt.ItemDataRole.DisplayRole:
                return QCoreApplication.translate("agreement", _HEADS[name])
            whole = f"{measure_word(name)} ({level_word(level)})"
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return whole
            return f"{whole}\n{reading(name)}" if role == Qt.ItemDataRole.ToolTipRole else None
        if role == Qt.ItemDataRole.DisplayRole and section < len(self._tags):
            tag = self._tags[section]
            return tag.label if tag is not None else self.tr("All tags")
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows or says."""
        measure = self.measure(index)
        if role == Qt.ItemDataRole.DisplayRole:
            if measure is None:
                return AWAITED if self._inquiry.counting else ""
            return number(measure.value, 2)
        if role == INTERVAL_ROLE:
            return interval(measure, 2) if measure is not None else ""
        if role == OLD_ROLE:
            return self._inquiry.counting
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.told(index)
        return None
