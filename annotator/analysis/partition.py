"""The cheapest way to part units into groups, every unit in exactly one: exact, by one of two methods.

Along a text groups are local, so a sweep over the units in text order only has to remember which of the next few are
taken already (dynamic programming over that frontier). Where very many units lie over each other the frontier grows too
wide, and an integer programme takes over.
"""

from __future__ import annotations

import numpy as np

from annotator.analysis.assignment import Numbers
from annotator.analysis.overlaps import Integers

STATES = 5000
"""With more frontiers than this at any unit the integer programme is used."""
SLACK = 1e-9
"""Costs that differ by less are equal; of equal choices one with fewer groups is taken."""

_Choice = tuple[float, "_Path | None"]
_Path = tuple[int, "_Path | None"]


def cheapest(groups: Integers, costs: Numbers, places: list[Numbers]) -> Integers:
    """Return the rows of ``groups`` that contain each unit exactly once with the least sum of costs.

    A row has each annotator's unit number or -1. Every unit must also be there alone, so that there is a solution.
    ``places`` tells, for each annotator, where the units lie; it decides the sweep's order, not the result.
    """
    if not len(groups):
        return np.zeros(0, dtype=np.int64)
    chosen = _swept(groups, costs, places)
    if chosen is None:
        chosen = _programmed(groups, costs)
        chosen = _programmed(groups, np.ones(len(groups)), (costs, float(costs[chosen].sum()) + SLACK))
    return chosen


def _swept(groups: Integers, costs: Numbers, places: list[Numbers]) -> Integers | None:
    options = _by_first_unit(groups, costs, places)
    # By frontier (bit k: the k-th unit from here on is taken) the least cost so far, and the groups that led there.
    states: dict[int, _Choice] = {0: (0.0, None)}
    for here in options:
        following: dict[int, _Choice] = {}
        for taken, (cost, path) in states.items():
            if taken & 1:
                _keep(following, taken >> 1, cost, path)
                continue
            for mask, more, row in here:
                if not taken & mask:
                    _keep(following, (taken | mask) >> 1, cost + more, (row, path))
        if len(following) > STATES:
            return None
        states = following
    _, path = states[0]
    rows = []
    while path:
        row, path = path
        rows.append(row)
    return np.array(sorted(rows), dtype=np.int64)


def _keep(states: dict[int, _Choice], taken: int, cost: float, path: _Path | None) -> None:
    known = states.get(taken)
    if known is None or cost < known[0]:
        states[taken] = (cost, path)


def _by_first_unit(groups: Integers, costs: Numbers, places: list[Numbers]) -> list[list[tuple[int, float, int]]]:
    """List for each unit, in order, the groups that it is the first of: units as bits from there on, cost, row."""
    first = np.cumsum([0, *(len(place) for place in places)])
    order = np.argsort(np.concatenate(places), kind="stable")
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    row, coder = np.nonzero(groups >= 0)
    at = rank[first[coder] + groups[row, coder]].tolist()
    members: list[list[int]] = [[] for _ in range(len(groups))]
    for number, unit in zip(row.tolist(), at, strict=True):
        members[number].append(unit)
    options: list[list[tuple[int, float, int]]] = [[] for _ in range(len(order))]
    for number, (units, cost) in enumerate(zip(members, costs.tolist(), strict=True)):
        low = min(units)
        options[low].append((sum(1 << (unit - low) for unit in units), cost + SLACK, number))
    return options


def _programmed(groups: Integers, costs: Numbers, limit: tuple[Numbers, float] | None = None) -> Integers:
    """Choose by an integer programme; ``limit`` are other costs and what their sum may not exceed."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_array

    row, coder = np.nonzero(groups >= 0)
    _, unit = np.unique(groups[row, coder] * groups.shape[1] + coder, return_inverse=True)
    once = coo_array((np.ones(len(row)), (unit, row)), shape=(int(unit.max()) + 1, len(groups))).tocsr()
    constraints = [LinearConstraint(once, 1, 1)]
    constraints += [LinearConstraint(limit[0][None, :], -np.inf, limit[1])] if limit else []
    found = milp(
        costs,
        constraints=constraints,
        integrality=np.ones(len(groups)),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0},
    )
    return np.flatnonzero(found.x > 0.5)
