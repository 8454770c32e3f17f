"""The rows of the search: groups of places, each in its context with the words sought in bold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import (
    QT_TRANSLATE_NOOP,
    QAbstractListModel,
    QCoreApplication,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.model.content import SearchHit
from annotator.model.finding import Terms
from annotator.model.span import Span
from annotator.ui.dialogs.commands import drawn, placed, small_font
from annotator.ui.theme.apply import current_theme

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
HIT_ROLE = Qt.ItemDataRole.UserRole
BOLD_ROLE = Qt.ItemDataRole.UserRole + 1
GROUPS = (
    (("title",), QT_TRANSLATE_NOOP("hits", "In titles")),
    (("text",), QT_TRANSLATE_NOOP("hits", "In texts")),
    (("note", "attribute"), QT_TRANSLATE_NOOP("hits", "In notes and attributes")),
    (("entity", "tag"), QT_TRANSLATE_NOOP("hits", "People, bodies, places and tags")),
)


def line_of(hit: SearchHit) -> str:
    """Return a place in its context as one line."""
    return f"{hit.before}{hit.words}{hit.after}".replace("\n", " ")


def bold_spans(hit: SearchHit, wanted: Terms) -> list[Span]:
    """Return which parts of the line are bold: the words found and every other term in their context."""
    found = Span(len(hit.before), len(hit.before) + len(hit.words))
    others = [span for span, _ in wanted.spans(line_of(hit)) if not span.overlaps(found)]
    return sorted([found, *others])


class HitModel(QAbstractListModel):
    """Places under the headings of their groups; a heading is a string, a place a ``SearchHit``."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[str | SearchHit] = []
        self._wanted = Terms(())

    def show(self, hits: Sequence[SearchHit], wanted: Terms) -> None:
        """Show other places."""
        self.beginResetModel()
        self._wanted = wanted
        self._rows = []
        for wheres, title in GROUPS:
            some = [hit for hit in hits if hit.where in wheres]
            if some:
                name = QCoreApplication.translate("hits", str(title))
                self._rows.append(f"{name} ({QLocale().toString(len(some))})")
                self._rows.extend(some)
        self.endResetModel()

    def hit(self, row: int) -> SearchHit | None:
        """Return the place of a row; None for a heading."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found if isinstance(found, SearchHit) else None

    def first(self) -> int:
        """Return the first row that is a place, or -1."""
        return 1 if len(self._rows) > 1 else -1

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return how many rows there are, headings counted."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let places be chosen, not headings."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self.hit(index.row()) is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the line or heading, what a screen reader says, the place, or what of it is bold."""
        if not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if isinstance(row, str):
            return row if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
        if role == Qt.ItemDataRole.DisplayRole:
            return line_of(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{line_of(row)}, {row.title}"
        if role == BOLD_ROLE:
            return bold_spans(row, self._wanted)
        return row if role == HIT_ROLE else None


class HitDelegate(QStyledItemDelegate):
    """Paints a heading, or a place in two lines: the words in their context, under them the article's title."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the height of one line for a heading, of two for a place."""
        line = QFontMetrics(option.font).height()
        two = index.data(HIT_ROLE) is not None and index.data(HIT_ROLE).where != "title"
        return QSize(64, 2 * line + 12 if two else line + 14)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one row."""
        hit: SearchHit | None = index.data(HIT_ROLE)
        theme, mirrored = current_theme(), option.direction is Qt.LayoutDirection.RightToLeft
        area = option.rect.adjusted(10, 4, -10, -4)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(option.direction)
        if hit is None:
            bold = QFont(option.font)
            bold.setWeight(QFont.Weight.DemiBold)
            drawn(painter, bold, theme.secondary, area, str(index.data()))
        else:
            self._paint_ground(painter, option)
            height = QFontMetrics(option.font).height() + 2
            top = area.top() + ((area.height() - height) // 2 if hit.where == "title" else 0)
            line = QRect(area.left(), top, area.width(), height)
            self._paint_line(painter, option.font, placed(line, area, mirrored), index)
            if hit.where != "title":
                under = QRect(area.left(), line.bottom(), area.width(), area.bottom() - line.bottom())
                drawn(painter, small_font(option.font), theme.secondary, under, hit.title)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        theme = current_theme()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.selection if selected else theme.hover))
            painter.drawRoundedRect(option.rect.adjusted(2, 1, -2, -1), 5, 5)

    def _paint_line(self, painter: QPainter, font: QFont, area: QRect, index: _Index) -> None:
        """Paint the context with the words in bold; what does not fit is cut at the area's edge."""
        text, spans = str(index.data()), index.data(BOLD_ROLE)
        layout = QTextLayout(text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        layout.setFormats([_bold(text, span) for span in spans])
        layout.beginLayout()
        layout.createLine()
        layout.endLayout()
        # A narrow window must not cut the words away: the context before them gives way.
        # PySide6 returns the position along with the cursor; its stubs say object.
        start = cast("tuple[float, int]", layout.lineAt(0).cursorToX(_units(text, spans[0].stop)))[0]
        painter.setClipRect(area)
        painter.setPen(QColor(current_theme().text))
        layout.draw(painter, QPointF(area.left() - max(start + 24 - area.width(), 0), area.top()))
        painter.setClipping(False)


def _bold(text: str, span: Span) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start = _units(text, span.start)
    made.length = _units(text, span.stop) - made.start
    shape = QTextCharFormat()
    shape.setFontWeight(QFont.Weight.Bold)
    made.format = shape
    return made


def _units(text: str, position: int) -> int:
    """Return a position of the line in UTF-16 units, as Qt's layouts count."""
    return len(text[:position].encode("utf-16-le", "surrogatepass")) // 2
