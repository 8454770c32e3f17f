"""How long the window was left waiting while something ran."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QTimer


def longest_wait(action: Callable[[], object]) -> float:
    """Return the longest time in seconds between two ticks of a timer while an action runs the event loop."""
    ticks = [perf_counter()]
    timer = QTimer(interval=0)
    timer.timeout.connect(lambda: ticks.append(perf_counter()))
    timer.start()
    action()
    timer.stop()
    ticks.append(perf_counter())
    return max(after - before for before, after in itertools.pairwise(ticks))
