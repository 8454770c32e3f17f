"""The watchdog itself: that it fails a story in which the window was busy, and only such a one."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QThread, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from support import watchdog as module
from support.watchdog import Watchdog, watched


def work(seconds: float) -> None:
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


@pytest.fixture
def dog(monkeypatch: pytest.MonkeyPatch, watchdog: Watchdog):
    """A dog of the test's own, on a machine of the usual pace: the one that watches all stories would fail this one."""
    monkeypatch.setattr(module, "_fixed_computation", lambda: module.PACE)
    with watchdog.exempt("this test is about being slow"), watched(monkeypatch) as own:
        yield own


@pytest.fixture
def field(qtbot: QtBot) -> QLineEdit:
    made = QLineEdit()
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_slow_answer_to_a_key_is_found(dog: Watchdog, field: QLineEdit) -> None:
    field.textEdited.connect(lambda text: work(0.13) if text == "x" else None)
    QTest.keyClick(field, "y")
    assert dog.slow == []
    field.clear()
    QTest.keyClick(field, "x")
    (told,) = dog.slow
    assert told.startswith("QTest.keyClick x kept the window busy for 1")


def test_a_slow_round_of_the_loop_is_found(dog: Watchdog) -> None:
    QTimer.singleShot(0, lambda: work(0.13))
    QApplication.processEvents()
    assert len(dog.slow) == 1
    assert dog.slow[0].startswith("the event loop kept the window busy")


def test_a_slow_round_within_a_wait_is_found_and_quick_ones_are_not_added_up(dog: Watchdog) -> None:
    done: list[None] = []

    def go_on() -> None:
        work(0.04)
        done.append(None)
        if len(done) < 8:
            QTimer.singleShot(5, go_on)

    go_on()
    while len(done) < 8:
        QTest.qWait(20)
    assert dog.slow == []
    QTimer.singleShot(20, lambda: work(0.13))
    QTest.qWait(200)
    assert len(dog.slow) == 1


def test_waiting_costs_nothing(dog: Watchdog, field: QLineEdit) -> None:
    field.textEdited.connect(lambda _text: time.sleep(0.15))
    QTest.keyClick(field, Qt.Key.Key_A)
    assert dog.slow == []
    assert dog.turns >= 1


def test_the_test_s_own_work_and_that_of_other_threads_cost_nothing(dog: Watchdog, field: QLineEdit) -> None:
    class Worker(QThread):
        def run(self) -> None:
            work(0.2)

    worker = Worker()
    worker.start()
    QTest.keyClick(field, Qt.Key.Key_A)
    work(0.15)
    QApplication.processEvents()
    worker.wait()
    assert dog.slow == []


def test_an_exemption_needs_a_reason(dog: Watchdog) -> None:
    QTimer.singleShot(0, lambda: work(0.13))
    with dog.exempt("reads a large file"):
        QApplication.processEvents()
    assert dog.slow == []
    with pytest.raises(ValueError, match="say why"), dog.exempt(""):
        pass


@pytest.mark.may_take_long("shows that a story may be exempt")
def test_a_story_may_be_exempt() -> None:
    QTimer.singleShot(0, lambda: work(0.13))
    QApplication.processEvents()


def test_a_slower_machine_is_given_longer(dog: Watchdog, field: QLineEdit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_fixed_computation", lambda: module.PACE * 2)
    field.textEdited.connect(lambda text: work({"x": 0.13, "xy": 0.25}.get(text, 0)))
    QTest.keyClick(field, "x")
    assert dog.slow == []
    QTest.keyClick(field, "y")
    assert len(dog.slow) == 1


def test_a_faster_machine_is_not_given_less(monkeypatch: pytest.MonkeyPatch) -> None:
    assert module.slowness() >= 1
    monkeypatch.setattr(module, "_fixed_computation", lambda: module.PACE / 2)
    assert module.slowness() == 1


STORIES = """
import time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from support import watchdog as module

told = []

def work(seconds):
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass

def tell(seconds, monkeypatch, name):
    told.append(name)
    monkeypatch.setattr(module, "_fixed_computation", lambda: module.PACE)
    QTimer.singleShot(0, lambda: work(seconds))
    QApplication.processEvents()

def test_slow_once(monkeypatch):
    tell(0.02 if told else 0.13, monkeypatch, "once")

def test_slow_always(monkeypatch):
    tell(0.13, monkeypatch, "always")

def test_slow_and_wrong(monkeypatch):
    tell(0.13, monkeypatch, "wrong")
    assert False

def test_how_often_each_was_told():
    assert told == {told}
"""


@pytest.mark.parametrize(
    ("full", "counts", "outcome"),
    [
        ("", {"once": 2, "always": 3, "wrong": 1}, {"passed": 3, "failed": 1, "error": 2}),
        ("1", {"once": 1, "always": 1, "wrong": 1}, {"passed": 3, "failed": 1, "error": 3}),
    ],
)
def test_a_slow_story_is_told_again_and_fails_when_it_is_slow_each_time(
    tmp_path: Path, full: str, counts: dict[str, int], outcome: dict[str, int]
) -> None:
    told = [name for name, count in counts.items() for _ in range(count)]
    (tmp_path / "test_stories.py").write_text(STORIES.replace("{told}", repr(told)), encoding="utf-8")
    conftest = Path(__file__).with_name("conftest.py").read_text(encoding="utf-8")
    (tmp_path / "conftest.py").write_text(conftest.replace("PAUSE = 3.0", "PAUSE = 0.0"), encoding="utf-8")
    tests = Path(__file__).parents[1]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-c", os.devnull]
    command += ["-o", f"pythonpath={tests}", "-o", "markers=may_take_long(reason): x", f"--rootdir={tmp_path}"]
    run = subprocess.run(
        [*command, tmp_path],
        env={**os.environ, "ANNOTATOR_FULL": full}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    last = run.stdout.splitlines()[-1]
    found = {name: int(number) for number, name in re.findall(r"(\d+) (passed|failed|error)", last)}
    assert found == outcome, run.stdout
