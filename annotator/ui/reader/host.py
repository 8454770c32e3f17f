"""What the reader's parts ask of the reader, so that they need not know the widget itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QMimeData, QPoint, QPointF, QRectF
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QScrollBar, QWidget

from annotator.model.annotation import Annotation
from annotator.model.span import Span
from annotator.ui.reader.content import Content
from annotator.ui.reader.geometry import Hit
from annotator.ui.reader.margin_layout import MarginLayout
from annotator.ui.reader.painting import Preview
from annotator.ui.theme.theme import Theme


class TextHost(Protocol):
    """A text with a caret; points are the viewport's, offsets code points."""

    def viewport(self) -> QWidget:
        """Return the widget that shows the text."""

    def verticalScrollBar(self) -> QScrollBar:
        """Return the bar that scrolls the text."""

    def hit(self, point: QPoint) -> Hit:
        """Return what a point means."""

    def anchor(self) -> int:
        """Return where the selection began."""

    def move_caret(self, anchor: int, caret: int) -> None:
        """Draw the selection without telling."""

    def drawn_selection(self) -> Span | None:
        """Return the selection as it is drawn."""

    def draw_selection(self, span: Span) -> None:
        """Draw a selection, the caret staying on its side."""

    def cursor_at(self, position: int) -> QTextCursor:
        """Return a cursor at a code point."""

    def setTextCursor(self, cursor: QTextCursor) -> None:
        """Take a cursor's place and selection over."""

    def createMimeDataFromSelection(self) -> QMimeData:
        """Return the selected words."""


class AnnotationHost(Protocol):
    """A text with annotations, one of them selected or none."""

    content: Content

    @property
    def text(self) -> str:
        """The article's text."""

    @property
    def theme(self) -> Theme:
        """The theme in use."""

    def viewport(self) -> QWidget:
        """Return the widget that shows the text."""

    def hit(self, point: QPoint) -> Hit:
        """Return what a point of the viewport means."""

    def scrolled(self) -> QPointF:
        """Return which point of the document is at the viewport's top left."""

    def shown_span(self) -> Span:
        """Return the span of the paragraphs in sight."""

    def rectangles_of(self, span: Span) -> list[QRectF]:
        """Return the bands behind a span's text, in the viewport's coordinates."""

    def annotations_at(self, position: int) -> list[Annotation]:
        """Return the annotations that cover a code point, innermost first."""

    def margin_layout(self, width: int, measure: Callable[[str], float]) -> MarginLayout:
        """Return what stands where in a margin of that width."""

    def show_preview(self, preview: Preview | None) -> None:
        """Show a fragment as it would be."""

    def show_target(self, uid: str | None) -> None:
        """Outline the annotation that a link would end at."""
