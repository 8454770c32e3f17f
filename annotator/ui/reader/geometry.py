"""Where the text stands: one box per text line, made when first asked for and kept until the layout changes.

Everything here is in document coordinates (pixels from the top left of the whole text, not of what is visible) and in
code points; ``Positions`` turns them into Qt's units.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QTextBlock, QTextDocument, QTextLayout, QTextLine

from annotator.model.span import Span
from annotator.ui.reader.positions import Positions

ASCENT, DESCENT = 0.94, 0.32
"""How far the band behind a line's text reaches above and below its baseline, in font sizes."""

EMPTY_WIDTH = 4.0
"""Width in pixels of a span without visible characters, such as a line break alone."""

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


class LineBox(Struct, frozen=True):
    """One text line: its range in code points, its extent, and where Qt keeps it (block and number in the block).

    ``bottom`` is the next line's top, so the lines of a paragraph leave no gap. ``mixed`` is set when the
    line may hold right-to-left text.
    """

    start: int
    stop: int
    top: float
    bottom: float
    baseline: float
    left: float
    right: float
    block: int
    number: int
    mixed: bool


class Piece(Struct, frozen=True):
    """The part of a span on one line; ``rectangle`` is the band behind its text."""

    line: LineBox
    rectangle: QRectF


class Hit(Struct, frozen=True):
    """What a point means: the nearest place for the caret, and the character under it, None beside the text."""

    caret: int
    character: int | None


