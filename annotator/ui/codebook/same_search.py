"""Looking, beside the window, for pairs of entities that may be one and the same."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from annotator.ui.codebook.duplicates import Pair, likely
from annotator.ui.codebook.same_list import SameList
from annotator.ui.state import UiState
from annotator.ui.widgets.work import Report, Stopped, Work, run_work

_PAUSE_MS = 300
"""After a change they are looked for anew when nothing has changed for this long."""


class SameSearch(QObject):
    """Fills a list of pairs; what was said to be two is not proposed again as long as this lives."""

    def __init__(self, state: UiState, shown: SameList, parent: QObject) -> None:
        super().__init__(parent)
        self._state, self._shown = state, shown
        self._apart: set[frozenset[str]] = set()
        self._found: list[Pair] = []
        self.work: Work | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.look)
        shown.dismissed.connect(self._keep_apart)

    def look_soon(self) -> None:
        """Look anew in a moment."""
        self._pause.start()

    def look(self) -> None:
        """Look anew."""
        project = self._state.project
        if project is None or project.read_only:
            return
        self.cancel()
        known = list(project.cache.entities.values())

        def looking(_report: Report, stopped: Stopped) -> list[Pair]:
            return likely(known, stopped=stopped)

        self.work = run_work(self, looking)
        self.work.finished.connect(self._show)

    def cancel(self) -> None:
        """Look no longer."""
        if self.work is not None:
            self.work.cancel()

    def _show(self, pairs: list[Pair]) -> None:
        project = self._state.project
        if project is None:
            return
        self._found = pairs
        there = project.cache.entities
        wanted = [pair for pair in pairs if pair.uids not in self._apart and pair.uids <= there.keys()]
        self._shown.show_pairs(wanted, editable=self._state.writable)

    def _keep_apart(self, pair: Pair) -> None:
        self._apart.add(pair.uids)
        self._show(self._found)
