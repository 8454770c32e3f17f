"""A theme: colours by role from one TOML file, and what a tag type's colour becomes on it."""

from __future__ import annotations

import tomllib
from functools import cached_property, lru_cache
from typing import Any

from msgspec import Struct
from PySide6.QtGui import QColor

from annotator.base.errors import AnnotatorError
from annotator.base.paths import resources
from annotator.ui.theme.contrast import contrast, least_contrast, mix, readable

TEXT_ON_TINT = 7.0
"""The least contrast of the article's text on a tint (WCAG 2.2, 1.4.6, enhanced)."""


class Percentages(Struct, frozen=True):
    """How much of a tag colour is laid over the reader's ground, in percent."""

    normal: float
    selected: float


class Contrasts(Struct, frozen=True):
    """The least contrast ratios of lines and labels in a tag type's colour."""

    line: float
    label: float


class TagColours(Struct, frozen=True):
    """A tag type's colours on one theme, all opaque.

    ``line`` is for underlines, brackets and shapes; ``tint`` and ``tint_selected`` lie behind article text;
    ``text`` is for labels on any ground of the theme, the tints among them.
    """

    line: QColor
    tint: QColor
    tint_selected: QColor
    text: QColor


class Theme(Struct, frozen=True, dict=True):
    """Colours by role, each ``#rrggbb``. ``furniture`` is dimmed article text, ``ghost`` a proposal not yet taken."""

    name: str
    dark: bool
    reader: str
    panel: str
    line: str
    text: str
    secondary: str
    accent: str
    accent_text: str
    selection: str
    hover: str
    warning: str
    error: str
    success: str
    furniture: str
    ghost: str
    tints: Percentages
    contrasts: Contrasts

    @cached_property
    def _tags(self) -> dict[str, TagColours]:
        return {}

    def tag(self, colour: str) -> TagColours:
        """Return the colours of a tag type whose colour on white is ``colour``; raises ValueError if no ``#rrggbb``."""
        if colour not in self._tags:
            self._tags[colour] = self._derived(colour)
        return self._tags[colour]

    def _derived(self, colour: str) -> TagColours:
        line = readable(colour, (self.reader, self.panel), self.contrasts.line, lighter=self.dark)
        tint = self._tint(line, self.tints.normal)
        selected = self._tint(line, self.tints.selected)
        grounds = (self.reader, self.panel, self.selection, self.hover, tint, selected)
        text = readable(line, grounds, self.contrasts.label, lighter=self.dark)
        return TagColours(QColor(line), QColor(tint), QColor(selected), QColor(text))

    def _tint(self, line: str, percent: float) -> str:
        """Return the tint, weaker than asked where the text would otherwise lose its contrast."""
        while percent > 0 and contrast(self.text, mix(line, self.reader, percent)) < TEXT_ON_TINT:
            percent -= 1
        return mix(line, self.reader, max(percent, 0))

    def line_contrast(self, colour: str) -> float:
        """Return the contrast of a colour, as it is, on the reader or the panel, whichever is less."""
        return least_contrast(colour, (self.reader, self.panel))


def theme_names() -> tuple[str, ...]:
    """Return the names of the shipped themes, ``light`` first."""
    found = sorted(path.stem for path in (resources() / "themes").glob("*.toml"))
    return tuple(sorted(found, key=("light", "dark", "high_contrast").index))


@lru_cache(maxsize=8)
def load_theme(name: str) -> Theme:
    """Return a shipped theme; raises AnnotatorError when there is none of that name."""
    if name not in theme_names():
        raise AnnotatorError(f"There is no theme named “{name}”; choose one of {', '.join(theme_names())}.")
    values: dict[str, Any] = tomllib.loads((resources() / "themes" / f"{name}.toml").read_text(encoding="utf-8"))
    return Theme(
        name=name,
        dark=values["dark"],
        tints=Percentages(**values["tints"]),
        contrasts=Contrasts(**values["contrasts"]),
        **values["colours"],
    )
