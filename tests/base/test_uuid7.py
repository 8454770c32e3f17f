from __future__ import annotations

import time
from uuid import UUID

import pytest

from annotator.base.uuid7 import uuid7


def test_keys_are_uuids_of_version_7_that_grow() -> None:
    keys = [uuid7() for _ in range(2000)]
    assert keys == sorted(set(keys))
    assert all((UUID(key).version, UUID(key).variant) == (7, "specified in RFC 4122") for key in keys)
    assert abs((UUID(keys[-1]).int >> 80) - time.time_ns() // 1_000_000) < 5000


def test_a_clock_that_moves_back_harms_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    before = uuid7()
    monkeypatch.setattr(time, "time_ns", lambda: 0)
    after = [uuid7(), uuid7()]
    assert [before, *after] == sorted([before, *after])
