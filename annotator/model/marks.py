"""What of annotations is compared, in columns: half a million at once, without a record for each."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol, overload

from msgspec import Struct

from annotator.model.annotation import Link
from annotator.model.article import Article, ArticleWork
from annotator.model.span import Span
from annotator.model.values import Values


class Tagged(Protocol):
    """What of an annotation is compared: an Annotation has it, and so has a Mark."""

    @property
    def uid(self) -> str:
        """The annotation's uid."""

    @property
    def tag_type(self) -> str:
        """The uid of its tag type."""

    @property
    def spans(self) -> tuple[Span, ...]:
        """Its fragments, in order."""

    @property
    def entity(self) -> str | None:
        """The uid of its entity."""

    @property
    def values(self) -> Values:
        """The values of its attributes."""


class Mark(NamedTuple):
    """An annotation as far as it is compared."""

    uid: str
    tag_type: str
    spans: tuple[Span, ...]
    entity: str | None = None
    values: Values = ()


SHIFT = 32
"""Bits of the lower of two numbers that share one."""
LOWER = (1 << SHIFT) - 1
"""What leaves only that one."""


def _integers() -> array[int]:
    return array("q")


@dataclass  # no Struct can be a Sequence
class Marks(Sequence[Mark]):
    """Annotations of some articles and sets: each column has one entry for each, by article, then set, then text order.

    ``begin`` is (article's number * ``sets`` + set's number) << ``SHIFT`` | start of the first fragment, ``end`` is
    tag's number << ``SHIFT`` | stop of the last one: two to a column, for reading a column takes long, whatever is in
    it. Numbers are places in the lists of articles, of sets, and in ``tag_types``. ``fragments`` has, by place, the
    spans of those that are in several pieces. Without ``detailed`` the columns behind it are empty, and there are no
    single marks to be had.
    """

    tag_types: tuple[str, ...]
    sets: int
    detailed: bool = True
    begin: array[int] = field(default_factory=_integers)
    end: array[int] = field(default_factory=_integers)
    fragments: dict[int, tuple[Span, ...]] = field(default_factory=dict)
    uid: list[str] = field(default_factory=list)
    entity: list[str | None] = field(default_factory=list)
    values: list[Values] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.begin)

    @overload
    def __getitem__(self, at: int) -> Mark: ...
    @overload
    def __getitem__(self, at: slice) -> list[Mark]: ...
    def __getitem__(self, at: int | slice) -> Mark | list[Mark]:
        """Make the mark at a place; raises ValueError when there are no details."""
        if isinstance(at, slice):
            return [self[place] for place in range(*at.indices(len(self)))]
        if not self.detailed:
            raise ValueError("only where the annotations are has been read")
        end = self.end[at]
        spans = self.fragments.get(at) or (Span(self.begin[at] & LOWER, end & LOWER),)
        return Mark(self.uid[at], self.tag_types[end >> SHIFT], spans, self.entity[at], self.values[at])

    def source(self, at: int) -> tuple[int, int]:
        """Return the numbers of a mark's article and set."""
        return divmod(self.begin[at] >> SHIFT, self.sets)

    def extend(self, parts: Sequence[Marks]) -> None:
        """Put others, of later articles, behind these: many at once, for the columns are made anew."""
        here = len(self)
        self.begin = array("q", b"".join([self.begin.tobytes(), *(part.begin.tobytes() for part in parts)]))
        self.end = array("q", b"".join([self.end.tobytes(), *(part.end.tobytes() for part in parts)]))
        for part in parts:
            self.fragments.update((here + at, spans) for at, spans in part.fragments.items())
            here += len(part)
            self.uid += part.uid
            self.entity += part.entity
            self.values += part.values


class MarksBetween(Sequence[Mark]):
    """The marks of one article and set, made when they are first asked for."""

    __slots__ = ("_high", "_low", "_made", "_marks")

    def __init__(self, marks: Marks, low: int, high: int) -> None:
        self._marks, self._low, self._high = marks, low, high
        self._made: list[Mark] | None = None

    def __len__(self) -> int:
        return self._high - self._low

    @overload
    def __getitem__(self, at: int) -> Mark: ...
    @overload
    def __getitem__(self, at: slice) -> list[Mark]: ...
    def __getitem__(self, at: int | slice) -> Mark | list[Mark]:
        return self._all()[at]

    def __iter__(self) -> Iterator[Mark]:
        return iter(self._all())

    def __eq__(self, other: object) -> bool:
        return self._all() == other._all() if isinstance(other, MarksBetween) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def _all(self) -> list[Mark]:
        if self._made is None:
            self._made = self._marks[self._low : self._high]
        return self._made


class MarkedArticles(Struct, frozen=True):
    """Some articles, their texts in the same order, and what is said of them: standings that say more than a status.

    Without details there are no links.
    """

    records: list[Article]
    texts: list[str]
    works: list[ArticleWork]
    links: list[Link]
    marks: Marks
