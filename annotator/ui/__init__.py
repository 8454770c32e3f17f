"""The window: the only part of the program that imports Qt."""

from __future__ import annotations
