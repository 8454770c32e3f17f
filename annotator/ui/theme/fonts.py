"""The faces: a book face for the article, the system's sans serif for the interface. Sizes are in pixels."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QGuiApplication

BOOK_FACES = ("Charis SIL", "Georgia", "Noto Serif")
"""Faces for the article, the best first; some other serif where none is there."""

_SANS_FACES = ("Segoe UI", "SF Pro Text", "Cantarell", "Noto Sans", "Inter", "DejaVu Sans")


@lru_cache(maxsize=1)
def _families() -> frozenset[str]:
    return frozenset(QFontDatabase.families())


def article_font(family: str = "", size: int = 16) -> QFont:
    """Return the article's font: the wished family if it is installed, else the first book face that is."""
    chosen = next((name for name in (family, *BOOK_FACES) if name and name in _families()), "")
    font = QFont(chosen or QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family())
    font.setStyleHint(QFont.StyleHint.Serif)
    if not chosen:
        font.setFamilies(["Liberation Serif", "DejaVu Serif", "Times New Roman"])
    font.setPixelSize(size)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def interface_font(size: int = 13) -> QFont:
    """Return the system's own sans serif at ``size``; without a desktop's choice, the first good one installed."""
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    font = QFont(system)
    if QGuiApplication.platformName() in ("offscreen", "minimal", "vnc"):
        installed = next((name for name in _SANS_FACES if name in _families()), system.family())
        font.setFamily(installed)
    font.setPixelSize(size)
    return font


def smaller_size(font: QFont) -> int:
    """Return the size of secondary text beside a font, in pixels: two less, never below 8.

    A font that was given in points has no pixel size of its own (Qt says -1): then what it comes to is asked.
    """
    size = font.pixelSize()
    return max((size if size > 0 else QFontInfo(font).pixelSize()) - 2, 8)
