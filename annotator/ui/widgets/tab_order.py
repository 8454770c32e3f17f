"""Tab goes through fields as they stand, also through those that were made after the others."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QSplitter, QWidget

from annotator.ui.widgets.flow import Flow


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
    elif isinstance(parent, Flow):
        inner = list(parent.parts)
    else:
        layout = parent.layout()
        inner = list(_in_layout(layout, _children(parent))) if layout is not None else []
    for widget in inner:
        if widget is not None:
            yield widget
            yield from in_layout_order(widget)


def _children(parent: QWidget) -> list[QWidget]:
    return parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)


def _in_layout(layout: QLayout, children: list[QWidget]) -> Iterator[QWidget]:
    """Yield the widgets of a layout and of those within it.

    By asking where each part stands: Qt's own list of them (``itemAt``) is not safe to read, see docs/decisions/0008.
    """
    parts: list[tuple[int, QWidget | QLayout]] = [(layout.indexOf(child), child) for child in children]
    parts += [(layout.indexOf(child), child) for child in layout.children() if isinstance(child, QLayout)]
    for at, part in sorted(parts, key=lambda pair: pair[0]):
        if isinstance(part, QLayout):
            yield from _in_layout(part, children)
        elif at >= 0:
            yield part
