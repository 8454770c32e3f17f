"""What the window shows just now: the open article, the selection, the selected annotation. Never a Change."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import cast

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from annotator.base.bulk import much_may_stay
from annotator.base.errors import AnnotatorError
from annotator.model import rules
from annotator.model.annotation import Annotation, Link, text_order
from annotator.model.article import Article, ArticleWork
from annotator.model.changes import Change, ChangeSet, Kind, Origin
from annotator.model.codebook import Codebook
from annotator.model.content import ArticleContent
from annotator.model.review import Verdict
from annotator.model.rules import ToCheck
from annotator.model.span import Span
from annotator.project.project import Project
from annotator.suggest import SpeakerProposal
from annotator.ui.bridge import Bridge
from annotator.ui.widgets.work import Job, Work, run_work

_log = logging.getLogger(__name__)
BEGINNING = 8_000
"""So many characters fill any window."""
MANY = 1000
"""So many annotations of an article take a moment to judge: it is shown before."""


class UiState(QObject):
    """The window's state, shared by its parts; each part listens to the signals it needs.

    ``content`` is the open article as the file holds it, kept in step with every commit; None when none is open.
    ``selection`` is what is selected in the reader, as drawn, ``exact`` when it must not snap to words.
    ``caret`` is a position in code points. ``annotation`` is the selected annotation's uid or empty.
    ``ghost`` is the speaker proposed for the selected quote or claim.
    """

    project_opened = Signal()
    article_coming = Signal()  # before article_opened; of a long one ``content`` holds its beginning only meanwhile
    article_opened = Signal()
    content_changed = Signal(object)  # ChangeSet | None: of the open article; None: read everything anew
    project_changed = Signal(object)  # ChangeSet | None: anything in the project, after content_changed
    annotation_selected = Signal(str)
    selection_changed = Signal()
    ghost_changed = Signal()
    shown = Signal(object)  # tuple[Span, ...]: show these places (what an undo changed)
    notice = Signal(str, str)  # text, kind: "info", "warning" or "error"
    focus_reader = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.project: Project | None = None
        self.content: ArticleContent | None = None
        self.selection: Span | None = None
        self.exact = False
        self.caret = 0
        self.annotation = ""
        self.ghost: SpeakerProposal | None = None
        self._in_order: list[Annotation] | None = None
        self._to_check: list[ToCheck] | None = None
        self._bridge = Bridge(self)
        self._bridge.changed.connect(self._take_in)

    # -- project and article ------------------------------------------------------------------------------

    def set_project(self, project: Project | None) -> None:
        """Show another project, or none; no article is open then."""
        self.project = project
        self._bridge.watch(project)
        self._show(None)
        self.project_opened.emit()

    def show_anew(self) -> None:
        """Show everything anew, the open article too: somebody else works on the project now."""
        uid = self.content.article.uid if self.content is not None else ""
        self._show(None)
        self.project_opened.emit()
        if uid:
            self.open_article(uid)

    @property
    def codebook(self) -> Codebook:
        """The project's codebook; an empty one without a project."""
        return self.project.cache.codebook if self.project is not None else Codebook()

    @property
    def writable(self) -> bool:
        """Whether there is a project that can be changed."""
        return self.project is not None and not self.project.read_only

    def open_article(self, uid: str) -> bool:
        """Open an article; tell whether it is there."""
        if self.project is None:
            return False
        content = self.project.read.beginning(uid, BEGINNING)
        if content is None:
            return False
        self._hold(content)
        self.article_coming.emit()
        if content.article.characters > BEGINNING:  # to read and list all that stands on it takes much longer
            try:
                content = self.project.read.content(uid)
            except BaseException:
                self._show(None)  # nobody shall work on a part of it
                raise
        self._show(content)
        return content is not None

    def close_article(self) -> None:
        """Show no article."""
        self._show(None)

    def _show(self, content: ArticleContent | None) -> None:
        much_may_stay()
        if content is None or content is not self.content:
            self._hold(content)
        self.article_opened.emit()
        self.annotation_selected.emit("")
        self.set_ghost(None)

    def _hold(self, content: ArticleContent | None) -> None:
        self.content, self._in_order, self._to_check = content, None, None
        self.selection, self.exact, self.caret = None, False, 0
        self.annotation = ""

    # -- selection ----------------------------------------------------------------------------------------

    @property
    def selected(self) -> Annotation | None:
        """The selected annotation, or None."""
        return self.content.annotations.get(self.annotation) if self.content is not None else None

    @property
    def in_order(self) -> list[Annotation]:
        """The open article's annotations in text order, of those that begin together the longer first."""
        if self._in_order is None:
            found = self.content.annotations.values() if self.content is not None else ()
            self._in_order = sorted(found, key=text_order)
        return self._in_order

    @property
    def to_check(self) -> list[ToCheck]:
        """What the open article's annotations lack, in text order; judged once for all who show it."""
        if self._to_check is None:
            entities = self.project.cache.entities if self.project is not None else {}
            self._to_check = rules.to_check(self.content, self.codebook, entities) if self.content is not None else []
        return self._to_check

    def select(self, uid: str) -> None:
        """Select an annotation of the open article; empty selects none."""
        if self.content is None or uid not in self.content.annotations:
            uid = ""
        self.annotation = uid
        self.set_ghost(None)
        self.annotation_selected.emit(uid)

    def set_selection(self, selection: Span | None, caret: int, *, exact: bool = False) -> None:
        """Note what the reader has selected and where its caret stands."""
        self.selection, self.caret, self.exact = selection, caret, exact
        self.selection_changed.emit()

    def set_ghost(self, ghost: SpeakerProposal | None) -> None:
        """Propose a speaker for the selected annotation, or none."""
        if ghost != self.ghost:
            self.ghost = ghost
            self.ghost_changed.emit()

    # -- telling ------------------------------------------------------------------------------------------

    def tell(self, text: str, kind: str = "info") -> None:
        """Show a notice in the status bar; an empty one takes the notice there away."""
        self.notice.emit(text, kind)

    def attempt(self, operation: Callable[[], object]) -> bool:
        """Run an operation; an AnnotatorError becomes a notice instead. Tells whether it went through."""
        try:
            operation()
        except AnnotatorError as error:
            _log.info("refused: %s", type(error).__name__)
            self.tell(str(error), "warning")
            return False
        return True

    def work_beside(self, parent: QObject, job: Job) -> Work:
        """Run work that changes very much on a worker thread, the project being lent to it until then.

        ``parent`` stands before the window meanwhile and has it to itself. When ``finished`` or ``failed`` of what is
        returned is heard, everybody has been told of the changes. Raises as editing does.
        """
        project = cast("Project", self.project)
        work = run_work(parent, project.lend(job))
        for ended in (work.finished, work.failed, work.cancelled):
            ended.connect(lambda *_: project.take_back())
        return work

    # -- the notification ---------------------------------------------------------------------------------

    def _take_in(self, change_set: ChangeSet | None) -> None:
        self._in_order = self._to_check = None
        if change_set is None:
            self._read_anew()
        else:
            self._follow(change_set)
        self.project_changed.emit(change_set)
        if change_set is not None and change_set.origin in (Origin.UNDO, Origin.REDO):
            self._go_to(change_set)

    def _read_anew(self) -> None:
        if self.content is None or self.project is None:
            return
        self.content = self.project.read.content(self.content.article.uid)
        if self.content is None:
            self.close_article()
            return
        self.content_changed.emit(None)
        if self.annotation not in self.content.annotations:
            self.select("")

    def _follow(self, change_set: ChangeSet) -> None:
        if self.content is None:
            return
        uid = self.content.article.uid
        mine = [c for c in change_set.on(uid) if c.kind is not Kind.ARTICLE_WORK]
        codebook = change_set.of(Kind.TAG_TYPE, Kind.ATTRIBUTE, Kind.LINK_RULE, Kind.ENTITY)
        if not mine and not codebook:
            return
        for change in mine:
            self._follow_one(change)
        if any(c.kind is Kind.ARTICLE and c.after is None for c in mine):
            self.close_article()
            return
        # Those who show the article hear of nothing else: an import of thousands would keep each of them.
        self.content_changed.emit(replace(change_set, changes=(*codebook, *mine)))
        if self.annotation and self.annotation not in self.content.annotations:
            self.select("")

    def _follow_one(self, change: Change) -> None:
        content = self.content
        if content is None:
            return
        homes = {Kind.ANNOTATION: content.annotations, Kind.LINK: content.links, Kind.VERDICT: content.verdicts}
        home = homes.get(change.kind)
        if home is not None:
            if change.after is None:
                home.pop(change.uid, None)  # type: ignore[attr-defined]
            else:
                home[change.uid] = change.after  # type: ignore[index]
        elif isinstance(change.after, Article):
            self._follow_article(content, change.after)

    def _follow_article(self, content: ArticleContent, after: Article) -> None:
        text = content.text
        if after.sha256 != content.article.sha256 and self.project is not None:
            text = self.project.read.text(after.sha256)
        self.content = replace(content, article=after, text=text)

    def _go_to(self, change_set: ChangeSet) -> None:
        """After an undo or redo, go to what it changed and show it."""
        places = change_set.of(Kind.ANNOTATION, Kind.LINK)
        if not places:
            self._go_to_article(change_set)
            return
        article = _article_of(places[-1])
        if self.content is None or self.content.article.uid != article:
            self.open_article(article)
        here = [c for c in change_set.on(article) if c.kind is Kind.ANNOTATION]
        records = [c.after or c.before for c in here]
        spans = [span for r in records if isinstance(r, Annotation) for span in r.spans]
        there = [c.uid for c in here if c.after is not None]
        self.select(there[-1] if len(there) == 1 else self.annotation)
        if spans:
            self.shown.emit(tuple(spans))

    def _go_to_article(self, change_set: ChangeSet) -> None:
        """Open the one article whose metadata, status or memo an undo or redo changed, or which it brought back."""
        records = [c.after or c.before for c in change_set.of(Kind.ARTICLE, Kind.ARTICLE_WORK)]
        uids = {r.uid if isinstance(r, Article) else r.article for r in records if isinstance(r, Article | ArticleWork)}
        if len(uids) == 1 and (self.content is None or self.content.article.uid not in uids):
            self.open_article(uids.pop())


def _article_of(change: Change) -> str:
    record = change.after or change.before
    if isinstance(record, Article):
        return record.uid
    return record.article if isinstance(record, Annotation | Link | Verdict) else ""
