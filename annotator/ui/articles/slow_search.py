"""Searches that take longer than a frame, off the UI thread: the list shows what it showed until they are through."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from annotator.model.content import ArticleFilter
from annotator.model.finding import takes_long
from annotator.project.project import Project
from annotator.ui.widgets.work import Report, Stopped, Work, run_work

MANY = 5_000
"""In so many articles the slowest search takes about as long as a frame; in more it goes to a worker."""


class SlowSearch(QObject):
    """One search at a time: asking for another forgets the one under way.

    ``found`` tells the filter and the row numbers that pass it, ``failed`` the filter that could not be asked for.
    """

    found = Signal(object, object)
    failed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._work: Work | None = None
        self.awaited: ArticleFilter | None = None

    @staticmethod
    def suits(chosen: ArticleFilter, articles: int) -> bool:
        """Tell whether a search among so many articles may take longer than the UI thread can wait.

        Who has tagged what in which article is looked up article by article.
        """
        return articles > MANY and bool(takes_long(chosen.words) or chosen.tag_types or chosen.annotators)

    def ask(self, project: Project, chosen: ArticleFilter) -> None:
        """Search; the answer comes later."""
        self.forget()
        annotator = project.annotator.uid

        def search(_report: Report, stopped: Stopped) -> object:
            found: list[int] = []
            with project.worker_reader() as read:
                for part in read.passing_in_parts(annotator, chosen):
                    if stopped():  # another letter came
                        break
                    found += part
            return found

        self.awaited = chosen
        self._work = run_work(self, search)
        self._work.finished.connect(lambda rows: self._end(chosen, rows))
        self._work.failed.connect(lambda _: self._fail(chosen))

    def forget(self) -> None:
        """Want the answer no longer."""
        if self._work is not None:
            self._work.cancel()
        self._work = self.awaited = None

    def _end(self, chosen: ArticleFilter, rows: object) -> None:
        if chosen is self.awaited:
            self._work = self.awaited = None
            self.found.emit(chosen, rows)

    def _fail(self, chosen: ArticleFilter) -> None:
        if chosen is self.awaited:
            self._work = self.awaited = None
            self.failed.emit(chosen)
