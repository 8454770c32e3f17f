"""How the cells of the agreement panel are painted: numbers in two lines, a table of confusion, places, heat strips."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from math import ceil

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.ui.insights.article_model import HEAT_ROLE
from annotator.ui.insights.confusion_model import COUNT_ROLE, SAME_ROLE, SHARE_ROLE
from annotator.ui.insights.overview_model import INTERVAL_ROLE, OLD_ROLE
from annotator.ui.insights.place_model import PLACE_ROLE, Place
from annotator.ui.theme.apply import current_theme
from annotator.ui.theme.contrast import mix
from annotator.ui.theme.fonts import smaller_size

_Index = QModelIndex | QPersistentModelIndex
LEVELS = 4
"""In how many heights a strip is drawn."""
STRIP_MARGIN = 6
"""Pixels between a cell's edge and the strip in it."""
_STRIP_HEIGHT = 14
_BAR = 3
_LEAST_TINT, _MOST_TINT = 10, 45
"""Percent of the warning's colour behind the smallest and the largest number of a confusion."""


def small(font: QFont) -> QFont:
    """Return the font of secondary text beside a font."""
    made = QFont(font)
    made.setPixelSize(smaller_size(font))
    return made


def paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """Paint what lies behind a cell that is chosen or pointed at, and the frame of the one that has the focus."""
    theme = current_theme()
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    if selected or option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(option.rect, QColor(theme.selection if selected else theme.hover))
    if selected and option.state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(QColor(theme.accent), 2))
        painter.drawRect(option.rect.adjusted(1, 1, -1, -1))


def strip_rect(cell: QRect) -> QRect:
    """Return where in a cell its strip is."""
    height = min(_STRIP_HEIGHT, cell.height() - 4)
    top = cell.top() + (cell.height() - height) // 2
    return QRect(cell.left() + STRIP_MARGIN, top, max(cell.width() - 2 * STRIP_MARGIN, 1), height)


def paint_strip(painter: QPainter, rect: QRect, heat: Sequence[float], *, mirrored: bool = False) -> None:
    """Draw an article from its first to its last character: the taller and stronger, the more is tagged differently."""
    theme = current_theme()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.fillRect(rect, QColor(mix(theme.text, theme.reader, 10)))
    if mirrored:
        painter.translate(rect.left() + rect.right() + 1, 0)
        painter.scale(-1, 1)
    at, step = 0, rect.width() / max(len(heat), 1)
    for level, run in groupby(min(ceil(value * LEVELS), LEVELS) for value in heat):
        width = len(list(run))
        if level:
            tall = rect.height() * level / LEVELS
            box = QRectF(rect.left() + at * step, rect.bottom() + 1 - tall, max(width * step, 2), tall)
            painter.fillRect(box, QColor(mix(theme.warning, theme.reader, 55 + 45 * level / LEVELS)))
        at += width
    painter.restore()


class OverviewDelegate(QStyledItemDelegate):
    """A value, and its interval beneath in smaller letters."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Return room for both lines."""
        widest = QFontMetrics(small(option.font)).horizontalAdvance("−0.00 – 0.00")
        return QSize(widest + 16, self.row_height(option.font))

    def row_height(self, font: QFont) -> int:
        """Return the height of a row."""
        return QFontMetrics(font).height() + QFontMetrics(small(font)).height() + 4

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint a cell; old numbers are dimmed."""
        theme = current_theme()
        painter.save()
        paint_ground(painter, option)
        below = str(index.data(INTERVAL_ROLE) or "")
        area = option.rect.adjusted(4, 1, -4, -1)
        upper = QRect(area)
        if below:
            upper.setHeight(QFontMetrics(option.font).height())
        painter.setFont(option.font)
        painter.setPen(QColor(theme.secondary if index.data(OLD_ROLE) else theme.text))
        painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, str(index.data() or ""))
        painter.setFont(small(option.font))
        painter.setPen(QColor(theme.secondary))
        lower = QRect(area.left(), upper.bottom() + 1, area.width(), area.bottom() - upper.bottom())
        painter.drawText(lower, Qt.AlignmentFlag.AlignCenter, below)
        painter.restore()


class ConfusionDelegate(QStyledItemDelegate):
    """A number: bold where both chose the same tag, on a ground the stronger the more often they did not."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint a cell."""
        theme, count = current_theme(), index.data(COUNT_ROLE)
        painter.save()
        if count is None:
            painter.fillRect(option.rect, QColor(theme.panel))
            painter.restore()
            return
        same = bool(index.data(SAME_ROLE))
        if count:
            percent = _LEAST_TINT + (_MOST_TINT - _LEAST_TINT) * float(index.data(SHARE_ROLE))
            ground = mix(theme.success, theme.reader, 14) if same else mix(theme.warning, theme.reader, percent / 1.8)
            painter.fillRect(option.rect.adjusted(0, 0, -1, -1), QColor(ground))
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            focused = option.state & QStyle.StateFlag.State_HasFocus
            painter.setPen(QPen(QColor(theme.accent if focused else theme.secondary), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))
        font = QFont(option.font)
        font.setBold(same and bool(count))
        painter.setFont(font)
        painter.setPen(QColor(theme.text if count else theme.secondary))
        painter.drawText(option.rect, Qt.AlignmentFlag.AlignCenter, str(index.data()))
        painter.restore()


class RowDelegate(QStyledItemDelegate):
    """A row of a table: the one that is chosen has a bar at its beginning, as the list of articles has."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint a cell without the frame that the style draws around each."""
        own = QStyleOptionViewItem(option)
        own.state &= ~QStyle.StateFlag.State_HasFocus
        super().paint(painter, own, index)
        if index.column() == 0 and option.state & QStyle.StateFlag.State_Selected:
            bar = QRect(option.rect.left(), option.rect.top(), _BAR, option.rect.height())
            if option.direction is Qt.LayoutDirection.RightToLeft:
                bar.moveRight(option.rect.right())
            painter.fillRect(bar, QColor(current_theme().accent))


class StripDelegate(RowDelegate):
    """The heat strip of an article."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint the ground as in the other cells, and the strip."""
        super().paint(painter, option, index)
        painter.save()
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        paint_strip(painter, strip_rect(option.rect), index.data(HEAT_ROLE) or (), mirrored=mirrored)
        painter.restore()


class PlaceDelegate(QStyledItemDelegate):
    """What is tagged, each side's words where they differ, and the article beneath."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return room for the lines."""
        place: Place | None = index.data(PLACE_ROLE)
        lines = len(place.words) if place is not None else 1
        height = QFontMetrics(option.font).height() * lines + QFontMetrics(small(option.font)).height()
        return QSize(64, height + 12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one row; where the words differ each side's has its letter."""
        place: Place | None = index.data(PLACE_ROLE)
        if place is None:
            return
        theme = current_theme()
        painter.save()
        paint_ground(painter, option)
        area = option.rect.adjusted(10, 5, -10, -5)
        height = QFontMetrics(option.font).height()
        lettered = len(place.words) > 1
        for at, words in enumerate(place.words):
            line = QRect(area.left(), area.top() + at * height, area.width(), height)
            _write(painter, option, line, f"{'AB'[at]}  {words}" if lettered else words, option.font, theme.text)
        top = area.top() + len(place.words) * height
        below = QRect(area.left(), top, area.width(), area.bottom() - top + 1)
        _write(painter, option, below, place.title, small(option.font), theme.secondary)
        painter.restore()


def _write(
    painter: QPainter, option: QStyleOptionViewItem, rect: QRect, text: str, font: QFont, colour: str
) -> None:  # fmt: skip
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    side = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    painter.drawText(rect, side, shown)
