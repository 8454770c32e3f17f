"""One shape for each kind of difference, so that kinds can be told apart without colour."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPainterPathStroker, QPolygonF, QTransform

from annotator.analysis.comparison import DifferenceKind


@cache
def kind_shape(kind: DifferenceKind) -> QPainterPath:
    """Return the silhouette within the unit square."""
    made = {
        DifferenceKind.ONLY_A: lambda: _half(0.0),
        DifferenceKind.ONLY_B: lambda: _half(0.5),
        DifferenceKind.BOUNDARY: _edges,
        DifferenceKind.TAG: _label,
        DifferenceKind.ATTRIBUTE: _lines,
        DifferenceKind.ENTITY: _person,
        DifferenceKind.LINK: _rings,
    }
    return made[kind]()


def paint_kind(painter: QPainter, rect: QRectF, kind: DifferenceKind, colour: QColor) -> None:
    """Fill a kind's silhouette into the largest square in the middle of ``rect``."""
    side = min(rect.width(), rect.height())
    place = QTransform.fromTranslate(rect.center().x() - side / 2, rect.center().y() - side / 2).scale(side, side)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(place.map(kind_shape(kind)), colour)
    painter.restore()


def _stroked(path: QPainterPath, width: float = 0.12) -> QPainterPath:
    stroker = QPainterPathStroker()
    stroker.setWidth(width)
    return stroker.createStroke(path)


def _half(left: float) -> QPainterPath:
    """Return a frame of which one half is filled: the side that says something."""
    frame = QPainterPath()
    frame.addRect(QRectF(0.06, 0.14, 0.88, 0.72))
    half = QPainterPath()
    half.addRect(QRectF(left, 0.08, 0.5, 0.84))
    return _stroked(frame).united(half)


def _edges() -> QPainterPath:
    """Return two edges and an arrow between them."""
    path = QPainterPath()
    for x in (0.06, 0.94):
        path.moveTo(x, 0.1)
        path.lineTo(x, 0.9)
    path.moveTo(0.2, 0.5)
    path.lineTo(0.8, 0.5)
    for x, back in ((0.2, 0.18), (0.8, -0.18)):
        path.moveTo(x + back, 0.32)
        path.lineTo(x, 0.5)
        path.lineTo(x + back, 0.68)
    return _stroked(path)


def _label() -> QPainterPath:
    path = QPainterPath()
    points = [(0.0, 0.2), (0.62, 0.2), (1.0, 0.5), (0.62, 0.8), (0.0, 0.8)]
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
    path.closeSubpath()
    path.addEllipse(QPointF(0.22, 0.5), 0.1, 0.1)  # a hole, by the path's odd-even rule
    return path


def _lines() -> QPainterPath:
    path = QPainterPath()
    for y in (0.14, 0.44, 0.74):
        path.addRect(QRectF(0.0, y, 0.16, 0.14))
        path.addRect(QRectF(0.28, y, 0.72, 0.14))
    return path


def _person() -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(0.5, 0.26), 0.22, 0.22)
    path.moveTo(0.06, 0.96)
    path.cubicTo(QPointF(0.06, 0.4), QPointF(0.94, 0.4), QPointF(0.94, 0.96))
    path.closeSubpath()
    return path


def _rings() -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(0.22, 0.5), 0.16, 0.16)
    path.addEllipse(QPointF(0.78, 0.5), 0.16, 0.16)
    path.moveTo(0.38, 0.5)
    path.lineTo(0.62, 0.5)
    return _stroked(path)
