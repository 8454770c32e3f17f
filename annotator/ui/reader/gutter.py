"""The blank strip left of the text: what is done with the mouse there is done at the lines beside it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget


class Gutter(QWidget):
    """Hands its mouse events to the text, so that a selection may begin left of a line."""

    def __init__(self, parent: QWidget, viewport: QWidget) -> None:
        super().__init__(parent)
        self._viewport = viewport
        self.setCursor(Qt.CursorShape.IBeamCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Press beside the text."""
        self._hand_on(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag on."""
        self._hand_on(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._hand_on(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the text."""
        QApplication.sendEvent(self._viewport, event)

    def _hand_on(self, event: QMouseEvent) -> None:
        place = QPointF(self._viewport.mapFromGlobal(event.globalPosition()))
        copy = QMouseEvent(
            event.type(), place, event.globalPosition(), event.button(), event.buttons(), event.modifiers()
        )
        QApplication.sendEvent(self._viewport, copy)
