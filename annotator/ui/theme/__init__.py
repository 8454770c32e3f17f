"""How the program looks: one theme file each, the palette and style sheet made from it, icons and fonts."""

from __future__ import annotations
