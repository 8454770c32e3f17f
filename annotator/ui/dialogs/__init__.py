"""What comes in front of the window or before it: command palette, welcome page, find bar and dialogs."""

from __future__ import annotations
