"""The choice of a theme, each shown as a small picture of the window in its colours."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QWidget

from annotator.ui.theme.apply import current_theme
from annotator.ui.theme.style_sheet import frame_colour
from annotator.ui.theme.theme import Theme, load_theme, theme_names

_PICTURE = QSize(104, 64)


class ThemeCard(QAbstractButton):
    """One theme; ``names`` has two for the one that follows the system: light and dark side by side."""

    def __init__(self, label: str, names: Sequence[str]) -> None:
        super().__init__()
        self._themes = [load_theme(name) for name in names]
        self.setText(label)
        self.setAccessibleName(label)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Return room for the picture and the name under it."""
        width = max(_PICTURE.width(), self.fontMetrics().horizontalAdvance(self.text())) + 12
        return QSize(width, _PICTURE.height() + self.fontMetrics().height() + 20)

    def minimumSizeHint(self) -> QSize:
        """Return the same: nothing is cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture, a frame that tells what is chosen, and the name."""
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = (self.width() - _PICTURE.width()) // 2
        picture = QRect(left, 6, _PICTURE.width(), _PICTURE.height())
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(picture), 6, 6)
        painter.setClipPath(outline)
        width = picture.width() // len(self._themes)
        for at, shown in enumerate(self._themes):
            _paint_window(painter, QRect(left + at * width, 6, width + 1, picture.height()), shown)
        painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.accent), 3) if self.isChecked() else QPen(QColor(frame_colour(theme)), 1))
        painter.drawPath(outline)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.text), 1, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(picture.adjusted(-4, -4, 4, 4), 8, 8)
        painter.setPen(QColor(theme.text))
        under = QRect(0, picture.bottom() + 8, self.width(), self.height() - picture.bottom() - 8)
        painter.drawText(under, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, self.text())
        painter.end()


def _paint_window(painter: QPainter, area: QRect, theme: Theme) -> None:
    """Paint a panel with two lines, and a page with some text, a word of it tagged."""
    painter.fillRect(area, QColor(theme.reader))
    panel = QRect(area.left(), area.top(), area.width() // 4, area.height())
    painter.fillRect(panel, QColor(theme.panel))
    painter.fillRect(QRect(panel.right(), area.top(), 1, area.height()), QColor(theme.line))
    start, room = panel.right() + 8, area.right() - panel.right() - 14
    for at, share in enumerate((0.9, 1.0, 0.6)):
        top = area.top() + 12 + at * 14
        painter.fillRect(QRect(start, top, int(room * share), 3), QColor(theme.text))
    painter.fillRect(QRect(start, area.top() + 23, room // 2, 9), QColor(theme.selection))
    painter.fillRect(QRect(start, area.top() + 33, room // 2, 2), QColor(theme.accent))


class ThemeChoice(QWidget):
    """``chosen`` tells the value of the theme that was chosen."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], value: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for name, label in choices:
            card = ThemeCard(label, (name,) if name in theme_names() else ("light", "dark"))
            card.setProperty("value", name)
            card.setChecked(name == value)
            self._group.addButton(card)
            row.addWidget(card)
        row.addStretch(1)
        self._group.buttonToggled.connect(self._tell)

    def _tell(self, card: QAbstractButton, checked: bool) -> None:
        if checked:
            self.chosen.emit(str(card.property("value")))
