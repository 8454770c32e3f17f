"""Gets the entities' names ready while nothing else is to be done: 50,000 take longer than a key stroke may."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer

from annotator.base.bulk import much_may_stay
from annotator.base.errors import AnnotatorError
from annotator.ui.state import UiState

_log = logging.getLogger(__name__)


class IdleNames(QObject):
    """A step of some milliseconds each time that the event loop has nothing to do."""

    def __init__(self, state: UiState, parent: QObject) -> None:
        super().__init__(parent)
        self._state = state
        self._steps: Iterator[None] = iter(())
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._step)
        state.project_opened.connect(self._timer.stop)

    def begin(self) -> None:
        """Begin, unless it is under way; what is ready already stays."""
        project = self._state.project
        if project is not None and not self._timer.isActive():
            self._steps = project.cache.prepare_names()
            self._timer.start()

    def _step(self) -> None:
        much_may_stay()
        try:
            for _ in self._steps:
                return
        except AnnotatorError as error:
            # Whoever types a name reads them then, and is told what is wrong.
            _log.info("the names are not ready: %s", type(error).__name__)
        self._timer.stop()
