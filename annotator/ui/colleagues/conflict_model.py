"""What a person has to decide, and what they have decided so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from annotator.model.changes import Kind
from annotator.model.merge_plan import Conflict, Side
from annotator.model.references import Key
from annotator.ui.colleagues.conflict_wording import reason
from annotator.ui.colleagues.record_wording import RecordTeller, in_line, tr
from annotator.ui.widgets.choices import CHOICE_ROLE, Choice

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_ICONS = {None: "warning", Side.MINE: "check", Side.THEIRS: "bring-in"}


class ConflictModel(QAbstractListModel):
    """One row for each thing to decide. ``decided`` tells that a decision was made, changed or taken back."""

    decided = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Conflict] = []
        self._teller: RecordTeller | None = None
        self._titles: Mapping[str, str] = {}
        self._who = ""
        self.decisions: dict[Key, Side] = {}

    def show(self, conflicts: Iterable[Conflict], teller: RecordTeller, titles: Mapping[str, str], who: str) -> None:
        """Show what is to be decided; decisions on what is still there stay. ``titles`` are those of the articles."""
        self.beginResetModel()
        self._rows, self._teller, self._titles, self._who = list(conflicts), teller, titles, who
        known = {one.key for one in self._rows}
        self.decisions = {key: side for key, side in self.decisions.items() if key in known}
        self.endResetModel()

    def conflict(self, row: int) -> Conflict | None:
        """Return what is to be decided in a row, or None."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    @property
    def open(self) -> int:
        """How many are not decided yet."""
        return len(self._rows) - len(self.decisions)

    def next_open(self, row: int) -> int:
        """Return the next row behind ``row`` that is not decided, from the beginning again; -1 when all are."""
        order = [*range(row + 1, len(self._rows)), *range(row + 1)]
        return next((at for at in order if at < len(self._rows) and self._rows[at].key not in self.decisions), -1)

    def decide(self, rows: Iterable[int], side: Side) -> None:
        """Decide for a side."""
        for row in rows:
            self.decisions[self._rows[row].key] = side
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))
        self.decided.emit()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return how many things there are to decide."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what it is about, for a screen reader with the reason, or the row as it is painted."""
        conflict = self.conflict(index.row()) if index.isValid() else None
        if conflict is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._headline(conflict)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{self._headline(conflict)}: {self._detail(conflict)}"
        if role == CHOICE_ROLE:
            side = self.decisions.get(conflict.key)
            return Choice(conflict.uid, self._headline(conflict), self._detail(conflict), _ICONS[side])
        return None

    def _headline(self, conflict: Conflict) -> str:
        record = conflict.mine or conflict.theirs
        return self._teller.headline(record) if self._teller is not None and record is not None else ""

    def _detail(self, conflict: Conflict) -> str:
        side = self.decisions.get(conflict.key)
        decided = {None: "", Side.MINE: tr("yours"), Side.THEIRS: tr("{0}’s").format(self._who)}[side]
        where = self._titles.get(conflict.article, "") if conflict.kind is not Kind.ARTICLE else ""
        return " · ".join(filter(None, (decided, reason(conflict, self._who), in_line(where))))
