"""Where shipped files and the user's own settings lie."""

from __future__ import annotations

from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent.parent


def shipped(folder: str) -> Path:
    """Return the shipped folder ``db`` or ``resources``: inside the package in a wheel, beside it in a checkout."""
    inside = _PACKAGE / folder
    return inside if inside.is_dir() else _PACKAGE.parent / folder


def resources() -> Path:
    """Return the folder of icons, themes, codebooks, samples and the gazetteer."""
    return shipped("resources")


def migrations() -> Path:
    """Return the folder of the numbered migration files."""
    return shipped("db") / "migrations"


def default_settings_dir() -> Path:
    """Return the user's settings folder by the platform's custom; it need not exist yet."""
    return Path(platformdirs.user_config_dir("annotator", appauthor=False))


def default_log_dir() -> Path:
    """Return the user's log folder by the platform's custom; it need not exist yet."""
    return Path(platformdirs.user_log_dir("annotator", appauthor=False))


def default_documents_dir() -> Path:
    """Return the folder that a user expects new projects in."""
    return Path(platformdirs.user_documents_dir())
