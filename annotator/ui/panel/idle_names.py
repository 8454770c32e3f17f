"""Gets the entities' names ready while nothing else is to be done: 50,000 take longer than a key stroke may."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject

from annotator.ui.state import UiState
from annotator.ui.widgets.in_steps import InSteps

PAUSE_MS = 60
"""How long nothing must have been selected or tagged: names can wait, keys that follow each other should not."""
_log = logging.getLogger(__name__)


class IdleNames(InSteps):
    """The names of the project that is open; where they cannot be read, whoever types one is told what is wrong."""

    def __init__(self, state: UiState, parent: QObject) -> None:
        super().__init__(parent)
        self._state = state
        self.failed.connect(lambda error: _log.info("the names are not ready: %s", type(error).__name__))
        state.project_opened.connect(self.stop)

    def prepare(self) -> None:
        """Begin, or go on, when there has been a pause; what is ready already stays."""
        project = self._state.project
        if project is not None and not self.is_active:
            self.begin(project.cache.prepare_names())
        self.postpone(PAUSE_MS)
