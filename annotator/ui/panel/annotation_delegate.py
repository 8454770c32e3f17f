"""How a row of the annotation list is painted: shape, role, words, and what else is known of it, dimmed."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.model.annotation import Annotation, Confidence
from annotator.ui.panel.annotation_model import AnnotationModel, Shown
from annotator.ui.state import UiState
from annotator.ui.theme.apply import current_theme
from annotator.ui.theme.fonts import smaller_size
from annotator.ui.theme.icons import icon
from annotator.ui.widgets.shapes import paint_shape

_Index = QModelIndex | QPersistentModelIndex
_SHAPE, _MARK, _GAP, _EDGE = 10, 12, 6, 8
_LEAST_DETAIL = 36


class _Line:
    """The room left on a line, taken from either side; in a right-to-left layout the sides are swapped."""

    def __init__(self, painter: QPainter, area: QRect, *, mirrored: bool) -> None:
        self.painter, self.area, self.mirrored = painter, area, mirrored
        self.left, self.right = area.left(), area.right() + 1

    @property
    def room(self) -> int:
        """Pixels that are left."""
        return max(self.right - self.left, 0)

    def start(self, width: int) -> QRect:
        """Take so many pixels at the reading side."""
        self.left += width
        return self._placed(self.left - width, width)

    def end(self, width: int) -> QRect:
        """Take so many pixels at the far side."""
        self.right -= width
        return self._placed(self.right, width)

    def _placed(self, left: int, width: int) -> QRect:
        if self.mirrored:
            left = self.area.left() + self.area.right() + 1 - left - width
        return QRect(left, self.area.top(), width, self.area.height())

    def write(self, rect: QRect, text: str, font: QFont, colour: str | QColor, *, at_end: bool = False) -> None:
        """Write one line, cut with an ellipsis where there is no room."""
        self.painter.setFont(font)
        self.painter.setPen(QColor(colour))
        side = Qt.AlignmentFlag.AlignRight if at_end is not self.mirrored else Qt.AlignmentFlag.AlignLeft
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        flags = side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        self.painter.drawText(rect, flags, shown)


class AnnotationDelegate(QStyledItemDelegate):
    """One line a row; two while the list is flat, the second saying why it is to be checked, or the detail."""

    def __init__(self, state: UiState, model: AnnotationModel) -> None:
        super().__init__(model)
        self._state, self._model = state, model

    def sizeHint(self, option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Return the same height for every row."""
        line = QFontMetrics(option.font).height()
        height = line * 2 + 6 if self._model.narrowing.flat else line + 9
        return QSize(64, max(height, 44 if self._model.narrowing.flat else 26))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one row."""
        shown = self._model.shown(index)
        if shown is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        self._paint_ground(painter, option)
        area = option.rect.adjusted(2 if not mirrored else _EDGE, 0, -_EDGE if not mirrored else -2, 0)
        if self._model.narrowing.flat:
            self._paint_two(painter, option, shown, area.adjusted(4, 4, 0, -4), mirrored=mirrored)
        else:
            self._paint_one(painter, option, shown, _Line(painter, area, mirrored=mirrored))
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        theme, selected = current_theme(), bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, QColor(theme.selection if selected else theme.hover))

    def _paint_one(self, painter: QPainter, option: QStyleOptionViewItem, shown: Shown, line: _Line) -> None:
        row, theme = shown.row, current_theme()
        self._paint_shape(painter, line, shown.annotation)
        self._paint_marks(painter, line, shown.annotation, shown.lacking)
        small = _small(option.font)
        if row.label:
            said = row.label.lower()
            width = min(QFontMetrics(small).horizontalAdvance(said) + _GAP, line.room // 2)
            line.write(line.start(width), said, small, theme.secondary)
        words, detail, font = shown.words, shown.detail, self._font(option.font, row.itself)
        wanted = QFontMetrics(small).horizontalAdvance(detail) + 10 if detail else 0
        free = line.room - QFontMetrics(font).horizontalAdvance(words) - _GAP - 4
        # What stands under another is told by its name: only the room that is left goes to the rest.
        width = min(wanted, free if row.label else max(free, line.room * 2 // 5))
        if width >= _LEAST_DETAIL:
            line.write(line.end(width), detail, small, theme.secondary, at_end=True)
            line.end(_GAP)
        line.write(line.start(line.room), words, font, theme.text)

    def _paint_two(
        self, painter: QPainter, option: QStyleOptionViewItem, shown: Shown, area: QRect, mirrored: bool
    ) -> None:
        annotation = shown.annotation
        theme, half = current_theme(), area.height() // 2
        first = _Line(painter, QRect(area.left(), area.top(), area.width(), half), mirrored=mirrored)
        self._paint_shape(painter, first, annotation)
        self._paint_marks(painter, first, annotation, lacking=False)
        first.write(first.start(first.room), shown.words, option.font, theme.text)
        second = _Line(
            painter, QRect(area.left(), area.top() + half, area.width(), area.height() - half), mirrored=mirrored
        )
        second.start(_SHAPE + _GAP)
        reasons = self._model.reasons(annotation.uid)
        remark = self._model.said(annotation.uid) if self._model.narrowing.reviewed else ""
        detail = shown.detail or self._state.codebook.tag(annotation.tag_type).label
        colour = theme.warning if reasons and not remark else theme.secondary
        second.write(second.start(second.room), remark or reasons or detail, _small(option.font), colour)

    def _paint_shape(self, painter: QPainter, line: _Line, annotation: Annotation) -> None:
        tag = self._state.codebook.tag(annotation.tag_type)
        paint_shape(painter, QRectF(line.start(_SHAPE)), tag.part, current_theme().tag(tag.colour).line)
        line.start(_GAP)

    def _paint_marks(self, painter: QPainter, line: _Line, annotation: Annotation, lacking: bool) -> None:
        theme = current_theme()
        marks = [
            ("warning", theme.warning, lacking),
            ("note", theme.secondary, bool(annotation.note)),
            ("confidence", theme.secondary, annotation.confidence in (Confidence.LOW, Confidence.MEDIUM)),
        ]
        for name, colour, shown in marks:
            if shown:
                spot = line.end(_MARK)
                icon(name, colour).paint(painter, QRect(spot.left(), spot.center().y() - _MARK // 2 + 1, _MARK, _MARK))
                line.end(4)

    def _font(self, font: QFont, itself: bool) -> QFont:
        if itself:
            return font
        slanted = QFont(font)
        slanted.setItalic(True)
        return slanted


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPixelSize(smaller_size(font))
    return small
