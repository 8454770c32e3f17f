"""The articles' side of the window: the list with search and filters, and the heading above the text."""

from __future__ import annotations
