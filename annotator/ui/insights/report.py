"""Saving the agreement report: a page to cite and a table beside it, written by a worker."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import QEvent, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from annotator import __version__
from annotator.base.clock import now
from annotator.ui.insights.inquiry import Inquiry
from annotator.ui.state import UiState
from annotator.ui.theme.apply import current_theme
from annotator.ui.theme.icons import icon
from annotator.ui.widgets.elided_label import ElidedLabel
from annotator.ui.widgets.work import Report, Stopped, Work, run_work

_ICON = 14


class ReportBar(QWidget):
    """Says what became of a report, hidden before; "Open folder" shows it among the files."""

    def __init__(self, state: UiState, inquiry: Inquiry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reportBar")
        self._state, self._inquiry = state, inquiry
        self._work: Work | None = None
        self.written: tuple[Path, ...] = ()
        self._picture, self.said = QLabel(), ElidedLabel()
        self.open_folder = QPushButton(self.tr("Open folder"))
        self.open_folder.setObjectName("reportFolder")
        self._close = QToolButton()
        self._close.setToolTip(self.tr("Take this message away"))
        self._close.setAccessibleName(self._close.toolTip())
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 2, 8, 4)
        row.setSpacing(8)
        for part, stretch in ((self._picture, 0), (self.said, 1), (self.open_folder, 0), (self._close, 0)):
            row.addWidget(part, stretch)
        self.open_folder.clicked.connect(self._show_folder)
        self._close.clicked.connect(self.hide)
        state.project_opened.connect(self.hide)
        self.hide()

    def ask(self) -> None:
        """Ask where to, and write the report of the numbers that are shown."""
        project = self._state.project
        if project is None or self._inquiry.answer is None or self._work is not None:
            return
        word = self.tr("agreement")
        proposal = project.path.with_name(f"{project.path.stem} – {word}.html")
        kinds = self.tr("Web pages (*.html)")
        name, _ = QFileDialog.getSaveFileName(self.window(), self.tr("Agreement report"), str(proposal), kinds)
        if name:
            path = Path(name)
            self.write(path if path.suffix else path.with_suffix(".html"))

    def write(self, path: Path) -> None:
        """Write the report of the numbers that are shown."""
        answer = self._inquiry.answer
        if answer is None:
            return

        def job(_report: Report, _stopped: Stopped) -> object:
            from annotator.exchange.agreement_report import Made, write_report

            return write_report(path, answer.loaded, answer.measures, Made(now()[:10], __version__))

        self._tell("", self.tr("Writing the report…"))
        self._work = run_work(self, job)
        self._work.finished.connect(self._finish)
        self._work.failed.connect(self._fail)
        self._work.cancelled.connect(lambda: self._fail(self.tr("Stopped. Nothing was written.")))

    def _finish(self, result: object) -> None:
        self.written = cast("tuple[Path, ...]", result)
        names = self.tr("{0} and {1}").format(*(path.name for path in self.written))
        text = self.tr("Report written: {files}, in {folder}").format(files=names, folder=self.written[0].parent)
        self._work = None
        self._tell("check", text)
        self.open_folder.show()
        self._state.tell(self.tr("Report written: {files}").format(files=names))

    def _fail(self, text: str) -> None:
        self._work = None
        self._tell("warning", text)
        self._state.tell(text, "warning")

    def _tell(self, icon_name: str, text: str) -> None:
        self._icon = icon_name
        self.said.setText(text)
        self.open_folder.hide()
        self._tint()
        self.show()

    def _tint(self) -> None:
        theme = current_theme()
        self._close.setIcon(icon("close", theme.secondary))
        name = getattr(self, "_icon", "")
        colour = theme.warning if name == "warning" else theme.success
        self._picture.setVisible(bool(name))
        if name:
            self._picture.setPixmap(icon(name, colour).pixmap(_ICON, _ICON))

    def changeEvent(self, event: QEvent) -> None:
        """Tint the icons anew when the theme changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_close"):
            self._tint()

    def _show_folder(self) -> None:
        if self.written:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.written[0].parent)))
