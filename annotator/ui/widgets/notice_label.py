"""The status bar's notice: it fades in, stays some seconds, and is told to screen readers."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPropertyAnimation, QTimer
from PySide6.QtWidgets import QGraphicsOpacityEffect, QHBoxLayout, QLabel, QWidget

from annotator.ui.theme.apply import current_theme
from annotator.ui.theme.icons import icon
from annotator.ui.widgets.elided_label import ElidedLabel

FADE_MS = 120
"""Animations last no longer than this."""

_ICON = 14


class NoticeLabel(QWidget):
    """One notice at a time; a newer one takes the place of the one before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = ""
        self._picture = QLabel()
        self._text = ElidedLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(6)
        row.addWidget(self._picture)
        row.addWidget(self._text, 1)
        self._effect = QGraphicsOpacityEffect(self)
        self.setGraphicsEffect(self._effect)
        self._fade = QPropertyAnimation(self._effect, b"opacity", self)
        self._fade.setDuration(FADE_MS)
        self._fade.finished.connect(self._stop_fading)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.clear)
        self._stop_fading()

    def text(self) -> str:
        """Return the notice shown, or nothing."""
        return self._text.text()

    def show_notice(self, text: str, *, icon_name: str = "info", seconds: float = 6.0) -> None:
        """Show a notice for some seconds; ``icon_name`` is ``info``, ``warning`` or ``done``; 0 seconds lasts."""
        self._icon_name = icon_name
        self._text.setText(text)
        self.setAccessibleName(text)
        self._tint()
        self._say()
        self._effect.setEnabled(True)
        self._fade.stop()
        self._fade.setStartValue(0.0)
        self._fade.setEndValue(1.0)
        self._fade.start()
        self._timer.stop()
        if seconds > 0:
            self._timer.start(round(seconds * 1000))

    def clear(self) -> None:
        """Take the notice away."""
        self._timer.stop()
        self._icon_name = ""
        self._picture.clear()
        self._text.setText("")
        self.setAccessibleName("")

    def changeEvent(self, event: QEvent) -> None:
        """Tint the icon anew when the theme changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self._icon_name:
            self._tint()

    def _say(self) -> None:
        from PySide6.QtGui import QAccessible, QAccessibleEvent  # two milliseconds that no start has to wait for

        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _stop_fading(self) -> None:
        """Switch the effect off: with it, text is drawn by way of a picture and less sharp."""
        self._effect.setEnabled(False)

    def _tint(self) -> None:
        theme = current_theme()
        colours = {"warning": theme.warning, "done": theme.success}
        drawn = icon(self._icon_name, colours.get(self._icon_name, theme.secondary))
        self._picture.setPixmap(drawn.pixmap(_ICON, _ICON))
