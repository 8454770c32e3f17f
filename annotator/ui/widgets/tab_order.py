"""Tab goes through fields as they stand, also through those that were made after the others."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QSplitter, QWidget


def chain_tabs(parent: QWidget) -> None:
    """Let Tab go through the fields in a widget in the order of its layouts, beginning with the first of them.

    Qt leaves the order as it is for a widget that takes no focus by Tab: call again when one begins to.
    """
    stops = [widget for widget in in_layout_order(parent) if widget.focusPolicy() & Qt.FocusPolicy.TabFocus]
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


def in_layout_order(parent: QWidget) -> Iterator[QWidget]:
    """Yield what lies in a widget, each before what lies in itself."""
    if isinstance(parent, QScrollArea):
        inner = [parent.widget()]
    elif isinstance(parent, QSplitter):
        inner = [parent.widget(at) for at in range(parent.count())]
    else:
        layout = parent.layout()
        inner = list(_in_layout(layout)) if layout is not None else []
    for widget in inner:
        if widget is not None:
            yield widget
            yield from in_layout_order(widget)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        widget, further = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            yield widget
        elif further is not None:
            yield from _in_layout(further)
