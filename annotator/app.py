"""The composition root: settings, theme, project and window are built here and nowhere else."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from annotator import __version__
from annotator.base import paths
from annotator.base.settings import Settings
from annotator.ui.main_window import MainWindow


def application() -> QApplication:
    """Return the one application object, made when there is none yet."""
    known = QApplication.instance()
    if isinstance(known, QApplication):
        return known
    app = QApplication(["annotator"])
    app.setApplicationName("annotator")
    app.setApplicationDisplayName("Annotator")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("annotator")
    return app


def create_window(project: Path | None, *, settings_dir: Path) -> MainWindow:
    """Build the real window without running an event loop, on a project or with the welcome page.

    Raises ProjectError and its kinds when the project cannot be opened; no window stays behind then.
    """
    from annotator.project.opening import login_name, open_project

    application()
    opened = open_project(project) if project is not None else None
    window = MainWindow(Settings(settings_dir), login_name())
    if opened is not None:
        window.show_project(opened)
    return window


def run(project: Path | None = None, *, settings_dir: Path | None = None, sample: bool = False) -> int:
    """Open the window and stay until it is closed; returns the exit code."""
    app = application()
    window = create_window(project, settings_dir=settings_dir or paths.default_settings_dir())
    if sample:
        window.files.open_sample()
    window.show()
    QTimer.singleShot(0, window.after_first_paint)
    return app.exec()


def main() -> None:
    """Start the window from a desktop entry: the first argument may be a project file."""
    project = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    sys.exit(run(project))
