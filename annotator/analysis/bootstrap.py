"""Intervals by bootstrap over articles, for measures that are computed from sums over articles.

Articles, not tokens or spans, are drawn with replacement, for what one article holds is not independent (Efron &
Tibshirani 1993, An introduction to the bootstrap, chapter 13: percentile interval). Every measure here is a function
of counts that add up over articles, so a replicate is a weighted sum: the articles' weights times the counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from msgspec import Struct, field

from annotator.analysis.assignment import Numbers
from annotator.analysis.overlaps import Integers

REPLICATES = 1000
SEED = 20_250_313
"""Fixed, so that a report can be repeated to the last digit."""
CHUNK = 2_500_000
"""Articles drawn at a time, over all replicates, to bound memory: 20 MB of weights."""
FEW_CELLS = 64
"""So many cells are quicker to add up when those that are empty are written out."""

Statistic = Callable[[Numbers], Numbers]
"""From sums of the shape (replicates, cells) to one number for each replicate, NaN where undefined."""


class Tally(Struct, frozen=True):
    """Counts of the shape (articles, cells), dense or sparse, and the named measures that their sums give."""

    counts: Any
    statistics: Mapping[Any, Statistic] = field(default_factory=dict)


class Estimate(Struct, frozen=True):
    """A value with its interval; all None when undefined, the interval None when there are too few articles."""

    value: float | None
    low: float | None = None
    high: float | None = None


def sparse(articles: Integers, cells: Integers, weights: npt.NDArray[Any], shape: tuple[int, int]) -> Any:
    """Return counts of the given shape; weights for the same article and cell are added up."""
    from scipy.sparse import coo_array

    return coo_array((weights.astype(np.float64), (articles, cells)), shape=shape).tocsr()


def estimates(tallies: Sequence[Tally], *, replicates: int = REPLICATES, seed: int = SEED) -> list[dict[Any, Estimate]]:
    """Compute each tally's measures with 95 % percentile intervals, the same drawn articles for all of them.

    Without at least two articles there are no intervals, nor with ``replicates`` 0. Replicates in which a measure is
    undefined are left out; when they are more than half there is no interval.
    """
    points = [_apply(tally, tally.counts.sum(axis=0)[None, :]) for tally in tallies]
    articles = tallies[0].counts.shape[0] if tallies else 0
    drawn: list[dict[Any, list[Numbers]]] = [{name: [] for name in tally.statistics} for tally in tallies]
    if articles > 1 and replicates:
        for sums in _replicates([tally.counts for tally in tallies], replicates, seed):
            for tally, some, kept in zip(tallies, sums, drawn, strict=True):
                for name, values in _apply(tally, some).items():
                    kept[name].append(values)
    return [
        {name: _estimate(float(value[0]), kept[name]) for name, value in point.items()}
        for point, kept in zip(points, drawn, strict=True)
    ]


def _replicates(counts: Sequence[Any], replicates: int, seed: int) -> Iterator[list[Numbers]]:
    """Yield, for some replicates at a time, the sums of each tally's counts over the drawn articles."""
    counts = [one if isinstance(one, np.ndarray) or one.shape[1] > FEW_CELLS else one.toarray() for one in counts]
    dense = [at for at, one in enumerate(counts) if isinstance(one, np.ndarray)]
    edges = np.cumsum([0, *(counts[at].shape[1] for at in dense)])
    # One product of all dense counts is many times faster than one for each.
    together = np.concatenate([counts[at] for at in dense], axis=1) if dense else np.zeros((counts[0].shape[0], 0))
    for weights in _weights(together.shape[0], replicates, seed):
        product = weights @ together
        parts = {at: product[:, low:high] for at, (low, high) in zip(dense, pairwise(edges), strict=True)}
        yield [parts[at] if at in parts else weights @ one for at, one in enumerate(counts)]


def _apply(tally: Tally, sums: Numbers) -> dict[Any, Numbers]:
    return {name: statistic(sums) for name, statistic in tally.statistics.items()}


def _weights(articles: int, replicates: int, seed: int) -> Iterator[Numbers]:
    """Yield how often each article is drawn, (replicates of a chunk, articles) at a time."""
    random = np.random.default_rng(seed)
    most = max(1, CHUNK // articles)
    for at in range(0, replicates, most):
        rows = min(most, replicates - at)
        picked = random.integers(0, articles, (rows, articles)) + articles * np.arange(rows)[:, None]
        yield np.bincount(picked.ravel(), minlength=rows * articles).reshape(rows, articles).astype(np.float64)


def _estimate(value: float, drawn: Sequence[Numbers]) -> Estimate:
    if np.isnan(value):
        return Estimate(None)
    values = np.concatenate(drawn) if drawn else np.zeros(0)
    defined = values[~np.isnan(values)]
    if not len(values) or 2 * len(defined) < len(values):
        return Estimate(value)
    low, high = np.percentile(defined, [2.5, 97.5])
    return Estimate(value, float(low), float(high))
