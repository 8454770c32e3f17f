"""What the panel asks, and the numbers as they come: of the open article at once, of the project from a worker."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal

from annotator.analysis.result import Measure
from annotator.base.errors import AnnotatorError
from annotator.model.annotation import AnnotationSet, SetKind
from annotator.model.changes import ChangeSet
from annotator.ui.insights.counting import Answer, Key, Lone, Question, by_key, count, count_alone, lone_article
from annotator.ui.state import MANY, UiState
from annotator.ui.widgets.work import Job, Work, run_work

_PAUSE_MS = 300
"""How long nothing must have changed before the project is counted anew."""


class Inquiry(QObject):
    """``asked``: what can be or is chosen is another; ``counted``: the project's numbers are others; ``grew_old``: they
    no longer hold; ``went_on``: the counting has come further; ``here_changed``: the open article's numbers are others.

    It counts only while it is watched. A worker that counts is stopped by every change that matters, and begins again
    a moment after the last.
    """

    asked = Signal()
    counted = Signal()
    grew_old = Signal()
    went_on = Signal()
    here_changed = Signal()

    def __init__(self, state: UiState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.question = Question()
        self.offered: list[AnnotationSet] = []
        self.answer: Answer | None = None
        self.here: Lone | None = None
        self.problem = ""
        self.progress = 0
        """How much of the counting is done, in percent."""
        self._watched = self._old = self._here_old = self._warm = False
        self._chosen = False
        self._work: Work | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._look_again)
        state.project_opened.connect(self._forget)
        state.project_changed.connect(self._take_in)
        state.content_changed.connect(lambda _: self._count_here())
        state.article_opened.connect(self._count_here)

    # -- asking -------------------------------------------------------------------------------------------

    def watch(self, *, watched: bool) -> None:
        """Begin to count, or leave off because nobody looks."""
        self._watched = watched
        if watched:
            self._old = True
            self._look_again()
            self._count_here()
        else:
            self._stop()

    def choose(self, question: Question) -> None:
        """Ask something else."""
        if question != self.question:
            self._chosen = self._chosen or question.sets != self.question.sets
            self._ask(question)

    def _ask(self, question: Question) -> None:
        if self.answer is not None and question.sets != self.answer.question.sets:
            self.answer = None
        self.question, self.problem = question, ""
        self._outdate()
        self.asked.emit()
        self._count_here()
        self._go_on()

    @property
    def counting(self) -> bool:
        """Whether the project's numbers are old and will be followed by new ones."""
        return self._old and self.question.askable

    @property
    def measures(self) -> dict[Key, Measure]:
        """The project's numbers, perhaps old ones, of the tag that is asked for; none before the first are counted."""
        if self.answer is None:
            return {}
        name = self.tag_name
        return by_key(one for one in self.answer.measures if not name or one.tag == name)

    @property
    def tag_name(self) -> str:
        """The name of the tag that is asked for, or nothing."""
        known = self._state.codebook.tag_types
        return next((tag.name for tag in known if tag.uid == self.question.tag), "")

    # -- what there is to ask -----------------------------------------------------------------------------

    def _forget(self) -> None:
        self._stop()
        self.question, self.offered, self.problem = Question(), [], ""
        self.answer, self.here, self._chosen = None, None, False
        self._old = True
        self.asked.emit()
        self.counted.emit()
        self.here_changed.emit()
        self._look_again()

    def _look_again(self) -> None:
        """See who can be compared now, and count."""
        from annotator.operations.agreement import comparable_sets

        project = self._state.project
        if project is None or not self._watched:
            return
        self.offered = comparable_sets(project.read)
        known = [one.uid for one in self.offered]
        people = [one.uid for one in self.offered if one.kind is SetKind.PERSON]
        usual = people if len(people) > 1 else known
        kept = tuple(uid for uid in self.question.sets if uid in known)
        sets = kept if self._chosen and kept else tuple(usual)
        tag = self.question.tag if self.tag_name else ""
        wanted = replace(self.question, sets=sets, tag=tag)
        if wanted != self.question:
            self._ask(wanted)
        else:
            self.asked.emit()
            self._go_on()

    # -- following ----------------------------------------------------------------------------------------

    def _take_in(self, change_set: ChangeSet | None) -> None:
        from annotator.operations.agreement import OF_NO_CONSEQUENCE

        if change_set is not None and change_set.kinds <= OF_NO_CONSEQUENCE:
            return
        if self._watched:
            self._outdate()
            self._pause.start()

    def _outdate(self) -> None:
        self._old = True
        if self._work is not None:
            self._work.cancel()
        self.grew_old.emit()

    def _stop(self) -> None:
        self._pause.stop()
        if self._work is not None:
            self._work.cancel()

    # -- the open article ---------------------------------------------------------------------------------

    def _count_here(self) -> None:
        """Count what is quick at once; what is very much a worker counts, and all until what it needs is loaded."""
        if not self._watched:
            return
        content = self._state.content
        self._here_old = content is not None and self.question.askable
        if content is None or not self.question.askable or (self.here and self.here.article != content.article.uid):
            self.here = None
        little = content is not None and len(content.annotations) <= MANY
        if self._here_old and self._warm and little and self._state.project is not None and content is not None:
            try:
                self.here = count_alone(lone_article(self._state.project, content, self.question), with_gamma=False)
            except AnnotatorError:
                # Sets come and go with what was brought in or undone: who is there is looked up in a moment.
                self.here = None
        self.here_changed.emit()
        if self._here_old and not self._pause.isActive():
            self._pause.start()

    # -- the worker ---------------------------------------------------------------------------------------

    def _go_on(self) -> None:
        """Start what is to be counted next: the open article, then the project."""
        project, content, question = self._state.project, self._state.content, self.question
        if self._work is not None or not self._watched or project is None or not question.askable:
            return
        if self._here_old and content is not None:
            try:
                lone = lone_article(project, content, question)
            except AnnotatorError as error:
                self._fail(str(error))
                return
            self._here_old = False
            self._run(lambda _report, stopped: count_alone(lone, with_gamma=True, stopped=stopped), self._take_here)
        elif self._old:
            self.progress = 0
            self._run(lambda report, stopped: count(project, question, report, stopped), self._take)
            if self._work is not None:
                self._work.progress.connect(self._follow)

    def _run(self, job: Job, take: Callable[[object], None]) -> None:
        self._work = run_work(self, job)
        self._work.finished.connect(take)
        self._work.failed.connect(self._fail)
        self._work.cancelled.connect(self._end)

    def _take_here(self, result: object) -> None:
        found, content = cast("Lone", result), self._state.content
        self._warm = True
        if content is not None and content.article.uid == found.article:
            self.here = found
            self.here_changed.emit()
        self._end()

    def _take(self, result: object) -> None:
        self.answer, self._old, self.problem = cast("Answer", result), False, ""
        self.counted.emit()
        self._end()

    def _fail(self, text: str) -> None:
        self._old, self.problem = False, text
        self.counted.emit()
        self._end()

    def _follow(self, done: int, total: int) -> None:
        self.progress = 100 * done // total if total else 0
        self.went_on.emit()

    def _end(self) -> None:
        self._work = None
        if not self._pause.isActive():
            self._go_on()
