"""CSV tables: a project's work as researchers use it, out and in again without loss."""

from __future__ import annotations
