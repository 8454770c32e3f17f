"""One silhouette for each part of a report, so that tag types can be told apart without their colour."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPolygonF, QTransform

from annotator.model.codebook import Part


@cache
def tag_shape(part: Part) -> QPainterPath:
    """Return the silhouette within the unit square: disc, quotation marks, bar, pin, flag or frame."""
    made = {
        Part.SPEAKER: _disc,
        Part.QUOTE: _marks,
        Part.CUE: _bar,
        Part.LOCATION: _pin,
        Part.CLAIM: _flag,
        Part.OTHER: _square,
    }
    return made[part]()


def paint_shape(painter: QPainter, rect: QRectF, part: Part, colour: QColor) -> None:
    """Fill the silhouette of a part into the largest square in the middle of ``rect``."""
    side = min(rect.width(), rect.height())
    left, top = rect.center().x() - side / 2, rect.center().y() - side / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    placed = QTransform.fromTranslate(left, top).scale(side, side).map(tag_shape(part))
    painter.fillPath(placed, colour)
    painter.restore()


def _disc() -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QRectF(0.06, 0.06, 0.88, 0.88))
    return path


def _marks() -> QPainterPath:
    """Return two quotation marks, each a drop with a tail to the upper right."""
    mark = QPainterPath(QPointF(0.44, 0.12))
    mark.cubicTo(QPointF(0.16, 0.2), QPointF(0.0, 0.38), QPointF(0.0, 0.66))
    mark.cubicTo(QPointF(0.0, 0.8), QPointF(0.1, 0.9), QPointF(0.23, 0.9))
    mark.cubicTo(QPointF(0.36, 0.9), QPointF(0.45, 0.8), QPointF(0.45, 0.69))
    mark.cubicTo(QPointF(0.45, 0.58), QPointF(0.37, 0.49), QPointF(0.25, 0.49))
    mark.cubicTo(QPointF(0.27, 0.38), QPointF(0.34, 0.28), QPointF(0.44, 0.24))
    mark.closeSubpath()
    both = QPainterPath(mark)
    both.addPath(mark.translated(0.54, 0))
    return both


def _bar() -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(QRectF(0.0, 0.34, 1.0, 0.32), 0.12, 0.12)
    return path


def _pin() -> QPainterPath:
    path = QPainterPath(QPointF(0.5, 1.0))
    path.cubicTo(QPointF(0.26, 0.74), QPointF(0.12, 0.58), QPointF(0.12, 0.38))
    path.cubicTo(QPointF(0.12, 0.16), QPointF(0.29, 0.0), QPointF(0.5, 0.0))
    path.cubicTo(QPointF(0.71, 0.0), QPointF(0.88, 0.16), QPointF(0.88, 0.38))
    path.cubicTo(QPointF(0.88, 0.58), QPointF(0.74, 0.74), QPointF(0.5, 1.0))
    path.closeSubpath()
    path.addEllipse(QPointF(0.5, 0.38), 0.15, 0.15)  # a hole, by the path's odd-even rule
    return path


def _flag() -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addRoundedRect(QRectF(0.08, 0.0, 0.16, 1.0), 0.06, 0.06)
    path.addPolygon(QPolygonF([QPointF(0.16, 0.04), QPointF(1.0, 0.36), QPointF(0.16, 0.68)]))
    path.closeSubpath()
    return path


def _square() -> QPainterPath:
    """Return a square frame: a filled square is too like a disc at the size of a list row."""
    path = QPainterPath()
    path.addRect(QRectF(0.08, 0.08, 0.84, 0.84))
    path.addRect(QRectF(0.3, 0.3, 0.4, 0.4))
    return path
