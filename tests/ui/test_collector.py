from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from support.command import ROOT

from annotator.base import bulk
from annotator.base.bulk import without_collections
from annotator.ui import collector
from annotator.ui.collector import Collector, collect_on_ui_thread


class Circle:
    """Refers to itself, and notes on which thread it goes."""

    gone_on: list[threading.Thread]

    def __init__(self, gone_on: list[threading.Thread]) -> None:
        self.gone_on = gone_on
        self.me = self

    def __del__(self) -> None:
        self.gone_on.append(threading.current_thread())


@pytest.fixture
def looking(qapp: QCoreApplication) -> Iterator[Collector]:
    gc.collect()
    parent = QObject()
    made = Collector(parent)
    made.look()
    yield made
    gc.unfreeze()
    del parent


def in_a_worker(kept: list[list[int]]) -> None:
    """Make so many objects that Python would collect everything there is."""
    kept.extend([number] for number in range(200_000))


def test_garbage_is_collected_where_it_may_be_and_nowhere_else(looking: Collector):
    gone_on: list[threading.Thread] = []
    Circle(gone_on)
    kept: list[list[int]] = []
    worker = threading.Thread(target=in_a_worker, args=(kept,))
    worker.start()
    worker.join()
    assert gone_on == []
    looking.look()
    assert gone_on == [threading.current_thread()]


def test_a_little_garbage_waits(looking: Collector, monkeypatch: pytest.MonkeyPatch):
    asked: list[int] = []
    monkeypatch.setattr(gc, "get_count", lambda: (10, 2, 2))
    monkeypatch.setattr(gc, "collect", asked.append)
    looking.look()
    assert asked == []


def test_everything_is_looked_at_seldom(looking: Collector, monkeypatch: pytest.MonkeyPatch):
    asked: list[int] = []
    monkeypatch.setattr(gc, "get_count", lambda: (10**6, 10**6, 10**6))
    monkeypatch.setattr(gc, "collect", asked.append)
    looking.look()
    monkeypatch.setattr(collector, "FULL_SECONDS", 30.0)
    later = time.monotonic() + 31
    monkeypatch.setattr(time, "monotonic", lambda: later)
    looking.look()
    looking.look()
    assert asked == [1, 2, 1]


def test_there_is_one_for_the_whole_program(qapp: QCoreApplication):
    for _ in range(2):
        collect_on_ui_thread(qapp)
    assert len(qapp.findChildren(Collector)) == 1
    assert not gc.isenabled()


def test_windows_come_and_go_while_a_worker_makes_garbage(tmp_path: Path):
    """The same without the collector crashes within seconds: docs/decisions/0009."""
    code = """
import threading, time
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from annotator.ui.collector import Collector

class Told(QObject):
    told = Signal()

class Window(QWidget):
    def __init__(self):
        super().__init__()
        self.me = self
        column = QVBoxLayout(self)
        for words in "abcde":
            column.addWidget(QLabel(words))
        self.state = Told(self)
        self.state.told.connect(lambda: self)

def worker():
    while not stop.is_set():
        kept = [[number] for number in range(5000)]

app, stop = QApplication([]), threading.Event()
collector = Collector(app)
thread = threading.Thread(target=worker)
thread.start()
end, made = time.monotonic() + 4, 0
while time.monotonic() < end:
    Window().state.told.emit()
    made += 1
    if made % 50 == 0:
        app.processEvents()
        collector.look()
stop.set()
thread.join()
print(made > 50)
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, "True"), done.stderr


def test_what_is_made_by_the_hundred_thousand_is_left_alone_until_everything_is_looked_at(
    looking: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone_on: list[threading.Thread] = []
    looked: list[int] = []
    collect = gc.collect

    def noted(generation: int = 2) -> int:
        looked.append(generation)
        return collect(generation)

    monkeypatch.setattr(gc, "collect", noted)
    with without_collections():
        kept = [[number] for number in range(200_000)]
        Circle(gone_on)
        looking.look()
        assert looked == []
    looking.look()  # sets it aside
    looking.look()
    assert looked == [] or max(looked) < 2
    assert gone_on == []
    monkeypatch.setattr(collector, "FULL_SECONDS", 0.0)
    monkeypatch.setattr(gc, "get_count", lambda: (10**6, 10**6, 10**6))
    looking.look()
    assert looked[-1] == 2 and len(gone_on) == 1
    del kept


@pytest.mark.parametrize(
    ("said", "many", "collected"), [(True, 50_000, False), (True, 10, True), (False, 50_000, True)]
)
def test_a_large_thing_that_was_opened_is_set_aside_at_once(
    looking: Collector, monkeypatch: pytest.MonkeyPatch, said: bool, many: int, collected: bool
) -> None:
    asked: list[int] = []
    frozen: list[bool] = []
    monkeypatch.setattr(gc, "collect", asked.append)
    monkeypatch.setattr(gc, "freeze", lambda: frozen.append(True))
    monkeypatch.setattr(gc, "get_count", lambda: (max(many, 1000), 0, 0))
    bulk.may_much_stay()
    if said:
        bulk.much_may_stay()
    looking.look()
    assert (bool(asked), bool(frozen)) == (collected, not collected)
    looking.look()
    assert asked
