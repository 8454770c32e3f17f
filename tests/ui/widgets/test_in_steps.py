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
