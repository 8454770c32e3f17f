"""UUIDv7 keys (RFC 9562, section 5.7): files made apart can be merged, and keys sort by time."""

from __future__ import annotations

import os
import threading
import time

_lock = threading.Lock()
_last = 0


def uuid7() -> str:
    """Return a new key as 36 characters; within one process each is greater than the one before.

    A clock that moves back does no harm: the 74 random bits then serve as a counter (RFC 9562, 6.2, method 2).
    """
    global _last  # noqa: PLW0603  one monotonic source for the whole process
    with _lock:
        fresh = (time.time_ns() // 1_000_000 << 74) | (int.from_bytes(os.urandom(10)) >> 6)
        _last = max(fresh, _last + 1)
        value = _last
    milliseconds, tail = value >> 74, value & ((1 << 74) - 1)
    high, low = tail >> 62, tail & ((1 << 62) - 1)
    digits = f"{(milliseconds << 80) | (0x7 << 76) | (high << 64) | (0b10 << 62) | low:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
