"""What a type-ahead list offers, and how a row of it is painted."""

from __future__ import annotations

from msgspec import Struct
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
_SIDE, _ICON, _BETWEEN, _NARROW = 8, 24, 16, 200
"""Air at a row's ends, room of an icon, distance from label to detail, and what is too narrow for both; in pixels."""


class Choice(Struct, frozen=True):
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
        """Paint one row."""
        theme, choice = current_theme(), index.data(CHOICE_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option)
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        area = option.rect.adjusted(_SIDE, 0, -_SIDE, 0)
        start = _ICON if choice.icon else 0
        if choice.icon:
            spot = QRect(area.left(), area.top() + (area.height() - 16) // 2, 16, 16)
            icon(choice.icon, theme.secondary).paint(painter, _mirror(spot, area, mirrored))
        taken = _room_of_detail(choice, option.font, area.width() - start)
        label = _mirror(area.adjusted(start, 0, -taken, 0), area, mirrored)
        _draw(painter, option.font, theme.text, label, choice.label)
        if taken:
            end = QRect(area.right() - taken + _BETWEEN + 1, area.top(), taken - _BETWEEN, area.height())
            _draw(painter, _small(option.font), theme.secondary, _mirror(end, area, mirrored), choice.detail, True)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        theme = current_theme()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.selection if selected else theme.hover))
            painter.drawRoundedRect(option.rect, 4, 4)


def row_width(choice: Choice, font: QFont) -> int:
    """Return the width in pixels at which nothing of a row is cut."""
    label = QFontMetrics(font).horizontalAdvance(choice.label)
    return 2 * _SIDE + (_ICON if choice.icon else 0) + label + _wanted_by_detail(choice, font)


def _wanted_by_detail(choice: Choice, font: QFont) -> int:
    """Return the width of the detail with its distance from the label, 0 without one."""
    return _BETWEEN + QFontMetrics(_small(font)).horizontalAdvance(choice.detail) + 2 if choice.detail else 0


def _room_of_detail(choice: Choice, font: QFont, width: int) -> int:
    """Divide a row: where both do not fit, the detail keeps up to half of it, for it tells equal names apart.

    In a very narrow row, or where hardly a letter of it could be read, it is left out.
    """
    wanted = _wanted_by_detail(choice, font)
    rest = width - QFontMetrics(font).horizontalAdvance(choice.label)
    room = min(wanted, max(rest, width // 2 if width >= _NARROW else 0))
    return room if room >= min(wanted, _BETWEEN + 24) else 0


def _small(font: QFont) -> QFont:
    made = QFont(font)
    made.setPixelSize(smaller_size(font))
    return made


def _mirror(rect: QRect, area: QRect, mirrored: bool) -> QRect:
    if mirrored:
        return QRect(area.left() + area.right() - rect.right(), rect.top(), rect.width(), rect.height())
    return rect


def _draw(painter: QPainter, font: QFont, colour: str, rect: QRect, text: str, at_end: bool = False) -> None:
    """Draw one line in the layout's direction, cut with an ellipsis where there is no room."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    side = Qt.AlignmentFlag.AlignRight if at_end else Qt.AlignmentFlag.AlignLeft
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    visual = QStyle.visualAlignment(painter.layoutDirection(), side | Qt.AlignmentFlag.AlignVCenter)
    painter.drawText(rect, visual, shown)
