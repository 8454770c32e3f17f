"""Every story is watched: the window must answer within a tenth of a second whatever is done in it.

Exactly so with ``ANNOTATOR_FULL=1``, on a machine of one's own. Neighbours on a shared one were seen to make the same
turn take 2.3 times the processor time for seconds: there a story fails when the window is held up for half a second.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot
from support.watchdog import LIMIT, Watchdog, watched

SHARED = 0.5
"""Seconds of processor time in one turn that no neighbour's load explains."""


@pytest.fixture(autouse=True)
def watchdog(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Iterator[Watchdog]:
    """Fail a story in which the window was busy for too long; ``@pytest.mark.may_take_long(reason)`` lets it."""
    exempt = request.node.get_closest_marker("may_take_long")
    with watched(monkeypatch, LIMIT if os.environ.get("ANNOTATOR_FULL") else SHARED) as dog:
        if exempt is None:
            yield dog
        else:
            with dog.exempt(exempt.args[0]):
                yield dog
    assert not dog.slow, "; ".join(dog.slow)
