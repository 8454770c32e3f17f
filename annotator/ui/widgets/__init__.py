"""Small widgets that the parts of the window share."""

from __future__ import annotations
