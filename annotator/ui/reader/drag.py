"""Dragging an edge of the selected annotation, and drawing a link from its handle to another annotation."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import QLineF, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from annotator.model.span import Fragment, Span
from annotator.ui.reader.host import AnnotationHost
from annotator.ui.reader.painting import Preview
from annotator.ui.widgets.dismiss import dismiss

REACH = 4
"""How near the pointer must be to an edge, in pixels."""


class Edge(Struct, frozen=True):
    """The start or the end of a fragment of the selected annotation."""

    uid: str
    number: int
    span: Span
    at_start: bool

    def moved(self, position: int) -> Span:
        """Return the fragment with this edge at another place, at least one code point long."""
        if self.at_start:
            return Span(max(0, min(position, self.span.stop - 1)), self.span.stop)
        return Span(self.span.start, max(position, self.span.start + 1))


class EdgeDrag:
    """Follows the pointer from an edge to its new place; the fragment is painted there meanwhile."""

    def __init__(self, reader: AnnotationHost, tell: Callable[[str, int, Span], None]) -> None:
        self._reader, self._tell = reader, tell
        self._edge: Edge | None = None
        self._span: Span | None = None
        self._moved = False

    @property
    def active(self) -> bool:
        """Whether an edge is being dragged."""
        return self._edge is not None

    def edge_at(self, point: QPoint) -> Edge | None:
        """Return the edge of the selected annotation near a point of the viewport; none while sets are compared."""
        annotation = self._reader.content.index.get(self._reader.content.selected or "")
        if annotation is None or self._reader.content.lanes is not None:
            return None
        for number, fragment in enumerate(annotation.fragments):
            for at_start in (False, True):
                grip = self._grip(fragment, at_start=at_start)
                if grip and grip.contains(QPointF(point)):
                    return Edge(annotation.uid, number, fragment.span, at_start)
        return None

    def _grip(self, fragment: Fragment, *, at_start: bool) -> QRectF | None:
        """Return where an edge can be taken, in the viewport; None when it is out of sight."""
        position = fragment.start if at_start else fragment.stop - 1
        if position not in self._reader.shown_span():
            return None
        boxes = self._reader.rectangles_of(Span(position, position + 1))
        box = boxes[0] if at_start else boxes[-1]
        backwards = unicodedata.bidirectional(self._reader.text[position]) in ("R", "AL")
        x = box.right() if at_start is backwards else box.left()
        return QRectF(x - REACH, box.top(), 2 * REACH, box.height())

    def begin(self, edge: Edge) -> None:
        """Take an edge."""
        self._edge, self._span, self._moved = edge, edge.span, False

    def move(self, point: QPoint) -> None:
        """Bring the edge to a point of the viewport."""
        if self._edge:
            self._moved = True
            self._span = self._edge.moved(self._reader.hit(point).caret)
            self._reader.show_preview(Preview(self._edge.uid, self._edge.number, self._span))

    def end(self) -> bool:
        """Let go and tell the new span, if it is another; return False when the pointer did not move."""
        edge, span = self._edge, self._span
        self.cancel()
        if edge and span and span != edge.span:
            self._tell(edge.uid, edge.number, span)
        return self._moved

    def cancel(self) -> None:
        """Let go; the fragment stays where it is."""
        self._edge = self._span = None
        self._reader.show_preview(None)


class LinkDrag:
    """Draws a line from the handle in the margin to the pointer, and marks the annotation that a release would link."""

    def __init__(
        self, reader: AnnotationHost, margin: QWidget, whole: QWidget, tell: Callable[[str, int], None]
    ) -> None:
        self._reader, self._margin, self._whole, self._tell = reader, margin, whole, tell
        self._uid = ""
        self._line: _Line | None = None

    @property
    def active(self) -> bool:
        """Whether a link is being drawn."""
        return self._line is not None

    def begin(self, handle: QPointF) -> None:
        """Begin at the handle, a point of the margin."""
        self._uid = self._reader.content.selected or ""
        start = self._margin.mapTo(self._whole, handle)
        self._line = _Line(self._whole, self._reader.theme.accent, start)
        self._line.show()

    def move(self, point: QPointF) -> None:
        """Draw to a point of the margin's coordinates."""
        if self._line:
            self._line.draw_to(self._margin.mapTo(self._whole, point))
            position = self._position(point)
            found = self._reader.annotations_at(position) if position is not None else []
            self._reader.show_target(next((a.uid for a in found if a.uid != self._uid), None))

    def end(self, point: QPointF) -> None:
        """Let go and tell the code point under the pointer, if there is one."""
        position = self._position(point)
        uid = self._uid
        self.cancel()
        if position is not None:
            self._tell(uid, position)

    def cancel(self) -> None:
        """Let go without a link."""
        if self._line:
            dismiss(self._line)
            self._line = None
        self._reader.show_target(None)

    def _position(self, point: QPointF) -> int | None:
        port = self._reader.viewport()
        inside = self._margin.mapTo(self._whole, point) - QPointF(port.pos())
        return self._reader.hit(inside.toPoint()).character if QRectF(port.rect()).contains(inside) else None


class _Line(QWidget):
    """Lies over the whole reader, lets every event through and shows one line."""

    def __init__(self, reader: QWidget, colour: str, start: QPointF) -> None:
        super().__init__(reader)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(reader.rect())
        self._colour, self._path = QColor(colour), QLineF(start, start)

    def draw_to(self, point: QPointF) -> None:
        """Let the line end at a point of the reader."""
        self._path.setP2(point)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Draw the line with a dot at its end."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._colour, 2))
        painter.drawLine(self._path)
        painter.setBrush(self._colour)
        painter.drawEllipse(self._path.p2(), 3, 3)
        painter.end()