class Geometry:
    """Lines and rectangles of one document's text."""

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        self._text = ""
        self.positions = Positions("")
        self._blocks: dict[int, tuple[LineBox, ...]] = {}
        self.font_size = 16.0
        """The font size in pixels."""

    def set_text(self, text: str) -> None:
        """Measure another text, which the document shows already or will before the first question."""
        self._text = text
        self.positions = Positions(text)
        self.clear()

    def clear(self) -> None:
        """Forget all boxes, after a change of width, font or text."""
        self._blocks.clear()
        self.font_size = float(self._document.defaultFont().pixelSize())

    def block_at(self, position: int) -> QTextBlock:
        """Return the paragraph that holds a code point."""
        block = self._document.findBlock(self.positions.to_units(position))
        return block if block.isValid() else self._document.lastBlock()

    def block_span(self, block: QTextBlock) -> tuple[int, int]:
        """Return a paragraph's half-open range in code points, its line feed included."""
        start = block.position()
        return self.positions.from_units(start), self.positions.from_units(start + block.length())

    def lines(self, block: QTextBlock) -> tuple[LineBox, ...]:
        """Return a paragraph's lines from top to bottom."""
        number = block.blockNumber()
        if number not in self._blocks:
            self._blocks[number] = tuple(self._measured(block))
        return self._blocks[number]

    def _measured(self, block: QTextBlock) -> Iterator[LineBox]:
        bounds = self._document.documentLayout().blockBoundingRect(block)
        layout = block.layout()
        origin, first = layout.position(), block.position()
        start, stop = self.block_span(block)
        mixed = (
            block.textDirection() is Qt.LayoutDirection.RightToLeft
            or _RIGHT_TO_LEFT.search(self._text, start, stop) is not None
        )
        texts = [layout.lineAt(number) for number in range(layout.lineCount())]
        tops = [origin.y() + line.y() for line in texts] + [bounds.bottom()]
        for number, line in enumerate(texts):
            natural, unit = line.naturalTextRect(), first + line.textStart()
            yield LineBox(
                self.positions.from_units(unit),
                self.positions.from_units(unit + line.textLength()),
                tops[number],
                tops[number + 1],
                tops[number] + line.ascent(),
                origin.x() + natural.left(),
                origin.x() + natural.right(),
                block.blockNumber(),
                number,
                mixed,
            )

    def line_at(self, position: int) -> LineBox:
        """Return the line that shows a code point; at the end of the text, the last."""
        found = self.lines(self.block_at(position))
        return found[min(bisect_right(found, position, key=_stop), len(found) - 1)]

    def blocks_between(self, top: float, bottom: float) -> Iterator[QTextBlock]:
        """Go through the paragraphs that touch a range of heights."""
        block = self._block_near(QPointF(0, top))
        while block.isValid() and self.lines(block)[0].top <= bottom:
            yield block
            block = block.next()

    def cut(self, span: Span, top: float, bottom: float) -> Span:
        """Return a span without its lines above and below two heights: a paragraph can be of many screens."""
        first, last = self.lines(self.block_at(span.start)), self.lines(self.block_at(span.stop - 1))
        if top <= first[0].top and last[-1].bottom <= bottom:
            return span
        return _common(span, self.lines_span(top, bottom) or span) or span

    def lines_span(self, top: float, bottom: float) -> Span | None:
        """Return the span of the lines whose bands lie between two heights; None when no line's does."""
        seen: list[LineBox] = []
        for block in self.blocks_between(top, bottom):
            lines = self.lines(block)
            near = lines[max(bisect_right(lines, top, key=_top) - 1, 0) : bisect_right(lines, bottom, key=_top)]
            seen += [line for line in near if self.band(line)[0] >= top and self.band(line)[1] <= bottom]
        return Span(seen[0].start, seen[-1].stop) if seen and seen[0].start < seen[-1].stop else None

    def _block_near(self, point: QPointF) -> QTextBlock:
        first = self._document.begin()
        if point.y() < self.lines(first)[0].top:
            return first  # beside the blank above the text Qt names the text's end
        layout = self._document.documentLayout()
        unit = layout.hitTest(point, Qt.HitTestAccuracy.FuzzyHit)
        block = self._document.findBlock(max(unit, 0))
        while block.previous().isValid() and point.y() < self.lines(block)[0].top:
            block = block.previous()
        while block.next().isValid() and point.y() >= self.lines(block)[-1].bottom:
            block = block.next()
        return block

    def pieces(self, span: Span, within: Span | None = None) -> list[Piece]:
        """Return a span's rectangles line by line, only those on lines that touch ``within`` if that is given.

        A line with both directions may give several. A span without visible characters gives one narrow rectangle.
        """
        shown = _common(span, within) if within else span
        if shown is None:
            return []
        found: list[Piece] = []
        block = self.block_at(shown.start)
        while block.isValid() and self.positions.from_units(block.position()) < shown.stop:
            lines = self.lines(block)
            for line in lines[bisect_right(lines, shown.start, key=_stop) : bisect_left(lines, shown.stop, key=_start)]:
                found += [Piece(line, rectangle) for rectangle in self._on_line(block, line, shown)]
            block = block.next()
        return found or [self._empty_piece(shown.start)]

    def _on_line(self, block: QTextBlock, line: LineBox, span: Span) -> Iterator[QRectF]:
        """Give the bands of the part of a span on one line."""
        first = block.position()
        start = self.positions.to_units(max(span.start, line.start)) - first
        stop = self.positions.to_units(min(span.stop, line.stop)) - first
        if start >= stop:
            return  # an empty paragraph within the span
        layout = block.layout()
        start, stop = _whole(layout, start, stop)
        text_line, x = layout.lineAt(line.number), layout.position().x()
        extents = _runs(text_line, start, stop) if line.mixed else [_edges(text_line, start, stop)]
        for left, right in extents:
            left, right = max(left + x, line.left), min(right + x, line.right)  # noqa: PLW2901
            if right > left:
                yield self._band(line, left, right)

    def _band(self, line: LineBox, left: float, right: float) -> QRectF:
        top, bottom = self.band(line)
        return QRectF(left, top, right - left, bottom - top)

    def band(self, line: LineBox) -> tuple[float, float]:
        """Return the upper and lower edge of the band behind a line's text, on whole pixels to be sharp."""
        size = self.font_size
        return float(round(line.baseline - ASCENT * size)), float(round(line.baseline + DESCENT * size))

    def _empty_piece(self, position: int) -> Piece:
        line = self.line_at(position)
        x = self.caret_x(position, line)
        return Piece(line, self._band(line, x, x + EMPTY_WIDTH))

    def caret_x(self, position: int, line: LineBox) -> float:
        """Return where the caret stands on its line."""
        block = self._document.findBlockByNumber(line.block)
        unit = self.positions.to_units(position) - block.position()
        layout = block.layout()
        return layout.position().x() + _x(layout.lineAt(line.number), unit)

    def hit(self, point: QPointF) -> Hit:
        """Return what a point of the document means. The line is found by height first: between lines, the upper."""
        block = self._block_near(point)
        found = self.lines(block)
        line = found[max(bisect_right(found, point.y(), key=_top) - 1, 0)]
        layout = block.layout()
        text_line, x = layout.lineAt(line.number), point.x() - layout.position().x()
        caret = self.positions.from_units(block.position() + text_line.xToCursor(x))
        if not line.left <= point.x() < line.right:
            return Hit(caret, None)
        near = block.position() + text_line.xToCursor(x, QTextLine.CursorPosition.CursorOnCharacter)
        character = self._character_at(point.x(), self.positions.from_units(near), line)
        if line.mixed and character is not None:
            caret = self._caret_beside(point.x(), character, caret)
        return Hit(caret, character)

    def _character_at(self, x: float, near: int, line: LineBox) -> int | None:
        """Return the character whose box holds ``x``: the one Qt names or, where directions meet, another."""
        others = list(range(line.start, line.stop)) if line.mixed else [near - 1, near + 1]
        for position in [near, *others]:
            if line.start <= position < line.stop:
                rectangles = (piece.rectangle for piece in self.pieces(Span(position, position + 1)))
                if any(rectangle.left() <= x < rectangle.right() for rectangle in rectangles):
                    return position
        return near if near < line.stop else None

    def _caret_beside(self, x: float, character: int, otherwise: int) -> int:
        """Return the side of a character that is nearer to ``x``; Qt's own answer where its direction is not its own.

        Qt counts from the wrong end where a run against the paragraph's direction begins.
        """
        direction = unicodedata.bidirectional(self._text[character])
        if direction not in ("L", "R", "AL"):
            return otherwise
        box = self.pieces(Span(character, character + 1))[0].rectangle
        before = (x < box.center().x()) is (direction == "L")
        return character if before else character + 1


