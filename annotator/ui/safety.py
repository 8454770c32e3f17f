"""What keeps the work safe besides the commit: backups after opening, and reports of crashes."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget

from annotator.base import crash
from annotator.base.settings import Settings
from annotator.ui.state import UiState
from annotator.ui.widgets.work import Report, Stopped, run_work

_log = logging.getLogger(__name__)
_AFTER_PAINT_MS = 200


class Safety(QObject):
    """Makes backups once the window has painted, in a worker; offers the reports of crashes before."""

    def __init__(self, window: QWidget, state: UiState, settings: Settings) -> None:
        super().__init__(window)
        self._window, self._state, self._settings = window, state, settings
        self.backups = settings.folder / "backups"
        self.crashes = settings.folder / "crashes"
        # Parented to the window: a window that goes before takes the timer with it.
        self._timer = QTimer(self, singleShot=True, interval=_AFTER_PAINT_MS)
        self._timer.timeout.connect(self._back_up)

    def after_opening(self) -> None:
        """Make a backup of the project that was opened, soon, if something changed since the last one."""
        self._timer.start()

    def _back_up(self) -> None:
        project = self._state.project
        if project is None or project.read_only or not self._settings["backups"]:
            return
        path, folder = project.path, self.backups
        cap = int(self._settings["backup_megabytes"]) * 1_000_000

        def job(_report: Report, _stopped: Stopped) -> object:
            from annotator.project.backups import make_backup

            return make_backup(path, folder, cap_bytes=cap)

        work = run_work(self, job)
        work.failed.connect(lambda text: self._state.tell(self.tr("No backup was made: {0}").format(text), "warning"))

    def offer_reports(self) -> None:
        """Say that the program broke last time, and where the report lies; nothing is ever sent."""
        reports = crash.pending_reports(self.crashes)
        if not reports:
            return
        box = QMessageBox(
            QMessageBox.Icon.Information,
            self.tr("Annotator broke last time"),
            self.tr(
                "What was shown as saved is there. A report was written: it holds versions and program lines,"
                " no words of your articles. You can send it to the developers; nothing is sent by itself."
            ),
            QMessageBox.StandardButton.Close,
            self._window,
        )
        box.setObjectName("crashReport")
        show = box.addButton(self.tr("Show the report"), QMessageBox.ButtonRole.ActionRole)
        show.clicked.connect(lambda: _show(reports[-1]))
        box.finished.connect(lambda _: _dismiss(reports))
        box.open()


def _dismiss(reports: list[Path]) -> None:
    for report in reports:
        crash.dismiss(report)


def _show(report: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(report)))


def watch_for_crashes(settings_dir: Path) -> None:
    """Write the log and the crash reports into the settings folder from now on."""
    from PySide6 import __version__ as pyside
    from PySide6.QtCore import qVersion

    from annotator.base import log

    folder = settings_dir / "crashes"
    if log.set_up_logging(folder) is None:
        _log.warning("no log can be written to the settings folder")
    crash.watch(folder, versions={"PySide6-Essentials": pyside, "Qt": qVersion() or ""})
