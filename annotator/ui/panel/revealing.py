"""Scroll a field into sight with its label and its focus ring, and with nothing cut in half at the upper edge.

``QScrollArea.ensureWidgetVisible`` will not do: of a text field it shows the caret's line only.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QScrollArea, QWidget

AIR = 8
"""Pixels kept free above and below what is revealed."""


def reveal(area: QScrollArea, field: QWidget) -> None:
    """Scroll no further than needed; a section that is higher than the area gives way to its field."""
    body, height = area.widget(), area.viewport().height()
    if body is None:
        return
    shown = _section(body, field)
    if shown.height() + 2 * AIR > height:
        shown = field
    top = shown.mapTo(body, QPoint(0, 0)).y()
    bar = area.verticalScrollBar()
    value, highest = bar.value(), top - AIR
    lowest = top + shown.height() + AIR - height
    if value < lowest:
        value = min((edge for edge in _edges(body) if lowest <= edge <= highest), default=lowest)
    bar.setValue(min(value, highest))


def _section(body: QWidget, field: QWidget) -> QWidget:
    """Return the part of the body that holds the field."""
    part = field
    while (parent := part.parentWidget()) is not None and parent is not body:
        part = parent
    return part


def _edges(body: QWidget) -> list[int]:
    """Return the heights at which the area may begin: just above a section or a part of one, and cutting none."""
    sections = _shown_parts(body)
    parts = [part for section in sections for part in (_shown_parts(section) or [section])]
    tops = [part.mapTo(body, QPoint(0, 0)).y() for part in parts]
    spans = [(top, top + part.height()) for top, part in zip(tops, parts, strict=True)]
    edges = [top - AIR for top in (*tops, *(section.y() for section in sections))]
    return [edge for edge in edges if not any(top < edge < bottom for top, bottom in spans)]


def _shown_parts(widget: QWidget) -> list[QWidget]:
    return [part for part in widget.children() if isinstance(part, QWidget) and not part.isHidden()]
