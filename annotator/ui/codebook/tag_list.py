"""The editor's list of tag types, with an entry for articles at its end."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QDropEvent, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.model.codebook import TagType
from annotator.ui.codebook.wording import annotation_count
from annotator.ui.theme.apply import current_theme
from annotator.ui.theme.fonts import smaller_size
from annotator.ui.theme.icons import icon
from annotator.ui.widgets.shapes import paint_shape

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
ROW_ROLE = Qt.ItemDataRole.UserRole
ARTICLES = ""
"""The uid of the entry for article-level attributes."""

_HEIGHT, _SHAPE, _KEY, _PADDING = 32, 12, 18, 10


class Row(Struct, frozen=True):
    """One entry: a tag type (None: articles), how many annotations will bear it, and whether something is wrong."""

    tag: TagType | None
    label: str
    uses: int = 0
    wrong: bool = False

    @property
    def uid(self) -> str:
        """The tag type's uid, or ARTICLES."""
        return self.tag.uid if self.tag is not None else ARTICLES


class TagListModel(QAbstractListModel):
    """The rows, replaced where they changed."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Row, ...] = ()

    def show(self, rows: tuple[Row, ...]) -> None:
        """Show other rows; the selection survives as long as the entries are the same."""
        if [row.uid for row in rows] != [row.uid for row in self._rows]:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
            return
        before, self._rows = self._rows, rows
        for at, (old, new) in enumerate(zip(before, rows, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(at), self.index(at))

    def row_of(self, uid: str) -> int:
        """Return where an entry stands, or -1."""
        return next((at for at, row in enumerate(self._rows) if row.uid == uid), -1)

    def entry(self, row: int) -> Row | None:
        """Return the entry of a row, or None."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let tag types be dragged, and dropped between others."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        row = self.entry(index.row())
        return flags | Qt.ItemFlag.ItemIsDragEnabled if row is not None and row.tag is not None else flags

    def supportedDropActions(self) -> Qt.DropAction:
        """Return moving."""
        return Qt.DropAction.MoveAction

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Row | str | None:
        """Return the label, what a screen reader says, the definition as a tooltip, or the entry."""
        row = self.entry(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            key = self.tr("key {0}").format(row.tag.key) if row.tag is not None and row.tag.key else ""
            return ", ".join(filter(None, (row.label, key, annotation_count(row.uses))))
        if role == Qt.ItemDataRole.ToolTipRole and row.tag is not None:
            return annotation_count(row.uses)
        return row if role == ROW_ROLE else None


class _Delegate(QStyledItemDelegate):
    """Paints shape, label, number of annotations and the key's cap."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return a row's height; a line and some room stand above the entry for articles."""
        extra = 9 if index.data(ROW_ROLE).tag is None and index.row() else 0
        return QSize(120, max(_HEIGHT, QFontMetrics(option.font).height() + 12) + extra)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one row."""
        theme, row = current_theme(), index.data(ROW_ROLE)
        rect = QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.tag is None and index.row():
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.drawLine(rect.left() + 4, rect.top() + 4, rect.right() - 4, rect.top() + 4)
            rect.setTop(rect.top() + 9)
        self._paint_ground(painter, option, rect)
        right = option.direction is Qt.LayoutDirection.RightToLeft
        area = rect.adjusted(_PADDING, 0, -_PADDING, 0)
        spot = _mirrored(QRect(area.left(), area.center().y() - _SHAPE // 2 + 1, _SHAPE, _SHAPE), area, right)
        if row.tag is None:
            icon("article", theme.secondary).paint(painter, spot.adjusted(-2, -2, 2, 2))
        else:
            paint_shape(painter, QRectF(spot), row.tag.part, theme.tag(row.tag.colour).line)
            self._paint_key(
                painter, option.font, _mirrored(area.adjusted(area.width() - _KEY, 0, 0, 0), area, right), row
            )
        taken = self._paint_uses(painter, option.font, area, row, right)
        text = _mirrored(area.adjusted(_SHAPE + 8, 0, -taken, 0), area, right)
        painter.setFont(option.font)
        painter.setPen(QColor(theme.error if row.wrong else theme.text))
        shown = QFontMetrics(option.font).elidedText(row.label, Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, _side(painter, Qt.AlignmentFlag.AlignLeft), shown)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect) -> None:
        theme = current_theme()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            focus = selected and bool(option.state & QStyle.StateFlag.State_HasFocus)
            painter.setPen(QPen(QColor(theme.accent), 1) if focus else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.selection if selected else theme.hover))
            painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)

    def _paint_uses(self, painter: QPainter, font: QFont, area: QRect, row: Row, right: bool) -> int:
        """Paint the number before the key's cap and return the room that both take."""
        key = _KEY + 8 if row.tag is not None else 0
        if not row.uses:
            return key
        small = QFont(font)
        small.setPixelSize(smaller_size(font))
        number = f"{row.uses:,}"
        width = QFontMetrics(small).horizontalAdvance(number)
        painter.setFont(small)
        painter.setPen(QColor(current_theme().secondary))
        place = _mirrored(area.adjusted(area.width() - key - width, 0, -key, 0), area, right)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, number)
        return key + width + 8

    def _paint_key(self, painter: QPainter, font: QFont, area: QRect, row: Row) -> None:
        if row.tag is None or not row.tag.key:
            return
        theme = current_theme()
        cap = QRectF(area.left() + 0.5, area.center().y() - _KEY / 2 + 1.5, _KEY - 1, _KEY - 1)
        painter.setPen(QPen(QColor(theme.error if row.wrong else theme.line), 1))
        painter.setBrush(QColor(theme.reader))
        painter.drawRoundedRect(cap, 4, 4)
        small = QFont(font)
        small.setPixelSize(smaller_size(font))
        painter.setFont(small)
        painter.setPen(QColor(theme.error if row.wrong else theme.secondary))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, row.tag.key)


