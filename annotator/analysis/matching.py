"""Which annotations of two sets belong together: the one rule that comparison, agreement and review share.

Two units match when they bear the same tag and share a code point; they match exactly when they also cover the same
code points. Each unit has one partner at most. Of all such pairings the one is taken that shares the most code points,
then has the most exact pairs, then the most pairs; it is found by optimal assignment, never greedily, and is the same
in every run. Fragments count by what they cover; overlapping units of one set are no difficulty.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from msgspec import Struct

from annotator.analysis.assignment import best_pairs, heaviest
from annotator.analysis.overlaps import Integers, Intervals, Overlaps, overlapping
from annotator.model.marks import Tagged
from annotator.model.span import Span


class Unit(Struct, frozen=True):
    """What is matched: a tag type and ordered, disjoint fragments (half-open, code points)."""

    tag: str
    fragments: tuple[Span, ...]


class Matching(Struct, frozen=True):
    """Positions in the two lists: ``pairs`` ordered by the first, then what stayed alone on either side."""

    pairs: tuple[tuple[int, int], ...]
    only_a: tuple[int, ...]
    only_b: tuple[int, ...]


def unit_of(annotation: Tagged) -> Unit:
    """Return what of an annotation is matched."""
    return Unit(annotation.tag_type, annotation.spans)


def match(a: Sequence[Unit], b: Sequence[Unit]) -> Matching:
    """Match units that bear the same tag and share at least one code point."""
    found, first_length, second_length = _found(a, b, by_tag=True)
    chosen, _ = best_pairs(found, first_length, second_length)
    return _matching(a, b, zip(found.first[chosen].tolist(), found.second[chosen].tolist(), strict=True))


def match_exact(a: Sequence[Unit], b: Sequence[Unit]) -> Matching:
    """Match units that bear the same tag and cover the same code points."""
    found, first_length, second_length = _found(a, b, by_tag=True)
    chosen, exact = best_pairs(found, first_length, second_length)
    kept = chosen & exact
    return _matching(a, b, zip(found.first[kept].tolist(), found.second[kept].tolist(), strict=True))


def match_across_tags(a: Sequence[Unit], b: Sequence[Unit]) -> Matching:
    """Match as ``match`` does, then what is left over also across tags.

    Across tags two units match only when they share at least half of what they cover together: a place named inside a
    quote is not a quote that somebody tagged differently.
    """
    same = match(a, b)
    left, right = [a[i] for i in same.only_a], [b[j] for j in same.only_b]
    found, first_length, second_length = _found(left, right, by_tag=False)
    together = first_length[found.first] + second_length[found.second] - found.shared
    kept = np.flatnonzero(2 * found.shared >= together)
    weight = found.shared[kept].astype(np.float64) * (len(kept) + 1) + 1
    kept = kept[heaviest(found.first[kept], found.second[kept], weight)]
    crossed = [(same.only_a[found.first[k]], same.only_b[found.second[k]]) for k in kept]
    return _matching(a, b, [*same.pairs, *crossed])


def _found(a: Sequence[Unit], b: Sequence[Unit], *, by_tag: bool) -> tuple[Overlaps, Integers, Integers]:
    tags = {tag: number for number, tag in enumerate(dict.fromkeys(unit.tag for unit in (*a, *b)))}
    # Each tag has a stretch of the line to itself, so that units of different tags never meet.
    width = max((unit.fragments[-1].stop for unit in (*a, *b)), default=0) if by_tag else 0
    first, second = _intervals(a, tags, width), _intervals(b, tags, width)
    return overlapping(first, second), _lengths(first, len(a)), _lengths(second, len(b))


def _intervals(units: Sequence[Unit], tags: dict[str, int], width: int) -> Intervals:
    rows = [
        (number, tags[unit.tag] * width + span.start, tags[unit.tag] * width + span.stop)
        for number, unit in enumerate(units)
        for span in unit.fragments
    ]
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return Intervals(table[:, 0], table[:, 1], table[:, 2])


def _lengths(intervals: Intervals, count: int) -> Integers:
    return np.bincount(intervals.unit, weights=intervals.stop - intervals.start, minlength=count).astype(np.int64)


def _matching(a: Sequence[Unit], b: Sequence[Unit], pairs: Iterable[tuple[int, int]]) -> Matching:
    ordered = tuple(sorted(pairs))
    used_a, used_b = {i for i, _ in ordered}, {j for _, j in ordered}
    return Matching(
        ordered,
        tuple(i for i in range(len(a)) if i not in used_a),
        tuple(j for j in range(len(b)) if j not in used_b),
    )
