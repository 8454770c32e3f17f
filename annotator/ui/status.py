"""The status bar: saved when, how far, how many tags, the next undo, and notices."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from annotator.model.annotation import Annotation
from annotator.model.changes import ChangeSet, Kind, Record
from annotator.project.opening import own_set
from annotator.ui.state import UiState
from annotator.ui.widgets.notice_label import NoticeLabel


class StatusBar(QStatusBar):
    """Says what is saved and what is to do; nothing in it is ever a promise that the file does not keep."""

    def __init__(self, state: UiState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusBar")
        self.setSizeGripEnabled(False)
        self._state = state
        self._here = 0  # tags of one's own in the open article
        self._saved, self._progress, self._tags, self._undo = (self._label() for _ in range(4))
        self._commands = self._label()
        self._commands.setText(self.tr("Ctrl+K commands"))
        self._commands.setContentsMargins(0, 0, 0, 0)
        self.setContentsMargins(8, 0, 8, 0)
        self._notice = NoticeLabel()
        for label in (self._saved, self._progress, self._tags, self._undo):
            self.addWidget(label)
        self.addWidget(self._notice, 1)
        self.addPermanentWidget(self._commands)
        state.notice.connect(self._tell)
        state.project_opened.connect(self._start)
        state.project_changed.connect(self._take_in)
        state.article_opened.connect(self._show_article)
        self._start()

    def _tell(self, text: str, kind: str) -> None:
        if not text:
            self._notice.clear()
            return
        self._notice.show_notice(text, icon_name="info" if kind == "info" else "warning")

    def _label(self) -> QLabel:
        label = QLabel()
        label.setProperty("secondary", True)
        label.setContentsMargins(0, 0, 12, 0)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        return label

    def _start(self) -> None:
        self._notice.clear()
        project = self._state.project
        if project is None:
            for label in (self._saved, self._progress, self._tags, self._undo):
                label.clear()
            return
        if project.read_only:
            by = self.tr("{0} has it open").format(project.holder) if project.holder else self.tr("the file is so")
            self._saved.setText(self.tr("Read-only: {0}").format(by))
        else:
            self._saved.setText(self.tr("Everything is saved"))
        self._count()
        self._show_tags()

    def _show_article(self) -> None:
        self._notice.clear()
        self._count_tags()
        self._show_tags()

    def _take_in(self, change_set: ChangeSet | None) -> None:
        if change_set is not None:
            self._notice.clear()  # what was told before this step; what the step has to tell comes after it
            self._saved.setText(self.tr("Saved {0}").format(datetime.now().astimezone().strftime("%H:%M:%S")))
        if change_set is None or change_set.of(Kind.ARTICLE, Kind.ARTICLE_WORK):
            self._count()
        if change_set is None or change_set.of(Kind.ANNOTATION_SET):
            self._count_tags()
        else:
            # Not all anew: among ten thousand that takes as long as the rest of a key.
            content = self._state.content
            changes = change_set.on(content.article.uid) if content is not None else ()
            self._here += sum(self._is_here(c.after) - self._is_here(c.before) for c in changes)
        self._show_tags()

    def _count(self) -> None:
        project = self._state.project
        if project is None:
            return
        listings = project.cache.listings
        done, articles = listings.count_done(project.annotator.uid), listings.count()
        self._progress.setText(self.tr("{0} of {1} done").format(done, articles))

    def _count_tags(self) -> None:
        project, content = self._state.project, self._state.content
        mine = own_set(project) if project is not None else None
        found = content.annotations.values() if content is not None and mine is not None else ()
        self._here = sum(one.annotation_set == mine.uid for one in found) if mine is not None else 0

    def _is_here(self, record: Record | None) -> bool:
        """Tell whether a record is an annotation of one's own in the open article."""
        project, content = self._state.project, self._state.content
        mine = own_set(project) if project is not None else None
        return (
            mine is not None
            and content is not None
            and isinstance(record, Annotation)
            and (record.annotation_set, record.article) == (mine.uid, content.article.uid)
        )

    def _show_tags(self) -> None:
        project = self._state.project
        self._tags.setText(self.tr("%n tag(s) here", "", self._here) if self._state.content is not None else "")
        label = project.undo_label if project is not None and not project.read_only else ""
        self._undo.setText(self.tr("Undo: {0}").format(label) if label else "")
