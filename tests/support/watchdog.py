"""Watches whether the window answers: fails a story in which our code kept the event loop busy for too long.

What counts is the processor time of the UI thread (``time.thread_time``), not the time on the clock: machines that
tests run on are shared, and a thread that waits for its turn is not to blame. So work of other threads does not count,
nor does waiting for a disk or a lock; what computes for more than 100 ms where nothing is drawn meanwhile does.

A slower machine, or one that is slowed down by its neighbours, is given as much longer: before a turn is called slow a
small fixed computation is timed, and compared with what it takes on the machine that the limit was set on.
The opening of the window is no turn: the start is measured by ``benchmarks``.

A *turn* is what lies between two moments at which the loop could draw: one event sent by the test, or one round of the
event loop. Where Qt runs a loop within (a wait, a dialog), every round of it is a turn of its own.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import thread_time
from typing import Any

import pytest
from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

LIMIT = 0.1
"""Seconds of processor time in one turn: what a person feels as a delay."""
PACE = 0.0016
"""Seconds that the fixed computation takes on 2 cores of a server of 2024."""

_SENDING = (
    "keyClick", "keyPress", "keyRelease", "mouseClick", "mousePress", "mouseRelease", "mouseMove", "mouseDClick",
)  # fmt: skip
_RUNNING = ("qWait", "qWaitForWindowActive")


class Watchdog:
    """Measures turns while it is on; ``slow`` tells of those that took too long, ``exempt`` of those that may."""

    def __init__(self, limit: float = LIMIT) -> None:
        self.limit = limit
        self.slow: list[str] = []
        self.turns = 0
        self._since = 0.0
        self._depth = 0
        self._what = ""
        self._reasons: list[str] = []

    @contextmanager
    def exempt(self, reason: str) -> Iterator[None]:
        """Let turns take long within, for a reason."""
        if not reason:
            raise ValueError("say why")
        self._reasons.append(reason)
        try:
            yield
        finally:
            self._reasons.pop()

    @contextmanager
    def turn(self, what: str) -> Iterator[None]:
        """Measure what the test lets the window do."""
        self._depth += 1
        outer, self._what = self._what, what
        if self._depth == 1:
            self._since = thread_time()
        try:
            yield
        finally:
            self.round()
            self._depth -= 1
            self._what = outer

    def round(self) -> None:
        """End a turn where another begins: the loop goes round."""
        took, self._since = thread_time() - self._since, thread_time()
        if not self._depth:
            return  # between what the window does it is the test that runs
        self.turns += 1
        if took > self.limit and not self._reasons:
            if took > self.limit * slowness():
                self.slow.append(f"{self._what} kept the window busy for {took * 1000:.0f} ms")
            self._since = thread_time()  # the comparison is no work of the window's


def slowness() -> float:
    """Return how many times slower than the limit's machine this one is right now, at least 1."""
    best = min(_fixed_computation() for _ in range(5))
    return max(1.0, best / PACE)


def _fixed_computation() -> float:
    start, kept = thread_time(), {}
    for number in range(20_000):
        kept[number % 512] = str(number)
    return thread_time() - start


@contextmanager
def watched(patch: pytest.MonkeyPatch, limit: float = LIMIT) -> Iterator[Watchdog]:
    """Watch everything that a test sends to windows from now on."""
    dog = Watchdog(limit)
    for name in (*_SENDING, *_RUNNING):
        patch.setattr(QTest, name, staticmethod(_measured(dog, getattr(QTest, name), f"QTest.{name}")))
    for owner in (QApplication, QCoreApplication):
        measured = _measured(dog, owner.processEvents, "the event loop")
        patch.setattr(owner, "processEvents", staticmethod(measured))
    dispatcher = QAbstractEventDispatcher.instance()
    assert dispatcher is not None
    dispatcher.awake.connect(dog.round)
    dispatcher.aboutToBlock.connect(dog.round)
    try:
        yield dog
    finally:
        dispatcher.awake.disconnect(dog.round)
        dispatcher.aboutToBlock.disconnect(dog.round)


def _measured(dog: Watchdog, function: Callable[..., Any], name: str) -> Callable[..., Any]:
    @functools.wraps(function)
    def measured(*arguments: Any, **named: Any) -> Any:
        shown = [str(one) for one in arguments if isinstance(one, str) or type(one).__name__ == "Key"]
        with dog.turn(" ".join([name, *shown])):
            return function(*arguments, **named)

    return measured
