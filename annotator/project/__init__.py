"""The single door for change, and undo."""

from __future__ import annotations
