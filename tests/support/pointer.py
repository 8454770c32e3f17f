"""A pointer that is where a test says."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget


def hover(widget: QWidget, place: QPoint) -> None:
    """Move the pointer over a widget: the very event, for where the real pointer is in a long run is nobody's guess."""
    at = QPointF(place)
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(
        QEvent.Type.MouseMove, at, QPointF(widget.mapToGlobal(place)), none, none, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(widget, event)
