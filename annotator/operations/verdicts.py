"""What has been said of annotations: which verdict counts, and how a new one is made."""

from __future__ import annotations

import re
from collections.abc import Iterable

from annotator.base.clock import now
from annotator.base.errors import RuleError
from annotator.base.uuid7 import uuid7
from annotator.model.annotation import Annotation
from annotator.model.content import ArticleContent
from annotator.model.review import Decision, Verdict
from annotator.project.project import Project

DECIDING = frozenset({Decision.ACCEPTED, Decision.REJECTED, Decision.REVISED})
"""The decisions that settle an annotation; a comment and a reply do not."""
NOTHING_HERE = "nothing here is to be tagged"
REASONS = ("boundary", "tag", "attribute", "entity", "link", "duplicate", NOTHING_HERE)
"""What is offered as a reason; any other words will do too."""
_TIME = re.compile(r"\d{4}-\d\d-\d\dT")


class Latest:
    """The newest deciding verdict on each annotation, and on each aspect of it that was decided by itself since.

    ``whole`` are the newest verdicts that decide an annotation as a whole: those without a reason, and rejections.
    ``aspects`` are by annotation and reason.
    """

    def __init__(self, verdicts: Iterable[Verdict]) -> None:
        self.deciding: dict[str, Verdict] = {}
        self.whole: dict[str, Verdict] = {}
        self.aspects: dict[tuple[str, str], Verdict] = {}
        self._of: dict[str, set[tuple[str, str]]] = {}  # the keys of ``aspects`` by annotation
        self._moments: dict[str, str] = {}
        for verdict in sorted(verdicts, key=when):
            self.learn(verdict)

    def learn(self, verdict: Verdict) -> None:
        """Take in a verdict that is newer than those before."""
        self._moments[verdict.annotation] = verdict.created
        if verdict.decision not in DECIDING:
            return
        self.deciding[verdict.annotation] = verdict
        if decides_whole(verdict):
            self.whole[verdict.annotation] = verdict
            for key in self._of.pop(verdict.annotation, ()):
                del self.aspects[key]
        else:
            key = verdict.annotation, verdict.reason
            self.aspects[key] = verdict
            self._of.setdefault(verdict.annotation, set()).add(key)

    def moment(self, annotation: Annotation) -> str:
        """Return the time of a new verdict: now, but never before what it answers, should the clocks differ."""
        changed = annotation.modified if _TIME.match(annotation.modified) else ""
        return max(now(), changed, self._moments.get(annotation.uid, ""))

    def standing(self, annotation: Annotation) -> Verdict | None:
        """Return the newest deciding verdict unless the annotation has been changed since."""
        verdict = self.deciding.get(annotation.uid)
        return verdict if verdict is not None and still_holds(verdict, annotation) else None


def decides_whole(verdict: Verdict) -> bool:
    """Tell whether a deciding verdict is about all of an annotation, not one aspect of it."""
    return not verdict.reason or verdict.decision is Decision.REJECTED


def when(verdict: Verdict) -> tuple[str, str]:
    """Return what verdicts are ordered by, as the export's status is."""
    return verdict.created, verdict.uid


def newest_verdict(content: ArticleContent, annotation: Annotation) -> Verdict | None:
    """Return the newest verdict that accepts, rejects or revises an annotation, whosever it is; None without one."""
    found = (v for v in content.verdicts.values() if v.annotation == annotation.uid and v.decision in DECIDING)
    return max(found, key=when, default=None)


def still_holds(verdict: Verdict, annotation: Annotation) -> bool:
    """Tell whether the annotation is as it was when the verdict was given."""
    return not _TIME.match(annotation.modified) or annotation.modified <= verdict.created


def new_verdict(
    project: Project, latest: Latest, annotation: Annotation, decision: Decision, reason: str = "", comment: str = "",
    *, adjudicated: str | None = None, reply_to: str | None = None,
) -> Verdict:  # fmt: skip
    """Make a verdict of the person who works now; raises RuleError when something is missing of it."""
    if project.annotator.uid not in project.cache.annotators:
        raise RuleError("The project does not know you as an annotator yet; say who you are first.")
    reason, comment = " ".join(reason.split()), comment.strip()
    if decision is Decision.REJECTED and not reason:
        raise RuleError("Say why it is rejected: choose a reason or write one.")
    if decision not in DECIDING and not comment:
        raise RuleError("There is nothing to say yet: write a comment.")
    return Verdict(
        uuid7(), annotation.article, annotation.uid, project.annotator.uid, decision, reason, comment,
        adjudicated, reply_to, latest.moment(annotation),
    )  # fmt: skip
