"""Long work on the window's own thread, done in steps of some milliseconds while nothing else is to be done."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.base.bulk import much_may_stay
from annotator.base.errors import AnnotatorError

_AT_ONCE = 0.001
"""Seconds of work in one turn of the event loop, or one step: a key that comes meanwhile waits for no more."""


class InSteps(QObject):
    """Goes through one iterator at a time; ``finished`` tells the end, ``failed`` what AnnotatorError came instead."""

    finished = Signal()
    failed = Signal(AnnotatorError)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: Iterator[object] = iter(())
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._turn)

    @property
    def is_active(self) -> bool:
        """Whether there is something left to do."""
        return self._timer.isActive()

    def begin(self, steps: Iterator[object]) -> None:
        """Begin with the next turn of the event loop, with other work than before if there was any."""
        self._steps = steps
        self._timer.start(0)

    def postpone(self, milliseconds: int) -> None:
        """Do nothing for so long, counted from now; it is for whoever is at work just then."""
        if self.is_active:
            self._timer.start(milliseconds)

    def stop(self) -> None:
        """Leave the rest; nothing is told."""
        self._timer.stop()
        self._steps = iter(())

    def _turn(self) -> None:
        self._timer.setInterval(0)
        self.step()

    def step(self, seconds: float = 0) -> None:
        """Do some of it now, for so long if that is longer than usual: what is short is finished when this returns."""
        much_may_stay()
        end = perf_counter() + max(seconds, _AT_ONCE)
        try:
            for _ in self._steps:
                if perf_counter() > end:
                    return
        except AnnotatorError as error:
            self.stop()
            self.failed.emit(error)
            return
        self.stop()
        self.finished.emit()
