"""What a type-ahead list offers, and how a row of it is painted."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.ui.theme.apply import current_theme
from annotator.ui.theme.fonts import smaller_size
from annotator.ui.theme.icons import icon

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
CHOICE_ROLE = Qt.ItemDataRole.UserRole
ROW_HEIGHT = 28
"""The height of a row in pixels at the base font size."""

_LEAST_WIDTH = 64


@dataclass(frozen=True)
class Choice:
    """One row: ``key`` is the caller's own, ``detail`` stands dimmed at the end, ``icon`` is a name or empty."""

    key: str
    label: str
    detail: str = ""
    icon: str = ""


class ChoiceModel(QAbstractListModel):
    """The rows of a list, replaced as a whole."""

    def __init__(self) -> None:
        super().__init__()
        self._choices: tuple[Choice, ...] = ()

    def show(self, choices: tuple[Choice, ...]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._choices = choices
        self.endResetModel()

    def choice(self, row: int) -> Choice | None:
        """Return the choice of a row, or None."""
        return self._choices[row] if 0 <= row < len(self._choices) else None

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._choices)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Choice | str | None:
        """Return the label, what a screen reader says, or the choice itself."""
        choice = self.choice(index.row())
        if choice is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return choice.label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (choice.label, choice.detail)))
        return choice if role == CHOICE_ROLE else None


class ChoiceDelegate(QStyledItemDelegate):
    """Paints icon, label and, at the end of the row, the detail."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Return a row's height and hardly any width: a row is as wide as the list, its text is cut to that."""
        return QSize(_LEAST_WIDTH, max(ROW_HEIGHT, QFontMetrics(option.font).height() + 8))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one row; the detail gives way to the label."""
        theme, choice = current_theme(), index.data(CHOICE_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option)
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        area = option.rect.adjusted(8, 0, -8, 0)
        start = 24 if choice.icon else 0
        if choice.icon:
            spot = QRect(area.left(), area.top() + (area.height() - 16) // 2, 16, 16)
            icon(choice.icon, theme.secondary).paint(painter, _mirror(spot, area, mirrored))
        small = QFont(option.font)
        small.setPixelSize(smaller_size(option.font))
        label_width = QFontMetrics(option.font).horizontalAdvance(choice.label)
        room = max(area.width() - start - label_width - 16, 0)
        detail = QFontMetrics(small).elidedText(choice.detail, Qt.TextElideMode.ElideRight, room) if room > 24 else ""
        taken = QFontMetrics(small).horizontalAdvance(detail) + 16 if detail else 0
        _draw(
            painter, option.font, theme.text, _mirror(area.adjusted(start, 0, -taken, 0), area, mirrored), choice.label
        )
        end = QRect(area.right() - taken, area.top(), taken + 1, area.height())
        _draw(painter, small, theme.secondary, _mirror(end, area, mirrored), detail, at_end=True)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        theme = current_theme()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.selection if selected else theme.hover))
            painter.drawRoundedRect(option.rect, 4, 4)


def _mirror(rect: QRect, area: QRect, mirrored: bool) -> QRect:
    if mirrored:
        return QRect(area.left() + area.right() - rect.right(), rect.top(), rect.width(), rect.height())
    return rect


def _draw(painter: QPainter, font: QFont, colour: str, rect: QRect, text: str, *, at_end: bool = False) -> None:
    """Draw one line in the layout's direction, cut with an ellipsis where there is no room."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    side = Qt.AlignmentFlag.AlignRight if at_end else Qt.AlignmentFlag.AlignLeft
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    visual = QStyle.visualAlignment(painter.layoutDirection(), side | Qt.AlignmentFlag.AlignVCenter)
    painter.drawText(rect, visual, shown)