class TagList(QListView):
    """``chosen`` tells the entry gone to, ``moved`` a tag type dragged to another place of the order."""

    chosen = Signal(str)
    moved = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = TagListModel()
        self.setObjectName("tagTypes")
        self.setAccessibleName(self.tr("Tag types"))
        self.setProperty("framed", True)
        self.setModel(self.rows)
        self.setItemDelegate(_Delegate(self))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.selectionModel().currentChanged.connect(self._tell)
        self._quiet = False

    def show_rows(self, tags: tuple[TagType, ...], uses: Mapping[str, int], wrong: set[str], current: str) -> None:
        """Show the tag types and the entry for articles, with ``current`` selected; nothing is told."""
        rows = [Row(tag, tag.label or tag.name, uses.get(tag.uid, 0), tag.uid in wrong) for tag in tags]
        self._quiet = True
        self.rows.show((*rows, Row(None, self.tr("Articles"), wrong=ARTICLES in wrong)))
        if self.current() != current or not self.currentIndex().isValid():
            self.setCurrentIndex(self.rows.index(self.rows.row_of(current)))
        self._quiet = False

    def current(self) -> str:
        """Return the entry selected."""
        row = self.rows.entry(self.currentIndex().row())
        return row.uid if row is not None else ARTICLES

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell where a tag type was dropped; the draft moves it, not the view."""
        dragged = self.rows.entry(self.currentIndex().row())
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if dragged is None or dragged.tag is None or event.source() is not self:
            return
        point = event.position().toPoint()
        under = self.indexAt(point)
        last = self.rows.rowCount() - 1
        to = last if not under.isValid() else under.row() + (point.y() > self.visualRect(under).center().y())
        at = self.currentIndex().row()
        to = min(to, last) - (to > at)
        if to != at:
            self.moved.emit(dragged.uid, to)

    def _tell(self, index: QModelIndex) -> None:
        row = self.rows.entry(index.row())
        if row is not None and not self._quiet:
            self.chosen.emit(row.uid)


def _mirrored(rect: QRect, area: QRect, mirrored: bool) -> QRect:
    if mirrored:
        return QRect(area.left() + area.right() - rect.right(), rect.top(), rect.width(), rect.height())
    return rect


def _side(painter: QPainter, side: Qt.AlignmentFlag) -> int:
    return int(QStyle.visualAlignment(painter.layoutDirection(), side | Qt.AlignmentFlag.AlignVCenter))
