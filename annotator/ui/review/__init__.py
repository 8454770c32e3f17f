"""Review mode: two sets of one article side by side, their differences decided one after another."""

from __future__ import annotations
