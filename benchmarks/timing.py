"""Samples of a duration or a size, and what is asked of them."""

from __future__ import annotations

import gc
import math
import os
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import perf_counter, process_time


@dataclass(frozen=True)
class Sample:
    """Some measurements of one thing, in seconds or megabytes."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one."""
        return statistics.median(self.values)

    @property
    def p99(self) -> float:
        """The one that 99 of 100 do not exceed; of few it is the greatest."""
        ordered = sorted(self.values)
        return ordered[math.ceil(0.99 * len(ordered)) - 1]


@dataclass(frozen=True)
class Target:
    """What is to be reached: at most so many times the limit's median, or so much as median and as p99."""

    ratio: float | None = None
    median: float | None = None
    p99: float | None = None

    def text(self, unit: str) -> str:
        """Return the target in words."""
        parts = [] if self.ratio is None else [f"≤ {self.ratio:g} × limit"]
        parts += [] if self.median is None else [f"≤ {shown(self.median, unit)}"]
        parts += [] if self.p99 is None else [f"p99 ≤ {shown(self.p99, unit)}"]
        return ", ".join(parts)

    def reached(self, ours: Sample, limit: Sample | None) -> bool | None:
        """Tell whether all of it is reached; None when nothing is asked."""
        checks = []
        if self.ratio is not None and limit is not None:
            checks.append(ours.median <= self.ratio * limit.median)
        if self.median is not None:
            checks.append(ours.median <= self.median)
        if self.p99 is not None:
            checks.append(ours.p99 <= self.p99)
        return all(checks) if checks else None


@dataclass(frozen=True)
class Row:
    """One line of the table. ``size`` is N, 0 where there is none; ``against`` says what the limit is."""

    operation: str
    size: int
    ours: Sample
    target: Target = field(default_factory=Target)
    limit: Sample | None = None
    against: str = ""
    unit: str = "s"

    @property
    def ratio(self) -> float | None:
        """How many times the limit ours is."""
        return self.ours.median / self.limit.median if self.limit is not None and self.limit.median else None


def shown(value: float, unit: str) -> str:
    """Write a value with three significant digits at most, seconds under one as milliseconds."""
    if unit == "s" and value < 1:
        value, unit = value * 1000, "ms"
    if unit == "%":
        return f"{value:+.1f} %"
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:,.{digits}f} {unit}"


def count_processor_time() -> None:
    """Measure what this process and its children compute instead of the time on the clock."""
    _clock.append(_computed)


def counts_processor_time() -> bool:
    """Tell whether that is measured."""
    return len(_clock) > 1


def _computed() -> float:
    children = os.times()
    return process_time() + children.children_user + children.children_system


_clock: list[Callable[[], float]] = [perf_counter]


def clock() -> float:
    """Return the seconds on the clock that is measured by."""
    return _clock[-1]()


def timed(action: Callable[[], object]) -> float:
    """Return the seconds that something takes."""
    start = clock()
    action()
    return clock() - start


def repeated(action: Callable[[], object], times: int, *, before: Callable[[], object] | None = None) -> Sample:
    """Measure something several times; ``before`` each is not measured, nor is a collection of old garbage."""
    gc.collect()
    found = []
    for _ in range(times):
        if before is not None:
            before()
        found.append(timed(action))
    return Sample(tuple(found))


def each(actions: Sequence[Callable[[], object]]) -> Sample:
    """Measure several things of one kind."""
    gc.collect()
    return Sample(tuple(timed(action) for action in actions))
