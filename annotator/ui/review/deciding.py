"""What the keys of review mode do: from the difference that is looked at to one operation, and on to the next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from annotator.model.annotation import Annotation
from annotator.model.content import ArticleContent
from annotator.model.review import Decision, Verdict
from annotator.operations import adjudicating, reviewing
from annotator.operations.verdicts import Latest
from annotator.project.project import Project
from annotator.ui.actions.registry import Actions
from annotator.ui.actions.table import Mode
from annotator.ui.review.items import Item
from annotator.ui.review.session import Session
from annotator.ui.state import UiState

_PAIR = 2


class Deciding(QObject):
    """The actions of review mode. ``reason_asked`` and ``comment_asked`` want a field that calls back."""

    reason_asked = Signal()
    comment_asked = Signal()

    def __init__(self, state: UiState, actions: Actions, session: Session) -> None:
        super().__init__(session)
        self._state, self._actions, self._session = state, actions, session
        actions.connect_to(
            {
                "review.next": lambda: session.step(1),
                "review.previous": lambda: session.step(-1),
                "review.side": session.other_side,
                "review.accept": self.accept,
                "review.reject": lambda: self._with_subject(self.reason_asked.emit),
                "review.revise": self.revise,
                "review.comment": lambda: self._with_subject(self.comment_asked.emit),
                "review.first": self.take_first,
                "review.second": self.take_second,
                "review.merged": self.take_merged,
                "review.nothing": self.decide_nothing,
                "review.acceptAgreed": self.accept_agreed,
                "review.reviewed": self.mark_reviewed,
                "review.reopen": self.reopen,
            }
        )

    # -- deciding -----------------------------------------------------------------------------------------

    def accept(self) -> None:
        """Accept the version that is judged; with two sets it is taken into the adjudicated set."""

        def decide(project: Project, content: ArticleContent, item: Item, subject: Annotation) -> object:
            if item.alone:
                return reviewing.judge(project, content, subject, Decision.ACCEPTED)
            if len(item.sides) == _PAIR and not _other_rejected(content, item, subject):
                first = subject is item.difference.a
                take = adjudicating.take_first if first else adjudicating.take_second
                return take(project, content, item.difference)
            return adjudicating.take(project, content, subject)

        self._decide(decide)

    def reject(self, reason: str) -> None:
        """Reject the version that is judged."""
        self._decide(
            lambda project, content, _, subject: reviewing.judge(project, content, subject, Decision.REJECTED, reason)
        )

    def revise(self) -> None:
        """Take the version that is judged into the adjudicated set and leave review mode to change it there."""
        found = self._open()
        if found is None:
            return
        project, content, _, subject = found
        made: list[Annotation] = []
        if self._state.attempt(lambda: made.append(adjudicating.take(project, content, subject, Decision.REVISED))):
            self._actions.set_mode(Mode.TAGGING)
            self._state.select(made[0].uid)
            self._state.focus_reader.emit()
            self._state.tell(self.tr("This is the adjudicated copy: change it, then go on with Ctrl+Shift+R."))

    def take_first(self) -> None:
        """Decide for the first set."""
        self._take(adjudicating.take_first)

    def take_second(self) -> None:
        """Decide for the second set."""
        self._take(adjudicating.take_second)

    def take_merged(self) -> None:
        """Take what both versions cover together."""
        self._take(adjudicating.take_merged_extent)

    def _take(self, take: Callable[..., object]) -> None:
        if not self._session.second:
            self._state.tell(self.tr("Only one set is shown: choose a second one, or press A to accept."), "warning")
            return
        self._decide(lambda project, content, item, _: take(project, content, item.difference))

    def decide_nothing(self) -> None:
        """Decide that nothing is to be tagged here."""
        self._decide(lambda project, content, item, _: adjudicating.decide_nothing(project, content, item.sides))

    def accept_agreed(self) -> None:
        """Take everything that both sets agree on into the adjudicated set."""
        project, content, session = self._state.project, self._state.content, self._session
        if project is None or content is None:
            return
        if not session.second:
            self._state.tell(self.tr("Only one set is shown: choose a second one to accept what both say."), "warning")
            return
        counted: list[int] = []
        accept = adjudicating.accept_all_agreed
        if self._state.attempt(lambda: counted.append(accept(project, content, session.first, session.second))):
            self._state.tell(self.tr("%n place(s) accepted", "", counted[0]))

    # -- saying -------------------------------------------------------------------------------------------

    def comment(self, text: str) -> bool:
        """Say something of the version that is judged; tells whether it went through."""
        found = self._open()
        return found is not None and self._state.attempt(lambda: reviewing.comment(found[0], found[1], found[3], text))

    def reply(self, verdict: str, text: str) -> bool:
        """Answer what somebody said (a verdict's uid); tells whether it went through."""
        project, content = self._state.project, self._state.content
        said: Verdict | None = content.verdicts.get(verdict) if content is not None else None
        if project is None or content is None or said is None:
            return False
        return self._state.attempt(lambda: reviewing.reply(project, content, said, text))

    # -- the article --------------------------------------------------------------------------------------

    def mark_reviewed(self) -> None:
        """Mark the article reviewed."""
        self._with_article(reviewing.mark_reviewed, self.tr("Marked reviewed."))

    def reopen(self) -> None:
        """Take the mark away."""
        self._with_article(reviewing.reopen, self.tr("Reopened: nobody has reviewed it now."))

    def _with_article(self, operation: Callable[[Project, str], None], told: str) -> None:
        project, content = self._state.project, self._state.content
        if project is None or content is None:
            return
        if self._state.attempt(lambda: operation(project, content.article.uid)):
            self._session.changed.emit()
            self._state.tell(told)

    # -- what there is ------------------------------------------------------------------------------------

    def _decide(self, decide: Callable[[Project, ArticleContent, Item, Annotation], object]) -> None:
        """Do one operation with the current difference and go on to the next that is not decided."""
        found = self._open()
        if found is None:
            return
        place, session = self._session.place(), self._session
        if self._state.attempt(lambda: decide(*found)):
            current = session.current
            still_there = current is not None and current.key == found[2].key
            if current is not None and still_there and not current.decided and len(current.sides) == _PAIR:
                session.other_side()
                self._state.tell(self.tr("Now the other version: accept it or reject it too."))
            else:
                session.go_on(place + 1 if still_there else place)
        self._state.focus_reader.emit()

    def _with_subject(self, ask: Callable[[], object]) -> None:
        if self._open() is not None:
            ask()

    def _open(self) -> tuple[Project, ArticleContent, Item, Annotation] | None:
        project, content = self._state.project, self._state.content
        item, subject = self._session.current, self._session.subject
        if project is None or content is None or item is None or subject is None:
            self._state.tell(self.tr("There is no difference to decide: choose other sets, or take the filter off."))
            return None
        return project, content, item, subject


def _other_rejected(content: ArticleContent, item: Item, subject: Annotation) -> bool:
    """Tell whether the other version of a pair has been rejected: accepting this one leaves it so."""
    latest = Latest(content.verdicts.values())
    verdicts = [latest.standing(one) for one in item.sides if one.uid != subject.uid]
    return any(verdict is not None and verdict.decision is Decision.REJECTED for verdict in verdicts)
