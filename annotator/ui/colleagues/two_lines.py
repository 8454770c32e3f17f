"""A row of two lines with an icon before them: what it is, and below, dimmed, what there is to say of it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.ui.theme.apply import current_theme
from annotator.ui.theme.fonts import smaller_size
from annotator.ui.theme.icons import icon
from annotator.ui.widgets.choices import CHOICE_ROLE, Choice

_Index = QModelIndex | QPersistentModelIndex
_ICON, _EDGE = 16, 8


def two_lines_in(view: QListView) -> TwoLines:
    """Let a list show such rows, each as high as the next, and return what paints them: to be kept by who shows it."""
    made = TwoLines(view)
    view.setItemDelegate(made)
    view.setUniformItemSizes(True)
    view.setProperty("framed", True)
    view.setMouseTracking(True)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setMinimumWidth(220)
    return made


class TwoLines(QStyledItemDelegate):
    """Paints the Choice of a row: label above, detail below; the icon ``warning`` in its own colour."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Return room for two lines."""
        return QSize(80, QFontMetrics(option.font).height() + QFontMetrics(_small(option.font)).height() + 12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one row."""
        theme, choice = current_theme(), index.data(CHOICE_ROLE)
        if not isinstance(choice, Choice):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.selection if selected else theme.hover))
            painter.drawRoundedRect(option.rect, 4, 4)
        area = option.rect.adjusted(_EDGE, 4, -_EDGE, -4)
        middle = area.top() + (area.height() - _ICON) // 2
        spot = QStyle.visualRect(option.direction, area, QRect(area.left(), middle, _ICON, _ICON))
        colours = {"warning": theme.warning, "check": theme.success, "bring-in": theme.accent}
        if choice.icon:
            icon(choice.icon, colours.get(choice.icon, theme.secondary)).paint(painter, spot)
        lines = QStyle.visualRect(option.direction, area, area.adjusted(_ICON + 8, 0, 0, 0))
        first = QFontMetrics(option.font).height()
        _draw(painter, option.font, theme.text, QRect(lines.left(), lines.top(), lines.width(), first), choice.label)
        rest = lines.adjusted(0, first + 2, 0, 0)
        _draw(painter, _small(option.font), theme.secondary, rest, choice.detail)
        painter.restore()


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPixelSize(smaller_size(font))
    return small


def _draw(painter: QPainter, font: QFont, colour: str, rect: QRect, text: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, QStyle.visualAlignment(painter.layoutDirection(), side), shown)
