"""The places that one cell of the confusion table counts, in the order of articles and text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.model.annotation import JOINER
from annotator.model.marks import Tagged
from annotator.ui.insights.counting import Answer, Pair

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
Cell = tuple[str | None, str | None]
PLACE_ROLE = Qt.ItemDataRole.UserRole


class Side(Struct, frozen=True):
    """What one annotator made of a place: uids of article, annotation and tag type, where it is and its words."""

    article: str
    uid: str
    tag_type: str
    start: int
    text: str


class Place(Struct, frozen=True):
    """What two annotators made of one place; None for one that made nothing of it."""

    title: str
    first: Side | None
    second: Side | None

    @property
    def sides(self) -> tuple[Side, ...]:
        """What there is: of one or of both."""
        return tuple(one for one in (self.first, self.second) if one is not None)

    @property
    def words(self) -> tuple[str, ...]:
        """What is tagged: one text where both have the same words."""
        return tuple(dict.fromkeys(" ".join(one.text.split()) for one in self.sides))

    @property
    def uids(self) -> tuple[str, ...]:
        """What tells this place from others."""
        return tuple(one.uid for one in self.sides)


def places(answer: Answer, pair: Pair, cell: Cell) -> Iterator[Place]:
    """Find what a cell of a pair's confusion holds."""
    held = answer.confusions[pair].cells.get(cell, ())
    wanted = {uid for one in held for uid in one if uid is not None}
    known: dict[str, Side] = {}
    titles: dict[str, str] = {}
    order: dict[str, int] = {}
    for at, (record, article) in enumerate(zip(answer.loaded.records, answer.loaded.articles, strict=True)):
        titles[record.uid], order[record.uid] = record.title, at
        for coder in pair:
            mine = (one for one in article.annotations[coder] if one.uid in wanted)
            known.update((one.uid, _side(record.uid, article.text, one)) for one in mine)
    found = [tuple(known[uid] if uid is not None else None for uid in one) for one in held]

    def where(sides: tuple[Side | None, ...]) -> tuple[int, int]:
        one = next(side for side in sides if side is not None)
        return order[one.article], one.start

    for first, second in sorted(found, key=where):
        one = first or second
        if one is not None:
            yield Place(titles[one.article], first, second)


def _side(article: str, text: str, one: Tagged) -> Side:
    words = JOINER.join(span.of(text) for span in one.spans)
    return Side(article, one.uid, one.tag_type, one.spans[0].start, words)


class PlaceModel(QAbstractListModel):
    """PLACE_ROLE gives a row's ``Place``."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._places: list[Place] = []

    def show(self, found: list[Place]) -> None:
        """Show other places; the same ones stay where they are."""
        if [one.uids for one in found] != [one.uids for one in self._places]:
            self.beginResetModel()
            self._places = found
            self.endResetModel()
        elif found:
            self._places = found
            self.dataChanged.emit(self.index(0), self.index(len(found) - 1))

    def place(self, index: _Index) -> Place | None:
        """Return the place of an index."""
        return self._places[index.row()] if index.isValid() and index.row() < len(self._places) else None

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return how many places there are."""
        return 0 if parent.isValid() else len(self._places)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows or says."""
        place = self.place(index)
        if place is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return " / ".join(place.words)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{' / '.join(place.words)}\n{place.title}"
        return place if role == PLACE_ROLE else None
