"""Annotate news articles by hand: speakers, quotes, places and claims."""

from __future__ import annotations

__version__ = "0.1.0"
