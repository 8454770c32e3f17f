"""A read-only text with a caret, set for long reading: fonts, widths, caret, selection and places in code points."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette, QResizeEvent, QTextBlock, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from annotator.model.span import Span
from annotator.ui.reader.geometry import Geometry, Hit
from annotator.ui.reader.pointing import Pointing
from annotator.ui.reader.typesetting import SIDE, SIDE_LEFT, dim, set_font, set_text, typesetting, widths
from annotator.ui.theme.fonts import article_font
from annotator.ui.theme.theme import Theme, load_theme

ZOOM_STEPS = (50, 60, 70, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300)
"""Sizes of the article's text, in percent."""

OVERHANG = 12
"""How far underlines and outlines may reach beyond their paragraph, in pixels."""


class Surface(QTextEdit):
    """Shows one text and knows where everything in it is; never read back from the widget.

    All offsets are code points of the text, half-open.
    """

    selection_changed = Signal(object)
    caret_changed = Signal(int)
    zoom_changed = Signal(int)
    text_moved = Signal(int, int)
    """Tells where the lines begin and end, in pixels from the left edge and from the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._furniture: tuple[Span, ...] = ()
        self._theme = load_theme("light")
        self._family, self._size, self._zoom = "", 16, 100
        self._geometry = Geometry(self.document())
        self._pointing = Pointing(self, self)
        self._least_left = SIDE_LEFT
        self._told: tuple[int, Span | None] = (0, None)
        self._be_a_reader()

    def _be_a_reader(self) -> None:
        """Switch off everything that edits, pastes or drops."""
        flags = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.setTextInteractionFlags(flags)
        self.setUndoRedoEnabled(False)
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.setTabChangesFocus(False)
        self.setCursorWidth(2)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self.viewport().setMouseTracking(True)
        self.document().setDocumentMargin(0)

    # -- text and type

    @property
    def text(self) -> str:
        """The article's text as it was given."""
        return self._text

    @property
    def theme(self) -> Theme:
        """The theme in use."""
        return self._theme

    def set_text(self, text: str, furniture: tuple[Span, ...]) -> None:
        """Show a text from its beginning, the furniture in it dimmed."""
        self._text, self._furniture = text, furniture
        self._geometry.set_text(text)
        with typesetting(self.document()):
            set_text(self.document(), text, self._font())
            self.setTextCursor(QTextCursor(self.document()))
            self._dim_furniture()
        self._geometry.clear()
        self._divide_width()
        self.verticalScrollBar().setValue(0)
        self._settle()

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self._theme = theme
        palette = self.palette()
        for role, colour in (
            (QPalette.ColorRole.Base, theme.reader),
            (QPalette.ColorRole.Text, theme.text),
            (QPalette.ColorRole.Highlight, theme.selection),
            (QPalette.ColorRole.HighlightedText, theme.text),
        ):
            palette.setColor(role, QColor(colour))
        self.setPalette(palette)
        self._dim_furniture()

    def _dim_furniture(self) -> None:
        if self._furniture:
            dim(self.document(), self._furniture, self._geometry.positions, QColor(self._theme.furniture))

    def _font(self) -> QFont:
        return article_font(self._family, max(6, round(self._size * self._zoom / 100)))

    def set_article_font(self, family: str, size: int) -> None:
        """Set the article in a font family (empty: the best book face there is) at a size in pixels."""
        self._family, self._size = family, size
        self._set_again()

    @property
    def zoom(self) -> int:
        """The size of the text in percent."""
        return self._zoom

    def set_zoom(self, percent: int) -> None:
        """Set the size of the text in percent, at least 50 and at most 300."""
        percent = min(max(percent, ZOOM_STEPS[0]), ZOOM_STEPS[-1])
        if percent != self._zoom:
            self._zoom = percent
            self._set_again()
            self.zoom_changed.emit(percent)

    def step_zoom(self, step: int) -> None:
        """Go one step larger (1) or smaller (-1), or back to 100 % (0)."""
        if step > 0:
            self.set_zoom(next((size for size in ZOOM_STEPS if size > self._zoom), ZOOM_STEPS[-1]))
        elif step < 0:
            self.set_zoom(next((size for size in reversed(ZOOM_STEPS) if size < self._zoom), ZOOM_STEPS[0]))
        else:
            self.set_zoom(100)

    def _set_again(self) -> None:
        """Set the same text in the present font, the line at the top staying there."""
        top = self.hit(QPoint(0, 0)).caret if self._text else 0
        # The widget's own font too: QTextEdit gives it to its document at every change of style.
        self.setFont(self._font())
        with typesetting(self.document()):
            set_font(self.document(), self._text, self._font())
        self._divide_width()
        self.layout_changed()
        self.verticalScrollBar().setValue(round(self._geometry.line_at(top).top) if top else 0)

    def layout_changed(self) -> None:
        """Forget where everything was."""
        self._geometry.clear()
        self.viewport().update()

    def set_least_left(self, width: int) -> bool:
        """Keep so many pixels free left of the text; tells whether they were others before."""
        changed = width != self._least_left
        if changed:
            self._least_left = width
            self._divide_width()
            self.layout_changed()
        return changed

    def _divide_width(self) -> None:
        bar = self.verticalScrollBar().sizeHint().width()
        divided = widths(max(0, self.width() - bar), self._font(), self._least_left)
        self.setViewportMargins(divided.left, 0, divided.margin, 0)
        self.text_moved.emit(divided.left + SIDE, bar + divided.margin + SIDE)
        # Margins set while a resize is under way reach the viewport, but not always the text in it.
        if self.document().textWidth() != self.viewport().width():
            self.document().setTextWidth(self.viewport().width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Divide the new width and forget where everything was."""
        super().resizeEvent(event)
        self._divide_width()
        self.layout_changed()

    # -- nothing comes in, and what goes out is the article's own text

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: ARG002
        """Accept nothing."""
        return False

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Insert nothing."""

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy from the text itself: Qt's copy turns no-break spaces into spaces."""
        data, span = QMimeData(), self.selection()
        data.setText(span.of(self._text) if span else "")
        return data

    # -- caret and selection

    def caret(self) -> int:
        """Return the caret's place."""
        return self._geometry.positions.from_units(self.textCursor().position())

    def anchor(self) -> int:
        """Return where the selection began; the caret's place without one."""
        return self._geometry.positions.from_units(self.textCursor().anchor())

    def set_caret(self, position: int) -> None:
        """Put the caret somewhere, without a selection."""
        self.move_caret(position, position)
        self._settle()

    def selection(self) -> Span | None:
        """Return the selected span as it is drawn."""
        return self.drawn_selection()

    def drawn_selection(self) -> Span | None:
        """Return the selected span, also while it is being drawn."""
        cursor = self.textCursor()
        return self._geometry.positions.span_of(cursor.anchor(), cursor.position())

    def set_selection(self, span: Span | None) -> None:
        """Select a span, the caret at its end; None leaves the caret alone."""
        if span:
            self.draw_selection(span)
        else:
            self.move_caret(self.caret(), self.caret())
        self._settle()

    def draw_selection(self, span: Span) -> None:
        """Select a span without telling, the caret on the side where it is now."""
        if self.caret() < self.anchor():
            self.move_caret(span.stop, span.start)
        else:
            self.move_caret(span.start, span.stop)

    def move_caret(self, anchor: int, caret: int) -> None:
        """Draw the selection from ``anchor`` to ``caret`` without telling."""
        cursor = self.cursor_at(anchor)
        cursor.setPosition(self._geometry.positions.to_units(caret), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def cursor_at(self, position: int) -> QTextCursor:
        """Return a cursor of the document at a code point."""
        cursor = self.textCursor()
        cursor.setPosition(self._geometry.positions.to_units(position))
        return cursor

    @property
    def exact_selection(self) -> bool:
        """Whether Shift was held at the end of the mouse drag that made the selection."""
        return self._pointing.exact

    def set_snapper(self, snapper: Callable[[Span], Span] | None) -> None:
        """Let selections by mouse grow to what this returns when the button is released."""
        self._pointing.snapper = snapper

    def _settle(self) -> None:
        """Tell about the caret and the selection if they are others than last told."""
        caret, selection = self.caret(), self.selection()
        (before, selected), self._told = self._told, (caret, selection)
        if caret != before:
            self.caret_changed.emit(caret)
        if selection != selected:
            self.selection_changed.emit(selection)

    # -- places

    def point_of(self, position: int) -> QPoint:
        """Return the middle of a code point in the viewport's coordinates."""
        stop = min(position + 1, self._geometry.positions.length)
        if position >= stop:
            return self.cursorRect(self.cursor_at(position)).center()
        return self.rectangles_of(Span(position, stop))[0].center().toPoint()

    def rectangles_of(self, span: Span) -> list[QRectF]:
        """Return the bands behind a span's text, line by line, in the viewport's coordinates."""
        shift = -self.scrolled()
        return [piece.rectangle.translated(shift) for piece in self._geometry.pieces(span)]

    def scrolled(self) -> QPointF:
        """Return which point of the document is at the viewport's top left."""
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def hit(self, point: QPoint) -> Hit:
        """Return what a point of the viewport means."""
        return self._geometry.hit(QPointF(point) + self.scrolled())

    def shown_span(self) -> Span:
        """Return the span of the paragraphs in sight; one code point at least."""
        blocks = self.visible_blocks(self.viewport().rect())
        if not blocks:
            return Span(0, 1)
        start, stop = self._geometry.block_span(blocks[0])[0], self._geometry.block_span(blocks[-1])[1]
        return Span(min(start, stop - 1) if stop else 0, max(stop, 1))

    def update_paragraphs(self, span: Span) -> None:
        """Repaint the paragraphs that a span touches, as far as they are visible: depths may have changed there."""
        first, last = self._geometry.block_at(span.start), self._geometry.block_at(span.stop - 1)
        top, bottom = self._geometry.lines(first)[0].top, self._geometry.lines(last)[-1].bottom
        y, width = round(top - self.scrolled().y()), self.viewport().width()
        self.viewport().update(QRect(0, y - 2, width, round(bottom - top) + 4))

    def visible_blocks(self, area: QRect) -> list[QTextBlock]:
        """Return the paragraphs in a part of the viewport."""
        top = self.scrolled().y() + area.top() - OVERHANG
        return list(self._geometry.blocks_between(top, top + area.height() + 2 * OVERHANG))

    def reveal(self, span: Span) -> None:
        """Scroll so that a span can be seen with some lines around it; not at all if it can."""
        top = self._geometry.line_at(span.start).top
        bottom = self._geometry.line_at(span.stop - 1).bottom
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if top >= bar.value() and bottom <= bar.value() + height:
            return
        wanted = round(max(0, top - height / 3))
        if wanted > bar.maximum():
            # Qt lays a long text out bit by bit and lengthens the scroll bar as it gets on.
            bar.setMaximum(round(self.document().documentLayout().documentSize().height()) - height)
        bar.setValue(wanted)
