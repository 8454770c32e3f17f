from __future__ import annotations

import itertools
import sys
import threading

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from pytestqt.qtbot import QtBot

from annotator.base.errors import RuleError
from annotator.ui.widgets import work
from annotator.ui.widgets.work import Report, Stopped, Work, run_work


class Heard:
    """What a piece of work has told."""

    def __init__(self, of: Work) -> None:
        self.told: list[tuple[str, object]] = []
        self.progress: list[tuple[int, int]] = []
        of.finished.connect(lambda result: self.told.append(("finished", result)))
        of.failed.connect(lambda message: self.told.append(("failed", message)))
        of.cancelled.connect(lambda: self.told.append(("cancelled", None)))
        of.progress.connect(lambda done, total: self.progress.append((done, total)))


@pytest.fixture
def parent(qapp: QCoreApplication) -> QObject:
    return QObject()


def test_the_result_and_the_progress_are_told_on_the_ui_thread(qtbot: QtBot, parent: QObject):
    threads: list[threading.Thread] = []

    def job(report: Report, stopped: Stopped) -> int:
        threads.append(threading.current_thread())
        for done in range(1, 101):
            report(done, 100)
        return 42 if not stopped() else 0

    heard = Heard(run_work(parent, job))
    qtbot.waitUntil(lambda: bool(heard.told))
    assert heard.told == [("finished", 42)]
    assert heard.progress[-1] == (100, 100)
    assert len(heard.progress) < 100, "progress is told seldom enough for the eye"
    assert threads[0] is not threading.current_thread()
    qtbot.waitUntil(lambda: not work._running)


def test_a_refusal_is_told_in_its_own_words(qtbot: QtBot, parent: QObject):
    def job(_report: Report, _stopped: Stopped) -> None:
        raise RuleError("That cannot be.")

    heard = Heard(run_work(parent, job))
    qtbot.waitUntil(lambda: bool(heard.told))
    assert heard.told == [("failed", "That cannot be.")]


def test_a_defect_is_told_plainly_logged_and_reaches_the_crash_report(
    qtbot: QtBot, parent: QObject, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    reported: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _traceback: reported.append(error))

    def job(_report: Report, _stopped: Stopped) -> float:
        return 1 / 0

    heard = Heard(run_work(parent, job))
    qtbot.waitUntil(lambda: bool(heard.told) and bool(reported))
    assert heard.told[0][0] == "failed"
    assert "ZeroDivisionError" not in str(heard.told[0][1])
    assert isinstance(reported[0], ZeroDivisionError)
    assert reported[0].__traceback__ is not None
    assert "ZeroDivisionError" in caplog.text


def until_stopped(_report: Report, stopped: Stopped) -> str:
    while not stopped():
        threading.Event().wait(0.002)
    return "half done"


def test_cancelling_stops_the_worker_and_is_told_in_the_place_of_a_result(qtbot: QtBot, parent: QObject):
    running = run_work(parent, until_stopped)
    heard = Heard(running)
    running.cancel()
    qtbot.waitUntil(lambda: bool(heard.told))
    assert heard.told == [("cancelled", None)]


def test_a_parent_that_goes_stops_the_worker_and_nothing_is_told(qtbot: QtBot):
    ended = threading.Event()

    def job(report: Report, stopped: Stopped) -> None:
        until_stopped(report, stopped)
        report(1, 1)
        ended.set()

    parent = QObject()
    heard = Heard(run_work(parent, job))
    parent.deleteLater()
    QCoreApplication.sendPostedEvents(parent, QEvent.Type.DeferredDelete)
    assert ended.wait(5)
    qtbot.waitUntil(lambda: not work._running)
    assert heard.told == []
    assert heard.progress == []


def test_the_end_of_the_program_stops_the_worker(qtbot: QtBot, qapp: QCoreApplication, parent: QObject):
    heard = Heard(run_work(parent, until_stopped))
    qapp.aboutToQuit.emit()
    qtbot.waitUntil(lambda: bool(heard.told))
    assert heard.told == [("cancelled", None)]


def test_what_the_job_holds_goes_on_the_ui_thread(qtbot: QtBot, parent: QObject):
    gone_on: list[threading.Thread] = []

    class Held:
        def __del__(self) -> None:
            gone_on.append(threading.current_thread())

    def begin() -> None:
        held = Held()
        run_work(parent, lambda _report, _stopped: id(held))

    for _ in range(50):
        begin()
    qtbot.waitUntil(lambda: not work._running)
    qtbot.waitUntil(lambda: len(gone_on) == 50)
    assert set(gone_on) == {threading.main_thread()}


def test_only_so_many_run_at_a_time(qtbot: QtBot, parent: QObject):
    at_work: list[int] = []
    most = work._at_once._initial_value  # type: ignore[attr-defined]
    lock, now = threading.Lock(), 0

    def job(_report: Report, _stopped: Stopped) -> None:
        nonlocal now
        with lock:
            now += 1
            at_work.append(now)
        threading.Event().wait(0.01)
        with lock:
            now -= 1

    for _ in range(most * 3):
        run_work(parent, job)
    qtbot.waitUntil(lambda: not work._running)
    assert len(at_work) == most * 3
    assert max(at_work) <= most


@pytest.mark.parametrize("asked", ["report", "stopped"])
def test_who_asks_often_lets_the_window_have_the_interpreter_now_and_then(
    qtbot: QtBot, parent: QObject, monkeypatch: pytest.MonkeyPatch, asked: str
):
    now, slept = [100.0], list[float]()
    monkeypatch.setattr(work.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(work.time, "sleep", lambda seconds: slept.append(now[0]))

    def job(report: Report, stopped: Stopped) -> list[float]:
        for _ in range(1000):
            now[0] += 0.001
            report(0, 0) if asked == "report" else stopped()
        return list(slept)

    heard = Heard(run_work(parent, job))
    qtbot.waitUntil(lambda: bool(heard.told))
    ((how, moments),) = heard.told
    assert how == "finished" and isinstance(moments, list)
    assert 1 / (2 * work._AWAKE) < len(moments) <= 1 / work._AWAKE + 1
    assert all(after - before >= work._AWAKE - 1e-9 for before, after in itertools.pairwise(moments))
