"""The strip left of the text, blank unless two sets are compared: the mouse acts there as at the lines beside it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget


class Gutter(QWidget):
    """Hands its mouse events to the text, so that a selection may begin left of a line; ``paint`` fills it."""

    def __init__(self, parent: QWidget, viewport: QWidget, paint: Callable[[QPainter, int], None]) -> None:
        super().__init__(parent)
        self._viewport, self._paint = viewport, paint
        self.setCursor(Qt.CursorShape.IBeamCursor)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the lanes of two sets, if there are any."""
        painter = QPainter(self)
        self._paint(painter, self.width())
        painter.end()

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
