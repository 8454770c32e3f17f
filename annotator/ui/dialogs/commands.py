"""The rows of the command palette: what they say and how they are painted."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.ui.actions.keys import native
from annotator.ui.theme.apply import current_theme
from annotator.ui.theme.contrast import mix
from annotator.ui.theme.fonts import smaller_size
from annotator.ui.theme.icons import DISABLED_PERCENT, icon
from annotator.ui.theme.style_sheet import frame_colour

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
COMMAND_ROLE = Qt.ItemDataRole.UserRole
ROW_HEIGHT = 32


class Command(Struct, frozen=True):
    """One row: an action, or an article to open. ``why_not`` says why it cannot be run now, empty when it can."""

    uid: str
    title: str
    place: str = ""
    keys: tuple[str, ...] = ()
    why_not: str = ""
    icon: str = ""
    is_article: bool = False

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return ", ".join(filter(None, (self.title, self.place, *self.keys, self.why_not)))


class CommandModel(QAbstractListModel):
    """The rows, replaced as a whole."""

    def __init__(self) -> None:
        super().__init__()
        self._commands: tuple[Command, ...] = ()

    def show(self, commands: tuple[Command, ...]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._commands = commands
        self.endResetModel()

    def command(self, row: int) -> Command | None:
        """Return the command of a row, or None."""
        return self._commands[row] if 0 <= row < len(self._commands) else None

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._commands)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Command | str | None:
        """Return the title, what a screen reader says, or the command itself."""
        command = self.command(index.row())
        if command is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return command.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return command.spoken
        return command if role == COMMAND_ROLE else None


class CommandDelegate(QStyledItemDelegate):
    """Paints icon, title and menu, and at the end the keys, or why the command cannot be run."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Return a row's height; a row is as wide as the list."""
        return QSize(64, max(ROW_HEIGHT, QFontMetrics(option.font).height() + 12))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one row; the menu's name gives way to the title, the title to what stands at the end."""
        command: Command = index.data(COMMAND_ROLE)
        theme, mirrored = current_theme(), option.direction is Qt.LayoutDirection.RightToLeft
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.selection if selected else theme.hover))
            painter.drawRoundedRect(option.rect.adjusted(2, 0, -2, 0), 5, 5)
        area = option.rect.adjusted(12, 0, -12, 0)
        text = mix(theme.text, theme.reader, DISABLED_PERCENT + 15) if command.why_not else theme.text
        if command.icon:
            spot = QRect(area.left(), area.top() + (area.height() - 16) // 2, 16, 16)
            icon(command.icon, theme.secondary).paint(painter, placed(spot, area, mirrored))
        small = small_font(option.font)
        end = area.width() - self._paint_end(painter, small, area, command, mirrored)
        start = 28
        width = min(QFontMetrics(option.font).horizontalAdvance(command.title), end - start)
        drawn(painter, option.font, text, placed(_cut(area, start, width), area, mirrored), command.title)
        rest = end - start - width - 20
        if rest > 24:
            spot = placed(_cut(area, start + width + 10, rest), area, mirrored)
            drawn(painter, small, theme.secondary, spot, command.place)
        painter.restore()

    def _paint_end(self, painter: QPainter, font: QFont, area: QRect, command: Command, mirrored: bool) -> int:
        """Paint what stands at the row's end and return its width."""
        theme, metrics = current_theme(), QFontMetrics(font)
        if command.why_not:
            width = min(metrics.horizontalAdvance(command.why_not), area.width() // 2) + 2
            spot = placed(_cut(area, area.width() - width, width), area, mirrored)
            drawn(painter, font, theme.secondary, spot, command.why_not)
            return width + 12
        taken = 0
        for keys in reversed([native(one) for one in command.keys[:2]]):
            width, height = metrics.horizontalAdvance(keys) + 12, metrics.height() + 4
            cap = _cut(area, area.width() - taken - width, width)
            cap = QRect(cap.left(), area.top() + (area.height() - height) // 2, width, height)
            cap = placed(cap, area, mirrored)
            painter.setPen(QColor(frame_colour(theme)))
            painter.setBrush(QColor(theme.panel))
            painter.drawRoundedRect(cap, 4, 4)
            painter.setFont(font)
            painter.setPen(QColor(theme.text))
            # Keys read from left to right in every script: "Ctrl+," must not become ",+Ctrl".
            before = painter.layoutDirection()
            painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, keys)
            painter.setLayoutDirection(before)
            taken += width + 4
        return taken + 8 if taken else 0


def small_font(font: QFont) -> QFont:
    """Return the font two pixels smaller."""
    small = QFont(font)
    small.setPixelSize(smaller_size(font))
    return small


def placed(rect: QRect, area: QRect, mirrored: bool) -> QRect:
    """Return the rectangle, in a right-to-left layout mirrored within the area."""
    if mirrored:
        return QRect(area.left() + area.right() - rect.right(), rect.top(), rect.width(), rect.height())
    return rect


def drawn(painter: QPainter, font: QFont, colour: str, rect: QRect, text: str) -> None:
    """Draw one line from the reading side, cut with an ellipsis where there is no room."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(rect, QStyle.visualAlignment(painter.layoutDirection(), side), shown)


def _cut(area: QRect, start: int, width: int) -> QRect:
    return QRect(area.left() + start, area.top(), max(width, 0) + 1, area.height())
