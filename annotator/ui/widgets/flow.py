"""A widget that sets its parts in rows like words of a paragraph.

Not a QLayout: Shiboken (6.10 and 6.11) keeps the Python side of a layout's items beyond the items themselves, and takes
the next object at the same address for one of them. See docs/decisions/0008.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.ui.widgets.dismiss import dismiss


class Flow(QWidget):
    """Rows filled from the reading side; the height follows from the width. Spacing is in pixels, both ways.

    Parts of different heights stand on the middle of their row.
    """

    def __init__(self, parent: QWidget | None = None, *, spacing: int = 4) -> None:
        super().__init__(parent)
        self._parts: list[QWidget] = []
        self._known: list[tuple[QWidget, QSize]] = []
        self._spacing = spacing
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """The widgets in it, in their order, hidden ones too."""
        return tuple(self._parts)

    def add(self, part: QWidget) -> None:
        """Take a widget at the end."""
        hidden = part.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide) and part.isHidden()
        if part.parentWidget() is not self:
            part.setParent(self)
        # Made within a flow that is seen already it would stay hidden: only what is made before comes with its parent.
        part.setVisible(not hidden)
        self._parts.append(part)
        self._changed()

    def empty(self) -> None:
        """Let go of all widgets for good."""
        for part in self._parts:
            dismiss(part)
        self._parts.clear()
        self._changed()

    def hasHeightForWidth(self) -> bool:
        """Return True."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height that all rows need at a width."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        """Return the size of one row of all parts."""
        sizes = [size for _, size in self._known]
        width = sum(size.width() for size in sizes) + self._spacing * max(len(sizes) - 1, 0)
        return QSize(width, max((size.height() for size in sizes), default=0)).grownBy(self.contentsMargins())

    def minimumSizeHint(self) -> QSize:
        """Return room for the largest single part."""
        size = QSize(0, 0)
        for part, _ in self._known:
            size = size.expandedTo(_least(part))
        return size.grownBy(self.contentsMargins())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the parts."""
        super().resizeEvent(event)
        self._arrange(self.rect(), move=True)

    def showEvent(self, event: QShowEvent) -> None:
        """Place the parts: what changed while nobody saw it was not told."""
        super().showEvent(event)
        self._look()

    def event(self, event: QEvent) -> bool:
        """Place the parts anew when one has another size, is shown or hidden, or the reading side changes."""
        kind = event.type()
        if kind is QEvent.Type.LayoutRequest:
            self._look()
        elif kind is QEvent.Type.LayoutDirectionChange:
            self._changed()
        elif kind in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            # The parts hear of it after this, and tell nobody as long as they are not seen.
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.LayoutRequest))
        return super().event(event)

    def _sizes(self) -> list[tuple[QWidget, QSize]]:
        """Return what the rows depend on: the parts that are shown, each with the size it wants."""
        return [(part, _hint(part)) for part in self._parts if not part.isHidden()]

    def _look(self) -> None:
        if self._sizes() != self._known:
            self._changed()

    def _changed(self) -> None:
        # Asked once: a layout above asks for the height at a width again and again.
        self._known = self._sizes()
        self.updateGeometry()
        self._arrange(self.rect(), move=True)

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        """Walk the rows and return the height they take; ``move`` also places the parts."""
        inner = rect.marginsRemoved(self.contentsMargins())
        x, y, row = inner.x(), inner.y(), 0
        places: list[tuple[QWidget, QPoint, QSize]] = []
        for part, hint in self._known:
            size = hint.boundedTo(QSize(max(inner.width(), 1), hint.height()))
            if row and x + size.width() > inner.x() + inner.width():
                self._place(places, row, inner)
                x, y, row, places = inner.x(), y + row + self._spacing, 0, []
            if move:
                places.append((part, QPoint(x, y), size))
            x, row = x + size.width() + self._spacing, max(row, size.height())
        self._place(places, row, inner)
        return y + row - rect.y() + self.contentsMargins().bottom()

    def _place(self, places: list[tuple[QWidget, QPoint, QSize]], row: int, inner: QRect) -> None:
        for part, corner, size in places:
            corner.setY(corner.y() + (row - size.height()) // 2)
            part.setGeometry(self._mirrored(QRect(corner, size), inner))

    def _mirrored(self, rect: QRect, inner: QRect) -> QRect:
        if self.isRightToLeft():
            rect.moveLeft(inner.x() + inner.right() - rect.right())
        return rect


def _hint(part: QWidget) -> QSize:
    """Return the size a widget wants, within its bounds."""
    return part.sizeHint().expandedTo(_least(part)).boundedTo(part.maximumSize())


def _least(part: QWidget) -> QSize:
    """Return the least size of a widget: what was set, else what it says itself."""
    said, least = part.minimumSizeHint(), part.minimumSize()
    return QSize(least.width() or said.width(), least.height() or said.height()).boundedTo(part.maximumSize())
