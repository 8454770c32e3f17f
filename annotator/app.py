"""The composition root: settings, theme, project and window are built here and nowhere else."""

from __future__ import annotations

import logging
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, QSocketNotifier, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from annotator import __version__
from annotator.base import paths
from annotator.base.errors import AnnotatorError
from annotator.base.settings import Settings
from annotator.model.annotation import Annotator
from annotator.ui.collector import collect_on_ui_thread
from annotator.ui.sources_unread import leave_sources_unread

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow

_DEMO_ARTICLES = 3
_log = logging.getLogger(__name__)
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def application() -> QApplication:
    """Return the one application object, made when there is none yet; what Qt has to say goes to the log then."""
    known = QApplication.instance()
    if isinstance(known, QApplication):
        return known
    leave_sources_unread()
    logging.getLogger("annotator").addHandler(logging.NullHandler())  # or Python would print what no file takes
    qInstallMessageHandler(take_qt_message)
    app = QApplication(["annotator"])
    app.setApplicationName("annotator")
    app.setApplicationDisplayName("Annotator")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("annotator")
    return app


def take_qt_message(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Log what Qt says; only what ends the program is for the user's eyes too."""
    _log.log(_LEVELS.get(kind, logging.WARNING), "Qt: %s", text)
    if kind == QtMsgType.QtFatalMsg:
        sys.stderr.write(f"annotator: {' '.join(text.split())}\n")


def create_window(project: Path | None, *, settings_dir: Path) -> MainWindow:
    """Build the real window without running an event loop, on a project or with the welcome page.

    A large project that an earlier version has written is converted once the window is there, and then opened.
    Raises ProjectError and its kinds when the project cannot be opened; no window stays behind then.
    """
    collect_on_ui_thread(application())
    # Not before: Python would collect while the window's two hundred modules are loaded, and PySide read them all.
    from annotator.project.opening import login_name, open_project, takes_long_to_open

    settings = Settings(settings_dir)
    slow = project if project is not None and takes_long_to_open(project) else None
    opened = open_project(project) if project is not None and slow is None else None
    if opened is not None:
        opened.read_ahead(settings.annotator_uid)  # while those modules are loaded
    from annotator.ui.main_window import MainWindow

    window = MainWindow(settings, login_name())
    if opened is not None:
        window.show_project(opened)
    else:
        window.show_welcome()
    if slow is not None:
        QTimer.singleShot(0, window, lambda: window.files.open_path(slow))  # once there is a window to say it in
    return window


def run(project: Path | None = None, *, settings_dir: Path | None = None, sample: bool = False) -> int:
    """Open the window and stay until it is closed; returns the exit code.

    Raises ProjectError and its kinds when the project cannot be opened.
    """
    from annotator.ui.safety import watch_for_crashes

    app = application()
    folder = settings_dir or paths.default_settings_dir()
    watch_for_crashes(folder)
    window = create_window(project, settings_dir=folder)
    if sample:
        window.files.open_sample()
    return _stay(app, window)


def _stay(app: QApplication, window: MainWindow) -> int:
    # The window ends the program, whatever small one may still be there; Qt's own rule would ask for the end twice.
    ending = window.closed.connect(app.quit)
    app.setQuitOnLastWindowClosed(False)
    window.show()
    QTimer.singleShot(0, window.safety.offer_reports)
    try:
        with _closed_by_signals(window):
            return app.exec()
    finally:
        # Asked to quit outside its loop, Qt would let no further loop run.
        window.closed.disconnect(ending)
        app.setQuitOnLastWindowClosed(True)


@contextmanager
def _closed_by_signals(window: MainWindow) -> Iterator[None]:
    """Let Ctrl+C in the terminal, or the system's shutting down, close the window, so that nothing typed is lost.

    Python sees a signal only when its own code runs, which Qt's loop may not let it for long: the socket wakes it.
    """
    import socket

    ours, woken = socket.socketpair()
    with ours, woken:
        ours.setblocking(False)
        notifier = QSocketNotifier(woken.fileno(), QSocketNotifier.Type.Read)
        notifier.activated.connect(lambda: woken.recv(64))
        before = signal.set_wakeup_fd(ours.fileno())
        handlers = {one: signal.signal(one, lambda *_: window.close()) for one in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for one, handler in handlers.items():
                signal.signal(one, handler)
            signal.set_wakeup_fd(before)
            notifier.setEnabled(False)


def run_demo(out: Path) -> list[Path]:
    """Do the main job without a screen: articles in, tagged through the real window, CSV out, a picture.

    Returns the files made. A project of an earlier run in the folder stays; the tables and the picture are made anew.
    The settings are the demonstration's own and go with it. Raises AnnotatorError when something cannot be written.
    """
    from annotator.exchange.csv_tables import Profile, export_csv
    from annotator.project.opening import open_project
    from annotator.ui import demo

    application()
    picture = out / "window.png"
    with tempfile.TemporaryDirectory(prefix="annotator-demo-") as folder:
        settings = Settings(Path(folder))
        for name, value in (("annotator_name", "Demonstrator"), ("theme", "light"), ("backups", False)):
            settings[name] = value
        path = _demo_project(out, settings)
        window = create_window(path, settings_dir=settings.folder)
        try:
            demo.tag_articles(window, _DEMO_ARTICLES)
            demo.show_best(window)
            demo.picture(window, picture)
        finally:
            window.close()
    project = open_project(path, read_only=True)
    try:
        summary = export_csv(project, out / "csv", profile=Profile.SPREADSHEET)
    finally:
        project.close()
    return [path, *summary.files, picture]


def _demo_project(out: Path, settings: Settings) -> Path:
    from annotator.exchange.codebook_file import shipped_codebook
    from annotator.exchange.samples import read_samples, shipped_samples
    from annotator.operations.articles import add_articles
    from annotator.project.opening import create_project, work_as

    out.mkdir(parents=True, exist_ok=True)
    path = _free_name(out, "demo")
    codebook = shipped_codebook("news")
    project = create_project(path, codebook, name="Demonstration")
    try:
        work_as(project, Annotator(settings.annotator_uid, settings["annotator_name"]))
        add_articles(project, read_samples(shipped_samples(), codebook, "", "").articles)
    finally:
        project.close()
    return path


def _free_name(folder: Path, stem: str) -> Path:
    names = (f"{stem}{'' if number == 1 else f'-{number}'}.annot" for number in count(1))
    return next(path for path in (folder / name for name in names) if not path.exists())


def main() -> None:
    """Start the window from a desktop entry: the first argument may be a project file.

    Nobody sees a terminal there: a file that cannot be opened is told in the window.
    """
    project = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    logging.getLogger().addHandler(logging.NullHandler())
    try:
        sys.exit(run(project))
    except AnnotatorError:
        app = application()
        window = create_window(None, settings_dir=paths.default_settings_dir())
        QTimer.singleShot(0, lambda: project is not None and window.files.open_path(project))
        sys.exit(_stay(app, window))
