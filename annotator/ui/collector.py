"""Python's cyclic garbage is collected on the UI thread only.

Python collects in whichever thread happens to make the object that is one too many. On a worker's thread it would
delete widgets and other objects of Qt's that had waited in a circle of references, while the UI thread uses their
neighbours: a crash, or an object that is told to be gone right after it was made.
"""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from annotator.base import bulk

LOOK_MS = 1000
"""How often is looked whether there is enough to collect."""
FULL_SECONDS = 30.0
"""How long at least between two looks at everything: that takes some hundredths of a second.

Not at what was there when the first look was due: classes, functions and tables of the program stay for good.
"""

_MUCH = 20_000
"""So many new objects take some thousandths of a second to look at."""
_NAME = "collector"


class Collector(QObject):
    """Takes the place of Python's own collecting as long as it lives."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName(_NAME)
        gc.disable()
        self._last, self._began = time.monotonic(), False
        self._bulk = self._set_aside = False
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect the generations that have as much to collect as Python itself would wait for."""
        if not self._began:
            self._began = True
            gc.freeze()
        if self._waits():
            return
        counts, thresholds = gc.get_count(), gc.get_threshold()
        over = [number for number in range(3) if counts[number] > thresholds[number]]
        if not over:
            return
        generation = max(over)
        if generation == 2:
            if time.monotonic() - self._last < FULL_SECONDS:
                generation = 1
            else:
                self._last = time.monotonic()
                self._take_back()
        gc.collect(generation)

    def _waits(self) -> bool:
        """Leave alone what a worker makes by the hundred thousand: to go through it keeps the window for half a second.

        It is set aside when it is there, together with all else, until everything is looked at the next time. So is a
        large project or article that was just opened.
        """
        opened = bulk.may_much_stay() and gc.get_count()[0] > _MUCH
        if bulk.under_way():
            self._bulk = True
        elif self._bulk or opened:
            self._bulk, self._set_aside = False, True
            gc.freeze()
        else:
            return False
        return True

    def _take_back(self) -> None:
        if self._set_aside:
            self._set_aside = False
            gc.unfreeze()


def collect_on_ui_thread(app: QCoreApplication) -> None:
    """Have garbage collected on the UI thread from now on; called again it does nothing."""
    if app.findChild(QObject, _NAME) is None:
        Collector(app)
