"""The list of differences as rows, kept in step with the review."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.model.review import Verdict
from annotator.operations.verdicts import Latest
from annotator.ui.review.items import Item
from annotator.ui.review.session import Session
from annotator.ui.review.wording import Teller, kind_word, plain
from annotator.ui.state import UiState
from annotator.ui.widgets.remarks import decision_word

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_FEW = 16
"""So many rows are told to have changed one by one; of more, and of none, all are."""
ITEM_ROLE = Qt.ItemDataRole.UserRole
VERDICTS_ROLE = Qt.ItemDataRole.UserRole + 1


class DifferenceModel(QAbstractListModel):
    """One row per difference shown; ITEM_ROLE its ``Item``, VERDICTS_ROLE the standing verdict of each side or None."""

    def __init__(self, state: UiState, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state, self._session = state, session
        self._rows: tuple[Item, ...] = ()
        self._latest = Latest(())
        session.changed.connect(self.sync)
        self.sync()

    def sync(self) -> None:
        """Take the differences over; rows that are the same differences stay where they are."""
        rows = self._session.shown
        content = self._state.content
        self._latest = Latest(content.verdicts.values() if content is not None else ())
        known = self._rows
        if len(rows) != len(known) or any(a is not b and a.key != b.key for a, b in zip(rows, known, strict=True)):
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
            return
        self._rows = rows
        others = [row for row, (a, b) in enumerate(zip(rows, known, strict=True)) if a is not b]
        if 0 < len(others) <= _FEW:
            for row in others:
                self.dataChanged.emit(self.index(row), self.index(row))
        elif rows:
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))

    def teller(self) -> Teller | None:
        """Return what tells a difference in words; None without an article."""
        project, content = self._state.project, self._state.content
        if project is None or content is None:
            return None
        return Teller(content, project.cache.codebook, project.cache.entities)

    def item(self, index: _Index) -> Item | None:
        """Return the difference of an index."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def row_of(self, item: Item | None) -> int:
        """Return where a difference stands, or -1."""
        place = self._session.place_of(item) if item is not None else -1
        return place if place < len(self._rows) else -1

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return how many differences are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows or says."""
        item, teller = self.item(index), self.teller()
        if item is None or teller is None:
            return None
        if role == ITEM_ROLE:
            return item
        if role == VERDICTS_ROLE:
            return self.verdicts(item)
        if role == Qt.ItemDataRole.DisplayRole:
            return " / ".join(filter(None, (plain(runs) for runs in teller.versions(item.difference))))
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._told(item, teller)
        return None

    def verdicts(self, item: Item) -> tuple[Verdict | None, Verdict | None]:
        """Return the verdicts that hold of A's and of B's version."""
        a, b = item.difference.a, item.difference.b
        return (self._latest.standing(a) if a else None, self._latest.standing(b) if b else None)

    def _told(self, item: Item, teller: Teller) -> str:
        difference = item.difference
        kind = teller.codebook.tag(item.sides[0].tag_type).label
        head = kind if item.alone else f"{kind_word(difference.kind)}, {kind}"
        said = [
            f"{letter}: {plain(runs)}" for letter, runs in zip("AB", teller.versions(difference), strict=True) if runs
        ]
        verdicts = [
            f"{letter} {decision_word(verdict.decision).lower()}"
            for letter, verdict in zip("AB", self.verdicts(item), strict=True)
            if verdict is not None
        ]
        state = ", ".join(verdicts) or self.tr("open")
        return "\n".join((": ".join(filter(None, (head, teller.subject(difference)))), *said, state))
