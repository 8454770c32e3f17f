"""What the window can do: one table from which menus, palette, key list and key editor are made."""

from __future__ import annotations
