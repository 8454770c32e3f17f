"""Dress the application in a theme: Fusion, a palette, one style sheet and the interface font."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from annotator.ui.theme.contrast import mix
from annotator.ui.theme.current import current_theme, wear
from annotator.ui.theme.fonts import interface_font
from annotator.ui.theme.icons import DISABLED_PERCENT
from annotator.ui.theme.style_sheet import style_sheet
from annotator.ui.theme.theme import Theme

__all__ = ["apply_theme", "current_theme", "palette", "system_prefers_dark"]

_Role = QPalette.ColorRole


def palette(theme: Theme) -> QPalette:
    """Return the palette of a theme, all groups set; nothing is left to the desktop's own colours."""
    made = QPalette()
    for role, colour in _roles(theme).items():
        made.setColor(role, QColor(colour))
    dimmed = QColor(mix(theme.text, theme.panel, DISABLED_PERCENT))
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText, _Role.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, role, dimmed)
    made.setColor(QPalette.ColorGroup.Disabled, _Role.Highlight, QColor(theme.line))
    made.setColor(QPalette.ColorGroup.Disabled, _Role.Base, QColor(theme.panel))
    made.setColor(QPalette.ColorGroup.Disabled, _Role.Accent, dimmed)
    return made


def _roles(theme: Theme) -> dict[QPalette.ColorRole, str]:
    """Return each role's colour; the five relief roles come from the line colour, so that Fusion stays flat."""
    return {
        _Role.Window: theme.panel,
        _Role.WindowText: theme.text,
        _Role.Base: theme.reader,
        _Role.AlternateBase: theme.panel,
        _Role.ToolTipBase: theme.reader,
        _Role.ToolTipText: theme.text,
        _Role.PlaceholderText: theme.secondary,
        _Role.Text: theme.text,
        _Role.Button: theme.panel,
        _Role.ButtonText: theme.text,
        _Role.BrightText: theme.error,
        _Role.Highlight: theme.selection,
        _Role.HighlightedText: theme.text,
        _Role.Link: theme.accent,
        _Role.LinkVisited: theme.accent,
        _Role.Accent: theme.accent,
        _Role.Light: theme.reader,
        _Role.Midlight: theme.hover,
        _Role.Mid: theme.line,
        _Role.Dark: mix(theme.text, theme.line, 20),
        _Role.Shadow: mix(theme.text, theme.line, 30),
    }


def apply_theme(app: QApplication, theme: Theme, *, interface_size: int = 13) -> None:
    """Give the whole application this theme; ``interface_size`` is the base font size in pixels."""
    wear(theme)
    app.setStyle("Fusion")
    app.setPalette(palette(theme))
    app.setFont(interface_font(interface_size))
    app.setStyleSheet(style_sheet(theme, interface_size))


def system_prefers_dark(app: QApplication) -> bool:
    """Return whether the desktop asks for dark windows; False where it does not say."""
    return app.styleHints().colorScheme() is Qt.ColorScheme.Dark
