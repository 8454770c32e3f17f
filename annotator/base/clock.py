"""Time as it is stored: UTC, ISO 8601, milliseconds. Order never comes from it, but from a sequence."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """Return the present moment, for example ``2025-03-13T14:03:22.120Z``."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
