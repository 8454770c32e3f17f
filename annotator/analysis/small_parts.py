"""Optimal assignment where few units are at stake, as in one article: without SciPy, whose loading takes half a second.

Parts are found by joining what shares a unit, and solved by dynamic programming over the sets of units already taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

FEW = 8
"""Units on the smaller side of a part up to which it is solved here: at most 2 ** FEW sets are gone through."""


def connected(first: Sequence[int], second: Sequence[int]) -> Iterator[list[int]]:
    """Yield the indices of the pairs that hang together by a unit on either side, each group in order."""
    leader: dict[tuple[bool, int], tuple[bool, int]] = {}

    def led(unit: tuple[bool, int]) -> tuple[bool, int]:
        at = leader.setdefault(unit, unit)
        while leader[at] != at:
            leader[at] = at = leader[leader[at]]
        return at

    for one, other in zip(first, second, strict=True):
        leader[led((True, other))] = led((False, one))
    groups: dict[tuple[bool, int], list[int]] = {}
    for at, one in enumerate(first):
        groups.setdefault(led((False, one)), []).append(at)
    yield from groups.values()


def heaviest_few(few: Sequence[int], many: Sequence[int], weight: Sequence[float]) -> list[int]:
    """Return the indices of the pairs of a one-to-one choice with the greatest sum of weights (all above 0).

    ``few`` are the units of the side with FEW different ones at most, from 0 on.
    """
    pairs: dict[int, list[tuple[int, int, float]]] = {}
    for at, (one, other) in enumerate(zip(few, many, strict=True)):
        pairs.setdefault(other, []).append((at, 1 << one, weight[at]))
    # For each set of units taken, as bits: the greatest sum, and the pairs that make it.
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for choices in pairs.values():
        grown = dict(best)  # the unit may stay alone
        for taken, (total, chosen) in best.items():
            for at, bit, more in choices:
                if not taken & bit and (taken | bit not in grown or grown[taken | bit][0] < total + more):
                    grown[taken | bit] = (total + more, (*chosen, at))
        best = grown
    return sorted(max(best.values(), key=lambda one: one[0])[1])
