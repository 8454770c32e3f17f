"""The margin at the right: brackets and chips to click, connectors, and the handle from which links are drawn."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from annotator.ui.reader.drag import LinkDrag
from annotator.ui.reader.host import AnnotationHost
from annotator.ui.reader.margin_layout import LANE, MarginLayout, tooltip
from annotator.ui.reader.margin_painting import HANDLE_RADIUS, MarginPainter
from annotator.ui.theme.fonts import interface_font

LABEL_SIZE = 11
WIDEST = 260
"""Pixels of the margin that are used: in a wide window connectors stay near the text."""


class Margin(QWidget):
    """Stands beside the text and scrolls with it; laid out anew only when something has changed."""

    activated = Signal(str)
    link_dragged = Signal(str, int)

    def __init__(self, reader: AnnotationHost, parent: QWidget) -> None:
        super().__init__(parent)
        self._reader = reader
        self._layout: MarginLayout | None = None
        self._hovered = ""
        self._link = LinkDrag(reader, self, parent, self.link_dragged.emit)
        self.setFont(interface_font(LABEL_SIZE))
        self.setMouseTracking(True)
        self.setObjectName("readerMargin")
        self.setAccessibleName(self.tr("Annotations beside the text"))

    def refresh(self) -> None:
        """Lay out and paint again before long."""
        self._layout = None
        self.update()

    def laid_out(self) -> MarginLayout:
        """Return what stands where."""
        if self._layout is None:
            self._layout = self._reader.margin_layout(self._used_width(), self._label_width)
        return self._layout

    def _used_width(self) -> int:
        return min(self.width(), WIDEST)

    def _label_width(self, label: str) -> float:
        return _advance(label, self.font().family(), self.font().pixelSize())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint what is in sight."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._reader.theme.reader))
        painter.translate(0, -self._shift())
        MarginPainter(painter, self._reader.content, self._reader.theme, self._hovered).paint(
            self.laid_out(), self._used_width()
        )
        painter.end()

    def _shift(self) -> float:
        """Return which height of the document is at the margin's top."""
        return self._reader.scrolled().y()

    def uid_at(self, point: QPointF) -> str:
        """Return the annotation whose bracket, chip or connector is at a point of the margin; empty without one."""
        at, layout = point + QPointF(0, self._shift()), self.laid_out()
        places: list[tuple[str, QRectF]] = [(pill.uid, pill.rectangle) for pill in layout.pills]
        places += [(chip.uid, chip.rectangle.adjusted(-4, 0, 4, 0)) for chip in layout.chips]
        places += [(bracket.uid, bracket.rectangle) for bracket in layout.brackets]
        return next((uid for uid, rectangle in places if rectangle.contains(at)), "")

    def handle_point(self) -> QPointF | None:
        """Return the middle of the handle for drawing links, None when the selected annotation starts none."""
        selected = self._reader.content.index.get(self._reader.content.selected or "")
        handle = self.laid_out().handle
        if selected is None or handle is None or self._reader.content.lanes is not None:
            return None
        if not self._reader.content.can_link(selected):
            return None
        return QPointF(self._used_width() - LANE / 2, handle - self._shift())

    def _on_handle(self, point: QPointF) -> bool:
        handle = self.handle_point()
        return handle is not None and (point - handle).manhattanLength() <= 2 * HANDLE_RADIUS + 1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a link at the handle, or choose what is under the pointer."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        handle = self.handle_point()
        if handle is not None and self._on_handle(event.position()):
            self._link.begin(handle)
        elif uid := self.uid_at(event.position()):
            self.activated.emit(uid)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the link on, or show what a click would choose."""
        if self._link.active:
            self._link.move(event.position())
            return
        self._hover(self.uid_at(event.position()))
        if self._on_handle(event.position()):
            self.setCursor(Qt.CursorShape.CrossCursor)
        elif self._hovered:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.unsetCursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a link."""
        if self._link.active:
            self._link.end(event.position())

    @property
    def linking(self) -> bool:
        """Whether a link is being drawn."""
        return self._link.active

    def cancel_link(self) -> None:
        """Give up the link being drawn."""
        self._link.cancel()

    def leaveEvent(self, event: QEvent) -> None:
        """Show nothing as under the pointer."""
        super().leaveEvent(event)
        self._hover("")

    def _hover(self, uid: str) -> None:
        if uid != self._hovered:
            self._hovered = uid
            self.update()

    def event(self, event: QEvent) -> bool:
        """Show an annotation's words as a tooltip."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.tooltip_at(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def tooltip_at(self, point: QPointF) -> str:
        """Return what a tooltip says at a point."""
        if self._on_handle(point):
            return self.tr("Drag to a mention in the text to link it")
        at = point + QPointF(0, self._shift())
        layout = self.laid_out()
        pills = [*layout.pills, *([layout.ghost] if layout.ghost else [])]
        role = next((pill.told for pill in pills if pill.label != pill.told and pill.rectangle.contains(at)), "")
        uid = self.uid_at(point)
        return "\n".join(filter(None, (role, tooltip(self._reader.content, uid) if uid else "")))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the text."""
        QApplication.sendEvent(self._reader.viewport(), event)


@lru_cache(maxsize=1024)
def _advance(label: str, family: str, size: int) -> float:
    """Return a label's width in the interface's font (the family is part of the key)."""
    font = interface_font(size)
    font.setFamily(family)
    return QFontMetricsF(font).horizontalAdvance(label)
