"""Started afresh for each figure of the start: opens a window, says when it was painted and how much memory it has."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMainWindow, QTextEdit


class First(QObject):
    """Leaves the event loop after the first paint event of a widget has been handled."""

    done = False

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note the paint event."""
        self.done = self.done or event.type() is QEvent.Type.Paint
        return False


def memory() -> float:
    """Return this process's resident memory in megabytes; 0 where the system does not tell it so."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    found = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(found.split()[1]) / 1000


def main() -> None:
    """Open the bare window, or ours on the project and with the settings that are named."""
    if sys.argv[1] == "bare":
        app = QApplication(["bare"])
        window: QMainWindow = QMainWindow()
        seen = QTextEdit("One line.")
        window.setCentralWidget(seen)
        window.resize(1280, 800)
    else:
        from annotator.app import application, create_window

        app = application()
        window = ours = create_window(Path(sys.argv[1]), settings_dir=Path(sys.argv[2]))
        seen = ours.desk.reader
    first = First()
    seen.viewport().installEventFilter(first)
    window.show()
    while not first.done:
        app.processEvents()
    app.processEvents()
    sys.stdout.write(f"painted {time.process_time()}\n")
    sys.stdout.flush()
    for _ in range(5):
        app.processEvents()
    sys.stdout.write(f"{memory()}\n")


if __name__ == "__main__":
    main()
