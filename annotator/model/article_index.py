"""Which annotations lie at a place of one article: a chunked sorted list of fragments.

Fragments are kept in the order (start, longest first, uid), cut into chunks that know their greatest end. A query
looks at the chunks that begin before the place and end behind it, so it costs microseconds with ten thousand
fragments, and an edit moves the entries of one chunk only.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from annotator.model.annotation import Annotation
from annotator.model.span import Span

CHUNK = 128
"""Entries of a chunk when the index is built; a chunk is halved at twice as many."""


class Placed(NamedTuple):
    """One fragment of one annotation; ``number`` counts the annotation's fragments from 0.

    Compares in the index's order: by start, then the longest first, then by uid. Offsets are code points, half-open.
    """

    start: int
    minus_stop: int
    uid: str
    number: int

    @property
    def stop(self) -> int:
        """The code point behind the fragment."""
        return -self.minus_stop

    @property
    def span(self) -> Span:
        """The fragment as a span."""
        return Span(self.start, -self.minus_stop)


class _Chunk:
    """Some neighbouring entries in order, and the greatest end among them."""

    __slots__ = ("entries", "greatest_stop")

    def __init__(self, entries: list[Placed]) -> None:
        self.entries = entries
        self.measure()

    def measure(self) -> None:
        """Find the greatest end again."""
        self.greatest_stop = -min(entry[1] for entry in self.entries)


class ArticleIndex:
    """The fragments of one article's annotations, found by place; annotations are found by uid."""

    def __init__(self, annotations: Iterable[Annotation] = ()) -> None:
        self._annotations = {annotation.uid: annotation for annotation in annotations}
        entries = [
            Placed(fragment.start, -fragment.stop, uid, number)
            for uid, annotation in self._annotations.items()
            for number, fragment in enumerate(annotation.fragments)
        ]
        entries.sort()
        self._chunks = [_Chunk(entries[at : at + CHUNK]) for at in range(0, len(entries), CHUNK)]
        self._firsts = [chunk.entries[0] for chunk in self._chunks]

    def __len__(self) -> int:
        """Return how many annotations there are."""
        return len(self._annotations)

    def __contains__(self, uid: object) -> bool:
        return uid in self._annotations

    def __iter__(self) -> Iterator[Annotation]:
        """Go through the annotations in the order of their first fragments."""
        return (self._annotations[entry.uid] for entry in self.fragments() if entry.number == 0)

    def get(self, uid: str) -> Annotation | None:
        """Return the annotation of that uid, or None."""
        return self._annotations.get(uid)

    def fragments(self) -> Iterator[Placed]:
        """Go through all fragments in order."""
        return (entry for chunk in self._chunks for entry in chunk.entries)

    def add(self, annotation: Annotation) -> None:
        """Take an annotation in; one of the same uid is replaced."""
        if annotation.uid in self._annotations:
            self.remove(annotation.uid)
        self._annotations[annotation.uid] = annotation
        for entry in _placed(annotation):
            self._insert(entry)

    def remove(self, uid: str) -> Annotation:
        """Take an annotation out and return it; raises KeyError when it is not there."""
        annotation = self._annotations.pop(uid)
        for entry in _placed(annotation):
            self._delete(entry)
        return annotation

    def between(self, start: int, stop: int) -> list[Placed]:
        """Return the fragments that share a code point with ``[start, stop)``, in order; none for an empty range."""
        found: list[Placed] = []
        if stop <= start:
            return found
        last = bisect_left(self._firsts, (stop,))
        for chunk in self._chunks[:last]:
            if chunk.greatest_stop > start:
                entries = chunk.entries
                if entries[-1][0] >= stop:
                    entries = entries[: bisect_left(entries, (stop,))]
                found += [entry for entry in entries if entry[1] < -start]
        return found

    def at(self, position: int) -> list[Placed]:
        """Return the fragments that cover a code point, in order: of two that begin together the longer first."""
        return self.between(position, position + 1)

    def _insert(self, entry: Placed) -> None:
        if not self._chunks:
            self._chunks.append(_Chunk([entry]))
            self._firsts.append(entry)
            return
        at = max(bisect_right(self._firsts, entry) - 1, 0)
        chunk = self._chunks[at]
        insort(chunk.entries, entry)
        chunk.greatest_stop = max(chunk.greatest_stop, entry.stop)
        self._firsts[at] = chunk.entries[0]
        if len(chunk.entries) > 2 * CHUNK:
            self._halve(at)

    def _halve(self, at: int) -> None:
        entries = self._chunks[at].entries
        middle = len(entries) // 2
        self._chunks[at : at + 1] = [_Chunk(entries[:middle]), _Chunk(entries[middle:])]
        self._firsts[at : at + 1] = [entries[0], entries[middle]]

    def _delete(self, entry: Placed) -> None:
        at = bisect_right(self._firsts, entry) - 1
        chunk = self._chunks[at]
        del chunk.entries[bisect_left(chunk.entries, entry)]
        if not chunk.entries:
            del self._chunks[at], self._firsts[at]
            return
        self._firsts[at] = chunk.entries[0]
        if entry.stop == chunk.greatest_stop:
            chunk.measure()


def _placed(annotation: Annotation) -> Iterator[Placed]:
    for number, fragment in enumerate(annotation.fragments):
        yield Placed(fragment.start, -fragment.stop, annotation.uid, number)


def depths(entries: Iterable[Placed], within: Span | None = None) -> dict[Placed, int]:
    """Give each fragment a depth so that fragments that overlap never share one: 0 for what lies innermost.

    Shorter fragments are placed first and each takes the least free depth, so underlines stack outwards. With
    ``within``, which every fragment must touch, only what overlaps inside it counts: one text line, say.
    """
    levels: list[list[tuple[int, int]]] = []
    result: dict[Placed, int] = {}
    for entry in sorted(entries, key=lambda e: (e.stop - e.start, e)):
        piece = (entry.start, entry.stop)
        if within:
            piece = (max(entry.start, within.start), min(entry.stop, within.stop))
        depth = next((d for d, taken in enumerate(levels) if _is_free(taken, piece)), len(levels))
        if depth == len(levels):
            levels.append([])
        insort(levels[depth], piece)
        result[entry] = depth
    return result


def _is_free(taken: list[tuple[int, int]], piece: tuple[int, int]) -> bool:
    """Tell whether a piece overlaps none of the ordered, disjoint pieces."""
    at = bisect_left(taken, piece)
    before_is_free = at == 0 or taken[at - 1][1] <= piece[0]
    return before_is_free and (at == len(taken) or taken[at][0] >= piece[1])
