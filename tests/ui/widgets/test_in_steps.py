from __future__ import annotations

import time
from collections.abc import Iterator

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from annotator.base.errors import BusyError
from annotator.ui.widgets.in_steps import InSteps


def slow(done: list[int], steps: int) -> Iterator[None]:
    for at in range(steps):
        done.append(at)
        time.sleep(0.003)
        yield


def test_what_is_short_is_finished_at_once_what_is_long_in_several_turns(qtbot: QtBot, qapp: QObject) -> None:
    made, told = InSteps(qapp), []
    made.finished.connect(lambda: told.append("finished"))
    made.begin(iter("ab"))
    assert made.is_active
    made.step()
    assert (made.is_active, told) == (False, ["finished"])
    done: list[int] = []
    made.begin(slow(done, 20))
    made.step()
    assert made.is_active and len(done) < 20
    qtbot.waitUntil(lambda: not made.is_active)
    assert (len(done), told) == (20, ["finished", "finished"])


def test_what_is_stopped_goes_no_further_and_an_error_is_told(qtbot: QtBot, qapp: QObject) -> None:
    made, told, done = InSteps(qapp), [], []
    made.finished.connect(lambda: told.append("finished"))
    made.failed.connect(lambda error: told.append(str(error)))
    made.begin(slow(done, 20))
    made.step()
    made.stop()
    before = len(done)
    qtbot.wait(20)
    assert (len(done), told) == (before, [])

    def broken() -> Iterator[None]:
        yield
        raise BusyError("Another program is writing.")

    made.begin(broken())
    qtbot.waitUntil(lambda: not made.is_active)
    assert told == ["Another program is writing."]


def test_what_is_postponed_waits_and_then_goes_on_without_a_pause(qtbot: QtBot, qapp: QObject) -> None:
    made, done, told = InSteps(qapp), list[int](), list[bool]()
    made.finished.connect(lambda: told.append(True))
    made.postpone(1)
    assert not made.is_active, "there is nothing to do"
    made.begin(slow(done, 20))
    made.postpone(60_000)
    qtbot.wait(30)
    assert made.is_active and done == []
    made.postpone(1)
    qtbot.waitUntil(lambda: bool(told))
    assert len(done) == 20 and not made.is_active
    made.begin(slow(done, 5))
    qtbot.waitUntil(lambda: len(told) == 2)
    assert made._timer.interval() == 0
