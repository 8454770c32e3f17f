"""Tints behind the text and stacked underlines below it, for the visible paragraphs only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextBlock

from annotator.model.article_index import Placed, depths
from annotator.model.codebook import Part
from annotator.model.span import Span
from annotator.ui.reader.content import Content
from annotator.ui.reader.geometry import DESCENT, Geometry, LineBox, Piece
from annotator.ui.reader.strokes import dotted, underline
from annotator.ui.theme.theme import TagColours, Theme

_STEP = (2.0, 3.6)
"""Least and greatest distance of stacked underlines in pixels at 16 px."""

_TALL, _SMALL = 0.78, 0.46
"""Heights of tall and of small letters in font sizes."""


class Mark(Struct, frozen=True):
    """One fragment inside one paragraph, ready to paint."""

    entry: Placed
    part: Part
    colours: TagColours
    pieces: tuple[Piece, ...]
    depths: dict[int, int]
    """Depth by the number of the line in the paragraph."""


class Preview(Struct, frozen=True):
    """A fragment being dragged: painted at ``span`` instead of where it is."""

    uid: str
    number: int
    span: Span


class SpanPainter:
    """Paints everything about spans that lies in the text itself; all in document coordinates."""

    def __init__(self, content: Content, geometry: Geometry, theme: Theme) -> None:
        self._content, self._geometry = content, geometry
        self.theme = theme
        self.area = QRectF()
        """The part of the document to paint; what lies above and below it is left out."""
        self.preview: Preview | None = None
        self.ghost: Span | None = None
        self.found: tuple[Span, ...] = ()
        self.current = -1
        self.flashing: tuple[Span, ...] = ()
        self.flash_strength = 0.0
        self.target: str | None = None
        self._marks: dict[int, tuple[Mark, ...]] = {}

    def reset(self) -> None:
        """Show nothing transient: another article comes."""
        self.preview = self.ghost = self.target = None
        self.found, self.flashing = (), ()
        self.clear()

    def clear(self) -> None:
        """Forget all marks, after a change of layout, theme, codebook or article."""
        self._marks.clear()

    def forget(self, span: Span) -> None:
        """Forget the marks of the paragraphs that a span touches."""
        last = self._geometry.block_at(span.stop - 1).blockNumber()
        for number in range(self._geometry.block_at(span.start).blockNumber(), last + 1):
            self._marks.pop(number, None)

    def marks(self, block: QTextBlock) -> tuple[Mark, ...]:
        """Return a paragraph's marks, the longest fragments first."""
        number = block.blockNumber()
        if number not in self._marks:
            self._marks[number] = tuple(self._made(block))
        return self._marks[number]

    def _made(self, block: QTextBlock) -> Iterable[Mark]:
        start, stop = self._geometry.block_span(block)
        if start == stop:
            return []
        entries = self._content.shown_between(start, stop)
        given: dict[Placed, dict[int, int]] = {entry: {} for entry in entries}
        for line in self._geometry.lines(block):
            on_line = self._content.shown_between(line.start, line.stop)
            if on_line:
                for entry, depth in self._depths(on_line, Span(line.start, line.stop)).items():
                    given[entry][line.number] = depth
        ordered = sorted(entries, key=lambda e: (e.start - e.stop, e))
        return [self._mark(entry, Span(start, stop), given[entry]) for entry in ordered]

    def _depths(self, entries: Sequence[Placed], within: Span) -> dict[Placed, int]:
        """Return how deep each underline stands; where two sets are compared the second's stand below the first's.

        So that they stand no deeper than they must, only what overlaps on the line is stood below.
        """
        lanes = self._content.lanes
        if lanes is None:
            return depths(entries, within)
        above = depths([entry for entry in entries if entry.uid in lanes.first], within)
        below = depths([entry for entry in entries if entry.uid not in lanes.first], within)
        return above | {
            entry: depth + max((d + 1 for e, d in above.items() if e.span.overlaps(entry.span)), default=0)
            for entry, depth in below.items()
        }

    def _mark(self, entry: Placed, within: Span, given: dict[int, int]) -> Mark:
        tag = self._content.tag(self._content.annotation(entry))
        pieces = tuple(self._geometry.pieces(entry.span, within))
        return Mark(entry, tag.part, self.theme.tag(tag.colour), pieces, given)

    def take_found(self, spans: Sequence[Span], current: int) -> set[Span]:
        """Show what a search found; return the spans that look other than before."""
        before = self._found_with_looks()
        self.found, self.current = tuple(spans), current
        return {span for span, _ in before ^ self._found_with_looks()}

    def _found_with_looks(self) -> set[tuple[Span, bool]]:
        return {(span, number == self.current) for number, span in enumerate(self.found)}

    def paint_below(self, painter: QPainter, blocks: Sequence[QTextBlock]) -> None:
        """Paint what lies behind the text: tints, the inner over the outer, then found and flashing spans.

        Of those that cover the same the selected one is on top.
        """
        painter.setPen(Qt.PenStyle.NoPen)
        selected = self._content.selected
        for block in blocks:
            for mark in sorted(
                self.marks(block), key=lambda m: (m.entry.start - m.entry.stop, m.entry.uid == selected)
            ):
                chosen = mark.entry.uid == selected
                if self._content.quiet(mark.entry.uid) and not chosen:
                    continue
                painter.setBrush(mark.colours.tint_selected if chosen else mark.colours.tint)
                for piece in self._pieces(mark, block):
                    painter.drawRoundedRect(piece.rectangle, 2, 2)
        for number, span in enumerate(self.found):
            self._fill(painter, span, blocks, _faint(self.theme.warning, 0.6 if number == self.current else 0.25))
        for span in self.flashing:
            self._fill(painter, span, blocks, _faint(self.theme.accent, 0.45 * self.flash_strength))

    def _fill(self, painter: QPainter, span: Span, blocks: Sequence[QTextBlock], colour: QColor) -> None:
        start, stop = self._geometry.block_span(blocks[0])[0], self._geometry.block_span(blocks[-1])[1]
        if start < span.stop and span.start < stop:
            painter.setBrush(colour)
            for piece in self._geometry.pieces(span, Span(start, stop)):
                painter.drawRoundedRect(piece.rectangle, 2, 2)

    def _inside(self, span: Span, block: QTextBlock) -> list[Piece]:
        start, stop = self._geometry.block_span(block)
        touches = start < stop and span.start < stop and start < span.stop
        return self._geometry.pieces(span, Span(start, stop)) if touches else []

    def _pieces(self, mark: Mark, block: QTextBlock) -> Sequence[Piece]:
        preview = self.preview
        if preview and (mark.entry.uid, mark.entry.number) == (preview.uid, preview.number):
            return self._inside(preview.span, block)
        if len(mark.pieces) == 1:
            return mark.pieces if self._is_near(mark.pieces[0]) else ()
        return [piece for piece in mark.pieces if self._is_near(piece)]

    def _is_near(self, piece: Piece) -> bool:
        return piece.line.bottom >= self.area.top() and piece.line.top <= self.area.bottom()

    def paint_above(self, painter: QPainter, blocks: Sequence[QTextBlock]) -> None:
        """Paint what lies over the text: underlines, the outlines of partners and of the selected one, the ghost."""
        partners = {partner.annotation.uid for partner in self._content.partners()}
        strong: list[tuple[Mark, Sequence[Piece]]] = []
        for block in blocks:
            marks = self.marks(block)
            levels = _levels(marks)
            for mark in marks:
                pieces = self._pieces(mark, block)
                self._paint_underlines(painter, mark, pieces, levels)
                if mark.entry.uid in (self._content.selected, self.target):
                    strong.append((mark, pieces))
                elif mark.entry.uid in partners:
                    self._outline(painter, pieces, QPen(mark.colours.line, 1.2, Qt.PenStyle.DashLine), 0)
            if self.ghost:
                self._paint_ghost(painter, self._inside(self.ghost, block))
        for mark, pieces in strong:
            self._outline(painter, pieces, QPen(mark.colours.line, 2), 1)

    def _paint_ghost(self, painter: QPainter, pieces: Iterable[Piece]) -> None:
        for piece in pieces:
            band = piece.rectangle
            dotted(painter, band.left(), band.right(), band.bottom() - 1, QColor(self.theme.ghost))

    def _step(self, line: LineBox, levels: int) -> float:
        """Return the distance of underlines under a line as the room above the next one allows.

        More than three levels may reach up to the small letters of the next line rather than run together.
        """
        size = self._geometry.font_size
        room = line.bottom - line.top - (DESCENT + (_TALL if levels <= 3 else _SMALL)) * size
        least, greatest = (limit * size / 16 for limit in _STEP)
        return min(greatest, max(least, room / levels))

    def _paint_underlines(self, painter: QPainter, mark: Mark, pieces: Iterable[Piece], levels: dict[int, int]) -> None:
        for piece in pieces:
            band, number = piece.rectangle, piece.line.number
            step = self._step(piece.line, levels.get(number, 1))
            top = round(band.bottom() + mark.depths.get(number, 0) * step)
            underline(painter, mark.part, QRectF(band.left() + 0.5, top, band.width() - 1, step), mark.colours.line)

    def _outline(self, painter: QPainter, pieces: Iterable[Piece], pen: QPen, outset: float) -> None:
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for piece in pieces:
            painter.drawRoundedRect(QRectF(piece.rectangle).adjusted(-outset, -outset, outset, outset), 3, 3)


def _levels(marks: Iterable[Mark]) -> dict[int, int]:
    """Return how many underlines are stacked on each line of a paragraph."""
    result: dict[int, int] = {}
    for mark in marks:
        for number, depth in mark.depths.items():
            result[number] = max(result.get(number, 0), depth + 1)
    return result


def _faint(colour: str, strength: float) -> QColor:
    """Return a colour with an opacity from 0 to 1."""
    made = QColor(colour)
    made.setAlphaF(min(1.0, max(0.0, strength)))
    return made