def _start(line: LineBox) -> int:
    return line.start


def _top(line: LineBox) -> float:
    return line.top


def _stop(line: LineBox) -> int:
    return line.stop


def _common(span: Span, other: Span) -> Span | None:
    start, stop = max(span.start, other.start), min(span.stop, other.stop)
    return Span(start, stop) if start < stop else None


def _whole(layout: QTextLayout, start: int, stop: int) -> tuple[int, int]:
    """Widen a range to whole graphemes: a combining mark has no box of its own."""
    while start > 0 and not layout.isValidCursorPosition(start):
        start -= 1
    # Bounded: in an empty paragraph no position is valid, not even the first.
    while stop < len(layout.text()) and not layout.isValidCursorPosition(stop):
        stop += 1
    return start, stop


def _x(line: QTextLine, unit: int) -> float:
    """Return a unit's place on its line (PySide6 gives Qt's corrected position as well)."""
    x: tuple[float, int] = line.cursorToX(unit)  # type: ignore[assignment]
    return x[0]


def _edges(line: QTextLine, start: int, stop: int) -> tuple[float, float]:
    return _x(line, start), _x(line, stop)


def _runs(line: QTextLine, start: int, stop: int) -> list[tuple[float, float]]:
    """Return the extents of a range on a line with both directions, neighbours joined.

    ``cursorToX`` gives the first character of a run against the paragraph's direction the edge of the run before, so
    the glyphs are asked instead.
    """
    boxes = sorted(
        (box.left(), box.right()) for run in line.glyphRuns(start, stop - start) if (box := run.boundingRect())
    )
    joined: list[tuple[float, float]] = []
    for left, right in boxes:
        if joined and left <= joined[-1][1] + 0.5:
            joined[-1] = (joined[-1][0], max(joined[-1][1], right))
        else:
            joined.append((left, right))
    return joined
