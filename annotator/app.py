"""The composition root: settings, theme, project and window are built here and nowhere else."""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from annotator import __version__
from annotator.base import paths
from annotator.base.settings import Settings
from annotator.model.annotation import Annotator
from annotator.ui.main_window import MainWindow
from annotator.ui.safety import watch_for_crashes

_DEMO_ARTICLES = 3


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
    folder = settings_dir or paths.default_settings_dir()
    watch_for_crashes(folder)
    window = create_window(project, settings_dir=folder)
    if sample:
        window.files.open_sample()
    window.show()
    QTimer.singleShot(0, window.safety.offer_reports)
    return app.exec()


def run_demo(out: Path) -> list[Path]:
    """Do the main job without a screen: articles in, tagged through the real window, CSV out, a picture.

    Returns the files made. A project of an earlier run in the folder stays; the tables and the picture are made anew.
    """
    from annotator.exchange.codebook_file import shipped_codebook
    from annotator.exchange.csv_tables import Profile, export_csv
    from annotator.exchange.samples import read_samples, shipped_samples
    from annotator.operations.articles import add_articles
    from annotator.project.opening import create_project, open_project, work_as
    from annotator.ui import demo

    application()
    out.mkdir(parents=True, exist_ok=True)
    path = _free_name(out, "demo")
    codebook = shipped_codebook("news")
    settings = Settings(out / "settings")
    settings["annotator_name"] = "Demonstrator"
    project = create_project(path, codebook, name="Demonstration")
    try:
        work_as(project, Annotator(settings.annotator_uid, settings["annotator_name"]))
        add_articles(project, read_samples(shipped_samples(), codebook, "", "").articles)
    finally:
        project.close()
    window = create_window(path, settings_dir=settings.folder)
    demo.tag_articles(window, _DEMO_ARTICLES)
    window.side.previous_article()
    demo.picture(window, out / "window.png")
    window.close()
    project = open_project(path, read_only=True)
    try:
        summary = export_csv(project, out / "csv", profile=Profile.SPREADSHEET)
    finally:
        project.close()
    return [path, *summary.files, out / "window.png"]


def _free_name(folder: Path, stem: str) -> Path:
    names = (f"{stem}{'' if number == 1 else f'-{number}'}.annot" for number in count(1))
    return next(path for path in (folder / name for name in names) if not path.exists())


def main() -> None:
    """Start the window from a desktop entry: the first argument may be a project file."""
    project = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    sys.exit(run(project))
