"""The annotations of several annotators on several articles as arrays, which is what the measures compute with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from annotator.analysis.overlaps import Integers, Intervals
from annotator.model.annotation import Annotation, Link
from annotator.model.codebook import Codebook
from annotator.model.span import Span, joined
from annotator.model.values import Values


@dataclass(frozen=True, slots=True)
class ArticleAnnotations:
    """One article with what each compared annotator made of it, the annotators in the same order in every article.

    ``links`` and ``values`` (of the article-level attributes) may be left out; otherwise one for each annotator.
    """

    text: str
    annotations: tuple[tuple[Annotation, ...], ...]
    furniture: tuple[Span, ...] = ()
    links: tuple[tuple[Link, ...], ...] = ()
    values: tuple[Values, ...] = ()


@dataclass(frozen=True)
class Corpus:
    """All articles laid end to end on one line.

    A *unit* is one annotation. ``unit_article``, ``unit_coder`` and ``unit_tag`` (place in the codebook) have one entry
    per unit; ``fragment_unit``, ``fragment_start`` and ``fragment_stop`` one per fragment, in code
    points from the start of its article, furniture included. Fragments stand in the order of their units, units in that
    of their articles. ``annotations`` are the units themselves, which only attributes, entities and links need.
    """

    articles: Sequence[ArticleAnnotations]
    coders: int
    tags: int
    annotations: Sequence[Annotation]
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


@dataclass(frozen=True)
class Line:
    """Where the units lie when the articles stand end to end and furniture is cut out.

    What fragments of one unit touch after that is joined; units wholly in furniture have no pieces. ``bases`` are the
    places where articles begin, and behind the last the whole length.
    """

    pieces: Intervals
    bases: Integers
    lengths: Integers = field(repr=False)


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
    fragments = [fragment for annotation in annotations for fragment in annotation.fragments]
    source = np.repeat(np.arange(len(sizes)), sizes)
    pieces = _integers(len(annotation.fragments) for annotation in annotations)
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
