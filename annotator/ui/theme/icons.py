"""Line icons drawn in ``currentColor``, tinted by the theme, and sharp at any device pixel ratio.

Qt's own SVG icon engine draws them, lazily and at the size asked for. It reads files only, and so does a style sheet,
so each tinted drawing is a file of a folder that lasts as long as the process.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon

from annotator.base.paths import resources
from annotator.ui.theme.contrast import mix
from annotator.ui.theme.current import current_theme
from annotator.ui.theme.theme import Theme

DISABLED_PERCENT = 45
"""How much of its colour a disabled icon or text keeps over the panel's ground."""


@lru_cache(maxsize=1)
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="annotator-icons-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def icon_names() -> tuple[str, ...]:
    """Return the names of all shipped icons."""
    return tuple(sorted(path.stem for path in (resources() / "icons").glob("*.svg")))


@lru_cache(maxsize=1024)
def tinted_file(name: str, colour: str) -> Path:
    """Return a file with the icon drawn in ``#rrggbb``; raises FileNotFoundError for an icon that is not shipped."""
    path = _folder() / f"{name}-{colour[1:].lower()}.svg"
    path.write_bytes(_drawing(name).replace(b"currentColor", colour.encode()))
    return path


@lru_cache(maxsize=256)
def _drawing(name: str) -> bytes:
    return (resources() / "icons" / f"{name}.svg").read_bytes()


def icon(name: str, colour: str | None = None) -> QIcon:
    """Return a shipped icon in ``colour`` (``#rrggbb``) or the current theme's text colour, dimmed when disabled."""
    return _icon(name, colour, current_theme())


@lru_cache(maxsize=512)
def _icon(name: str, colour: str | None, theme: Theme) -> QIcon:
    base = colour or (theme.text if theme.name == "high_contrast" else mix(theme.text, theme.panel, 80))
    made = QIcon()
    made.addFile(str(tinted_file(name, base)), QSize(), QIcon.Mode.Normal)
    made.addFile(str(tinted_file(name, mix(base, theme.panel, DISABLED_PERCENT))), QSize(), QIcon.Mode.Disabled)
    made.addFile(str(tinted_file(name, colour or theme.text)), QSize(), QIcon.Mode.Selected)
    return made
