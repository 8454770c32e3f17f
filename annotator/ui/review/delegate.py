"""How a row of differences is painted: kind and tag by shape, both versions' words, and what has been decided."""

from __future__ import annotations

from collections.abc import Sequence

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
from annotator.ui.theme.icons import icon
from annotator.ui.widgets.shapes import paint_shape

_Index = QModelIndex | QPersistentModelIndex
_EDGE, _GAP, _SHAPE = 10, 6, 11
DECISION_ICONS = {Decision.ACCEPTED: "check", Decision.REJECTED: "close", Decision.REVISED: "edit"}
ALONE = (DifferenceKind.ONLY_A, DifferenceKind.ONLY_B)


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
        self._ground(painter, option)
        height = QFontMetrics(option.font).height() + 3
        line = QRect(option.rect.left() + _EDGE, option.rect.top() + 5, option.rect.width() - 2 * _EDGE, height)
        if item.decided:
            painter.setOpacity(0.72)
        self._head(painter, option, line, item, index, teller)
        versions = teller.versions(item.difference)
        for letter, runs in zip("AB", versions, strict=True):
            if runs:
                line = line.translated(0, height)
                end = self._version(painter, option.font, line, "" if item.alone else letter, runs, item)
                if all(versions) and item.difference.kind is not DifferenceKind.BOUNDARY and letter == "A":
                    room = line.adjusted(end - line.left() + _GAP, 0, 0, 0)
                    words = plain(shortened(item.sides[0]))
                    self._write(painter, room, f"· {words}", option.font, current_theme().secondary)
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
        self, painter: QPainter, option: QStyleOptionViewItem, line: QRect, item: Item, index: _Index, teller: Teller
    ) -> None:
        theme, kind = current_theme(), item.difference.kind
        at = line.left()
        if not item.alone:
            colour = QColor(theme.warning if kind in ALONE else theme.accent)
            paint_kind(painter, QRectF(at, line.top(), 14, line.height()), kind, colour)
            at += 14 + _GAP
            at += self._write(painter, QRect(at, line.top(), line.right() - at, line.height()), kind_word(kind),
                              _bold(option.font), theme.text) + _GAP  # fmt: skip
        for tag_type in dict.fromkeys(side.tag_type for side in item.sides):
            tag = teller.codebook.tag(tag_type)
            colours = theme.tag(tag.colour)
            paint_shape(painter, QRectF(at, line.top(), _SHAPE, line.height()), tag.part, colours.line)
            at += _SHAPE + 4
            room = QRect(at, line.top(), max(line.right() - at - 52, 0), line.height())
            at += self._write(painter, room, tag.label, option.font, colours.text.name()) + _GAP
        subject = teller.subject(item.difference)
        if subject:
            room = QRect(at, line.top(), max(line.right() - at - 52, 0), line.height())
            self._write(painter, room, f"· {subject}", option.font, theme.secondary)
        self._verdicts(painter, option.font, line, item, index.data(VERDICTS_ROLE))

    def _verdicts(
        self, painter: QPainter, font: QFont, line: QRect, item: Item, verdicts: Sequence[Verdict | None]
    ) -> None:
        """Paint at the end of the line what holds of each version, or a ring for what is open."""
        theme, right = current_theme(), line.right()
        if not item.decided and not any(verdicts):
            painter.setPen(QPen(QColor(theme.secondary), 1.4))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QRectF(right - 9, line.center().y() - 3, 7, 7))
            return
        colours = {Decision.ACCEPTED: theme.success, Decision.REJECTED: theme.error, Decision.REVISED: theme.accent}
        for letter, verdict in reversed(list(zip("AB", verdicts, strict=True))):
            if verdict is None:
                continue
            spot = QRect(right - 12, line.center().y() - 6, 13, 13)
            icon(DECISION_ICONS[verdict.decision], colours[verdict.decision]).paint(painter, spot)
            right -= 14
            if not item.alone:
                box = QRect(right - 10, line.top(), 10, line.height())
                self._write(painter, box, letter, _small(font), theme.secondary)
                right -= 14

    def _version(
        self, painter: QPainter, font: QFont, line: QRect, letter: str, runs: Sequence[Run], item: Item
    ) -> int:
        """Write one version and return where it ends."""
        theme = current_theme()
        if letter:
            self._write(
                painter, QRect(line.left(), line.top(), 14, line.height()), letter, _small(font), theme.secondary
            )
            line = line.adjusted(14 + _GAP, 0, 0, 0)
        marked = item.difference.kind is DifferenceKind.BOUNDARY
        at = line.left()
        for run in runs:
            room = QRect(at, line.top(), max(line.right() - at, 0), line.height())
            strong = run.differs and marked
            if strong:
                width = min(QFontMetrics(_bold(font)).horizontalAdvance(run.text), room.width())
                ground = QRectF(at, line.top() + 1, width, line.height() - 3)
                painter.fillRect(ground, QColor(theme.selection))
                painter.setPen(QPen(QColor(theme.warning), 2))
                painter.drawLine(ground.bottomLeft(), ground.bottomRight())
            at += self._write(painter, room, run.text, _bold(font) if strong else font, theme.text)
        return at

    def _write(self, painter: QPainter, room: QRect, text: str, font: QFont, colour: str) -> int:
        """Write one line, cut where there is no room, and return its width in pixels."""
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.setFont(font)
        painter.setPen(QColor(colour))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        return metrics.horizontalAdvance(shown)


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    return bold


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPixelSize(max(font.pixelSize() - 2, 8))
    return small
