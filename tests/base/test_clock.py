from __future__ import annotations

import re
from datetime import UTC, datetime

from annotator.base.clock import now


def test_now_is_utc_with_milliseconds() -> None:
    text = now()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", text)
    assert abs((datetime.now(UTC) - datetime.fromisoformat(text)).total_seconds()) < 5
