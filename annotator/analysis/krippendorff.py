"""Krippendorff's alpha of a reliability matrix with missing values, for four kinds of data.

Source: Krippendorff 2011, Computing Krippendorff's alpha-reliability; the same as Krippendorff 2004, Content analysis
(2nd edition), chapter 11. alpha = 1 - D_o / D_e, both from the matrix of coincidences of values within units.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

import numpy as np

from annotator.analysis.assignment import Numbers

Metric = Callable[[Numbers, Numbers], Numbers]
"""Squared differences between all pairs of values, from the ordered values and how often each occurs."""


def nominal(values: Numbers, _: Numbers) -> Numbers:
    """Any two different values differ by 1."""
    return np.asarray(values[:, None] != values[None, :], dtype=np.float64)


def ordinal(_: Numbers, totals: Numbers) -> Numbers:
    """Ranks: the values between two, and half of each of the two, as often as they occur."""
    middle = np.cumsum(totals) - totals / 2
    return np.asarray((middle[:, None] - middle[None, :]) ** 2)


def interval(values: Numbers, _: Numbers) -> Numbers:
    """The difference of two numbers."""
    return np.asarray((values[:, None] - values[None, :]) ** 2)


def ratio(values: Numbers, _: Numbers) -> Numbers:
    """The difference of two numbers in relation to their sum; 0 and 0 do not differ."""
    total = values[:, None] + values[None, :]
    difference = values[:, None] - values[None, :]
    return np.asarray(np.divide(difference, total, out=np.zeros_like(total), where=total != 0) ** 2)


def alpha(coders: Sequence[Sequence[Any]], metric: Metric = nominal) -> float | None:
    """Compute alpha; one sequence per coder, all of one length, None where a coder gave no value.

    Values are numbers, or for ``nominal`` anything hashable. None is returned when alpha is undefined: nothing can be
    paired, or all values that can be paired are the same. Raises ValueError when the sequences differ in length.
    """
    units = [[v for v in unit if v is not None] for unit in zip(*coders, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    known = _ordered({v for unit in units for v in unit}, metric)
    place = {value: number for number, value in enumerate(known)}
    together = np.zeros((len(known), len(known)))
    for unit in units:
        _add(together, [place[value] for value in unit])
    values = np.arange(len(known), dtype=np.float64) if metric is nominal else np.array(known, dtype=np.float64)
    return _ratio(together, metric(values, together.sum(axis=1)))


def _ordered(values: set[Hashable], metric: Metric) -> list[Any]:
    return list(values) if metric is nominal else sorted(values)


def _add(together: Numbers, unit: list[int]) -> None:
    """Add the coincidences of one unit: each ordered pair of its values counts 1 / (values - 1)."""
    for at, one in enumerate(unit):
        for other in (*unit[:at], *unit[at + 1 :]):
            together[one, other] += 1 / (len(unit) - 1)


def _ratio(together: Numbers, difference: Numbers) -> float | None:
    totals = together.sum(axis=1)
    expected = float((np.outer(totals, totals) * difference).sum())
    if expected == 0:
        return None
    return 1 - (float(totals.sum()) - 1) * float((together * difference).sum()) / expected
