"""Every story is watched: the window must answer within a tenth of a second whatever is done in it.

Neighbours on a shared machine were seen to make the same turn take 2.3 times the processor time for seconds. So a story
that was too slow, and went well otherwise, is told again a little later, at most twice: it fails when it is too slow
each time. With ``ANNOTATOR_FULL=1``, on a machine of one's own, once is enough; what is slow only the first time, such
as an import, shows there alone.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol
from pytestqt.qtbot import QtBot
from support.watchdog import Watchdog, watched

AGAIN = 0 if os.environ.get("ANNOTATOR_FULL") else 2
"""How often a story that was too slow is told again."""
PAUSE = 3.0
"""Seconds in which a neighbour may come to an end with what it is doing."""
_SLOW = pytest.StashKey[bool]()


@pytest.fixture(autouse=True)
def watchdog(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Iterator[Watchdog]:
    """Fail a story in which the window was busy for too long; ``@pytest.mark.may_take_long(reason)`` lets it."""
    exempt = request.node.get_closest_marker("may_take_long")
    with watched(monkeypatch) as dog:
        if exempt is None:
            yield dog
        else:
            with dog.exempt(exempt.args[0]):
                yield dog
    request.node.stash[_SLOW] = bool(dog.slow)
    assert not dog.slow, "; ".join(dog.slow)


def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Run a story as usual, and again where slowness is all that was wrong."""
    if not item.path.is_relative_to(Path(__file__).parent):
        return None  # pytest asks here of every test
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    for left in range(AGAIN, -1, -1):
        item.stash[_SLOW] = False
        reports = runtestprotocol(item, log=False, nextitem=nextitem)
        *before, _after = reports
        if not (left and item.stash[_SLOW] and all(report.passed for report in before)):
            break
        time.sleep(PAUSE)
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True
