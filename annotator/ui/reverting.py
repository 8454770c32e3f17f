"""Undo and redo in the window: at once, or beside it where a step changed very much."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from annotator.model.changes import Origin
from annotator.project.project import Project, Reverted
from annotator.ui.actions.registry import Actions
from annotator.ui.large_step import Said, take_step
from annotator.ui.state import UiState


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
        size = 0 if project.read_only else project.step_size(origin)
        take_step(
            self._state, self._window, step, lambda done: self._tell(origin, done),
            size=size, said=lambda: self._said(project, origin),
        )  # fmt: skip

    def _said(self, project: Project, origin: Origin) -> Said:
        if origin is Origin.UNDO:
            return Said(self.tr("Undo"), self.tr("Undoing: {0}").format(project.undo_label))
        return Said(self.tr("Redo"), self.tr("Doing again: {0}").format(project.redo_label))

    def _tell(self, origin: Origin, done: Reverted) -> None:
        if done.skipped:
            text = self.tr("Somebody has changed this since, so it stays: {0}").format(", ".join(done.skipped))
            self._state.tell(text, "warning")
        elif done.change_set is not None:
            text = self.tr("Undone: {0}") if origin is Origin.UNDO else self.tr("Done again: {0}")
            self._state.tell(text.format(done.label))
