"""Long work off the UI thread: progress, a way to stop it, and its result or failure told on the UI thread.

The worker never touches an object of the window: it speaks through a relay that lives until the work has ended, so
that a dialog may go while its work still runs. The relay, the job and what the job holds are let go on the UI thread
only, after the worker's thread has ended: an object of Qt's that dies on another thread takes memory with it that the
UI thread still uses. Each piece of work has a thread of Python's own for that, which can be waited for.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot

from annotator.base.errors import AnnotatorError

_log = logging.getLogger(__name__)
_BETWEEN = 0.04
"""Seconds between two reports of progress: more often is not seen."""
_AWAKE, _ASLEEP = 0.02, 0.0002
"""Seconds that a worker goes on between two moments at which the window is sure to get the interpreter, and how long
each of these is. Who reads a thousand small files gives it away a thousand times, but has it back before the window,
which waits for it, is awake: for a tenth of a second now and then.
"""
_at_once = threading.BoundedSemaphore(max(2, os.cpu_count() or 2))
"""How many pieces of work run at a time; the others wait."""

Report = Callable[[int, int], None]
"""Told how much is done of how much; 0 of all means that nobody knows how much there is."""

Stopped = Callable[[], bool]
"""Tells whether the work is wanted no longer; ask often and return."""

Job = Callable[[Report, Stopped], object]


class Work(QObject):
    """One piece of work under way. Exactly one of ``finished``, ``failed`` and ``cancelled`` is emitted at its end.

    Nothing is emitted any more once its parent is gone.
    """

    progress = Signal(int, int)
    finished = Signal(object)
    failed = Signal(str)
    cancelled = Signal()

    def __init__(self, parent: QObject | None, job: Job) -> None:
        super().__init__(parent)
        self._relay = _Relay(job)
        self._relay.progress.connect(self.progress, Qt.ConnectionType.QueuedConnection)
        self._relay.ended.connect(self._end, Qt.ConnectionType.QueuedConnection)
        self.destroyed.connect(self._relay.stop.set)
        _running.add(self._relay)
        self._relay.start()

    def cancel(self) -> None:
        """Ask the worker to stop; ``cancelled`` is emitted once it has, also when it got through before."""
        self._relay.stop.set()

    @Slot(object, object)
    def _end(self, result: object, error: object) -> None:
        if self._relay.stop.is_set():
            self.cancelled.emit()
        elif isinstance(error, AnnotatorError):
            self.failed.emit(str(error))
        elif error is not None:
            self.failed.emit(self.tr("Something went wrong in the program. Nothing was changed; please try again."))
        else:
            self.finished.emit(result)


class _Relay(QObject):
    """Carries what the worker says to the UI thread, where it lives."""

    progress = Signal(int, int)
    ended = Signal(object, object)  # result, error

    def __init__(self, job: Job) -> None:
        super().__init__()
        self.stop = threading.Event()
        self._job: Job | None = job  # held here too, so that the worker never lets go of it as the last
        self._thread = threading.Thread(target=_run, args=(job, self), name="annotator-work")
        self._last = self._slept = 0.0
        self.ended.connect(self._retire, Qt.ConnectionType.QueuedConnection)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.stop.set)

    def start(self) -> None:
        """Begin the work."""
        self._thread.start()

    def report(self, done: int, total: int) -> None:
        """Tell the progress, seldom enough for the eye; called by the worker."""
        self._let_the_window_in()
        moment = time.monotonic()
        if moment - self._last >= _BETWEEN or (total and done >= total):
            self._last = moment
            self.progress.emit(done, total)

    def stopped(self) -> bool:
        """Tell whether the work is wanted no longer; called by the worker, often."""
        self._let_the_window_in()
        return self.stop.is_set()

    def _let_the_window_in(self) -> None:
        moment = time.monotonic()
        if moment - self._slept >= _AWAKE:
            time.sleep(_ASLEEP)
            self._slept = moment

    @Slot(object, object)
    def _retire(self, _result: object, error: object) -> None:
        self._thread.join()  # telling was the last it did: from here on nobody else holds relay and job
        self._job = None
        _running.discard(self)
        if isinstance(error, BaseException) and not isinstance(error, AnnotatorError):
            sys.excepthook(type(error), error, error.__traceback__)


def _run(job: Job, relay: _Relay) -> None:
    """Do the work; called on the worker's thread."""
    result: object = None
    error: Exception | None = None
    with _at_once:
        try:
            result = job(relay.report, relay.stopped)
        except Exception as raised:  # noqa: BLE001  told on the UI thread, where the crash report hears of it too
            error = raised
            if not isinstance(raised, AnnotatorError):
                _log.error("work in a worker thread failed", exc_info=raised)
    relay.ended.emit(result, error)


_running: set[_Relay] = set()
"""The relays of work under way."""


def run_work(parent: QObject | None, job: Job) -> Work:
    """Run ``job(report, stopped)`` on a worker thread; connect to the signals of what is returned at once."""
    return Work(parent, job)
