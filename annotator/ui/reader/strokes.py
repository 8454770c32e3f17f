"""Underlines whose pattern tells the tag type apart without colour."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from annotator.model.codebook import Part

_DASHES: dict[Part, list[float]] = {
    Part.LOCATION: [3.5, 2.0],
    Part.CUE: [5.0, 1.6, 1.0, 1.6],
    Part.OTHER: [1.0, 1.4],
}
_WAVE = 3.0
"""Half the length of a wave in pixels."""


def underline(painter: QPainter, part: Part, room: QRectF, colour: QColor) -> None:
    """Draw an underline at the top of its room: solid, double, dashed, wavy or dash-dotted by part."""
    left, right, step = room.left(), room.right(), room.height()
    width = min(2.0, max(1.0, step * 0.55))
    middle = room.top() + width / 2
    if part is Part.QUOTE:
        painter.setPen(_pen(colour, 1.0))
        gap = min(2.0, max(1.5, step - 1.2))
        for y in (room.top() + 0.5, room.top() + 0.5 + gap):
            painter.drawLine(QLineF(left, y, right, y))
    elif part is Part.CLAIM:
        painter.setPen(_pen(colour, min(1.3, width)))
        painter.drawPolyline(_wave(left, right, middle, min(1.5, step * 0.4)))
    else:
        pen = _pen(colour, width)
        if part in _DASHES:
            pen.setDashPattern(_DASHES[part])
        painter.setPen(pen)
        painter.drawLine(QLineF(left, middle, right, middle))


def dotted(painter: QPainter, left: float, right: float, y: float, colour: QColor) -> None:
    """Draw the underline of a proposal: round dots."""
    pen = _pen(colour, 2.0)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setDashPattern([0.01, 2.0])
    painter.setPen(pen)
    painter.drawLine(QLineF(left + 1, y + 1, right - 1, y + 1))


def _pen(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def _wave(left: float, right: float, y: float, height: float) -> QPolygonF:
    """Return a zigzag; antialiasing rounds it at this size."""
    count = max(2, round((right - left) / _WAVE))
    width = (right - left) / count
    points = [QPointF(left + at * width, y + (height if at % 2 else -height) / 2) for at in range(count + 1)]
    return QPolygonF(points)
