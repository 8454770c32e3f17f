"""The one style sheet: ``resources/themes/style.qss`` filled in from a theme."""

from __future__ import annotations

from string import Template

from annotator.base.paths import resources
from annotator.ui.theme.contrast import mix, readable
from annotator.ui.theme.icons import DISABLED_PERCENT, tinted_file
from annotator.ui.theme.theme import Theme


def style_sheet(theme: Theme, size: int) -> str:
    """Return the style sheet of a theme at a base font size in pixels; a name left unfilled raises KeyError."""
    template = Template((resources() / "themes" / "style.qss").read_text(encoding="utf-8"))
    return template.substitute(_roles(theme) | _shades(theme) | _drawings(theme) | _sizes(size))


def frame_colour(theme: Theme) -> str:
    """Return the colour of frames around inputs: a little stronger than the lines between parts of the window."""
    return mix(theme.text, theme.line, 14)


def _roles(theme: Theme) -> dict[str, str]:
    names = ("reader", "panel", "line", "text", "secondary", "accent", "accent_text", "selection", "hover", "error")
    return {name: getattr(theme, name) for name in names}


def _shades(theme: Theme) -> dict[str, str]:
    """Return the shades that follow from the theme's colours, so that a theme file need not name them."""
    grounds = (theme.reader, theme.panel)
    return {
        "frame": frame_colour(theme),
        "strong": readable(mix(theme.text, theme.line, 40), grounds, 3.0, lighter=theme.dark),
        "thumb": mix(theme.text, theme.panel, 28),
        "dimmed": mix(theme.text, theme.panel, DISABLED_PERCENT),
        "pressed": mix(theme.text, theme.hover, 8),
        "accent_hover": mix(theme.text, theme.accent, 12),
        "accent_pressed": mix(theme.text, theme.accent, 22),
        "accent_label": readable(theme.accent, grounds, 4.5, lighter=theme.dark),
    }


def _drawings(theme: Theme) -> dict[str, str]:
    dimmed = mix(theme.text, theme.panel, DISABLED_PERCENT)
    wanted = {
        "chevron_down": ("chevron-down", theme.secondary),
        "chevron_down_dimmed": ("chevron-down", dimmed),
        "chevron_up": ("chevron-up", theme.secondary),
        "chevron_right": ("chevron-right", theme.secondary),
        "check": ("check", theme.text),
        "check_on_accent": ("check", theme.accent_text),
        "dash_on_accent": ("dash", theme.accent_text),
        "dot_on_accent": ("dot", theme.accent_text),
    }
    return {key: tinted_file(name, colour).as_posix() for key, (name, colour) in wanted.items()}


def _sizes(size: int) -> dict[str, str]:
    return {"small": str(max(size - 2, 8)), "title": str(size + 4)}
