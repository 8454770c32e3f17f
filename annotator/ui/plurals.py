"""English plurals: ``tr("%n tag(s)", "", n)`` reads "1 tag" or "2 tags" without a translation file."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QTranslator

_IRREGULAR = (("body(s)", "body", "bodies"), ("entity(s)", "entity", "entities"), ("copy(s)", "copy", "copies"))


class EnglishPlurals(QTranslator):
    """The source language's own translator: it knows nothing but the plural. Install it before any other."""

    def isEmpty(self) -> bool:
        """Say that there is something in it; Qt asks no empty translator."""
        return False

    def translate(self, *called_with: str | int | None) -> str | None:
        """Return the text in the right number, or nothing where no number is in it (Qt then takes the source)."""
        _context, source_text, _note, n = (*called_with, None, -1)[:4]
        text = str(source_text)
        if not isinstance(n, int) or n < 0 or "(s)" not in text:
            return None  # null, not empty: an empty text would be taken for the translation
        for source, one, many in _IRREGULAR:
            text = text.replace(source, one if n == 1 else many)
        return text.replace("(s)", "" if n == 1 else "s")


def speak_english(app: QCoreApplication) -> None:
    """Install the plurals once for the application."""
    if app.findChild(EnglishPlurals) is None:
        app.installTranslator(EnglishPlurals(app))
