"""Memory: with the giant open, and whether it grows in an hour of work."""

from __future__ import annotations

import gc

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks import window
from benchmarks.child import memory
from benchmarks.context import Run
from benchmarks.measures import start
from benchmarks.timing import Row, Sample, Target
from benchmarks.window import Bench, opened, settle

_CTRL = Qt.KeyboardModifier.ControlModifier
STEPS, SWITCHES = 10_000, 1_000
"""An hour of quick work: tags and undo steps, and articles opened."""


def rows(run: Run, steps: int = STEPS, switches: int = SWITCHES) -> list[Row]:
    """Tag and undo, and go from article to article; what it grows by, after a tenth of it has warmed everything up."""
    code, folder = start.byte_code(run), window.settings(run.settings)
    # In a process of its own: this one holds what the measures before have left.
    _, bare = start.started(code, "bare")
    _, held = start.started(code, str(run.giant()), str(folder))
    copy = run.copy(run.project(max(run.sizes)))
    with opened(copy, run.settings) as bench:
        _work(bench, steps // 10, switches // 10)
        before = _now()
        _work(bench, steps, switches)
        grown = 100 * (_now() / before - 1) if before else 0.0
    copy.unlink()
    name = f"growth by {steps:,} tags and undos, {switches:,} articles"
    giant = Row("memory with the giant open", 0, held, Target(median=300), bare, "bare Qt window", "MB")
    return [giant, Row(name, 0, Sample((grown,)), Target(median=10), unit="%")]


def _now() -> float:
    settle()
    gc.collect()
    return memory()


def _work(bench: Bench, steps: int, switches: int) -> None:
    """Every article gets its share of the steps: tag at the caret, undo."""
    reader = bench.window.desk.reader
    each = max(steps // switches, 2)
    for number in range(switches):
        QTest.keyClick(bench.window.side.article_list, Qt.Key.Key_Down, _CTRL)
        settle()
        reader.setFocus()
        for at in range(each // 2):
            reader.set_caret(40 + (number * 7 + at * 90) % 3_000)
            QTest.keyClick(reader, Qt.Key.Key_3)
            QApplication.processEvents()
            QTest.keyClick(reader, Qt.Key.Key_Z, _CTRL)
            QApplication.processEvents()
