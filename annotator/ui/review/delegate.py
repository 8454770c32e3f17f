"""How a row of differences is painted: kind and tag by shape, both versions' words, and what has been decided."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.analysis.comparison import DifferenceKind
from annotator.model.review import Decision, Verdict
from annotator.ui.review.items import Item
from annotator.ui.review.kind_shapes import paint_kind
from annotator.ui.review.model import ITEM_ROLE, VERDICTS_ROLE, DifferenceModel
from annotator.ui.review.wording import Run, Teller, kind_word, plain
from annotator.ui.review.wording import runs as shortened
from annotator.ui.theme.apply import current_theme
from annotator.ui.theme.fonts import smaller_size
from annotator.ui.theme.icons import icon
from annotator.ui.widgets.shapes import paint_shape

_Index = QModelIndex | QPersistentModelIndex
_EDGE, _GAP, _SHAPE = 10, 6, 11
DECISION_ICONS = {Decision.ACCEPTED: "check", Decision.REJECTED: "close", Decision.REVISED: "edit"}
ALONE = (DifferenceKind.ONLY_A, DifferenceKind.ONLY_B)


class _Sheet(Struct, frozen=True):
    """A row to paint on; places are given as from left to right, and mirrored in a right-to-left layout."""

    painter: QPainter
    area: QRect
    mirrored: bool

    def placed(self, rect: QRectF) -> QRectF:
        """Return where a rectangle really is."""
        if not self.mirrored:
            return rect
        return QRectF(self.area.left() + self.area.right() + 1 - rect.right(), rect.top(), rect.width(), rect.height())

    def write(self, room: QRect, text: str, font: QFont, colour: str) -> int:
        """Write one line, cut where there is no room, and return its width in pixels."""
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        self.painter.setFont(font)
        self.painter.setPen(QColor(colour))
        side = Qt.AlignmentFlag.AlignRight if self.mirrored else Qt.AlignmentFlag.AlignLeft
        flags = side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        self.painter.drawText(self.placed(QRectF(room)), flags, shown)
        return metrics.horizontalAdvance(shown)


class DifferenceDelegate(QStyledItemDelegate):
    """Three lines a row: kind, tag and verdicts; then A's version, then B's (one line where there is one version)."""

    def __init__(self, model: DifferenceModel) -> None:
        super().__init__(model)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return room for the lines."""
        item: Item | None = index.data(ITEM_ROLE)
        lines = 1 + (len(item.sides) if item is not None else 1)
        return QSize(64, (QFontMetrics(option.font).height() + 3) * lines + 10)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one row."""
        item, teller = index.data(ITEM_ROLE), self._model.teller()
        if item is None or teller is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sheet = _Sheet(painter, option.rect, option.direction is Qt.LayoutDirection.RightToLeft)
        self._ground(painter, option)
        height = QFontMetrics(option.font).height() + 3
        line = QRect(option.rect.left() + _EDGE, option.rect.top() + 5, option.rect.width() - 2 * _EDGE, height)
        if item.decided:
            painter.setOpacity(0.72)
        self._head(sheet, option, line, item, index, teller)
        versions = teller.versions(item.difference)
        for letter, runs in zip("AB", versions, strict=True):
            if runs:
                line = line.translated(0, height)
                about = all(versions) and item.difference.kind is not DifferenceKind.BOUNDARY and letter == "A"
                behind = f"· {plain(shortened(item.sides[0]))}" if about else ""
                self._version(sheet, option.font, line, "" if item.alone else letter, runs, item, behind)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        theme = current_theme()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, QColor(theme.selection if selected else theme.hover))
        if selected:
            painter.fillRect(
                QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), QColor(theme.accent)
            )
        painter.setPen(QColor(theme.line))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())

    def _head(
        self, sheet: _Sheet, option: QStyleOptionViewItem, line: QRect, item: Item, index: _Index, teller: Teller
    ) -> None:
        theme, kind = current_theme(), item.difference.kind
        at = line.left()
        if not item.alone:
            colour = QColor(theme.warning if kind in ALONE else theme.accent)
            paint_kind(sheet.painter, sheet.placed(QRectF(at, line.top(), 14, line.height())), kind, colour)
            at += 14 + _GAP
            at += sheet.write(QRect(at, line.top(), line.right() - at, line.height()), kind_word(kind),
                              _bold(option.font), theme.text) + _GAP  # fmt: skip
        for tag_type in dict.fromkeys(side.tag_type for side in item.sides):
            tag = teller.codebook.tag(tag_type)
            colours = theme.tag(tag.colour)
            spot = sheet.placed(QRectF(at, line.top(), _SHAPE, line.height()))
            paint_shape(sheet.painter, spot, tag.part, colours.line)
            at += _SHAPE + 4
            room = QRect(at, line.top(), max(line.right() - at - 52, 0), line.height())
            at += sheet.write(room, tag.label, option.font, colours.text.name()) + _GAP
        subject = teller.subject(item.difference)
        if subject:
            room = QRect(at, line.top(), max(line.right() - at - 52, 0), line.height())
            sheet.write(room, f"· {subject}", option.font, theme.secondary)
        self._verdicts(sheet, option.font, line, item, index.data(VERDICTS_ROLE))

    def _verdicts(
        self, sheet: _Sheet, font: QFont, line: QRect, item: Item, verdicts: Sequence[Verdict | None]
    ) -> None:
        """Paint at the end of the line what holds of each version, or a ring for what is open."""
        theme, right = current_theme(), line.right()
        if not item.decided and not any(verdicts):
            sheet.painter.setPen(QPen(QColor(theme.secondary), 1.4))
            sheet.painter.setBrush(Qt.BrushStyle.NoBrush)
            sheet.painter.drawEllipse(sheet.placed(QRectF(right - 9, line.center().y() - 3, 7, 7)))
            return
        colours = {Decision.ACCEPTED: theme.success, Decision.REJECTED: theme.error, Decision.REVISED: theme.accent}
        for letter, verdict in reversed(list(zip("AB", verdicts, strict=True))):
            if verdict is None:
                continue
            spot = sheet.placed(QRectF(right - 12, line.center().y() - 6, 13, 13)).toRect()
            icon(DECISION_ICONS[verdict.decision], colours[verdict.decision]).paint(sheet.painter, spot)
            right -= 14
            if not item.alone:
                box = QRect(right - 10, line.top(), 10, line.height())
                sheet.write(box, letter, _small(font), theme.secondary)
                right -= 14

    def _version(
        self, sheet: _Sheet, font: QFont, line: QRect, letter: str, runs: Sequence[Run], item: Item, behind: str
    ) -> None:
        """Write one version from where its own script begins, and dimmed what stands behind it."""
        theme, marked = current_theme(), item.difference.kind is DifferenceKind.BOUNDARY
        if letter:
            sheet.write(QRect(line.left(), line.top(), 14, line.height()), letter, _small(font), theme.secondary)
            line = line.adjusted(14 + _GAP, 0, 0, 0)
        line = sheet.placed(QRectF(line)).toRect()
        words = _Sheet(sheet.painter, line, _right_to_left("".join(run.text for run in runs)))
        at = line.left()
        for run in runs:
            room = QRect(at, line.top(), max(line.right() - at, 0), line.height())
            strong = run.differs and marked
            if strong:
                width = min(QFontMetrics(_bold(font)).horizontalAdvance(run.text), room.width())
                self._mark(sheet.painter, words.placed(QRectF(at, line.top() + 1, width, line.height() - 3)))
            at += words.write(room, run.text, _bold(font) if strong else font, theme.text)
        if behind:
            room = QRect(at + _GAP, line.top(), max(line.right() - at - _GAP, 0), line.height())
            words.write(room, behind, font, theme.secondary)

    def _mark(self, painter: QPainter, ground: QRectF) -> None:
        """Mark what the other version does not cover, by a ground and a line below."""
        painter.fillRect(ground, QColor(current_theme().selection))
        painter.setPen(QPen(QColor(current_theme().warning), 2))
        painter.drawLine(ground.bottomLeft(), ground.bottomRight())


def _right_to_left(text: str) -> bool:
    """Tell whether the first letter with a direction runs from right to left."""
    found = (unicodedata.bidirectional(character) for character in text)
    return next((one in ("R", "AL") for one in found if one in ("L", "R", "AL")), False)


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    return bold


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPixelSize(smaller_size(font))
    return small
