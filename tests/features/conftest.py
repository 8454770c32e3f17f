"""Every story is watched: the window must answer within a tenth of a second whatever is done in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot
from support.watchdog import Watchdog, watched


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
    assert not dog.slow, "; ".join(dog.slow)
