"""Frozen records and pure functions over them: no Qt, no SQL, no files."""

from __future__ import annotations
