"""The real window under measurement: real key events, and frames that count once they have been painted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from annotator.app import create_window
from annotator.base.settings import Settings
from annotator.model.span import Span
from annotator.ui.main_window import MainWindow
from annotator.ui.widgets.dismiss import keep_until_gone
from benchmarks.timing import clock
from benchmarks.workload.project import ANNA

_PATIENCE = 20.0


class Painted(QObject):
    """Counts how often a widget has been painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.count = 0
        self._widget = widget
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Count paint events; let everything through."""
        if event.type() is QEvent.Type.Paint:
            self.count += 1
        return False

    def frame(self, action: Callable[[], object]) -> None:
        """Do something and return once the widget has been painted after it and nothing is left to do."""
        before = self.count
        action()
        self.wait(lambda: self.count > before)
        QApplication.processEvents()

    def wait(self, until: Callable[[], bool]) -> None:
        """Run the event loop until something holds. Raises TimeoutError."""
        end = perf_counter() + _PATIENCE
        while not until():
            QApplication.processEvents()
            if perf_counter() > end:
                raise TimeoutError("the window did not paint")

    def close(self) -> None:
        """Look no longer."""
        self._widget.removeEventFilter(self)


def settings(folder: Path) -> Path:
    """Make Anna's settings in a folder, without backups: they would be copied while we measure."""
    made = Settings(folder)
    for name, value in (
        ("annotator_uid", ANNA.uid),
        ("annotator_name", ANNA.name),
        ("backups", False),
        ("theme", "light"),
    ):
        made[name] = value
    return folder


class Bench:
    """A window on a project, its reader and its list watched."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.reader = Painted(window.desk.reader.viewport())
        self.list = Painted(window.side.article_list.viewport())

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)

    def open(self, uid: str) -> None:
        """Open an article and wait until the reader shows it."""
        self.reader.frame(lambda: self.window.side.open(uid))

    def open_at_sight(self, uid: str) -> tuple[float, float]:
        """Open an article as ``open`` does; return the seconds until its text had been painted, and until all was.

        Of a long one it is the beginning that is painted first.
        """
        begun: list[float] = []
        before, start = self.reader.count, clock()

        def seen() -> None:
            assert self.reader.count > before
            begun.append(clock() - start)

        # Those who show it were connected before, and have painted when this is told.
        connected = self.window.state.article_coming.connect(seen)
        self.open(uid)
        whole = clock() - start
        self.window.state.article_coming.disconnect(connected)
        return begun[0], whole

    def go_to(self, position: int) -> None:
        """Put the caret somewhere in sight, nothing selected."""
        reader = self.window.desk.reader
        reader.setFocus(Qt.FocusReason.OtherFocusReason)
        reader.reveal(Span(position, position + 1))
        reader.set_caret(position)
        settle()

    @property
    def uids(self) -> list[str]:
        """The articles in the list's order."""
        return list(self.window.side.listed_articles())


def settle() -> None:
    """Let the window do what it has to do."""
    for _ in range(3):
        QApplication.processEvents()


@contextmanager
def opened(project: Path | None, folder: Path) -> Iterator[Bench]:
    """Open the real window, and close it in the end."""
    window = create_window(project, settings_dir=settings(folder))
    window.resize(1280, 800)
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowExposed(window)
    settle()
    bench = Bench(window)
    try:
        yield bench
    finally:
        bench.reader.close()
        bench.list.close()
        window.close()
        keep_until_gone(window)
        window.deleteLater()
        # No loop is left that would delete it; windows that stay slow down all that come after.
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        settle()
