"""How a row of the article list is painted: a heading, or an article's title over date, source and tags."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.model.codebook import Codebook, TagType
from annotator.model.content import ArticleRow
from annotator.ui.articles.model import HEADING_ROLE, ROW_ROLE, UID_ROLE
from annotator.ui.articles.wording import reads_right_to_left, second_line
from annotator.ui.theme.apply import current_theme
from annotator.ui.theme.fonts import smaller_size
from annotator.ui.theme.icons import icon
from annotator.ui.widgets.shapes import paint_shape

_Index = QModelIndex | QPersistentModelIndex
_START = 24
_END = 8
_BAR = 3
_CHEVRON = 12
_SHAPE = 8
_BETWEEN = 3
_MOST_SHAPES = 6


class ArticleDelegate(QStyledItemDelegate):
    """Paints from the reading side; ``current`` is the open article's uid."""

    def __init__(self) -> None:
        super().__init__()
        self.current = ""
        self._tags: tuple[TagType, ...] = ()

    def set_codebook(self, codebook: Codebook) -> None:
        """Say which tag types are shown by their shapes: the first six that are topics."""
        self._tags = tuple(tag for tag in codebook.tag_types if not tag.auxiliary)[:_MOST_SHAPES]

    def row_height(self, font: QFont) -> int:
        """Return the height of an article in pixels: two lines with air around them."""
        return QFontMetrics(font).height() + QFontMetrics(small(font)).height() + 16

    def heading_height(self, font: QFont) -> int:
        """Return the height of a heading in pixels."""
        return max(32, QFontMetrics(font).height() + 12)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the height of a row; its width is the list's."""
        heading = index.data(HEADING_ROLE) is not None
        return QSize(64, self.heading_height(option.font) if heading else self.row_height(option.font))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, index)
        row = index.data(ROW_ROLE)
        if isinstance(row, ArticleRow):
            self._paint_article(painter, option, row)
        elif index.data(HEADING_ROLE) is not None:
            self._paint_heading(painter, option, index)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, state = current_theme(), option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.fillRect(option.rect, QColor(theme.panel))
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, QColor(theme.selection if selected else theme.hover))
        if selected and state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_Active:
            painter.setPen(QColor(theme.accent))
            painter.drawRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5))
        uid = index.data(UID_ROLE)
        if uid is not None and uid == self.current:
            bar = QRect(option.rect.left(), option.rect.top(), _BAR, option.rect.height())
            painter.fillRect(_placed(bar, option), QColor(theme.accent))

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, (_, count, unfolded) = current_theme(), index.data(HEADING_ROLE)
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        name = "chevron-down" if unfolded else "chevron-left" if mirrored else "chevron-right"
        rect = option.rect
        chevron = QRect(rect.left() + 6, rect.top() + (rect.height() - _CHEVRON) // 2, _CHEVRON, _CHEVRON)
        icon(name, theme.secondary).paint(painter, _placed(chevron, option))
        text = rect.adjusted(_START, 0, -_END, 0)
        colour = theme.text if count else theme.secondary
        _draw(painter, _semibold(option.font), colour, _placed(text, option), str(index.data()), option)

    def _paint_article(self, painter: QPainter, option: QStyleOptionViewItem, row: ArticleRow) -> None:
        theme, rect, font = current_theme(), option.rect, option.font
        title_font = _semibold(font) if row.uid == self.current else QFont(font)
        first = QFontMetrics(font).height()
        title = QRect(rect.left() + _START, rect.top() + 7, rect.width() - _START - _END, first)
        _draw(painter, title_font, theme.text, _placed(title, option), row.title, option)
        line = QRect(title.left(), title.bottom() + 3, title.width(), QFontMetrics(small(font)).height())
        taken = self._paint_tags(painter, option, row, line)
        words = second_line(row, QLocale())
        rest = line.adjusted(0, 0, -taken, 0)
        _draw(painter, small(font), theme.secondary, _placed(rest, option), words, option)

    def _paint_tags(self, painter: QPainter, option: QStyleOptionViewItem, row: ArticleRow, line: QRect) -> int:
        """Paint a shape for each tag type that is there, and how many in all, at the line's end; return the room."""
        total = sum(row.tags.values())
        if not total:
            return 0
        number, font = QLocale().toString(total), small(option.font)
        width = QFontMetrics(font).horizontalAdvance(number) + 1
        end = QRect(line.right() - width + 1, line.top(), width, line.height())
        _draw(painter, font, current_theme().secondary, _placed(end, option), number, option)
        x = end.left() - 5 - (_SHAPE + _BETWEEN) * len(self._tags) + _BETWEEN
        start = x
        for tag in self._tags:
            spot = QRect(x, line.top() + (line.height() - _SHAPE) // 2, _SHAPE, _SHAPE)
            colour = current_theme().tag(tag.colour).line if row.tags.get(tag.uid) else QColor(current_theme().line)
            paint_shape(painter, QRectF(_placed(spot, option)), tag.part, colour)
            x += _SHAPE + _BETWEEN
        return line.right() - start + 8


def small(font: QFont) -> QFont:
    """Return the font of secondary text: two pixels smaller."""
    made = QFont(font)
    made.setPixelSize(smaller_size(font))
    return made


def _semibold(font: QFont) -> QFont:
    made = QFont(font)
    made.setWeight(QFont.Weight.DemiBold)
    return made


def _placed(rect: QRect, option: QStyleOptionViewItem) -> QRect:
    """Return the rectangle mirrored within the row in a right-to-left layout."""
    return QStyle.visualRect(option.direction, option.rect, rect)


def _draw(painter: QPainter, font: QFont, colour: str, rect: QRect, text: str, option: QStyleOptionViewItem) -> None:
    """Draw one line from the reading side, cut with an ellipsis where there is no room."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    mirrored = reads_right_to_left(text)
    painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight)
    painter.drawText(rect, QStyle.visualAlignment(option.direction, side) | Qt.AlignmentFlag.AlignAbsolute, shown)
