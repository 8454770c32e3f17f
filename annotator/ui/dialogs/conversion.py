"""A large project of an earlier version being made ready for this one: it takes a while, and it says so."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from annotator.project.opening import convert
from annotator.ui.widgets.dialog import small
from annotator.ui.widgets.waiting import Waiting
from annotator.ui.widgets.work import Report, Stopped, run_work


class ConversionDialog(Waiting):
    """Converts at once; ``converted`` is told at the end, or ``failed`` with the reason, and the dialog is gone.

    It cannot be closed before: half a conversion is none, the file would only have to be converted again.
    """

    converted = Signal()
    failed = Signal(str)

    def __init__(self, parent: QWidget, path: Path) -> None:
        # Not self.tr() before there is a self that Qt knows.
        text = _tr("{0} is being made ready for this version of Annotator…").format(path.name)
        super().__init__(parent, _tr("Converting the project"), text, width=440)
        self.setObjectName("conversion")
        hint = small(
            self.tr(
                "An earlier version has written it. A copy of the file as it was is made first and stays beside it."
            )
        )
        self.body.addWidget(hint)

        def job(_report: Report, _stopped: Stopped) -> object:
            convert(path)
            return None

        self._work = run_work(self, job)
        self._work.finished.connect(lambda _: self._end())
        self._work.failed.connect(self._end)

    def _end(self, problem: str = "") -> None:
        self.accept()
        if problem:
            self.failed.emit(problem)
        else:
            self.converted.emit()


def _tr(text: str) -> str:
    return QCoreApplication.translate("ConversionDialog", text)
