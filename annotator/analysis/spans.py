"""Agreement on spans by matching: precision, recall, F1 and the directional measure agr.

Annotations are matched as ``matching`` says, within their article and tag, for each pair of annotators. Overlapping
annotations of one annotator are matched one to one; fragments count by what they cover. Annotations that lie wholly in
furniture are left out, and furniture inside an annotation does not count as covered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from msgspec import Struct

from annotator.analysis.assignment import Booleans, Numbers, best_pairs
from annotator.analysis.bootstrap import Tally
from annotator.analysis.corpus import Corpus
from annotator.analysis.overlaps import Integers, Intervals, overlapping

_CELLS = 6
"""Counts of one pair of annotators: units of the first, of the second, matched pairs, exact pairs, then units of the
first that overlap any of the second, and the reverse."""


class Matched(Struct, frozen=True):
    """The matched units of two annotators, as unit numbers of the corpus, pair by pair; ``exact`` tells which are.

    ``overlapped`` are the units, of either, that share a code point with any unit of the other and the same tag.
    """

    coders: tuple[int, int]
    first: Integers
    second: Integers
    exact: Booleans
    overlapped: Integers


def matched(of: Corpus) -> list[Matched]:
    """Match the annotations of every pair of annotators, in all articles at once."""
    return [_matched(of, pair) for pair in of.pairs]


def _matched(of: Corpus, coders: tuple[int, int]) -> Matched:
    found = overlapping(*(_on_tag_lines(of, coder) for coder in coders))
    chosen, exact = best_pairs(found, of.line.lengths, of.line.lengths)
    touched = np.zeros(of.units, dtype=np.bool_)
    touched[found.first] = touched[found.second] = True
    overlapped = np.flatnonzero(touched)
    return Matched(coders, found.first[chosen], found.second[chosen], exact[chosen], overlapped)


def _on_tag_lines(of: Corpus, coder: int) -> Intervals:
    """Lay each tag's units on a line of its own, one behind the other, so that different tags never meet."""
    pieces, whole = of.line.pieces, int(of.line.bases[-1])
    mine = of.unit_coder[pieces.unit] == coder
    unit = pieces.unit[mine]
    shift = of.unit_tag[unit] * whole
    return Intervals(unit, pieces.start[mine] + shift, pieces.stop[mine] + shift)


def span_tallies(of: Corpus, pairs: list[Matched]) -> Iterator[tuple[int | None, Tally]]:
    """Yield the tally of each tag, by its place in the codebook, then with None that of all tags together."""
    counts = np.concatenate([_counts(of, pair) for pair in pairs], axis=2)
    for tag in range(of.tags):
        yield tag, Tally(counts[:, tag], STATISTICS)
    yield None, Tally(counts.sum(axis=1), STATISTICS)


def _counts(of: Corpus, pair: Matched) -> Numbers:
    """Count by article and tag; shape (articles, tags, 6)."""
    shape = (len(of.articles), of.tags)
    there = np.flatnonzero(of.line.lengths > 0)

    def by_tag(units: Integers) -> Numbers:
        cells = of.unit_article[units] * of.tags + of.unit_tag[units]
        return np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape).astype(np.float64)

    made = [there[of.unit_coder[there] == coder] for coder in pair.coders]
    touched = [pair.overlapped[of.unit_coder[pair.overlapped] == coder] for coder in pair.coders]
    columns = (*made, pair.first, pair.first[pair.exact], *touched)
    return np.stack([by_tag(units) for units in columns], axis=2)


def _ratio(part: Callable[[Numbers], Numbers], whole: Callable[[Numbers], Numbers]) -> Callable[[Numbers], Numbers]:
    """Divide two counts for every pair of annotators and take the mean over the pairs; NaN when any is undefined."""

    def statistic(sums: Numbers) -> Numbers:
        cells = np.moveaxis(sums.reshape(len(sums), -1, _CELLS), 2, 0)
        below = whole(cells)
        shares = np.divide(part(cells), below, out=np.full(below.shape, np.nan), where=below > 0)
        return np.asarray(shares.mean(axis=-1))

    return statistic


def _agr(sums: Numbers) -> Numbers:
    return np.asarray((STATISTICS["agr_ab"](sums) + STATISTICS["agr_ba"](sums)) / 2)


STATISTICS: dict[str, Callable[[Numbers], Numbers]] = {
    "precision_exact": _ratio(lambda c: c[3], lambda c: c[1]),
    "recall_exact": _ratio(lambda c: c[3], lambda c: c[0]),
    "f1_exact": _ratio(lambda c: 2 * c[3], lambda c: c[0] + c[1]),
    "precision_overlap": _ratio(lambda c: c[2], lambda c: c[1]),
    "recall_overlap": _ratio(lambda c: c[2], lambda c: c[0]),
    "f1_overlap": _ratio(lambda c: 2 * c[2], lambda c: c[0] + c[1]),
    "agr_ab": _ratio(lambda c: c[4], lambda c: c[0]),
    "agr_ba": _ratio(lambda c: c[5], lambda c: c[1]),
    "agr": _agr,
}
"""The measures by name; with more than two annotators each is the mean over their pairs.

Precision is the share of the second annotator's units that are matched, recall the share of the first's; F1 is their
harmonic mean, 2 * matched / (first + second) (van Rijsbergen 1979), the same in both directions. ``agr_ab`` is Wiebe,
Wilson & Cardie 2005 (Annotating expressions of opinions and emotions in language, section 7.1.1): the share of the
first's units that overlap any of the second's, where one may answer for many; ``agr_ba`` the reverse; ``agr`` their
mean. PARC and PolNeAR report it.
"""
