"""How a row of the article list is painted: a heading, or an article's title over date, source and tags."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.model.codebook import Codebook, TagType
from annotator.model.content import ArticleRow
from annotator.ui.articles.model import HEADING_ROLE, ROW_ROLE
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
_SIDES = {
    direction: QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    | Qt.AlignmentFlag.AlignAbsolute
    for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft)
}
"""Where a text stands in its rectangle, for each direction of the interface."""


class _Faces:
    """The fonts of a row and their metrics: put together once, not for each row of a frame."""

    def __init__(self, font: QFont) -> None:
        self.font, self.small, self.semibold = QFont(font), small(font), QFont(font)
        self.semibold.setWeight(QFont.Weight.DemiBold)
        self.metrics, self.small_metrics = QFontMetrics(self.font), QFontMetrics(self.small)
        self.semibold_metrics = QFontMetrics(self.semibold)


class ArticleDelegate(QStyledItemDelegate):
    """Paints from the reading side; ``current`` is the open article's uid."""

    def __init__(self) -> None:
        super().__init__()
        self.current = ""
        self._tags: tuple[TagType, ...] = ()
        self._faces = _Faces(QFont())
        self._shapes: dict[tuple[object, ...], QPixmap] = {}

    def set_codebook(self, codebook: Codebook) -> None:
        """Say which tag types are shown by their shapes: the first six that are topics."""
        self._tags = tuple(tag for tag in codebook.tag_types if not tag.auxiliary)[:_MOST_SHAPES]
        self._shapes.clear()

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
        row = index.data(ROW_ROLE)
        if self._faces.font != option.font:
            self._faces = _Faces(option.font)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, row)
        if isinstance(row, ArticleRow):
            self._paint_article(painter, option, row)
        elif index.data(HEADING_ROLE) is not None:
            self._paint_heading(painter, option, index)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, row: ArticleRow | None) -> None:
        theme, state = current_theme(), option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.fillRect(option.rect, QColor(theme.panel))
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, QColor(theme.selection if selected else theme.hover))
        if selected and state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_Active:
            painter.setPen(QColor(theme.accent))
            painter.drawRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5))
        if row is not None and row.uid == self.current:
            bar = QRect(option.rect.left(), option.rect.top(), _BAR, option.rect.height())
            painter.fillRect(_placed(bar, option), QColor(theme.accent))

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, (_, count, unfolded) = current_theme(), index.data(HEADING_ROLE)
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        name = "chevron-down" if unfolded else "chevron-left" if mirrored else "chevron-right"
        rect, faces = option.rect, self._faces
        chevron = QRect(rect.left() + 6, rect.top() + (rect.height() - _CHEVRON) // 2, _CHEVRON, _CHEVRON)
        icon(name, theme.secondary).paint(painter, _placed(chevron, option))
        text = _placed(rect.adjusted(_START, 0, -_END, 0), option)
        painter.setFont(faces.semibold)
        painter.setPen(QColor(theme.text if count else theme.secondary))
        _draw(painter, text, _elided(str(index.data()), faces.semibold_metrics, text), option)

    def _paint_article(self, painter: QPainter, option: QStyleOptionViewItem, row: ArticleRow) -> None:
        theme, rect, faces = current_theme(), option.rect, self._faces
        title = QRect(rect.left() + _START, rect.top() + 7, rect.width() - _START - _END, faces.metrics.height())
        place = _placed(title, option)
        is_open = row.uid == self.current
        painter.setFont(faces.semibold if is_open else faces.font)
        painter.setPen(QColor(theme.text))
        _draw(painter, place, _elided(row.title, faces.semibold_metrics if is_open else faces.metrics, place), option)
        line = QRect(title.left(), title.bottom() + 3, title.width(), faces.small_metrics.height())
        painter.setFont(faces.small)
        painter.setPen(QColor(theme.secondary))
        taken = self._paint_tags(painter, option, row, line)
        rest = _placed(line.adjusted(0, 0, -taken, 0), option)
        _draw(painter, rest, _elided(second_line(row, QLocale()), faces.small_metrics, rest), option)

    def _paint_tags(self, painter: QPainter, option: QStyleOptionViewItem, row: ArticleRow, line: QRect) -> int:
        """Paint a shape for each tag type that is there, and how many in all, at the line's end; return the room."""
        total = sum(row.tags.values())
        if not total:
            return 0
        number = QLocale().toString(total)
        width = self._faces.small_metrics.horizontalAdvance(number) + 1
        end = QRect(line.right() - width + 1, line.top(), width, line.height())
        _draw(painter, _placed(end, option), number, option)
        room = (_SHAPE + _BETWEEN) * len(self._tags) - _BETWEEN
        spot = QRect(end.left() - 5 - room, line.top() + (line.height() - _SHAPE) // 2, room, _SHAPE)
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(_placed(spot, option).topLeft(), self._drawn_shapes(row, option.direction, ratio))
        return line.right() - spot.left() + 8

    def _drawn_shapes(self, row: ArticleRow, direction: Qt.LayoutDirection, ratio: float) -> QPixmap:
        """Return the shapes of all tag types side by side, grey where there is none: drawn once for all rows alike."""
        theme = current_theme()
        there = tuple(bool(row.tags.get(tag.uid)) for tag in self._tags)
        key = (there, direction, ratio, theme.name)
        if key not in self._shapes:
            room = QRect(0, 0, (_SHAPE + _BETWEEN) * len(there) - _BETWEEN, _SHAPE)
            drawn = QPixmap(room.size() * ratio)
            drawn.setDevicePixelRatio(ratio)
            drawn.fill(Qt.GlobalColor.transparent)
            painter = QPainter(drawn)
            for at, (tag, used) in enumerate(zip(self._tags, there, strict=True)):
                spot = QStyle.visualRect(direction, room, QRect(at * (_SHAPE + _BETWEEN), 0, _SHAPE, _SHAPE))
                colour = theme.tag(tag.colour).line if used else QColor(theme.line)
                paint_shape(painter, QRectF(spot), tag.part, colour)
            painter.end()
            self._shapes[key] = drawn
        return self._shapes[key]


def small(font: QFont) -> QFont:
    """Return the font of secondary text: two pixels smaller."""
    made = QFont(font)
    made.setPixelSize(smaller_size(font))
    return made


def _placed(rect: QRect, option: QStyleOptionViewItem) -> QRect:
    """Return the rectangle mirrored within the row in a right-to-left layout."""
    return QStyle.visualRect(option.direction, option.rect, rect)


def _elided(text: str, metrics: QFontMetrics, rect: QRect) -> str:
    """Return the text, cut with an ellipsis where there is no room."""
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())


def _draw(painter: QPainter, rect: QRect, text: str, option: QStyleOptionViewItem) -> None:
    """Draw one line from the reading side."""
    mirrored = reads_right_to_left(text)
    painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight)
    painter.drawText(rect, _SIDES[option.direction], text)
