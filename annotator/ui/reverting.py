"""Undo and redo in the window: at once, or beside it where a step changed very much."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from annotator.model.changes import Origin
from annotator.project.project import Reverted
from annotator.ui.actions.registry import Actions
from annotator.ui.state import UiState
from annotator.ui.widgets.waiting import Waiting


class Reverting(QObject):
    """``leave_fields`` has every field hand over what is being typed in it."""

    def __init__(self, window: QWidget, state: UiState, actions: Actions, leave_fields: Callable[[], None]) -> None:
        super().__init__(window)
        self._window, self._state, self._leave_fields = window, state, leave_fields
        actions.connect_to({"edit.undo": self.undo, "edit.redo": self.redo})

    def undo(self) -> None:
        """Take the annotator's newest step back and show what changed."""
        self._revert(Origin.UNDO)

    def redo(self) -> None:
        """Do the step that was undone last again."""
        self._revert(Origin.REDO)

    def _revert(self, origin: Origin) -> None:
        project = self._state.project
        if project is None:
            return
        self._leave_fields()
        step = project.undo if origin is Origin.UNDO else project.redo
        if not project.read_only and project.takes_long(origin):
            self._revert_beside(origin, step, project.undo_label if origin is Origin.UNDO else project.redo_label)
            return
        outcome: list[Reverted] = []
        if self._state.attempt(lambda: outcome.append(step())):
            self._tell(origin, outcome[0])

    def _revert_beside(self, origin: Origin, step: Callable[[], Reverted], label: str) -> None:
        text = self.tr("Undoing: {0}") if origin is Origin.UNDO else self.tr("Doing again: {0}")
        title = self.tr("Undo") if origin is Origin.UNDO else self.tr("Redo")
        waiting = Waiting(self._window, title, text.format(label))
        work = self._state.work_beside(waiting, lambda _report, _stopped: step())
        waiting.open()
        work.finished.connect(lambda outcome: self._tell(origin, outcome))
        work.failed.connect(lambda why: self._state.tell(why, "warning"))
        for ended in (work.finished, work.failed, work.cancelled):
            ended.connect(waiting.accept)

    def _tell(self, origin: Origin, done: Reverted) -> None:
        if done.skipped:
            text = self.tr("Somebody has changed this since, so it stays: {0}").format(", ".join(done.skipped))
            self._state.tell(text, "warning")
        elif done.change_set is not None:
            text = self.tr("Undone: {0}") if origin is Origin.UNDO else self.tr("Done again: {0}")
            self._state.tell(text.format(done.label))
