"""All articles of a project in one order, by row numbers: a hundred thousand take a megabyte, their uids thirty."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import compress
from typing import Protocol, overload

_AT_ONCE = 256
_FEW = 16
"""Of so many places at most one marked: it is quicker to go from mark to mark than through them all."""
_KEPT = 16_384
"""So many uids are kept at hand; they are read again when more have been asked for."""


class Source(Protocol):
    """Where uids and row numbers are looked up: a Reader."""

    def article_uids(self, rows: Sequence[int]) -> dict[int, str]:
        """Return the uids of the articles of these rows; those that are gone are left out."""
        ...

    def article_row(self, uid: str) -> int | None:
        """Return an article's row number, None when it is gone."""
        ...


class Ranking:
    """An article's place is its number in the order, from 0. Its uid is looked up when it is asked for."""

    def __init__(self, source: Source | None = None, rows: Sequence[int] = ()) -> None:
        self._source = source
        self._rows = rows
        self._place = _inverted(rows)
        self._uids: dict[int, str] = {}
        self._places: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def marked(self, rows: Collection[int]) -> bytearray:
        """Return a byte for each place: 1 where the article is of one of these rows, else 0.

        Marking and picking takes a third of the time of collecting and sorting, when there are 100,000.
        """
        if isinstance(self._place, range):
            return self._marked_in_order(self._place.start, rows)
        marks = bytearray(len(self) + 1)  # the last byte is that of the place -1
        try:
            for place in self._known(rows):
                marks[place] = 1
        except IndexError:  # newer than the ranking; to look at each beforehand would cost a third more
            return self.marked([row for row in rows if row < len(self._place)])
        del marks[-1]
        return marks

    def _marked_in_order(self, first: int, rows: Collection[int]) -> bytearray:
        # A byte for each row number: to look each place up would take three times as long.
        marks = bytearray(first + len(self))
        try:
            for row in rows:
                marks[row] = 1
        except IndexError:
            return self._marked_in_order(first, [row for row in rows if row < len(marks)])
        del marks[:first]
        return marks

    def _known(self, rows: Iterable[int]) -> Iterator[int]:
        """Yield the place of each row, -1 for one that is not ranked; raises IndexError for one out of reach."""
        known = self._place
        if isinstance(known, dict):
            return (known.get(row, -1) for row in rows)
        return map(known.__getitem__, rows)  # rows that are not negative: SQLite numbers them from 1 on

    def _place_of(self, row: int) -> int:
        """Return the place of one row, -1 for one that is not ranked."""
        known = self._place
        if isinstance(known, range):
            return row - known.start if row in known else -1
        if isinstance(known, dict):
            return known.get(row, -1)
        return known[row] if row < len(known) else -1

    def row(self, place: int) -> int:
        """Return the row number of a place."""
        return self._rows[place]

    def uid(self, place: int) -> str:
        """Return the uid of the article at a place, empty when the file holds it no longer."""
        if place not in self._uids:
            start = place - place % _AT_ONCE
            self._learn(range(start, min(start + _AT_ONCE, len(self._rows))))
        return self._uids[place]

    def uids(self, places: Sequence[int]) -> list[str]:
        """Return the uids of the articles at these places; those that are gone are left out."""
        if len(places) <= _AT_ONCE:
            if any(place not in self._uids for place in places):
                self._learn(places)
            return [uid for place in places if (uid := self._uids[place])]
        rows = [self._rows[place] for place in places]
        found = self._source.article_uids(rows) if self._source is not None else {}
        return [found[row] for row in rows if row in found]

    def place(self, uid: str) -> int | None:
        """Return an article's place, None when it has none."""
        if uid not in self._places:
            row = self._source.article_row(uid) if uid and self._source is not None else None
            place = self._place_of(row) if row is not None else -1
            if place < 0:
                return None
            self._places[uid] = place
        return self._places[uid]

    def _learn(self, places: Sequence[int]) -> None:
        if len(self._uids) > _KEPT:
            kept = set(places)
            self._uids = {place: uid for place, uid in self._uids.items() if place in kept}
            self._places.clear()
        rows = [self._rows[place] for place in places]
        found = self._source.article_uids(rows) if self._source is not None else {}
        for place, row in zip(places, rows, strict=True):
            uid = found.get(row, "")
            self._uids[place] = uid
            if uid:
                self._places[uid] = place


class RankedUids(Sequence[str]):
    """The uids of the articles at some places, looked up when the first is asked for: often their number will do."""

    def __init__(self, ranking: Ranking, places: Sequence[int]) -> None:
        self._ranking, self._places = ranking, places
        self._uids: list[str] | None = None

    def _looked_up(self) -> list[str]:
        if self._uids is None:
            self._uids = self._ranking.uids(self._places)
        return self._uids

    def __len__(self) -> int:
        return len(self._places if self._uids is None else self._uids)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        return self._looked_up()[at]

    def __iter__(self) -> Iterator[str]:
        return iter(self._looked_up())


def marked_places(marks: bytes | bytearray) -> array[int]:
    """Return the places that are marked by a 1, in order."""
    if marks.count(1) * _FEW > len(marks):
        return array("q", compress(range(len(marks)), marks))
    places, find = array("q"), marks.find
    place = find(1)
    while place >= 0:
        places.append(place)
        place = find(1, place + 1)
    return places


def _inverted(rows: Sequence[int]) -> range | array[int] | dict[int, int]:
    """Return each row's place: by index, -1 where none is, unless the numbers have great gaps.

    A range of rows that follow each other is kept as it is.
    """
    if isinstance(rows, range) and rows.step == 1 and 0 <= rows.start <= len(rows):
        return rows
    highest = max(rows, default=-1)
    if highest > 16 * len(rows) + 65_536 or min(rows, default=0) < 0:
        return {row: place for place, row in enumerate(rows)}
    inverted = array("q", [-1]) * (highest + 1)
    for place, row in enumerate(rows):
        inverted[row] = place
    return inverted
