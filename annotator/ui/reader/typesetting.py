"""The text set for long reading: line height, paragraph spacing, furniture dimmed, the measure centred."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from msgspec import Struct
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument

from annotator.model.span import Span
from annotator.ui.reader.positions import Positions

LINE_HEIGHT = 1.65
"""Distance of baselines in font sizes; a little over 1.5, for stacked underlines need room."""

MEASURE = 70
"""Characters on a full line."""

TOP, BOTTOM, SIDE = 20, 64, 4
"""Blank pixels above, below and beside the text; at the sides for outlines and the caret."""

SIDE_LEFT = 16
"""Least blank pixels left of the text."""

LEAST_MARGIN = 88
"""Room of the margin where the text has less than its measure: brackets, two shapes and a connector's end."""

_SAMPLE = "the talks were held on Thursday, said a person who asked not to be named; "


@contextmanager
def typesetting(document: QTextDocument) -> Iterator[None]:
    """Lay the document out once, after the block (20 ms instead of 330 ms for 1 MB)."""
    document.setLayoutEnabled(False)
    try:
        yield
    finally:
        document.setLayoutEnabled(True)


def set_text(document: QTextDocument, text: str, font: QFont) -> None:
    """Put a text into a document."""
    document.setDefaultFont(font)
    document.setPlainText(text)
    frame = document.rootFrame().frameFormat()
    frame.setLeftMargin(SIDE)
    frame.setRightMargin(SIDE)
    frame.setTopMargin(TOP)
    frame.setBottomMargin(BOTTOM)
    document.rootFrame().setFrameFormat(frame)
    _apply_block_format(document, font, spaced="\n\n" not in text)


def set_font(document: QTextDocument, text: str, font: QFont) -> None:
    """Set the same text in another font or size."""
    document.setDefaultFont(font)
    _apply_block_format(document, font, spaced="\n\n" not in text)


def _apply_block_format(document: QTextDocument, font: QFont, *, spaced: bool) -> None:
    """Set distances by the font: ``LineDistanceHeight`` adds to a line's own height, which differs between faces.

    Where the text has blank lines between its paragraphs, these are spacing enough.
    """
    size = font.pixelSize()
    distance = max(LINE_HEIGHT * size - QFontMetricsF(font).lineSpacing(), 0.12 * size)
    style = QTextBlockFormat()
    style.setLineHeight(distance, QTextBlockFormat.LineHeightTypes.LineDistanceHeight.value)
    style.setBottomMargin(0.6 * size if spaced else 0)
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.mergeBlockFormat(style)


def dim(document: QTextDocument, spans: Iterable[Span], positions: Positions, colour: QColor) -> None:
    """Give spans (furniture) another text colour."""
    style = QTextCharFormat()
    style.setForeground(colour)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    for span in spans:
        start, stop = positions.units_of(span)
        cursor.setPosition(start)
        cursor.setPosition(stop, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(style)
    cursor.endEditBlock()


class Widths(Struct, frozen=True):
    """How a reader's width is divided: blank on the left, text, margin on the right; whole pixels."""

    left: int
    text: int
    margin: int


def widths(available: int, font: QFont, least_left: int = SIDE_LEFT) -> Widths:
    """Divide the width: the measure centred while the margin keeps its room; in a small window the margin gives way."""
    measure = round(QFontMetricsF(font).horizontalAdvance(_SAMPLE) / len(_SAMPLE) * MEASURE)
    beside = available - measure - 2 * SIDE - least_left - 4
    margin = max(LEAST_MARGIN, min(230, available * 24 // 100, beside))
    text = max(120, min(measure + 2 * SIDE, available - margin - least_left - 4))
    left = max(least_left, min((available - text) // 2, available - margin - text))
    return Widths(left, text, max(60, available - left - text))
