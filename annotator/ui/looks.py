"""The window's looks: theme, fonts and icons, as the settings and the system say."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from annotator.base.settings import Settings
from annotator.ui.actions.registry import Actions
from annotator.ui.reader.view import Reader
from annotator.ui.theme.apply import apply_theme, system_prefers_dark
from annotator.ui.theme.theme import Theme, load_theme


class Looks(QObject):
    """Applies theme and fonts to the application and to the parts that paint by themselves."""

    def __init__(self, parent: QObject, settings: Settings) -> None:
        super().__init__(parent)
        self._settings = settings
        self._actions: Actions | None = None
        self._reader: Reader | None = None
        self._worn: tuple[str, int] | None = None
        self._app = cast("QApplication", QApplication.instance())
        self._app.styleHints().colorSchemeChanged.connect(lambda _: self.apply())

    def theme(self) -> Theme:
        """Return the theme that the settings ask for."""
        name = self._settings["theme"]
        if name == "system":
            name = "dark" if system_prefers_dark(self._app) else "light"
        return load_theme(name)

    def dress(self, actions: Actions, reader: Reader) -> None:
        """Dress the parts that paint by themselves, from now on with the application."""
        self._actions, self._reader = actions, reader
        self.apply()

    def apply(self) -> None:
        """Dress the application and the parts; what is worn already is not put on again.

        Called before a window builds its parts: under a style sheet a widget that exists keeps the font it was made
        with, and the desktop's is another size than ours.
        """
        settings, theme = self._settings, self.theme()
        worn = (theme.name, settings["interface_size"])
        if worn != self._worn:
            apply_theme(self._app, theme, interface_size=settings["interface_size"])
            self._worn = worn
            if self._actions is not None:
                self._actions.recolour()
        if self._reader is not None:
            self._reader.set_theme(theme)
            self._reader.set_article_font(settings["article_family"], settings["article_size"])
