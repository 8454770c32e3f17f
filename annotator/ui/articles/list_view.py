"""The list of articles under their headings: one click or Enter opens, the arrow keys move, headings fold."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from annotator.model.article import Status
from annotator.ui.articles.delegate import ArticleDelegate
from annotator.ui.articles.model import HEADING_ROLE, UID_ROLE, ArticleModel

_Index = QModelIndex | QPersistentModelIndex
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_Flag = QItemSelectionModel.SelectionFlag


class ArticleList(QTableView):
    """One column of a table view: of Qt's views it alone holds 100,000 rows of two heights without asking each."""

    chosen = Signal(str)
    menu_wanted = Signal(str, QPoint)  # uid, where on the screen

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("articleList")
        self.setAccessibleName(self.tr("Articles"))
        self.articles = ArticleModel(self)
        self._delegate = ArticleDelegate()
        self._sized: list[int] = []
        self._set_up()
        self.setModel(self.articles)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setItemDelegate(self._delegate)
        for moved in (self.articles.modelReset, self.articles.rowsInserted, self.articles.rowsRemoved):
            moved.connect(self._size_rows)
        self.articles.rowsMoved.connect(self._size_rows)
        self._size_rows()

    def _set_up(self) -> None:
        self.setStyleSheet("QTableView#articleList { background: palette(window); }")
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)

    @property
    def delegate(self) -> ArticleDelegate:
        """What paints the rows."""
        return self._delegate

    # -- the open article -----------------------------------------------------------------------------------

    @property
    def current(self) -> str:
        """The open article's uid, empty when none is open."""
        return self._delegate.current

    def set_current(self, uid: str) -> None:
        """Mark the open article and select it; its group unfolds and it is scrolled into sight."""
        if uid != self._delegate.current:
            before, self._delegate.current = self._delegate.current, uid
            for changed in (before, uid):
                self.update(self.articles.index_of(changed))
        status = self.articles.groups.status(uid)
        if status is not None:
            self.articles.fold(status, False)
        self._select(uid)
        index = self.articles.index_of(uid)
        if index.isValid():
            self.scrollTo(index)

    def _select(self, uid: str) -> None:
        index = self.articles.index_of(uid)
        if index.isValid() and index != self.currentIndex():
            flags = _Flag.ClearAndSelect | _Flag.Rows
            # Not the view's own setCurrentIndex: that scrolls.
            scrolls = self.hasAutoScroll()
            self.setAutoScroll(False)
            self.selectionModel().setCurrentIndex(index, flags)
            self.setAutoScroll(scrolls)
        elif index.isValid():
            self.selectionModel().select(index, _Flag.ClearAndSelect | _Flag.Rows)
        elif self.current:
            self.selectionModel().clearSelection()

    def select_first(self) -> None:
        """Make the first article the current row, unless one is already."""
        if self.currentIndex().data(UID_ROLE) is None:
            rows = range(self.articles.rowCount())
            first = next((row for row in rows if self.articles.uid_at(row) is not None), None)
            if first is not None:
                self.setCurrentIndex(self.articles.index(first, 0))

    def keeping_place(self, change: Callable[[], object]) -> None:
        """Do what changes the rows; the rows in sight stay where they are, and the open article stays selected."""
        anchor = self._anchor()
        selected = self.currentIndex().data(UID_ROLE) if self.currentIndex().isValid() else None
        change()
        if selected is None or selected == self.current or not self._reselect(selected):
            self._select(self.current)
        if anchor is not None:
            self._restore(*anchor)

    def _reselect(self, uid: str) -> bool:
        there = self.articles.index_of(uid).isValid()
        if there:
            self._select(uid)
        return there

    def _anchor(self) -> tuple[str, int] | None:
        """Return the first article in sight that is not the open one, and its place in the viewport in pixels."""
        if self.verticalScrollBar().value() == 0:
            return None
        row = self.rowAt(0)
        while 0 <= row < self.articles.rowCount():
            uid = self.articles.index(row, 0).data(UID_ROLE)
            if uid is not None and uid != self.current:
                return uid, self.rowViewportPosition(row)
            row += 1
        return None

    def _restore(self, uid: str, place: int) -> None:
        index = self.articles.index_of(uid)
        if index.isValid():
            self.updateGeometries()
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.rowViewportPosition(index.row()) - place)

    # -- sizes ----------------------------------------------------------------------------------------------

    def _size_rows(self) -> None:
        header = self.verticalHeader()
        height = self._delegate.row_height(self.font())
        # The view would hear of each and paint everything below it once more, after what is painted for other reasons.
        with QSignalBlocker(header):
            if header.defaultSectionSize() != height:
                header.setDefaultSectionSize(height)
            # After a reset Qt keeps the sizes of rows, though other ones are headings now.
            for row in self._sized:
                if row < header.count():
                    header.resizeSection(row, height)
            self._sized = self.articles.heading_rows()
            for row in self._sized:
                header.resizeSection(row, self._delegate.heading_height(self.font()))
        self.updateGeometries()
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        """Size the rows anew when the font changes."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_delegate"):
            self._size_rows()

    # -- mouse and keys -------------------------------------------------------------------------------------

    def heading_at(self, index: _Index) -> Status | None:
        """Return the status whose heading an index is, or None."""
        found = index.data(HEADING_ROLE) if index.isValid() else None
        return found[0] if found is not None else None

    def toggle(self, status: Status) -> None:
        """Fold a group or unfold it; its heading stays the current row."""
        self.articles.fold(status, not self.articles.folded(status))
        self.selectionModel().setCurrentIndex(self.articles.heading(status), _Flag.ClearAndSelect | _Flag.Rows)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the article under the pointer, fold or unfold the group."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and index.isValid() and index == self.currentIndex():
            self._act_on(index)

    def _act_on(self, index: QModelIndex) -> None:
        status = self.heading_at(index)
        if status is not None:
            self.toggle(status)
        elif (uid := index.data(UID_ROLE)) is not None:
            self.chosen.emit(uid)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens or folds, Space folds, Left and Right fold and unfold; letters do not search."""
        index, key = self.currentIndex(), event.key()
        status = self.heading_at(index)
        if key in _ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._act_on(index)
        elif status is not None and key == Qt.Key.Key_Space:
            self.toggle(status)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._fold_by_key((key == Qt.Key.Key_Left) is not self.isRightToLeft())
        elif event.text().isprintable() and event.text() and key != Qt.Key.Key_Space:
            event.ignore()  # Qt's search by typing would read every row of the list
        else:
            super().keyPressEvent(event)

    def _fold_by_key(self, folded: bool) -> None:
        index = self.currentIndex()
        status = self.heading_at(index)
        if status is not None:
            if self.articles.folded(status) is not folded:
                self.toggle(status)
        elif folded and (place := self.articles.groups.place(index.data(UID_ROLE) or "")) is not None:
            heading = self.articles.heading(place.status)
            self.selectionModel().setCurrentIndex(heading, _Flag.ClearAndSelect | _Flag.Rows)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the article under the pointer, or by the keyboard of the current one."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        uid = index.data(UID_ROLE) if index.isValid() else None
        if uid is not None:
            where = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft()) if by_key else event.globalPos()
            self.menu_wanted.emit(uid, where)
