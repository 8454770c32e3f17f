"""Two lanes left of the text while two sets are compared: the first's annotations in one, the second's in the other.

What differs is a broad bar in its tag's colour, what both agree on a thin line: shape tells it as well as colour.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from annotator.model.article_index import Placed
from annotator.ui.reader.content import Content
from annotator.ui.reader.geometry import Geometry
from annotator.ui.theme.fonts import interface_font
from annotator.ui.theme.theme import Theme

LEAST_LEFT = 44
"""Pixels left of the text that the lanes need."""
_LANE, _GAP, _BROAD, _THIN = 14, 12, 5.0, 1.5
_HEAD = 18
"""Height of the letters above the lanes."""


def paint_lanes(painter: QPainter, content: Content, geometry: Geometry, theme: Theme, top: float, width: int) -> None:
    """Paint what is in sight, nothing without lanes; ``top`` is the height of the document at the strip's top."""
    if content.lanes is None or not content.lanes.second:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    height = painter.viewport().height()
    for lane, entry in _entries(content, geometry, top, top + height):
        _bar(painter, content, geometry, theme, entry, _middle(lane, width), top)
    painter.fillRect(QRectF(0, 0, width, _HEAD), QColor(theme.reader))
    painter.setFont(interface_font(11))
    painter.setPen(QColor(theme.secondary))
    for lane, letter in enumerate("AB"):
        box = QRectF(_middle(lane, width) - _LANE / 2, 0, _LANE, _HEAD)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)


def _middle(lane: int, width: int) -> float:
    return width - _GAP - _LANE * (1.5 - lane)


def _entries(content: Content, geometry: Geometry, top: float, bottom: float) -> Iterator[tuple[int, Placed]]:
    """Go through the fragments near what is in sight with their lane, those that differ last, to lie on top."""
    blocks = list(geometry.blocks_between(top, bottom))
    lanes = content.lanes
    if not blocks or lanes is None:
        return
    start, stop = geometry.block_span(blocks[0])[0], geometry.block_span(blocks[-1])[1]
    found = content.index.between(start, stop) if start < stop else []
    shown = [e for e in found if content.annotation(e).tag_type not in content.hidden]
    for entry in sorted(shown, key=lambda e: e.uid in lanes.differing):
        if entry.uid in lanes.first:
            yield 0, entry
        elif entry.uid in lanes.second:
            yield 1, entry


def _bar(
    painter: QPainter, content: Content, geometry: Geometry, theme: Theme, entry: Placed, x: float, top: float
) -> None:
    first, last = geometry.line_at(entry.start), geometry.line_at(entry.stop - 1)
    y, end = geometry.band(first)[0], geometry.band(last)[1]
    quiet = content.quiet(entry.uid)
    thickness = _THIN if quiet else _BROAD
    colour = QColor(theme.secondary) if quiet else theme.tag(content.tag(content.annotation(entry)).colour).line
    painter.setBrush(colour)
    box = QRectF(x - thickness / 2, y - top, thickness, end - y)
    painter.drawRoundedRect(box, thickness / 2, thickness / 2)
    if entry.uid == content.selected:
        painter.setPen(QColor(theme.text))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(-2, -1, 2, 1), 3, 3)
        painter.setPen(Qt.PenStyle.NoPen)
