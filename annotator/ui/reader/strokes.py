"""Underlines whose pattern tells the tag type apart without colour."""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF

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
    left, top, right, step = room.left(), room.top(), room.right(), room.height()
    width = float(min(3, max(1, round(step * 0.5))))
    if part is Part.QUOTE:
        # Filled, not drawn: a smooth line of one pixel takes Qt thirty times as long.
        thin = max(1.0, width - 1)
        for y in (top, top + thin + 1):
            painter.fillRect(QRectF(left, y, right - left, thin), colour)
    elif part is Part.CLAIM:
        ratio = painter.device().devicePixelRatioF()
        tile = _wave(colour.rgba(), min(1.5, step * 0.4), min(1.3, width), ratio)
        room = QRectF(left, top - 1, right - left, tile.height() / ratio)
        painter.drawTiledPixmap(room, tile, QPointF(left % (2 * _WAVE), 0))
    elif part in _DASHES:
        pen = _pen(colour, width)
        pen.setDashPattern(_DASHES[part])
        painter.setPen(pen)
        painter.drawLine(QLineF(left, top + width / 2, right, top + width / 2))
    else:
        painter.fillRect(QRectF(left, top, right - left, width), colour)


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


@lru_cache(maxsize=256)
def _wave(colour: int, height: float, width: float, ratio: float) -> QPixmap:
    """Return one wave as a tile: drawing it once and tiling is far cheaper than a long polyline."""
    tile = QPixmap(round(2 * _WAVE * ratio), math.ceil((height + 2 * width) * ratio))
    tile.setDevicePixelRatio(ratio)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor.fromRgba(colour), width))
    top, bottom = width, width + height
    points = [QPointF(at * _WAVE, bottom if at % 2 else top) for at in range(-1, 4)]
    painter.drawPolyline(QPolygonF(points))
    painter.end()
    return tile
