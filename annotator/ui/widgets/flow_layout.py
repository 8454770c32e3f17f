"""A layout that sets its items in rows like words of a paragraph."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

_alive: dict[int, QLayout] = {}
"""Layouts whose Qt object lives.

When a widget that holds such a layout is deleted by Qt, its wrappers go before the objects they stand for. A layout
is two things to Qt, an object and a layout item, and Shiboken (6.11) then finds a wrapper of it that is freed already:
the program crashes. With one reference kept, the wrapper outlives the object, as it must.
"""


def _let_go(key: int) -> None:
    _alive.pop(key, None)


class FlowLayout(QLayout):
    """Rows filled from the reading side; the height follows from the width. Spacing is in pixels, both ways."""

    def __init__(self, parent: QWidget | None = None, *, spacing: int = 4) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        _alive[id(self)] = self
        self.destroyed.connect(partial(_let_go, id(self)))
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item at the end."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item, or None beyond the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove an item and return it, or None beyond the last."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Return none: rows take no more room than they need."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Return True."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height that all rows need at a width."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        """Return the size of one row of all items."""
        sizes = [item.sizeHint() for item in self._shown()]
        width = sum(size.width() for size in sizes) + self.spacing() * max(len(sizes) - 1, 0)
        return QSize(width, max((size.height() for size in sizes), default=0)).grownBy(self.contentsMargins())

    def minimumSize(self) -> QSize:
        """Return room for the largest single item."""
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size.grownBy(self.contentsMargins())

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        """Walk the rows and return the height they take; ``move`` also places the items."""
        inner = rect.marginsRemoved(self.contentsMargins())
        x, y, row = inner.x(), inner.y(), 0
        for item in self._shown():
            size = item.sizeHint().boundedTo(QSize(max(inner.width(), 1), item.sizeHint().height()))
            if row and x + size.width() > inner.x() + inner.width():
                x, y, row = inner.x(), y + row + self.spacing(), 0
            if move:
                item.setGeometry(self._mirrored(QRect(QPoint(x, y), size), inner))
            x, row = x + size.width() + self.spacing(), max(row, size.height())
        return y + row - rect.y() + self.contentsMargins().bottom()

    def _mirrored(self, rect: QRect, inner: QRect) -> QRect:
        parent = self.parentWidget()
        if parent is not None and parent.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            rect.moveLeft(inner.x() + inner.right() - rect.right())
        return rect
