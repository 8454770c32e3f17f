"""Where an entity is used: the annotations that bear it, by article."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.model.article import Article
from annotator.project.project import Project
from annotator.ui.theme.apply import current_theme
from annotator.ui.theme.fonts import smaller_size

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
MOST = 200
"""So many places are listed; the count says how many there are."""


class Use(Struct, frozen=True):
    """One annotation that bears the entity: its words and its article's title."""

    article: str
    annotation: str
    title: str
    words: str


def uses_of(project: Project, entity: str) -> list[Use]:
    """Return the first places where an entity is used."""
    annotations = project.read.annotations_of_entity(entity)[:MOST]
    articles = project.read.many(Article, {annotation.article for annotation in annotations})
    return [Use(one.article, one.uid, articles[one.article].title, " ".join(one.text.split())) for one in annotations]


class UsesModel(QAbstractListModel):
    """The places, replaced as a whole."""

    def __init__(self) -> None:
        super().__init__()
        self._uses: list[Use] = []

    def show(self, uses: list[Use]) -> None:
        """Show other places."""
        if uses != self._uses:
            self.beginResetModel()
            self._uses = uses
            self.endResetModel()

    def use(self, row: int) -> Use | None:
        """Return the use of a row, or None."""
        return self._uses[row] if 0 <= row < len(self._uses) else None

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return how many places are listed."""
        return 0 if parent.isValid() else len(self._uses)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | Use | None:
        """Return the title, or title and words for a tooltip and a screen reader."""
        use = self.use(index.row()) if index.isValid() else None
        if use is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return use.title
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.tr("{0}: “{1}”").format(use.title, use.words)
        return use if role == Qt.ItemDataRole.UserRole else None


class UsesDelegate(QStyledItemDelegate):
    """Two lines: the words as annotated, and under them the article's title."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Return room for two lines."""
        return QSize(80, 2 * QFontMetrics(option.font).height() + 6)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one row."""
        theme, use = current_theme(), index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(
            option.state & QStyle.StateFlag.State_Selected and option.state & QStyle.StateFlag.State_HasFocus
        )
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.selection if selected else theme.hover))
            painter.drawRoundedRect(option.rect, 4, 4)
        small = QFont(option.font)
        small.setPixelSize(smaller_size(option.font))
        area = option.rect.adjusted(8, 2, -8, -2)
        half = area.height() // 2
        top, bottom = area.adjusted(0, 0, 0, -half), area.adjusted(0, half, 0, 0)
        _draw(painter, option.font, theme.text, top, f"“{use.words}”")
        _draw(painter, small, theme.secondary, bottom, use.title)
        painter.restore()


def _draw(painter: QPainter, font: QFont, colour: str, rect: QRect, text: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, QStyle.visualAlignment(painter.layoutDirection(), side), shown)
