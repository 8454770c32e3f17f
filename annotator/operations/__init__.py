"""One function per user verb, each one edit of the project; the window and the command line use the same ones."""

from __future__ import annotations
