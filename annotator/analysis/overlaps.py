"""Which intervals of two lists overlap, and by how much, found by sorting instead of comparing all with all."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]


class Intervals(NamedTuple):
    """Half-open, non-empty intervals on one line; ``unit`` numbers what each is a piece of. All of one length."""

    unit: Integers
    start: Integers
    stop: Integers


class Overlaps(NamedTuple):
    """Pairs of units that share something, ordered by (first, second), with how much they share."""

    first: Integers
    second: Integers
    shared: Integers


def spread(low: Integers, high: Integers) -> tuple[Integers, Integers]:
    """Write out the ranges ``low[k] <= i < high[k]``: return k and i of every member; reversed ranges are empty."""
    counts = np.maximum(high - low, 0)
    owner = np.repeat(np.arange(len(low), dtype=np.int64), counts)
    before = np.repeat(np.cumsum(counts) - counts, counts)
    return owner, np.arange(len(owner), dtype=np.int64) - before + low[owner]


def overlapping(first: Intervals, second: Intervals) -> Overlaps:
    """Find all pairs of units whose intervals share something; what several pieces share is added up."""
    one, two = _pairs(first, second)
    shared = np.minimum(first.stop[one], second.stop[two]) - np.maximum(first.start[one], second.start[two])
    width = int(second.unit.max()) + 1 if len(second.unit) else 1
    keys = first.unit[one] * width + second.unit[two]
    order = np.argsort(keys)
    keys, shared = keys[order], shared[order]
    at = np.flatnonzero(np.diff(keys, prepend=-1))
    total = np.add.reduceat(shared, at) if len(at) else shared
    return Overlaps(keys[at] // width, keys[at] % width, total)


def _pairs(first: Intervals, second: Intervals) -> tuple[Integers, Integers]:
    # Of two that overlap, one begins inside the other; equal starts are taken on the first side only.
    by_start = np.argsort(second.start, kind="stable")
    starts = second.start[by_start]
    inside = spread(np.searchsorted(starts, first.start, "left"), np.searchsorted(starts, first.stop, "left"))
    order = np.argsort(first.start, kind="stable")
    starts = first.start[order]
    around = spread(np.searchsorted(starts, second.start, "right"), np.searchsorted(starts, second.stop, "left"))
    return (
        np.concatenate([inside[0], order[around[1]]]),
        np.concatenate([by_start[inside[1]], around[0]]),
    )
