"""Long work off the UI thread: progress, a way to stop it, and its result or failure told on the UI thread.

The worker never touches an object of the window: it speaks through a relay that lives until the work has ended, so
that a dialog may go while its work still runs.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from annotator.base.errors import AnnotatorError

_log = logging.getLogger(__name__)
_BETWEEN = 0.04
"""Seconds between two reports of progress: more often is not seen."""

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
        self._relay = _Relay()
        self._relay.progress.connect(self.progress, Qt.ConnectionType.QueuedConnection)
        self._relay.ended.connect(self._end, Qt.ConnectionType.QueuedConnection)
        self.destroyed.connect(self._relay.stop.set)
        _running.add(self._relay)
        QThreadPool.globalInstance().start(_Run(job, self._relay))

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

    def __init__(self) -> None:
        super().__init__()
        self.stop = threading.Event()
        self._last = 0.0
        self.ended.connect(self._retire, Qt.ConnectionType.QueuedConnection)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.stop.set)

    def report(self, done: int, total: int) -> None:
        """Tell the progress, seldom enough for the eye; called by the worker."""
        moment = time.monotonic()
        if moment - self._last >= _BETWEEN or (total and done >= total):
            self._last = moment
            self.progress.emit(done, total)

    @Slot(object, object)
    def _retire(self, _result: object, error: object) -> None:
        _running.discard(self)
        if isinstance(error, BaseException) and not isinstance(error, AnnotatorError):
            sys.excepthook(type(error), error, error.__traceback__)


class _Run(QRunnable):
    def __init__(self, job: Job, relay: _Relay) -> None:
        super().__init__()
        self._job = job
        self._relay = relay

    def run(self) -> None:
        """Do the work; called on a thread of the pool."""
        result: object = None
        error: Exception | None = None
        try:
            result = self._job(self._relay.report, self._relay.stop.is_set)
        except Exception as raised:  # noqa: BLE001  told on the UI thread, where the crash report hears of it too
            error = raised
            if not isinstance(raised, AnnotatorError):
                _log.error("work in a worker thread failed", exc_info=raised)
        self._relay.ended.emit(result, error)


_running: set[_Relay] = set()
"""The relays of work under way: one that dies on the worker's thread would take Qt's event queue with it."""


def run_work(parent: QObject | None, job: Job) -> Work:
    """Run ``job(report, stopped)`` on a worker thread; connect to the signals of what is returned at once."""
    return Work(parent, job)
