"""A heading that folds what is under it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from annotator.ui.theme.apply import current_theme
from annotator.ui.theme.icons import icon

_CHEVRON = 12


class SectionHeader(QAbstractButton):
    """Click, Space, Enter, Left or Right fold and unfold; ``expanded_changed`` tells."""

    expanded_changed = Signal(bool)

    def __init__(self, title: str, parent: QWidget | None = None, *, expanded: bool = True) -> None:
        super().__init__(parent)
        self._body: QWidget | None = None
        self._count: int | None = None
        self.setCheckable(True)
        self.setChecked(expanded)
        self.setText(title)
        self.setAccessibleName(title)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._fold)
        self._describe()

    def set_body(self, body: QWidget) -> None:
        """Say which widget is shown and hidden."""
        self._body = body
        body.setVisible(self.isChecked())

    def set_count(self, count: int | None) -> None:
        """Show how many things are in the section, or nothing."""
        self._count = count
        self._describe()
        self.update()

    def sizeHint(self) -> QSize:
        """Return one line of 28 pixels or what the font needs."""
        text = QFontMetrics(self._bold()).horizontalAdvance(f"{self.text()}  {self._count or ''}")
        return QSize(_CHEVRON + 30 + text, max(28, self.fontMetrics().height() + 8))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Fold by Left, unfold by Right, either by Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.toggle()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.setChecked((event.key() == Qt.Key.Key_Right) is not self.isRightToLeft())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint from the reading side: chevron, title, count."""
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRoundedRect(self.rect().adjusted(2, 2, -2, -2), 4, 4)
        closed = "chevron-left" if self.isRightToLeft() else "chevron-right"
        name = "chevron-down" if self.isChecked() else closed
        icon(name, theme.secondary).paint(painter, self._placed(QRect(8, 0, _CHEVRON, self.height())))
        bold = self._bold()
        painter.setFont(bold)
        painter.setPen(QColor(theme.text))
        start, width = 8 + _CHEVRON + 6, QFontMetrics(bold).horizontalAdvance(self.text())
        centre = Qt.AlignmentFlag.AlignCenter
        painter.drawText(self._placed(QRect(start, 0, width, self.height())), centre, self.text())
        if self._count is not None:
            painter.setFont(self.font())
            painter.setPen(QColor(theme.secondary))
            number = self.locale().toString(self._count)
            room = self.fontMetrics().horizontalAdvance(number)
            painter.drawText(self._placed(QRect(start + width + 8, 0, room, self.height())), centre, number)
        painter.end()

    def _bold(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _placed(self, rect: QRect) -> QRect:
        """Return the rectangle mirrored in a right-to-left layout."""
        if self.isRightToLeft():
            rect.moveRight(self.width() - 1 - rect.left())
        return rect

    def _fold(self, expanded: bool) -> None:
        if self._body is not None:
            self._body.setVisible(expanded)
        self._describe()
        self.expanded_changed.emit(expanded)

    def _describe(self) -> None:
        state = self.tr("unfolded") if self.isChecked() else self.tr("folded")
        self.setAccessibleDescription(state if self._count is None else f"{state}, {self._count}")
