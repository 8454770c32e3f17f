"""The annotations of several annotators on several articles as arrays, which is what the measures compute with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice, pairwise

import numpy as np
from msgspec import Struct

from annotator.analysis.overlaps import Integers, Intervals
from annotator.model.annotation import Link
from annotator.model.codebook import Codebook
from annotator.model.marks import LOWER, SHIFT, Marks, MarksBetween, Tagged
from annotator.model.span import Span, joined
from annotator.model.values import Values


class ArticleAnnotations(Struct, frozen=True):
    """One article with what each compared annotator made of it, the annotators in the same order in every article.

    ``links`` and ``values`` (of the article-level attributes) may be left out; otherwise one for each annotator.
    """

    text: str
    annotations: tuple[Sequence[Tagged], ...]
    furniture: tuple[Span, ...] = ()
    links: tuple[tuple[Link, ...], ...] = ()
    values: tuple[Values, ...] = ()


class Corpus(Struct, frozen=True, dict=True):
    """All articles laid end to end on one line.

    A *unit* is one annotation. ``unit_article``, ``unit_coder`` and ``unit_tag`` (place in the codebook) have one entry
    per unit; ``fragment_unit``, ``fragment_start`` and ``fragment_stop`` one per fragment, in code
    points from the start of its article, furniture included. Fragments stand in the order of their units, units in that
    of their articles. ``annotations`` are the units themselves, which only attributes, entities and links need.
    """

    articles: Sequence[ArticleAnnotations]
    coders: int
    tags: int
    annotations: Sequence[Tagged]
    unit_article: Integers
    unit_coder: Integers
    unit_tag: Integers
    fragment_unit: Integers
    fragment_start: Integers
    fragment_stop: Integers

    @property
    def units(self) -> int:
        """How many annotations there are."""
        return len(self.unit_tag)

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """All pairs of annotators, by number."""
        return [(i, j) for i in range(self.coders) for j in range(i + 1, self.coders)]

    @cached_property
    def line(self) -> Line:
        """The fragments on one line from which furniture has been cut out."""
        return _line(self)

    @cached_property
    def entities(self) -> Sequence[str | None]:
        """The entity that each unit refers to."""
        made = self.annotations
        return made.entity if isinstance(made, Marks) else [annotation.entity for annotation in made]

    def of_tag(self, tag: int) -> Corpus:
        """Leave only the units of one tag, as the only one there is; the articles stay as they are."""
        kept = self.unit_tag == tag
        units, mine = np.flatnonzero(kept), kept[self.fragment_unit]
        return Corpus(
            self.articles,
            self.coders,
            1,
            [self.annotations[unit] for unit in units.tolist()],
            self.unit_article[units],
            self.unit_coder[units],
            np.zeros_like(units),
            (np.cumsum(kept) - 1)[self.fragment_unit[mine]],
            self.fragment_start[mine],
            self.fragment_stop[mine],
        )


class Line(Struct, frozen=True):
    """Where the units lie when the articles stand end to end and furniture is cut out.

    What fragments of one unit touch after that is joined; units wholly in furniture have no pieces. ``bases`` are the
    places where articles begin, and behind the last the whole length.
    """

    pieces: Intervals
    bases: Integers
    lengths: Integers


def corpus(articles: Sequence[ArticleAnnotations], codebook: Codebook) -> Corpus:
    """Bring articles into arrays.

    Raises ValueError when the articles have different numbers of annotators or fewer than two, and KeyError for a tag
    type that is not in the codebook.
    """
    coders = {len(article.annotations) for article in articles}
    if len(coders) > 1 or min(coders, default=2) < 2:
        raise ValueError("every article needs the same annotators, two or more")
    tags = {tag.uid: number for number, tag in enumerate(codebook.tag_types)}
    count = min(coders, default=2)
    sizes = [len(made) for article in articles for made in article.annotations]
    annotations = [annotation for article in articles for made in article.annotations for annotation in made]
    spans = [annotation.spans for annotation in annotations]
    fragments = [span for several in spans for span in several]
    source = np.repeat(np.arange(len(sizes)), sizes)
    pieces = _integers(map(len, spans))
    return Corpus(
        articles,
        count,
        len(tags),
        annotations,
        unit_article=source // count,
        unit_coder=source % count,
        unit_tag=_integers(tags[annotation.tag_type] for annotation in annotations),
        fragment_unit=np.repeat(np.arange(len(annotations)), pieces),
        fragment_start=_integers(fragment.start for fragment in fragments),
        fragment_stop=_integers(fragment.stop for fragment in fragments),
    )


def corpus_of(marks: Marks, articles: Sequence[ArticleAnnotations]) -> Corpus:
    """Bring marks into arrays; what comes out is ``corpus`` of the same articles, whose sets these are."""
    begin, end = np.frombuffer(marks.begin, np.int64), np.frombuffer(marks.end, np.int64)
    source = begin >> SHIFT
    pieces = np.ones(len(marks), dtype=np.int64)
    for unit, spans in marks.fragments.items():
        pieces[unit] = len(spans)
    unit_of = np.repeat(np.arange(len(marks)), pieces)
    start, stop = begin[unit_of] & LOWER, end[unit_of] & LOWER
    first = np.cumsum(pieces) - pieces
    for unit, spans in marks.fragments.items():
        places = slice(first[unit], first[unit] + len(spans))
        start[places], stop[places] = [span.start for span in spans], [span.stop for span in spans]
    return Corpus(
        articles,
        marks.sets,
        len(marks.tag_types),
        marks,
        unit_article=source // marks.sets,
        unit_coder=source % marks.sets,
        unit_tag=end >> SHIFT,
        fragment_unit=unit_of,
        fragment_start=start,
        fragment_stop=stop,
    )


def by_source(marks: Marks, articles: int) -> Iterator[tuple[MarksBetween, ...]]:
    """Yield, for each of so many articles, what each set has of it."""
    sources = np.arange(articles * marks.sets + 1) << SHIFT
    edges = np.searchsorted(np.frombuffer(marks.begin, np.int64), sources).tolist()
    parts = (MarksBetween(marks, low, high) for low, high in pairwise(edges))
    for _ in range(articles):
        yield tuple(islice(parts, marks.sets))


def _integers(values: Iterable[int]) -> Integers:
    return np.fromiter(values, dtype=np.int64)


def _line(of: Corpus) -> Line:
    texts = np.array([len(article.text) for article in of.articles], dtype=np.int64)
    written = np.concatenate([[0], np.cumsum(texts)])
    cuts = np.array(
        [(written[n] + s.start, written[n] + s.stop) for n, a in enumerate(of.articles) for s in joined(a.furniture)],
        dtype=np.int64,
    ).reshape(-1, 2)
    base = written[of.unit_article[of.fragment_unit]]
    start, stop = _without(base + of.fragment_start, cuts), _without(base + of.fragment_stop, cuts)
    bases = _without(written, cuts)
    kept = start < stop
    pieces = Intervals(of.fragment_unit[kept], start[kept], stop[kept])
    pieces = _joined(pieces) if len(cuts) else pieces
    lengths = np.bincount(pieces.unit, weights=pieces.stop - pieces.start, minlength=of.units)
    return Line(pieces, bases, lengths.astype(np.int64))


def _without(places: Integers, cuts: Integers) -> Integers:
    """Move places to where they lie when the cuts (ordered, disjoint) are taken out; inside one means at its start."""
    if not len(cuts):
        return places
    sizes = cuts[:, 1] - cuts[:, 0]
    before = np.concatenate([[0], np.cumsum(sizes)])
    last = np.searchsorted(cuts[:, 0], places, "right") - 1
    inside = np.minimum(places - cuts[last, 0], sizes[last])
    return places - np.where(last >= 0, before[last] + inside, 0)


def _joined(pieces: Intervals) -> Intervals:
    """Join the pieces of one unit that touch (they are ordered)."""
    fresh = np.ones(len(pieces.unit), dtype=np.bool_)
    fresh[1:] = (pieces.unit[1:] != pieces.unit[:-1]) | (pieces.start[1:] > pieces.stop[:-1])
    at = np.flatnonzero(fresh)
    last = np.append(at[1:], len(fresh))[: len(at)] - 1
    return Intervals(pieces.unit[at], pieces.start[at], pieces.stop[last])
