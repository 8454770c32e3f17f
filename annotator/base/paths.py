"""Where shipped files and the user's own settings lie."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def shipped(folder: str) -> Path:
    """Return the shipped folder ``db`` or ``resources``: inside the package in a wheel, beside it in a checkout."""
    return _shipped(_PACKAGE, folder)


@cache
def _shipped(package: Path, folder: str) -> Path:
    inside = package / folder
    return inside if inside.is_dir() else package.parent / folder


def resources() -> Path:
    """Return the folder of icons, themes, codebooks, samples and the gazetteer."""
    return shipped("resources")


def migrations() -> Path:
    """Return the folder of the numbered migration files."""
    return shipped("db") / "migrations"


def missing_display() -> str:
    """Return one line that says why no window can open here, or empty when one can."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return ""
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return ""
    return "There is no display to open a window on. Try `annotator demo --out demo`, or start it on a desktop."


def default_settings_dir() -> Path:
    """Return the user's settings folder by the platform's custom; it need not exist yet."""
    import platformdirs

    return Path(platformdirs.user_config_dir("annotator", appauthor=False))


def default_log_dir() -> Path:
    """Return the user's log folder by the platform's custom; it need not exist yet."""
    import platformdirs

    return Path(platformdirs.user_log_dir("annotator", appauthor=False))


def default_documents_dir() -> Path:
    """Return the folder that a user expects new projects in."""
    import platformdirs

    return Path(platformdirs.user_documents_dir())
