"""What comes in of one article, record by record."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.model.changes import Record
from annotator.model.merge_plan import Fate
from annotator.model.references import Key
from annotator.ui.colleagues.reading import Read
from annotator.ui.colleagues.record_wording import RecordTeller, tr
from annotator.ui.widgets.choices import CHOICE_ROLE, Choice

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_ICONS = {Fate.NEW: "add", Fate.CHANGED: "edit", Fate.REMOVED: "remove", Fate.CONFLICT: "warning", Fate.WAITING: "todo"}


class RecordModel(QAbstractListModel):
    """Each row says what becomes of a record and what it is; put into words when it is asked for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read: Read | None = None
        self._teller: RecordTeller | None = None
        self._rows: tuple[tuple[Fate, Key], ...] = ()

    def show(self, read: Read, teller: RecordTeller, article: str) -> None:
        """Show what comes in of an article; empty shows nothing."""
        self.beginResetModel()
        self._read, self._teller = read, teller
        self._rows = read.records.get(article, ())
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return how many records there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the record in words, or the row as it is painted."""
        if not index.isValid() or self._teller is None:
            return None
        fate, key = self._rows[index.row()]
        record = self._record(key)
        what = self._teller.headline(record) if record is not None else ""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return what
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{fate_word(fate)}: {what}"
        if role == CHOICE_ROLE:
            return Choice(key[1], what, fate_word(fate), _ICONS.get(fate, ""))
        return None

    def _record(self, key: Key) -> Record | None:
        if self._read is None:
            return None
        sides = self._read.plan.sides
        return sides.theirs.get(key) or sides.mine.get(key)


def fate_word(fate: Fate) -> str:
    """Return what becomes of a record, in a word."""
    return {
        Fate.NEW: tr("new"), Fate.CHANGED: tr("changed"), Fate.REMOVED: tr("removed"), Fate.CONFLICT: tr("to decide"),
        Fate.WAITING: tr("waiting"), Fate.IDENTICAL: tr("identical"), Fate.UNCHANGED: tr("unchanged"),
    }[fate]  # fmt: skip
