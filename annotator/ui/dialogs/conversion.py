"""A large project of an earlier version being made ready for this one: it takes a while, and it says so."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QWidget

from annotator.project.opening import convert
from annotator.ui.widgets.dialog import Dialog, small
from annotator.ui.widgets.work import Report, Stopped, run_work


class ConversionDialog(Dialog):
    """Converts at once; ``converted`` is told at the end, or ``failed`` with the reason, and the dialog is gone.

    It cannot be closed before: half a conversion is none, the file would only have to be converted again.
    """

    converted = Signal()
    failed = Signal(str)

    def __init__(self, parent: QWidget, path: Path) -> None:
        super().__init__(parent, 440)
        self.setObjectName("conversion")
        self.set_title(self.tr("Converting the project"))
        text = QLabel(self.tr("{0} is being made ready for this version of Annotator…").format(path.name))
        text.setWordWrap(True)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(self.windowTitle())
        hint = small(
            self.tr(
                "An earlier version has written it. A copy of the file as it was is made first and stays beside it."
            )
        )
        for widget in (text, bar, hint):
            self.body.addWidget(widget)

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

    def reject(self) -> None:
        """Stay."""

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stay."""
        event.ignore()
