"""The best alignment of several annotators' units, for gamma.

Source: Mathet, Widlöcher & Métivier 2015, The unified and holistic method gamma for inter-annotator agreement measure
and alignment (Computational Linguistics 41(3)), sections 4 and 5.1. A unitary alignment takes one unit or none from
each of n annotators; its disorder is the mean dissimilarity over the n (n - 1) / 2 pairs. An alignment partitions all
units; its disorder is the sum over its unitary alignments, divided by the mean number of units per annotator.

Two units differ by ``alpha * ((|start - start'| + |stop - stop'|) / (length + length'))^2 + beta * [tags differ]``, and
anything differs from "no unit" by ``EMPTY``, no unit from no unit included.

The best alignment is exact. With two annotators it is an assignment. With more it is a partition (``partition``) into
unitary alignments that can be in a best one: a unitary alignment whose disorder is above that of its parts taken apart
can be replaced by them, which leaves few (pruning, the paper's section 5.1.2 and stricter).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from msgspec import Struct

from annotator.analysis.assignment import Numbers, heaviest
from annotator.analysis.overlaps import Integers, Intervals, spread
from annotator.analysis.partition import SLACK, cheapest

ALPHA, BETA, EMPTY = 3.0, 1.0, 1.0
_FULL_CELLS = 4096
"""Up to so many pairs of units all are compared; above, only those that are near enough."""


class Units(Struct, frozen=True):
    """One annotator's units: start, stop (half-open) and a number for the tag; arrays of one length."""

    start: Numbers
    stop: Numbers
    tag: Integers


class Weights(Struct, frozen=True):
    """How much place and tag count, and what an empty unit costs."""

    alpha: float = ALPHA
    beta: float = BETA
    empty: float = EMPTY


class Alignment(Struct, frozen=True):
    """``groups`` has a row per unitary alignment: each annotator's unit number or -1; ``disorders`` an entry each."""

    groups: Integers
    disorders: Numbers

    @property
    def disorder(self) -> float:
        """The sum over the unitary alignments, divided by the mean number of units per annotator; NaN without any."""
        units = int((self.groups >= 0).sum())
        return float(self.disorders.sum()) * self.groups.shape[1] / units if units else float("nan")


def dissimilarity(one: Units, other: Units, i: Integers, j: Integers, weights: Weights) -> Numbers:
    """Return how much units i of one annotator differ from units j of the other, entry by entry."""
    apart = np.abs(one.start[i] - other.start[j]) + np.abs(one.stop[i] - other.stop[j])
    lengths = one.stop[i] - one.start[i] + other.stop[j] - other.start[j]
    place = (apart / lengths) ** 2
    return np.asarray(weights.empty * (weights.alpha * place + weights.beta * (one.tag[i] != other.tag[j])))


def near(one: Units, other: Units, bound: float, weights: Weights) -> tuple[Integers, Integers, Numbers]:
    """Return all pairs of units that differ by less than a bound, and by how much."""
    if len(one.start) * len(other.start) <= _FULL_CELLS:
        i, j = (axis.ravel() for axis in np.indices((len(one.start), len(other.start))))
    else:
        i, j = _neighbours(one, other, bound, weights)
    differ = dissimilarity(one, other, i, j, weights)
    kept = differ < bound
    return i[kept], j[kept], differ[kept]


def _neighbours(one: Units, other: Units, bound: float, weights: Weights) -> tuple[Integers, Integers]:
    # Twice the distance of the middles is at most |start - start'| + |stop - stop'|.
    reach = (bound / (weights.empty * weights.alpha)) ** 0.5 / 2
    left, right = (_widened(units, reach) for units in (one, other))
    order = np.argsort(right.start, kind="stable")
    widest = int((right.stop - right.start).max(initial=0))
    starts = right.start[order]
    i, at = spread(np.searchsorted(starts, left.start - widest), np.searchsorted(starts, left.stop, "right"))
    return i, order[at]


def _widened(units: Units, reach: float) -> Intervals:
    middle, half = (units.start + units.stop) / 2, reach * (units.stop - units.start)
    begin, end = np.floor(middle - half).astype(np.int64), np.ceil(middle + half).astype(np.int64)
    return Intervals(np.arange(len(middle), dtype=np.int64), begin, end)


def best_alignment(coders: Sequence[Units], weights: Weights | None = None) -> Alignment:
    """Find an alignment with the least disorder; of several, one with the fewest unitary alignments."""
    weights = weights or Weights()
    if len(coders) == 2:
        return _of_two(coders[0], coders[1], weights)
    groups, disorders = _candidates(coders, weights)
    chosen = cheapest(groups, disorders, [(units.start + units.stop) / 2 for units in coders])
    return Alignment(groups[chosen], disorders[chosen])


