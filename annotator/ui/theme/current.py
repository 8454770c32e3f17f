"""The theme that the window wears: set by ``apply_theme`` alone, read by whatever paints."""

from __future__ import annotations

from annotator.ui.theme.theme import Theme, load_theme

_worn: list[Theme] = []


def current_theme() -> Theme:
    """Return the theme last applied, the light one before any was.

    There is one application object per process and one theme for it, so this is state of the process, as Qt's own
    ``QApplication.palette`` is. Widgets repaint on ``QEvent.PaletteChange`` and ask here while painting.
    """
    return _worn[-1] if _worn else load_theme("light")


def wear(theme: Theme) -> None:
    """Make a theme the current one; for ``apply_theme``."""
    _worn[:] = [theme]
