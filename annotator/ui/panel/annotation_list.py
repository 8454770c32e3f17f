"""The list of the open article's annotations: it selects, and follows what is selected elsewhere."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTreeView, QWidget

from annotator.operations import linking
from annotator.project.opening import own_set
from annotator.ui.actions.registry import Actions
from annotator.ui.panel.annotation_delegate import AnnotationDelegate
from annotator.ui.panel.annotation_model import AnnotationModel
from annotator.ui.panel.nesting import Row
from annotator.ui.state import UiState
from annotator.ui.theme.apply import current_theme
from annotator.ui.widgets.dismiss import delete_on_close

_MENU = (
    ("link.accept", "link.speaker", "link.before", "link.other"),
    ("tag.entity", "entity.rename", "tag.note", "tag.confidence"),
)


class AnnotationList(QTreeView):
    """A row selects its annotation; bare keys are the actions'."""

    def __init__(self, state: UiState, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("annotationList")
        self.setAccessibleName(self.tr("Annotations"))
        self._state, self._actions = state, actions
        self._following = False
        self._annotations = AnnotationModel(state, self)
        self._set_up()
        # Removing the current row makes Qt choose another, which nobody chose: so before the selection model hears it.
        self._annotations.rowsAboutToBeRemoved.connect(self._let_go)
        self.setItemDelegate(AnnotationDelegate(state, self._annotations))
        self.setModel(self._annotations)
        self._annotations.modelReset.connect(self._unfold)
        self._annotations.judged.connect(lambda: self.viewport().update())
        self._annotations.rowsInserted.connect(self._unfold_new)
        self.selectionModel().currentChanged.connect(self._select)
        state.annotation_selected.connect(self.follow)
        state.content_changed.connect(lambda _change: self.follow(state.annotation))
        actions.watch(self)
        self._unfold()

    @property
    def annotations(self) -> AnnotationModel:
        """The model."""
        return self._annotations

    def follow(self, uid: str) -> None:
        """Show which annotation is selected, without selecting it again."""
        row = self._annotations.row(self.currentIndex())
        if row is not None and row.annotation == uid:
            return
        self._following = True
        index = self._annotations.index_of(uid)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
        else:
            self.selectionModel().clear()
        self._following = False

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the row under the pointer, or with the current row."""
        index = self.indexAt(event.pos())
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        row = self._annotations.row(self.currentIndex() if by_key else index)
        if row is None:
            return
        place = self.visualRect(self.currentIndex()).center() if by_key else event.pos()
        self.menu(row).popup(self.viewport().mapToGlobal(place + QPoint(1, 1)))

    def menu(self, row: Row) -> QMenu:
        """Return a menu of the actions that apply to a row."""
        self._actions.draw_icons()
        menu = QMenu(self)
        delete_on_close(menu)
        for group in _MENU:
            for uid in group:
                if self._applies(uid):
                    menu.addAction(self._actions.action(uid))
            menu.addSeparator()
        retype = menu.addMenu(self.tr("Change the tag to"))
        for tag in self._state.codebook.tag_types:
            chosen = retype.addAction(tag.label)
            chosen.triggered.connect(partial(self._retype, tag.name))
            chosen.setEnabled(self._actions.enabled(f"retype.{tag.name}"))
        if row.link and self._own(row):
            text = self.tr("Take the link “{label}” away").format(label=row.label)
            menu.addAction(text, lambda: self._unlink(row.link))
        menu.addSeparator()
        menu.addAction(self._actions.action("tag.delete"))
        return menu

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the proposed speaker, as Enter does."""
        if self.indexAt(event.position().toPoint()).isValid() and self._state.ghost is not None:
            self._actions.run("link.accept")
        else:
            super().mouseDoubleClickEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say what an empty list waits for."""
        super().paintEvent(event)
        if self._annotations.rowCount() == 0 and self._state.content is not None:
            painter = QPainter(self.viewport())
            painter.setPen(current_theme().secondary)
            area = self.viewport().rect().adjusted(16, 16, -16, -16)
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            painter.drawText(area, int(flags), self._emptiness())
            painter.end()

    def _emptiness(self) -> str:
        narrowing = self._annotations.narrowing
        if narrowing.lacking and not narrowing.words:
            return self.tr("Nothing to check here.")
        if narrowing.flat:
            return self.tr("Nothing here matches the filter.")
        return self.tr("No tags yet. Click a word in the text and press a tag's digit.")

    def _set_up(self) -> None:
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(14)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setAutoScroll(False)

    def _select(self, current: QModelIndex, _previous: QModelIndex) -> None:
        row = self._annotations.row(current)
        if row is not None and not self._following:
            self._state.select(row.annotation)

    def _let_go(self) -> None:
        self._following = True
        self.selectionModel().clear()
        self._following = False

    def _unfold(self) -> None:
        # Not expandAll(): it keeps an index of every single row, to be moved on at every change.
        self.scheduleDelayedItemsLayout()
        for index in self._annotations.with_children():
            self.expand(index)
        self.follow(self._state.annotation)

    def _unfold_new(self, parent: QModelIndex, first: int, last: int) -> None:
        for at in range(first, last + 1):
            index = self._annotations.index(at, 0, parent)
            if self._annotations.hasChildren(index):
                self.expandRecursively(index)
        if parent.isValid():
            self.expand(parent)

    def _applies(self, uid: str) -> bool:
        if uid == "link.accept" and self._state.ghost is None:
            return False
        return self._actions.enabled(uid)

    def _retype(self, name: str, _checked: bool = False) -> None:
        self._actions.run(f"retype.{name}")

    def _own(self, row: Row) -> bool:
        state = self._state
        if state.project is None or state.content is None or not state.writable:
            return False
        link, mine = state.content.links.get(row.link), own_set(state.project)
        start = state.content.annotations.get(link.from_annotation) if link is not None else None
        return mine is not None and start is not None and start.annotation_set == mine.uid

    def _unlink(self, uid: str) -> None:
        project, content = self._state.project, self._state.content
        if project is not None and content is not None and uid in content.links:
            self._state.attempt(lambda: linking.unlink(project, content, content.links[uid]))
