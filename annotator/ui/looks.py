"""The window's looks: theme, fonts and icons, as the settings and the system say."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from annotator.ui.theme.apply import apply_theme, system_prefers_dark
from annotator.ui.theme.theme import Theme, load_theme

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow


class Looks(QObject):
    """Applies theme and fonts to the application and to the parts that paint by themselves."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._worn: tuple[str, int] | None = None
        self._app = cast("QApplication", QApplication.instance())
        self._app.styleHints().colorSchemeChanged.connect(lambda _: self.apply())

    def theme(self) -> Theme:
        """Return the theme that the settings ask for."""
        name = self._window.settings["theme"]
        if name == "system":
            name = "dark" if system_prefers_dark(self._app) else "light"
        return load_theme(name)

    def apply(self) -> None:
        """Dress the window; what is worn already is not put on again."""
        settings, theme = self._window.settings, self.theme()
        worn = (theme.name, settings["interface_size"])
        if worn != self._worn:
            apply_theme(self._app, theme, interface_size=settings["interface_size"])
            self._window.actions_.set_icons()
            self._worn = worn
        reader = self._window.desk.reader
        reader.set_theme(theme)
        reader.set_article_font(settings["article_family"], settings["article_size"])
