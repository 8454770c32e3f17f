"""Reviewing: say what one thinks of annotations, answer it, and mark articles reviewed.

Verdicts are records of their own; nobody's annotation is changed by them. Whoever changes their mind adds a newer one.
One's own annotations can be judged like any others.
"""

from __future__ import annotations

from msgspec.structs import replace

from annotator.base.errors import RuleError
from annotator.base.uuid7 import uuid7
from annotator.model.annotation import Annotation
from annotator.model.article import ArticleWork
from annotator.model.content import ArticleContent
from annotator.model.review import Decision, Verdict
from annotator.operations.adjudicated_set import FinalAnnotations
from annotator.operations.verdicts import (
    DECIDING,
    REASONS,
    Latest,
    decides_whole,
    new_verdict,
    newest_verdict,
    still_holds,
    when,
)  # fmt: skip
from annotator.project.project import Project

__all__ = [
    "REASONS", "comment", "judge", "mark_reviewed", "newest_verdict", "open_verdicts", "reopen", "reply", "reviewers",
]  # fmt: skip
_LABELS = {Decision.ACCEPTED: "Accept", Decision.REJECTED: "Reject", Decision.REVISED: "Revise"}


def judge(
    project: Project, content: ArticleContent, annotation: Annotation, decision: Decision, reason: str = "",
    comment: str = "",
) -> Verdict:  # fmt: skip
    """Accept, reject or revise an annotation of any set but the adjudicated one.

    Nothing is taken into the adjudicated set by this, but what is rejected leaves it. Raises RuleError when a
    rejection has no reason.
    """
    if decision not in DECIDING:
        raise RuleError("A verdict accepts, rejects or revises; comments and replies are something else.")
    with project.edit(f"{_LABELS[decision]} {_tag_label(project, annotation)}") as edit:
        finals = FinalAnnotations(edit, project, content)
        return judge_within(finals, annotation, decision, reason, comment)


def judge_within(
    finals: FinalAnnotations, annotation: Annotation, decision: Decision, reason: str = "", comment: str = ""
) -> Verdict:
    """Do what judge() does within an edit that does more."""
    if finals.holds(annotation):
        raise RuleError("This is the adjudicated version itself: change or remove it, or judge what it came from.")
    if decision is Decision.REJECTED:
        finals.release(annotation.uid)
        return finals.say(annotation, decision, reason, comment)
    return finals.say(annotation, decision, reason, comment, finals.settled(annotation.uid))


def _tag_label(project: Project, annotation: Annotation) -> str:
    return project.cache.codebook.tag(annotation.tag_type).label.lower()


def comment(project: Project, content: ArticleContent, annotation: Annotation, text: str) -> Verdict:
    """Say something of an annotation without deciding anything; raises RuleError when nothing is said."""
    with project.edit("Comment") as edit:
        latest = Latest(content.verdicts.values())
        said = new_verdict(project, latest, annotation, Decision.COMMENT, comment=text)
        edit.add(said)
    return said


def reply(project: Project, content: ArticleContent, verdict: Verdict, text: str) -> Verdict:
    """Answer a verdict, a comment or another reply; raises RuleError when nothing is said."""
    with project.edit("Reply") as edit:
        latest, annotation = Latest(content.verdicts.values()), content.annotations[verdict.annotation]
        said = new_verdict(project, latest, annotation, Decision.REPLY, comment=text, reply_to=verdict.uid)
        edit.add(said)
    return said


def open_verdicts(project: Project, annotator: str) -> list[Verdict]:
    """Return what others said of a person's annotations that is still to be answered or mended, oldest first.

    That is what rejects, revises or comments, has no reply by that person, was not followed by another decision on
    the same, and whose annotation has not been changed since.
    """
    sets = [one.uid for one in project.cache.sets.values() if one.annotator == annotator]
    verdicts = project.read.verdicts_in_sets(sets)
    answered = {v.reply_to for v in verdicts if v.reviewer == annotator and v.decision is Decision.REPLY}
    annotations = project.read.many(Annotation, {v.annotation for v in verdicts})
    return [
        verdict
        for verdict in _standing(verdicts)
        if verdict.reviewer != annotator
        and verdict.uid not in answered
        and still_holds(verdict, annotations[verdict.annotation])
    ]


def _standing(verdicts: list[Verdict]) -> list[Verdict]:
    """Return rejections, revisions and comments, oldest first, without what a later decision has overtaken.

    A later decision overtakes an earlier one when it gives the same reason, or none and so decides the whole; a
    rejection always does.
    """
    found: list[Verdict] = []
    whole: set[str] = set()
    reasons: set[tuple[str, str]] = set()
    for verdict in sorted(verdicts, key=when, reverse=True):
        if verdict.decision is Decision.COMMENT:
            found.append(verdict)
        if verdict.decision not in DECIDING:
            continue
        overtaken = verdict.annotation in whole or (verdict.annotation, verdict.reason) in reasons
        if verdict.decision is not Decision.ACCEPTED and not overtaken:
            found.append(verdict)
        reasons.add((verdict.annotation, verdict.reason))
        if decides_whole(verdict):
            whole.add(verdict.annotation)
    return found[::-1]


def reviewers(project: Project, article: str) -> list[str]:
    """Return the uids of those who have marked an article reviewed."""
    return [work.annotator for work in project.read.works(article) if work.reviewed]


def mark_reviewed(project: Project, article: str) -> None:
    """Mark an article reviewed by the person who works now; their own status with it stays as it is."""
    known = project.read.work(article, project.annotator.uid)
    with project.edit("Mark reviewed") as edit:
        if known is None:
            edit.add(ArticleWork(uuid7(), article, project.annotator.uid, reviewed=True))
        else:
            edit.replace(known, replace(known, reviewed=True))


def reopen(project: Project, article: str) -> None:
    """Take the mark away, whoever set it: a reopened article is reviewed by nobody."""
    with project.edit("Reopen article") as edit:
        for work in project.read.works(article):
            edit.replace(work, replace(work, reviewed=False))
