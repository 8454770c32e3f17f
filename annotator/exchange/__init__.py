"""One module per file format, in and out: no Qt."""

from __future__ import annotations
