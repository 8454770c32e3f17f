"""What the panel asks of the project and what comes back; counted by a worker, through a connection of its own.

Everything that brings numpy is imported when it is first needed: the window's first paint must not wait for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import combinations
from typing import TYPE_CHECKING

from msgspec import Struct

from annotator.analysis.result import Level, Measure
from annotator.base.errors import AnnotatorError
from annotator.model.content import ArticleContent
from annotator.project.project import Project

if TYPE_CHECKING:
    from annotator.analysis.article_by_article import OneArticle
    from annotator.analysis.confusion import Confusion
    from annotator.analysis.loaded import Loaded

Key = tuple[Level, str | None, str | None, str]
"""What tells a measure from all others: level, tag, attribute or role, name."""
Pair = tuple[int, int]
Report = Callable[[int, int], None]
Stopped = Callable[[], bool]


class Question(Struct, frozen=True):
    """What is to be compared: uids of sets, articles that are done by all or all there are, one tag (uid) or all."""

    sets: tuple[str, ...] = ()
    only_done: bool = True
    tag: str = ""

    @property
    def askable(self) -> bool:
        """Whether there are two to compare at least."""
        return len(self.sets) > 1


class Answer(Struct, frozen=True):
    """One state of the project, counted. ``articles`` has an entry for each of ``loaded.records``."""

    question: Question
    loaded: Loaded
    measures: tuple[Measure, ...]
    confusions: Mapping[Pair, Confusion]
    articles: tuple[OneArticle, ...]


class Lone(Struct, frozen=True):
    """The numbers of one article by itself; ``waiting`` while gamma, which takes longest, is not there yet."""

    article: str
    measures: Mapping[Key, Measure]
    one: OneArticle
    waiting: bool


class NotWantedError(AnnotatorError):
    """The counting was stopped: something has changed meanwhile, or nobody looks any more."""


def key_of(measure: Measure) -> Key:
    """Return what tells a measure from all others."""
    return measure.level, measure.tag, measure.attribute, measure.measure


def by_key(measures: Iterable[Measure]) -> dict[Key, Measure]:
    """Return measures by what tells them apart."""
    return {key_of(one): one for one in measures}


def count(project: Project, question: Question, report: Report, stopped: Stopped) -> Answer:
    """Read the sets and compute everything, as the command line does; called by a worker.

    Raises NotComparableError, and NotWantedError once it is stopped.
    """
    from annotator.analysis.article_by_article import article_by_article_of
    from annotator.analysis.confusion import confusion
    from annotator.operations.agreement import compared, measures_of

    def read_one(done: int, total: int) -> None:
        _go_on(stopped)
        report(done, 2 * total)

    with project.worker_reader() as read:
        loaded = compared(
            read, sets=question.sets, only_done=question.only_done, tag=question.tag or None, after_each=read_one
        )
    measures = measures_of(loaded, after_each=_counting(loaded, report, stopped))
    pairs = combinations(range(len(loaded.names)), 2)
    confusions = {pair: confusion(loaded.shown, loaded.codebook, pair) for pair in pairs}
    _go_on(stopped)
    return Answer(question, loaded, measures, confusions, article_by_article_of(loaded.shown_corpus))


def _counting(loaded: Loaded, report: Report, stopped: Stopped) -> Callable[[], None]:
    """Count the calls, the second half of the work: most come from gamma, one for each article and tag and for all."""
    tags = 2 if loaded.tag else len(loaded.codebook.tag_types) + 1
    half, done = len(loaded.articles) * tags + 2, 0

    def count_one() -> None:
        nonlocal done
        done += 1
        _go_on(stopped)
        report(half + min(done, half), 2 * half)

    return count_one


def _go_on(stopped: Stopped) -> None:
    if stopped():
        raise NotWantedError("Stopped counting.")


def lone_article(project: Project, content: ArticleContent, question: Question) -> Loaded:
    """Take one article, as it stands in memory, for comparing: some milliseconds, on the thread of the project."""
    from annotator.operations.agreement import article_alone

    return article_alone(project.read, content, question.sets, question.tag or None)


def count_alone(loaded: Loaded, *, with_gamma: bool, stopped: Stopped = lambda: False) -> Lone:
    """Compute the numbers of one article; without gamma fast enough for the window's own thread."""
    from annotator.analysis.article_by_article import article_by_article_of
    from annotator.operations.agreement import measures_of

    measures = measures_of(loaded, with_gamma=with_gamma, replicates=0, after_each=lambda: _go_on(stopped))
    (one,) = article_by_article_of(loaded.shown_corpus)
    return Lone(loaded.records[0].uid, by_key(measures), one, waiting=not with_gamma)
