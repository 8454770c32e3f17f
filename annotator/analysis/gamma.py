"""Gamma: agreement on place and tag of units at once, against units put at random.

Source: Mathet, Widlöcher & Métivier 2015 (Computational Linguistics 41(3)), sections 4 and 5.
gamma = 1 - observed disorder / expected disorder; the observed one is that of the best alignment (``alignment``), the
expected one the mean over random continua made of the annotators' own work (section 5.2): for each annotator one of
the annotators is drawn, and all units of that one are shifted by a random distance, those that run out at the end
going on at the beginning; the distances lie at least half a mean unit apart while there is room. 30 continua are drawn
first, and more when the mean would be off by over ``precision`` (in relation to it) with 95 % confidence (section 5.3).

Units may overlap, of one annotator or several. A unit is one interval, so each fragment is a unit of its own. Furniture
is cut out. Several articles: the disorders, not yet divided by the number of units, are added up over the articles,
observed and expected, each article having its own chance. Undefined when nobody has a unit, and when chance leaves no
disorder (a single unit on a continuum too short to shift it).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import blake2b

import numpy as np

from annotator.analysis.alignment import Units, best_alignment
from annotator.analysis.assignment import Numbers
from annotator.analysis.bootstrap import SEED
from annotator.analysis.corpus import Corpus
from annotator.analysis.overlaps import Integers

SAMPLES = 30
MOST_SAMPLES = 400
PRECISION = 0.05
MOST_KNOWN = 50_000
_known: dict[bytes, tuple[float, float]] = {}
"""Disorders by what they are computed from. Gamma takes most of the time that agreement takes, and where numbers follow
the work all articles but one are as they were."""


def gamma(
    coders: Sequence[Units],
    bounds: tuple[float, float] | None = None,
    *,
    precision: float | None = PRECISION,
    seed: int = SEED,
) -> float | None:
    """Compute gamma of one continuum; None when undefined.

    ``bounds`` are the continuum's ends, by default those of the units. ``precision`` None draws 30 continua only.
    """
    observed, expected = disorders(coders, bounds, precision=precision, seed=seed)
    return None if expected == 0 else 1 - observed / expected


def disorders(
    coders: Sequence[Units],
    bounds: tuple[float, float] | None = None,
    *,
    precision: float | None = PRECISION,
    seed: int = SEED,
) -> tuple[float, float]:
    """Return observed and expected disorder, 0 and 0 when nobody has a unit; arguments as for ``gamma``."""
    coders = sorted(coders, key=_shape)
    units = sum(len(one.start) for one in coders)
    if not units:
        return 0.0, 0.0
    begin = bounds[0] if bounds else min(float(one.start.min(initial=np.inf)) for one in coders)
    end = bounds[1] if bounds else max(float(one.stop.max(initial=-np.inf)) for one in coders)
    random = np.random.default_rng(seed)
    mean_length = sum(float((one.stop - one.start).sum()) for one in coders) / units

    def draw() -> float:
        return best_alignment(_shifted(coders, begin, end, mean_length / 2, random)).disorder

    return best_alignment(coders).disorder, _expected(draw, precision)


def _shape(units: Units) -> tuple[list[float], list[float], list[int]]:
    """Sort key of an annotator that depends on places and on which tags are equal, on no names or order of people."""
    _, first, inverse = np.unique(units.tag, return_index=True, return_inverse=True)
    return units.start.tolist(), units.stop.tolist(), first[inverse].tolist()


def _expected(draw: Callable[[], float], precision: float | None) -> float:
    values = [draw() for _ in range(SAMPLES)]
    mean = float(np.mean(values))
    if precision is not None and mean > 0:
        variation = float(np.std(values, ddof=1)) / mean
        needed = min(int(np.ceil((variation * 1.96 / precision) ** 2)), MOST_SAMPLES)
        values += [draw() for _ in range(needed - SAMPLES)]
    return float(np.mean(values))


def _shifted(
    coders: Sequence[Units], begin: float, end: float, distance: float, random: np.random.Generator
) -> list[Units]:
    """Draw one random continuum; one without any unit is drawn again."""
    size = end - begin
    while True:
        free = [(0.0, size)]
        made = []
        for _ in coders:
            pivot = _pivot(free, size, random)
            free = [part for low, high in free for part in _apart(low, high, pivot, distance)]
            made.append(_moved(coders[int(random.integers(len(coders)))], begin, end, pivot))
        if any(len(units.start) for units in made):
            return made


def _pivot(free: Sequence[tuple[float, float]], size: float, random: np.random.Generator) -> int:
    """Draw a whole distance, evenly from what is free, from everywhere when nothing is."""
    free = free or [(0.0, size)]
    at = float(random.uniform(0, sum(high - low for low, high in free)))
    for low, high in free[:-1]:
        if at < high - low:
            return int(low + at)
        at -= high - low
    return int(free[-1][0] + at)


def _apart(low: float, high: float, pivot: float, distance: float) -> list[tuple[float, float]]:
    parts = [(low, min(high, pivot - distance)), (max(low, pivot + distance), high)]
    return [(a, b) for a, b in parts if a < b]


def _moved(units: Units, begin: float, end: float, by: float) -> Units:
    wrapped = np.where(units.start + by >= end, by - (end - begin), by)
    return Units(units.start + wrapped, units.stop + wrapped, units.tag)


def gamma_counts(
    of: Corpus,
    tag: int | None,
    *,
    precision: float | None = None,
    seed: int = SEED,
    goes_on: Callable[[], None] = lambda: None,
) -> Numbers:
    """Count observed and expected disorder by article, of one tag's units or of all; the shape (articles, 2).

    ``goes_on`` is called after every article; what it raises ends the computation.
    """
    pieces, bases = of.line.pieces, of.line.bases
    coder, kind = of.unit_coder[pieces.unit], of.unit_tag[pieces.unit]
    mine = np.flatnonzero(kind == tag) if tag is not None else np.arange(len(kind))
    edges = np.searchsorted(of.unit_article[pieces.unit[mine]], np.arange(len(of.articles) + 1))
    counts = np.zeros((len(of.articles), 2))
    for article in range(len(of.articles)):
        some = mine[edges[article] : edges[article + 1]]
        by_coder = [some[coder[some] == number] for number in range(of.coders)]
        units = [_units(of, rows, kind, int(bases[article])) for rows in by_coder]
        length = int(bases[article + 1] - bases[article])
        # Times the mean number of units: so that articles add up.
        counts[article] = np.array(_remembered(units, length, precision, seed)) * len(some) / of.coders
        goes_on()
    return counts


def _remembered(units: Sequence[Units], length: int, precision: float | None, seed: int) -> tuple[float, float]:
    """Return what ``disorders`` does for an article of this length, computed once for the same annotations."""
    digest = blake2b(repr((length, precision, seed)).encode(), digest_size=16)
    for one in units:
        for column in (one.start, one.stop, one.tag):
            digest.update(len(column).to_bytes(8, "little") + column.tobytes())
    key = digest.digest()
    known = _known.get(key)
    if known is None:
        known = disorders(units, (0.0, float(length)), precision=precision, seed=seed)
        if len(_known) >= MOST_KNOWN:
            _known.clear()
        _known[key] = known
    return known


def _units(of: Corpus, rows: Integers, kind: Integers, base: int) -> Units:
    """Return units by their places within the article that begins at ``base``."""
    start, stop = of.line.pieces.start[rows] - base, of.line.pieces.stop[rows] - base
    order = np.lexsort((stop, start))
    return Units(start[order].astype(np.float64), stop[order].astype(np.float64), kind[rows][order])


def gamma_of(sums: Numbers) -> Numbers:
    """Return gamma from the sums of ``gamma_counts``, NaN where no disorder is expected."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(sums[:, 1] > 0, 1 - sums[:, 0] / sums[:, 1], np.nan)