def _of_two(one: Units, other: Units, weights: Weights) -> Alignment:
    # Aligned, two units cost their dissimilarity; apart, they cost an empty unit each. Of the same, the fewest.
    bound = 2 * weights.empty + SLACK
    i, j, differ = near(one, other, bound, weights)
    kept = heaviest(i, j, bound - differ)
    alone = np.setdiff1d(np.arange(len(one.start)), i[kept]), np.setdiff1d(np.arange(len(other.start)), j[kept])
    groups = np.full((len(kept) + len(alone[0]) + len(alone[1]), 2), -1, dtype=np.int64)
    groups[: len(kept), 0], groups[: len(kept), 1] = i[kept], j[kept]
    groups[len(kept) : len(kept) + len(alone[0]), 0] = alone[0]
    groups[len(kept) + len(alone[0]) :, 1] = alone[1]
    return Alignment(groups, np.concatenate([differ[kept], np.full(len(alone[0]) + len(alone[1]), weights.empty)]))


class _Near:
    """The pairs of two annotators' units that differ by less than a bound, looked up by unit or by pair."""

    def __init__(self, one: Units, other: Units, bound: float, weights: Weights) -> None:
        i, j, differ = near(one, other, bound, weights)
        self._width = len(other.start) + 1
        keys = i * self._width + j
        order = np.argsort(keys)
        self._keys, self._differ = keys[order], np.append(differ[order], np.inf)

    def partners(self, units: Integers) -> tuple[Integers, Integers]:
        """Return, for units of the first annotator, all near ones of the second: place in ``units``, unit."""
        low, high = (np.searchsorted(self._keys, (units + more) * self._width) for more in (0, 1))
        owner, at = spread(low, high)
        return owner, self._keys[at] % self._width

    def differ(self, i: Integers, j: Integers) -> Numbers:
        """Return the dissimilarity of pairs, infinite for those that are not near."""
        keys = i * self._width + j
        at = np.searchsorted(self._keys, keys)
        found = np.append(self._keys, -1)[at] == keys
        return np.asarray(np.where(found, self._differ[at], np.inf))


_Tables = dict[tuple[int, int], _Near]


def _candidates(coders: Sequence[Units], weights: Weights) -> tuple[Integers, Numbers]:
    """List the unitary alignments that may be in a best alignment, with their disorders.

    With n annotators a group of k units costs, in pairs, its dissimilarities and ``EMPTY`` for each of the other
    n (n - 1) / 2 - k (k - 1) / 2 pairs. Taking one unit out of it is no worse when that unit's dissimilarities to the
    others reach ``EMPTY`` times n (n - 1) / 2 + k - 1. With k = n that bounds them for any group, complete or not.
    Groups that are as good apart are kept, for there are fewer of them.
    """
    pairs = len(coders) * (len(coders) - 1) / 2
    bound = weights.empty * (pairs + len(coders) - 1) + SLACK
    tables = {(a, b): _Near(coders[a], coders[b], bound, weights) for a, b in combinations(range(len(coders)), 2)}
    groups, sums = np.zeros((0, len(coders)), dtype=np.int64), np.zeros((0, len(coders)))
    for coder, units in enumerate(coders):
        alone = np.full((len(units.start), len(coders)), -1, dtype=np.int64)
        alone[:, coder] = np.arange(len(units.start))
        more, more_sums = _extended(groups, sums, coder, tables, bound)
        groups = np.concatenate([groups, more, alone])
        sums = np.concatenate([sums, more_sums, np.zeros(alone.shape)])
    size = (groups >= 0).sum(axis=1)
    useful = (size == 1) | (sums < weights.empty * (pairs + size - 1)[:, None] + SLACK).all(axis=1)
    groups, sums, size = groups[useful], sums[useful], size[useful]
    return groups, (sums.sum(axis=1) / 2 + weights.empty * (pairs - size * (size - 1) / 2)) / pairs


def _extended(groups: Integers, sums: Numbers, coder: int, tables: _Tables, bound: float) -> tuple[Integers, Numbers]:
    """Add to each group each unit of the next annotator that is near; ``sums`` are each member's dissimilarities."""
    anchor = np.argmax(groups >= 0, axis=1)
    found = []
    for earlier in range(coder):
        mine = np.flatnonzero(anchor == earlier)
        owner, unit = tables[earlier, coder].partners(groups[mine, earlier])
        found.append((mine[owner], unit))
    group, unit = (np.concatenate([pair[k] for pair in found] or [np.zeros(0, dtype=np.int64)]) for k in (0, 1))
    fresh, together = groups[group], sums[group]
    for earlier in range(coder):
        has = np.flatnonzero(fresh[:, earlier] >= 0)
        differ = tables[earlier, coder].differ(fresh[has, earlier], unit[has])
        together[has, earlier] += differ
        together[has, coder] += differ
    fresh[:, coder] = unit
    kept = (together < bound).all(axis=1)
    return fresh[kept], together[kept]
