"""Optimal one-to-one assignment on sparse pairs, never greedy, solved apart for parts that share nothing."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from annotator.analysis.overlaps import Integers, Overlaps
from annotator.analysis.small_parts import FEW, connected, heaviest_few

DENSE_CELLS = 1_000_000
"""Up to so many cells a part is solved as a full matrix, above as a sparse one."""
FEW_PAIRS = 500
"""Up to so many pairs their parts are found without SciPy."""

Numbers = npt.NDArray[np.float64]
Booleans = npt.NDArray[np.bool_]


def best_pairs(found: Overlaps, first_length: Integers, second_length: Integers) -> tuple[Booleans, Booleans]:
    """Choose pairs so that each unit is in one at most; return which pairs are chosen, and which of all are exact.

    The choice has the greatest sum of shared code points; among those the most exact pairs, then the most pairs.
    A pair is exact when both units cover the same code points.

    Exact pairs are taken first. That loses nothing: when a = b, then |a & d| + |c & b| <= |a| + |c & d| for any c, d,
    so exchanging partners never gains.
    """
    exact = (found.shared == first_length[found.first]) & (found.shared == second_length[found.second])
    chosen = exact & _one_to_one(found, exact)
    first_used, second_used = np.zeros(len(first_length), np.bool_), np.zeros(len(second_length), np.bool_)
    first_used[found.first[chosen]] = second_used[found.second[chosen]] = True
    rest = np.flatnonzero(~(first_used[found.first] | second_used[found.second]))
    # One more than there are pairs to choose: so a single shared code point outweighs any number of pairs.
    weight = found.shared[rest].astype(np.float64) * (len(rest) + 1) + 1
    chosen[rest[heaviest(found.first[rest], found.second[rest], weight)]] = True
    return chosen, exact


def _one_to_one(found: Overlaps, exact: Booleans) -> Booleans:
    """Pair the k-th of several identical units on one side with the k-th on the other."""
    at = np.flatnonzero(exact)
    first, second = found.first[at], found.second[at]
    kept = np.zeros(len(exact), dtype=np.bool_)
    kept[at] = _rank(first, second) == _rank(second, first)
    return kept


def _rank(units: Integers, partners: Integers) -> Integers:
    """Count for each pair how many smaller units have the same smallest partner, which is to say are identical."""
    order = np.lexsort((partners, units))
    distinct, at = np.unique(units[order], return_index=True)
    smallest = partners[order][at]
    by_group = np.argsort(smallest, kind="stable")
    grouped = smallest[by_group]
    rank = np.empty(len(distinct), dtype=np.int64)
    rank[by_group] = np.arange(len(distinct)) - np.searchsorted(grouped, grouped, "left")
    return rank[np.searchsorted(distinct, units)]


def heaviest(first: Integers, second: Integers, weight: Numbers) -> Integers:
    """Return the indices of the pairs of a one-to-one choice with the greatest sum of weights (all above 0)."""
    if not len(first):
        return np.zeros(0, dtype=np.int64)
    _, row = np.unique(first, return_inverse=True)
    _, column = np.unique(second, return_inverse=True)
    alone = (np.bincount(row)[row] == 1) & (np.bincount(column)[column] == 1)
    chosen = [np.flatnonzero(alone)]
    rest = np.flatnonzero(~alone)
    chosen += [part[_solve(row[part], column[part], weight[part])] for part in _parts(rest, row[rest], column[rest])]
    return np.sort(np.concatenate(chosen))


def _parts(at: Integers, row: Integers, column: Integers) -> Iterator[Integers]:
    """Split pairs into groups that share no unit; the order within each is kept."""
    if len(at) <= FEW_PAIRS:
        for part in connected(row.tolist(), column.tolist()):
            yield at[part]
        return
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    rows = int(row.max()) + 1
    nodes = rows + int(column.max()) + 1
    graph = coo_array((np.ones(len(at), dtype=np.int8), (row, column + rows)), shape=(nodes, nodes))
    of = connected_components(graph, directed=False)[1][row]
    order = np.argsort(of, kind="stable")
    yield from np.split(at[order], np.flatnonzero(np.diff(of[order])) + 1)


def _solve(row: Integers, column: Integers, weight: Numbers) -> Integers:
    rows, i = np.unique(row, return_inverse=True)
    columns, j = np.unique(column, return_inverse=True)
    if len(rows) == 1 or len(columns) == 1:
        return np.array([np.argmax(weight)])
    if min(len(rows), len(columns)) <= FEW:
        few, many = (i, j) if len(rows) <= len(columns) else (j, i)
        return np.array(heaviest_few(few.tolist(), many.tolist(), weight.tolist()))
    if len(rows) * len(columns) > DENSE_CELLS:
        return _solve_sparse(i, j, weight)
    from scipy.optimize import linear_sum_assignment

    matrix = np.zeros((len(rows), len(columns)))
    matrix[i, j] = weight
    picked = np.zeros(matrix.shape, dtype=np.bool_)
    picked[linear_sum_assignment(matrix, maximize=True)] = True
    return np.flatnonzero(picked[i, j])


def _solve_sparse(i: Integers, j: Integers, weight: Numbers) -> Integers:
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    # Every row gets a column of its own that stands for "no partner", so that a full matching always exists.
    rows, columns = int(i.max()) + 1, int(j.max()) + 1
    none = np.arange(rows)
    most = weight.max() + 1
    cost = np.concatenate([most - weight, np.full(rows, most)])
    where = (np.concatenate([i, none]), np.concatenate([j, columns + none]))
    matrix = coo_array((cost, where), shape=(rows, columns + rows)).tocsr()
    partner = min_weight_full_bipartite_matching(matrix)[1]
    return np.flatnonzero(partner[i] == j)
