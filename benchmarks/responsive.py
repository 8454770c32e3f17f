"""How long the window was left waiting while something ran."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from time import perf_counter, thread_time

from PySide6.QtCore import Qt, QTimer

from benchmarks.timing import counts_processor_time

_TICK = 2
"""Milliseconds between two looks: a loop that never sleeps would take the interpreter away from the workers."""


def longest_wait(action: Callable[[], object]) -> float:
    """Return the longest time in seconds between two ticks of a timer while an action runs the event loop."""
    clock = thread_time if counts_processor_time() else perf_counter
    ticks = [clock()]
    timer = QTimer(interval=_TICK, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: ticks.append(clock()))
    timer.start()
    action()
    timer.stop()
    ticks.append(clock())
    return max(after - before for before, after in itertools.pairwise(ticks))
