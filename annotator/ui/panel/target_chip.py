"""A chip that stands for an annotation or an entity something is linked to: click shows it, the cross unlinks."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from annotator.model.codebook import TagType
from annotator.ui.theme.apply import current_theme
from annotator.ui.theme.icons import icon
from annotator.ui.widgets.flow import Flow
from annotator.ui.widgets.shapes import paint_shape

_HEIGHT, _SHAPE, _CROSS, _PADDING, _GAP = 24, 9, 16, 8, 5


class Target(Struct, frozen=True):
    """What a chip stands for: the caller's key, its words, its tag type (None: an entity, drawn with an icon)."""

    key: str
    words: str
    tag: TagType | None = None
    icon: str = "person"
    tooltip: str = ""
    removable: bool = True


class TargetChip(QAbstractButton):
    """``clicked`` shows what is linked; ``removed`` comes from the cross, Delete or Backspace."""

    removed = Signal()

    def __init__(self, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.target = target
        self._over_cross = False
        self.setText(target.words)
        self.setToolTip(target.tooltip or target.words)
        self.setAccessibleName(target.words)
        if target.removable:
            self.setAccessibleDescription(self.tr("Delete takes it away"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return room for shape, words and cross."""
        cross = _CROSS + 2 if self.target.removable else _PADDING
        width = _PADDING + _SHAPE + _GAP + self.fontMetrics().horizontalAdvance(self.text()) + 4 + cross
        return QSize(width, max(_HEIGHT, self.fontMetrics().height() + 6))

    def minimumSizeHint(self) -> QSize:
        """Return room for a few letters."""
        return QSize(64, self.sizeHint().height())

    def cross(self) -> QRect:
        """Return where the cross is."""
        left = 3 if self.isRightToLeft() else self.width() - _CROSS - 3
        return QRect(left, (self.height() - _CROSS) // 2, _CROSS, _CROSS)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take away by a click on the cross."""
        if self.target.removable and self.cross().contains(event.position().toPoint()):
            self.setDown(False)
            self.removed.emit()
        else:
            super().mouseReleaseEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the cross up under the pointer."""
        super().mouseMoveEvent(event)
        over = self.target.removable and self.cross().contains(event.position().toPoint())
        if over is not self._over_cross:
            self._over_cross = over
            self.setToolTip(self.tr("Take away") if over else self.target.tooltip or self.target.words)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Let the cross rest."""
        super().leaveEvent(event)
        self._over_cross = False
        self.setToolTip(self.target.tooltip or self.target.words)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take away by Delete or Backspace, show by Enter."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.target.removable:
            self.removed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint from the reading side: shape, words, cross."""
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.tag(self.target.tag.colour) if self.target.tag else None
        painter.setBrush(colours.tint if colours else QColor(theme.hover))
        edge = QColor(theme.accent) if self.hasFocus() else colours.line if colours else QColor(theme.secondary)
        outlined = self.hasFocus() or self.underMouse()
        painter.setPen(QPen(edge, 2 if self.hasFocus() else 1) if outlined else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        mark = self._placed(QRect(_PADDING, 0, _SHAPE + 2, self.height()))
        if self.target.tag and colours:
            paint_shape(painter, QRectF(mark), self.target.tag.part, colours.line)
        else:
            icon(self.target.icon, theme.secondary).paint(painter, mark.adjusted(-2, 0, 2, 0))
        self._paint_words(painter)
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        theme = current_theme()
        end = _CROSS + 4 if self.target.removable else _PADDING
        start = _PADDING + _SHAPE + _GAP + 1
        area = self._placed(QRect(start, 0, self.width() - start - end, self.height()))
        painter.setPen(QColor(theme.text))
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
        side = Qt.AlignmentFlag.AlignRight if self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute, shown)
        if self.target.removable:
            colour = theme.text if self._over_cross else theme.secondary
            icon("close", colour).paint(painter, self.cross().adjusted(3, 3, -3, -3))

    def _placed(self, rect: QRect) -> QRect:
        if self.isRightToLeft():
            rect.moveLeft(self.width() - rect.right() - 1)
        return rect


class TargetChips(Flow):
    """Chips in rows; ``picked`` and ``removed`` tell the key of a chip."""

    picked = Signal(str)
    removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._targets: tuple[Target, ...] = ()
        self.setVisible(False)

    @property
    def chips(self) -> list[TargetChip]:
        """The chips there are."""
        return [chip for chip in self.parts if isinstance(chip, TargetChip)]

    def show_targets(self, targets: Iterable[Target]) -> None:
        """Show other chips; the same ones stay as they are."""
        wanted = tuple(targets)
        if wanted == self._targets:
            return
        self._targets = wanted
        self.empty()
        for target in wanted:
            chip = TargetChip(target, self)
            chip.clicked.connect(lambda _on=False, key=target.key: self.picked.emit(key))
            chip.removed.connect(lambda key=target.key: self.removed.emit(key))
            self.add(chip)
        self.setVisible(bool(wanted))
