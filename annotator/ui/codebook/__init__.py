"""The codebook editor, and the list of people, bodies and places."""

from __future__ import annotations
