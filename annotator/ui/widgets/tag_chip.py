"""A button of the tag bar: the type's shape and colour, its digit key, and its label."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from annotator.model.codebook import TagType
from annotator.ui.theme.apply import current_theme
from annotator.ui.theme.fonts import smaller_size
from annotator.ui.widgets.shapes import paint_shape

_HEIGHT = 28
_SHAPE = 10
_PADDING = 8
_GAP = 6
_KEY = 16


class TagChip(QAbstractButton):
    """Clicked like any button; made checkable it shows which types are on. A click leaves the focus in the reader."""

    def __init__(self, tag: TagType, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_tag(tag)

    @property
    def tag(self) -> TagType:
        """The tag type shown."""
        return self._tag

    def set_tag(self, tag: TagType) -> None:
        """Show another tag type, or the same after an edit of the codebook."""
        self._tag = tag
        self.setText(tag.label)
        self.setToolTip(tag_tooltip(tag))
        keyed = self.tr("{label}, key {key}").format(label=tag.label, key=tag.key)
        self.setAccessibleName(keyed if tag.key else tag.label)
        self.setAccessibleDescription(tag.definition)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for shape, key and label."""
        key = _KEY + _GAP if self._tag.key else 0
        label = self.fontMetrics().horizontalAdvance(self._tag.label)
        height = max(_HEIGHT, self.fontMetrics().height() + 8)
        return QSize(_PADDING + _SHAPE + _GAP + label + (_GAP + key if key else _PADDING), height)

    def minimumSizeHint(self) -> QSize:
        """Return the same: a chip is never cut."""
        return self.sizeHint()

    def event(self, event: QEvent) -> bool:
        """Repaint when the pointer comes and goes."""
        if event.type() in (QEvent.Type.HoverEnter, QEvent.Type.HoverLeave):
            self.update()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint from the reading side: shape, label, key."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.isEnabled():
            painter.setOpacity(0.5)
        self._paint_ground(painter)
        colours = current_theme().tag(self._tag.colour)
        inner = QRectF(self.rect())
        paint_shape(painter, self._placed(QRectF(_PADDING, 0, _SHAPE, inner.height())), self._tag.part, colours.line)
        painter.setFont(self.font())
        painter.setPen(QColor(current_theme().text))
        end = inner.width() - (_KEY + _GAP if self._tag.key else 0)
        label = self._placed(QRectF(_PADDING + _SHAPE + _GAP, 0, end - _PADDING - _SHAPE - _GAP, inner.height()))
        # The painter itself takes left for right in a right-to-left layout.
        painter.drawText(label, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._tag.label)
        self._paint_key(painter)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        theme, colours = current_theme(), current_theme().tag(self._tag.colour)
        strong = self.isChecked() or self.isDown()
        painter.setBrush(colours.tint_selected if strong else colours.tint)
        edge = QColor(theme.accent) if self.hasFocus() else colours.line
        outlined = strong or self.hasFocus() or self.underMouse() or theme.name == "high_contrast"
        painter.setPen(QPen(edge, 2 if self.hasFocus() or strong else 1) if outlined else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _paint_key(self, painter: QPainter) -> None:
        if not self._tag.key:
            return
        side = QRectF(self.width() - _GAP - _KEY, (self.height() - _KEY) / 2, _KEY, _KEY)
        cap = self._placed(side)
        painter.setPen(QPen(QColor(current_theme().line), 1))
        painter.setBrush(QColor(current_theme().reader))
        painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        small = QFont(self.font())
        small.setPixelSize(smaller_size(self.font()))
        painter.setFont(small)
        painter.setPen(QColor(current_theme().secondary))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._tag.key)

    def _placed(self, rect: QRectF) -> QRectF:
        """Return the rectangle mirrored in a right-to-left layout."""
        if self.isRightToLeft():
            rect.moveLeft(self.width() - rect.right())
        return rect


def tag_tooltip(tag: TagType) -> str:
    """Return label, key, definition and examples of a tag type as the rich text of a tooltip."""
    head = f"<b>{escape(tag.label)}</b>" + (f" ({escape(tag.key)})" if tag.key else "")
    lines = [head, *([escape(tag.definition)] if tag.definition else [])]
    lines += [f"<i>{escape(example)}</i>" for example in tag.examples]
    return "<br>".join(lines)
