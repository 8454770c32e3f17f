"""Krippendorff's alpha_U: agreement on where units begin and end on a continuum.

Source: Krippendorff 2004, Measuring the reliability of qualitative text analysis data (Quality & Quantity 38), and
Content analysis (2nd edition), section 11.6; first in Krippendorff 1995, On the reliability of unitizing continuous
data. For each category the continuum of every coder is a row of units and gaps, and two sections g of coder i and h of
coder j differ by

* (b_g - b_h)^2 + (e_g - e_h)^2 when both are units and overlap (b begin, e end),
* l^2 when one is a unit of length l that lies wholly in the other, a gap,
* 0 otherwise.

D_o is their sum over all ordered pairs of coders, divided by m (m - 1) L^2 (m coders, L the continuum's length);

D_e = 2 / L * sum over units of [(N - 1) / 3 (2 l^3 - 3 l^2 + l) + l^2 * sum over gaps g >= l of (g - l + 1)]
      / (m L (m L - 1) - sum over units of l (l - 1))

with N units of all coders together and the gaps of all coders. alpha_U = 1 - sum of D_o / sum of D_e over categories.

Articles are laid end to end as one continuum; no unit and no gap reaches from one into the next, and furniture is cut
out. Each fragment is a unit of its own. The definition has no place for overlapping units of one coder and category:
then alpha_U is undefined, for that tag and for all tags together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
from msgspec import Struct

from annotator.analysis.assignment import Numbers
from annotator.analysis.bootstrap import Statistic, Tally, sparse
from annotator.analysis.corpus import Corpus
from annotator.analysis.overlaps import Integers, Intervals, overlapping

_FIXED = 5
"""Cells before the lengths: disagreement observed, L, N, sum of 2 l^3 - 3 l^2 + l, sum of l (l - 1)."""


class Category(Struct, frozen=True):
    """Counts by article (sparse, additive) for one category; ``units`` and ``gaps`` are the lengths that occur.

    The cells are the five fixed ones, then how many units have each length, then how many gaps.
    """

    counts: object
    coders: int
    units: Numbers
    gaps: Numbers

    @property
    def cells(self) -> int:
        """How many cells an article has."""
        return _FIXED + len(self.units) + len(self.gaps)

    def disagreement(self, sums: Numbers) -> tuple[Numbers, Numbers]:
        """Return D_o and D_e from sums over articles, the shape (replicates, cells)."""
        observed, length, number, cubes, places = sums[:, :_FIXED].T
        counted = sums[:, _FIXED : _FIXED + len(self.units)]
        gaps = sums[:, _FIXED + len(self.units) :]
        inside = (counted * self.units**2 * self._room(gaps)).sum(axis=1)
        coders = self.coders
        with np.errstate(divide="ignore", invalid="ignore"):
            whole = coders * length * (coders * length - 1) - places
            expected = 2 / length * ((number - 1) / 3 * cubes + inside) / whole
            return observed / (coders * (coders - 1) * length**2), expected

    def _room(self, gaps: Numbers) -> Numbers:
        """In how many places of the gaps a unit of each length would fit."""
        none = np.zeros((len(gaps), 1))
        number = np.concatenate([np.cumsum(gaps[:, ::-1], axis=1)[:, ::-1], none], axis=1)
        total = np.concatenate([np.cumsum((gaps * self.gaps)[:, ::-1], axis=1)[:, ::-1], none], axis=1)
        first = np.searchsorted(self.gaps, self.units)
        return np.asarray(total[:, first] - (self.units - 1) * number[:, first])


def category(coders: Sequence[Intervals], bases: Integers) -> Category | None:
    """Count one category's units; ``bases`` are where articles begin, and behind the last the end of the continuum.

    None when units of one coder overlap.
    """
    ordered = [_ordered(units) for units in coders]
    if any((units.start[1:] < units.stop[:-1]).any() for units in ordered):
        return None
    begin, lengths = bases[:-1], np.diff(bases)
    starts = np.concatenate([units.start for units in ordered])
    size = np.concatenate([units.stop - units.start for units in ordered])
    where = _article(starts, bases)
    gap_article, gap_size = (np.concatenate(part) for part in zip(*(_gaps(u, bases) for u in ordered), strict=True))
    unit_sizes, unit_at = np.unique(size, return_inverse=True)
    gap_sizes, gap_at = np.unique(gap_size, return_inverse=True)
    blocks = [
        *((_article(place, bases), np.zeros_like(place), differ) for place, differ in _observed(ordered)),
        (np.arange(len(begin)), np.full(len(begin), 1), lengths),
        (where, np.full(len(size), 2), np.ones(len(size))),
        (where, np.full(len(size), 3), 2.0 * size**3 - 3.0 * size**2 + size),
        (where, np.full(len(size), 4), size * (size - 1)),
        (where, _FIXED + unit_at, np.ones(len(size))),
        (gap_article, _FIXED + len(unit_sizes) + gap_at, np.ones(len(gap_at))),
    ]
    rows, cells, weights = (np.concatenate([block[k] for block in blocks]) for k in range(3))
    counts = sparse(rows, cells, weights, (len(begin), _FIXED + len(unit_sizes) + len(gap_sizes)))
    return Category(counts, len(coders), unit_sizes.astype(np.float64), gap_sizes.astype(np.float64))


def _ordered(units: Intervals) -> Intervals:
    order = np.argsort(units.start, kind="stable")
    return Intervals(np.arange(len(order), dtype=np.int64), units.start[order], units.stop[order])


def _article(places: Integers, bases: Integers) -> Integers:
    return np.asarray(np.searchsorted(bases, places, "right") - 1)


def _gaps(units: Intervals, bases: Integers) -> tuple[Integers, Integers]:
    """Return the article and the length of every gap of one coder."""
    start = np.sort(np.concatenate([bases[:-1], units.stop]))
    size = np.sort(np.concatenate([units.start, bases[1:]])) - start
    return _article(start[size > 0], bases), size[size > 0]


def _observed(coders: Sequence[Intervals]) -> Iterator[tuple[Integers, Numbers]]:
    """Yield where disagreement lies and how much, each counted for both orders of the two coders."""
    for at, one in enumerate(coders):
        for other in coders[at + 1 :]:
            both = overlapping(one, other)
            begin = one.start[both.first] - other.start[both.second]
            end = one.stop[both.first] - other.stop[both.second]
            yield one.start[both.first], _number(2 * (begin**2 + end**2))
            for units, met in ((one, both.first), (other, both.second)):
                alone = np.ones(len(units.start), dtype=np.bool_)
                alone[met] = False
                yield units.start[alone], _number(2 * (units.stop - units.start)[alone] ** 2)


def _number(values: Integers) -> Numbers:
    return values.astype(np.float64)


def alpha_u(disagreements: Iterable[tuple[Numbers, Numbers]]) -> Numbers:
    """Return alpha_U from D_o and D_e of one or more categories; NaN where no disagreement is to be expected."""
    observed, expected = (sum(parts) for parts in zip(*disagreements, strict=True))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(np.asarray(expected) > 0, 1 - np.asarray(observed) / expected, np.nan)


def alpha_u_tallies(of: Corpus) -> Iterator[tuple[int | None, Tally | None]]:
    """Yield the tally of each tag, by its place in the codebook, then with None that of all tags together.

    There is no tally for a tag of which units of one annotator overlap, and then none for all tags either.
    """
    from scipy.sparse import hstack

    found = [_tag_category(of, tag) for tag in range(of.tags)]
    for tag, one in enumerate(found):
        yield tag, None if one is None else Tally(one.counts, {"alpha_u": _statistic([one])})
    counted = [one for one in found if one is not None]
    if not counted or len(counted) < len(found):
        yield None, None
    else:
        yield None, Tally(hstack([one.counts for one in counted], format="csr"), {"alpha_u": _statistic(counted)})


def _statistic(categories: Sequence[Category]) -> Statistic:
    edges = np.cumsum([0, *(one.cells for one in categories)])

    def value(sums: Numbers) -> Numbers:
        parts = (sums[:, low:high] for low, high in pairwise(edges))
        return alpha_u(one.disagreement(part) for one, part in zip(categories, parts, strict=True))

    return value


def _tag_category(of: Corpus, tag: int) -> Category | None:
    pieces = of.line.pieces
    mine = of.unit_tag[pieces.unit] == tag
    coder = of.unit_coder[pieces.unit]
    rows = [mine & (coder == number) for number in range(of.coders)]
    return category([Intervals(pieces.unit[r], pieces.start[r], pieces.stop[r]) for r in rows], of.line.bases)
