"""Agreement in the window: numbers that follow the work, which tags are confused, and where articles differ."""

from __future__ import annotations
