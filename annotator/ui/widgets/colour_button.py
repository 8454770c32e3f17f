"""A button that shows and chooses a tag type's colour, and warns of one too pale to read."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QColorDialog, QPushButton, QWidget

from annotator.ui.theme.apply import current_theme
from annotator.ui.theme.icons import icon
from annotator.ui.theme.theme import load_theme
from annotator.ui.widgets.dismiss import dismiss

_SWATCH = 16


def too_pale(colour: str) -> bool:
    """Return whether lines in this colour have less contrast on the light theme than the rule of that theme asks."""
    light = load_theme("light")
    return light.line_contrast(colour) < light.contrasts.line


class ColourButton(QPushButton):
    """``colour_changed`` tells a colour that the user chose, as ``#rrggbb``."""

    colour_changed = Signal(str)

    def __init__(self, colour: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour = ""
        self.clicked.connect(self._ask)
        self.set_colour(colour)

    @property
    def colour(self) -> str:
        """The colour shown, ``#RRGGBB``."""
        return self._colour

    def set_colour(self, colour: str) -> None:
        """Show another colour without telling; raises ValueError for anything but ``#rrggbb``."""
        too_pale(colour)
        self._colour = colour.upper()
        self.setText(self._colour)
        self.setAccessibleName(self.tr("Colour {colour}").format(colour=self._colour))
        self.setToolTip(self.warning() or self.tr("Choose a colour"))
        self.setAccessibleDescription(self.warning())
        self._show_swatch()

    def warning(self) -> str:
        """Return what is wrong with the colour, or nothing."""
        if not too_pale(self._colour):
            return ""
        return self.tr("Too pale on white: lines and labels will be drawn darker than this colour.")

    def changeEvent(self, event: QEvent) -> None:
        """Draw the swatch anew when the theme changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self._colour:
            self._show_swatch()

    def _ask(self) -> None:
        dialog = QColorDialog(QColor(self._colour), self)
        dialog.setWindowTitle(self.tr("Colour of the tag type"))
        dialog.colorSelected.connect(self._take)
        dialog.finished.connect(lambda _result: dismiss(dialog))
        dialog.open()

    def _take(self, chosen: QColor) -> None:
        if chosen.isValid() and chosen.name().upper() != self._colour:
            self.set_colour(chosen.name())
            self.colour_changed.emit(self._colour)

    def _show_swatch(self) -> None:
        ratio, warned = self.devicePixelRatioF(), bool(self.warning())
        width = _SWATCH * 2 + 4 if warned else _SWATCH
        picture = QPixmap(QSize(width, _SWATCH) * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(QColor(0, 0, 0, 0))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(current_theme().line))
        painter.setBrush(QColor(self._colour))
        painter.drawRoundedRect(1, 1, _SWATCH - 2, _SWATCH - 2, 4, 4)
        if warned:
            painter.drawPixmap(_SWATCH + 4, 0, icon("warning", current_theme().warning).pixmap(_SWATCH, _SWATCH))
        painter.end()
        self.setIconSize(QSize(width, _SWATCH))
        self.setIcon(QIcon(picture))
