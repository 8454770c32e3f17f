"""How the margin looks: brackets, chips, pills and the connectors' common line."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from annotator.model.codebook import Part
from annotator.ui.reader.content import Content
from annotator.ui.reader.margin_layout import GAP, LANE, LONGEST_LABEL, SHAPE, Bracket, Chip, MarginLayout, Pill
from annotator.ui.theme.theme import Theme
from annotator.ui.widgets.shapes import paint_shape

HANDLE_RADIUS = 4.5
_TICK = 4.0
_HEAD = 4.0
"""Half the height of a connector's arrow."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class MarginPainter:
    """Paints one layout in document heights; the painter comes translated."""

    def __init__(self, painter: QPainter, content: Content, theme: Theme, hovered: str) -> None:
        self._painter, self._content, self._theme, self._hovered = painter, content, theme, hovered
        self._metrics = QFontMetricsF(painter.font())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def paint(self, layout: MarginLayout, width: float) -> None:
        """Paint everything."""
        for bracket in layout.brackets:
            self._bracket(bracket)
        for chip in layout.chips:
            self._chip(chip)
        for rectangle, text in layout.more:
            self._painter.setPen(QColor(self._theme.secondary))
            self._painter.drawText(rectangle, _LEFT, text)
        if layout.ghost:
            self._ghost(layout.ghost)
        if layout.handle is not None:
            self._connectors(layout, layout.handle, width - LANE / 2)

    def _strong(self, uid: str) -> bool:
        return uid in (self._content.selected, self._hovered)

    def _bracket(self, bracket: Bracket) -> None:
        """Draw a bar with a tick at both ends; between fragments it is dotted."""
        colour = self._theme.tag(bracket.tag.colour).line
        pen = QPen(colour, 2.4 if self._strong(bracket.uid) else 1.4)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        self._painter.setPen(pen)
        first, last = bracket.bars[0][0] + 1, bracket.bars[-1][1] - 1
        for top, bottom in bracket.bars:
            self._painter.drawLine(QLineF(bracket.x, top + 1, bracket.x, bottom - 1))
        for y in (first, last):
            self._painter.drawLine(QLineF(bracket.x - _TICK, y, bracket.x, y))
        pen.setDashPattern([0.1, 3.0])
        self._painter.setPen(pen)
        for (_, above), (below, _) in zip(bracket.bars, bracket.bars[1:], strict=False):
            if below > above:
                self._painter.drawLine(QLineF(bracket.x, above + 2, bracket.x, below - 2))

    def _chip(self, chip: Chip) -> None:
        colours, box = self._theme.tag(chip.tag.colour), chip.rectangle
        if self._strong(chip.uid):
            ground = QRectF(box).adjusted(-3, 0, 3, 0)
            self._painter.setPen(QPen(colours.line, 1.4) if chip.uid == self._content.selected else Qt.PenStyle.NoPen)
            self._painter.setBrush(colours.tint_selected if chip.uid == self._content.selected else colours.tint)
            self._painter.drawRoundedRect(ground, 4, 4)
        shape = QRectF(box.left(), box.center().y() - SHAPE / 2, SHAPE, SHAPE)
        ratio = self._painter.device().devicePixelRatioF()
        self._painter.drawPixmap(shape.topLeft(), _shape(chip.tag.part, colours.line.rgba(), ratio))
        if chip.label:
            room = QRectF(box).adjusted(SHAPE + GAP, 0, 2, 0)
            self._painter.setPen(colours.text)
            self._painter.drawText(room, _LEFT, self._elided(chip.label, room.width()))
        if chip.uid in self._content.incomplete:
            self._incomplete(shape)

    def _elided(self, label: str, width: float) -> str:
        if width >= LONGEST_LABEL:
            return self._metrics.elidedText(label, Qt.TextElideMode.ElideRight, width)
        return label

    def _incomplete(self, shape: QRectF) -> None:
        """Draw a small ring at the shape's upper left, on a rim of the ground so that it stands free."""
        centre = shape.topLeft() + QPointF(0.0, 0.5)
        self._painter.setPen(QPen(QColor(self._theme.reader), 4))
        self._painter.setBrush(QColor(self._theme.reader))
        self._painter.drawEllipse(centre, 2.4, 2.4)
        self._painter.setPen(QPen(QColor(self._theme.warning), 1.4))
        self._painter.drawEllipse(centre, 2.4, 2.4)

    def _ghost(self, pill: Pill) -> None:
        colour = QColor(self._theme.ghost)
        pen = QPen(colour, 1.2)
        pen.setDashPattern([1.5, 2.0])
        self._pill(pill, pen, QColor(self._theme.reader), colour)

    def _connectors(self, layout: MarginLayout, handle: float, lane: float) -> None:
        """Draw one line along the lane with a branch to every pill, and the handle at the selected one's height."""
        annotation = self._content.index.get(self._content.selected or "")
        if annotation is None:
            return
        colours = self._theme.tag(self._content.tag(annotation).colour)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(QPen(colours.line, 1.4))
        for pill in layout.pills:
            self._painter.drawPath(_branch(lane, handle, pill))
        for pill in layout.pills:
            if pill.label:
                self._pill(pill, QPen(colours.line, 1), QColor(self._theme.reader), colours.text)
            else:
                self._arrow(pill, colours.line)
        if self._content.can_link(annotation) or layout.pills:
            self._painter.setPen(QPen(QColor(self._theme.reader), 1.5))
            self._painter.setBrush(colours.line)
            self._painter.drawEllipse(QPointF(lane, handle), HANDLE_RADIUS, HANDLE_RADIUS)

    def _arrow(self, pill: Pill, colour: QColor) -> None:
        """Let a connector end in an arrow to the partner's shape, which is in the same row."""
        right, tip = pill.rectangle.right(), pill.rectangle.left() + 1
        head = QPainterPath(QPointF(tip + _HEAD, pill.y - _HEAD))
        head.lineTo(tip, pill.y)
        head.lineTo(tip + _HEAD, pill.y + _HEAD)
        self._painter.setPen(QPen(colour, 1.4))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawPath(head)
        self._painter.drawLine(QLineF(tip, pill.y, right, pill.y))

    def _pill(self, pill: Pill, border: QPen, ground: QColor, text: QColor) -> None:
        self._painter.setPen(border)
        self._painter.setBrush(ground)
        box = QRectF(pill.rectangle).adjusted(0.5, 0.5, -0.5, -0.5)
        self._painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        self._painter.setPen(text)
        label = self._metrics.elidedText(pill.label, Qt.TextElideMode.ElideRight, box.width() - 11)
        self._painter.drawText(box, Qt.AlignmentFlag.AlignCenter, label)


@lru_cache(maxsize=256)
def _shape(part: Part, colour: int, ratio: float) -> QPixmap:
    """Return a part's shape as a picture, made once per colour and screen."""
    picture = QPixmap(round(SHAPE * ratio), round(SHAPE * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_shape(painter, QRectF(0, 0, SHAPE, SHAPE), part, QColor.fromRgba(colour))
    painter.end()
    return picture


def _branch(lane: float, handle: float, pill: Pill) -> QPainterPath:
    """Return the way from the handle along the lane to a pill's right end, the corner rounded."""
    end = pill.rectangle.right()
    path = QPainterPath(QPointF(lane, handle))
    if abs(pill.y - handle) < 1:
        path.lineTo(end, pill.y)
        return path
    turn = min(6.0, abs(pill.y - handle)) * (1 if pill.y > handle else -1)
    path.lineTo(lane, pill.y - turn)
    path.quadTo(QPointF(lane, pill.y), QPointF(max(end, lane - 6), pill.y))
    path.lineTo(end, pill.y)
    return path
