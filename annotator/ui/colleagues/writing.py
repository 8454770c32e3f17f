"""A colleague's file being written on a worker thread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from annotator.base.errors import AnnotatorError
from annotator.base.uuid7 import uuid7
from annotator.model.annotation import Annotator
from annotator.operations.handing_out import Parcel, write_copy
from annotator.project.opening import open_project
from annotator.project.project import Project
from annotator.ui.colleagues.hand_out_wording import Wish
from annotator.ui.widgets.work import Report, Stopped, run_work


class _NotWantedError(AnnotatorError):
    """The person has pressed Stop."""


class Writing:
    """One copy on its way; ``work`` tells how far it is, and hands over the Parcel."""

    def __init__(self, parent: QObject, project: Project, wish: Wish, to: Path) -> None:
        mine, written = project.path, []
        who = Annotator(wish.annotator or uuid7(), wish.name)

        def write(report: Report, stopped: Stopped) -> Parcel:
            def after_each(done: int, total: int) -> None:
                if stopped():
                    raise _NotWantedError
                report(done, total)

            reading = open_project(mine, read_only=True)
            try:
                parcel = write_copy(
                    reading, to, who, articles=wish.articles, blind=wish.blind, after_each=after_each
                )  # fmt: skip
            finally:
                reading.close()
            written.append(parcel)
            return parcel

        self._written: list[Parcel] = written
        self.work = run_work(parent, write)

    def take_away(self) -> None:
        """Take the copy away that was whole before the worker heard that it is not wanted."""
        for parcel in self._written:
            parcel.path.unlink(missing_ok=True)
