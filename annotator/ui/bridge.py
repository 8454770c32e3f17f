"""From the project's notification to one Qt signal that every part of the window hears alike."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from annotator.model.changes import ChangeSet
from annotator.project.project import Project


class Bridge(QObject):
    """Emits ``changed`` with each committed ChangeSet, or with None when everything is to be read anew."""

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop: Callable[[], None] = _nothing

    def watch(self, project: Project | None) -> None:
        """Pass on this project's changes from now on, and no other's."""
        self._stop()
        self._stop = project.subscribe(self._emit) if project is not None else _nothing

    def _emit(self, change_set: ChangeSet | None) -> None:
        self.changed.emit(change_set)


def _nothing() -> None:
    """What stops the watching of no project."""
