"""What stands above the text: the article's title, where it is from, and how far the annotator is with it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.model.article import Article, Status
from annotator.operations import articles
from annotator.ui.actions.registry import Actions
from annotator.ui.articles.groups import ORDER
from annotator.ui.articles.title_label import TitleLabel
from annotator.ui.articles.wording import (
    STATUS_ICONS,
    in_one_line,
    reads_right_to_left,
    shown_date,
    status_name,
    word_count_in_words,
)
from annotator.ui.state import UiState
from annotator.ui.theme.apply import current_theme
from annotator.ui.theme.icons import icon
from annotator.ui.widgets.elided_label import ElidedLabel

_ICON = 14
_PILL = 26
_AIR = 16


class StatusPill(QToolButton):
    """Shows the status and opens a menu of the three."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.status = Status.TODO
        self.setIconSize(QSize(_ICON, _ICON))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_status(self, status: Status, *, writable: bool) -> None:
        """Show a status; it can be changed only in a project that can."""
        if (status, writable) == (self.status, self.isEnabled()) and self.text():
            return  # shown anew with every tag
        self.status = status
        self.setText(status_name(status))
        self.setEnabled(writable)
        self.setToolTip(self.tr("How far you are with this article"))
        self.setAccessibleName(self.tr("Status: {0}").format(status_name(status)))
        self.updateGeometry()
        self.update()

    def colour(self) -> str:
        """Return the colour of the status on the theme that is worn."""
        theme = current_theme()
        return {Status.TODO: theme.secondary, Status.IN_PROGRESS: theme.accent, Status.DONE: theme.success}[self.status]

    def sizeHint(self) -> QSize:
        """Return the room for icon, name and chevron."""
        width = 10 + _ICON + 6 + self.fontMetrics().horizontalAdvance(self.text()) + 6 + 12 + 8
        return QSize(width, max(_PILL, self.fontMetrics().height() + 8))

    def minimumSizeHint(self) -> QSize:
        """Return the same: the status is never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint from the reading side: icon, name, chevron."""
        theme, colour, painter = current_theme(), self.colour(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QColor(theme.accent if self.hasFocus() else colour)
        painter.setPen(QPen(edge, 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(theme.hover if self.underMouse() and self.isEnabled() else theme.reader))
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        spot = QRectF(10, (self.height() - _ICON) / 2, _ICON, _ICON)
        icon(STATUS_ICONS[self.status], colour).paint(painter, self._placed(spot).toRect())
        text = QRectF(10 + _ICON + 6, 0, self.width() - 10 - _ICON - 6 - 24, self.height())
        painter.setPen(QColor(colour))
        painter.setFont(self.font())
        painter.drawText(self._placed(text), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        if self.isEnabled():
            chevron = QRectF(self.width() - 22, (self.height() - 12) / 2, 12, 12)
            icon("chevron-down", colour).paint(painter, self._placed(chevron).toRect())
        painter.end()

    def _placed(self, rect: QRectF) -> QRectF:
        """Return the rectangle mirrored in a right-to-left layout."""
        if self.isRightToLeft():
            rect.moveLeft(self.width() - rect.right())
        return rect


class ArticleHeader(QWidget):
    """Title, source, date, byline, length, status; hidden while no article is open."""

    def __init__(self, state: UiState, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state, self._actions = state, actions
        self.title = TitleLabel(self)
        self.line = ElidedLabel(parent=self)
        self.line.setProperty("secondary", True)
        self.pill = StatusPill(self)
        self.pill.setMenu(self._status_menu())
        self.read_only, self.read_only_icon = QLabel(self), QLabel(self)
        self._lay_out()
        for signal in (state.project_opened, state.article_coming, state.content_changed, state.project_changed):
            signal.connect(self.show_article)
        state.article_opened.connect(self._hide_without_article)
        self._tint()
        self.show_article()

    def _lay_out(self) -> None:
        self.setAutoFillBackground(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setBackgroundRole(self.palette().ColorRole.Base)
        self.read_only.setText(self.tr("Read only"))
        self.read_only.setProperty("secondary", True)
        self._row = QHBoxLayout()
        self._row.setSpacing(4)
        self._row.addWidget(self.line, 1)
        self._row.addWidget(self.read_only_icon)
        self._row.addWidget(self.read_only)
        self._row.addSpacing(8)
        self._row.addWidget(self.pill)
        self._column = column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self.title)
        column.addLayout(self._row)
        rule = QFrame()
        rule.setProperty("rule", True)
        self._whole = whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(column)
        whole.addWidget(rule)
        self.stand_over(_AIR, _AIR)

    def _hide_without_article(self) -> None:
        self.setVisible(self._state.content is not None)

    def make_room(self) -> None:
        """Say at once how high it has to be: a longer title leaves the text less room."""
        if self.title.height() != self.title.heightForWidth(self.title.width()):
            self._whole.activate()

    def stand_over(self, left: int, right: int) -> None:
        """Begin where the text's lines begin; both in pixels from the header's edges."""
        self._edges = left, right
        mirrored = reads_right_to_left(self.title.text())
        self._column.setContentsMargins(_AIR if mirrored else left, 12, right if mirrored else _AIR, 8)

    def _status_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.aboutToShow.connect(lambda: self._draw_icons(menu))
        for status in ORDER:
            action = menu.addAction(status_name(status))
            action.setData(status)
            action.triggered.connect(lambda _checked=False, status=status: self._set_status(status))
        return menu

    def _set_status(self, status: Status) -> None:
        project, content = self._state.project, self._state.content
        if project is not None and content is not None:
            self._state.attempt(lambda: articles.set_status(project, content.article.uid, status))
            self._state.focus_reader.emit()

    def show_article(self, *_: object) -> None:
        """Show the open article, or nothing."""
        project, content = self._state.project, self._state.content
        self.setVisible(content is not None)
        if project is None or content is None:
            return
        self.title.setText(content.article.title)
        self._face(reads_right_to_left(content.article.title))
        self.line.setText(self._described(content.article))
        work = project.read.work(content.article.uid, project.annotator.uid)
        self.pill.show_status(work.status if work is not None else Status.TODO, writable=self._state.writable)
        by = self.tr("{0} has this project open").format(project.holder) if project.holder else ""
        for label in (self.read_only, self.read_only_icon):
            label.setVisible(project.read_only)
            label.setToolTip(by or self.tr("This project can be read and exported, but not changed"))

    def _face(self, right_to_left: bool) -> None:
        """Let the line begin at the title's own reading side, and the pill stand at the other."""
        ways = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.RightToLeft
        # A layout mirrors its direction itself where the interface reads from the right.
        self._row.setDirection(ways[right_to_left is not self.isRightToLeft()])
        self.stand_over(*self._edges)
        side = Qt.AlignmentFlag.AlignRight if right_to_left else Qt.AlignmentFlag.AlignLeft
        self.line.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)

    def _described(self, article: Article) -> str:
        return in_one_line(
            article.source, shown_date(article.published, QLocale()), article.byline,
            word_count_in_words(article.words, QLocale()),
        )  # fmt: skip

    def _tint(self) -> None:
        self.read_only_icon.setPixmap(icon("lock", current_theme().secondary).pixmap(_ICON, _ICON))

    def _draw_icons(self, menu: QMenu) -> None:
        for action in menu.actions():
            action.setIcon(icon(STATUS_ICONS[action.data()]))

    def changeEvent(self, event: QEvent) -> None:
        """Tint the icons anew when the theme changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "read_only_icon"):
            self._tint()
