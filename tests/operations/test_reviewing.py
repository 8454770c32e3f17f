from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from support.model import stored
from support.two_annotators import BEN, CAROL, bens, of, reviewed_project, shown
from support.worked_passage import ANNA, ARTICLE, annotation_uid

from annotator.base.errors import ReadOnlyError, RuleError
from annotator.model.annotation import Annotation, Annotator
from annotator.model.article import ArticleWork, Status
from annotator.model.content import ArticleFilter
from annotator.model.review import Decision, Verdict
from annotator.operations import adjudicating, articles, reviewing, tagging
from annotator.project.opening import open_project, work_as
from annotator.project.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """The passage tagged by Anna and Ben, Carol at work."""
    made = reviewed_project(tmp_path / "project.annot")
    yield made
    made.close()


def judge(project: Project, name: str, decision: Decision, reason: str = "", comment: str = "") -> Verdict:
    return reviewing.judge(project, shown(project), of(project, name), decision, reason, comment)


def test_each_verdict_is_one_step_that_can_be_undone_and_done_again(project: Project) -> None:
    for decision, reason, label in (
        (Decision.ACCEPTED, "", "Accept quote"),
        (Decision.REJECTED, " not  a quote ", "Reject quote"),
        (Decision.REVISED, "boundary", "Revise quote"),
    ):
        before = stored(project)
        made = judge(project, "Q1", decision, reason, " Look again. ")
        after = stored(project)
        assert {uid for uid in after if uid not in before} == {made.uid}
        assert project.undo_label == label
        project.undo()
        assert stored(project) == before
        project.redo()
        assert stored(project) == after
        assert (made.decision, made.reason, made.comment) == (decision, " ".join(reason.split()), "Look again.")
        assert (made.reviewer, made.annotation, made.article) == (CAROL.uid, annotation_uid("Q1"), ARTICLE)
        assert reviewing.newest_verdict(shown(project), of(project, "Q1")) == made
    assert len(shown(project).verdicts) == 3


def test_the_newest_decision_counts_whatever_the_clocks_say(project: Project) -> None:
    first = judge(project, "Q1", Decision.ACCEPTED)
    ahead = replace(first, created="2999-01-01T00:00:00.000Z")
    with project.edit("Clock") as edit:
        edit.replace(first, ahead)
    second = judge(project, "Q1", Decision.REVISED, "tag")
    reviewing.comment(project, shown(project), of(project, "Q1"), "Hm.")
    assert reviewing.newest_verdict(shown(project), of(project, "Q1")) == second
    assert reviewing.newest_verdict(shown(project), of(project, "Q2")) is None
    assert second.created == ahead.created


def test_what_a_verdict_needs(project: Project) -> None:
    before = stored(project)
    with pytest.raises(RuleError, match="Say why it is rejected"):
        judge(project, "Q1", Decision.REJECTED, "  ")
    with pytest.raises(RuleError, match="accepts, rejects or revises"):
        judge(project, "Q1", Decision.COMMENT, comment="Hm.")
    with pytest.raises(RuleError, match="nothing to say yet"):
        reviewing.comment(project, shown(project), of(project, "Q1"), " \n")
    project.annotator = Annotator("nobody", "Nobody")
    with pytest.raises(RuleError, match="does not know you"):
        judge(project, "Q1", Decision.ACCEPTED)
    assert stored(project) == before
    assert len(set(reviewing.REASONS)) == len(reviewing.REASONS) > 0


def test_nobody_judges_in_a_read_only_project(project: Project) -> None:
    content, annotation = shown(project), of(project, "Q1")
    verdict = reviewing.comment(project, content, annotation, "Hm.")
    project.close()
    closed = open_project(project.path, read_only=True)
    work_as(closed, CAROL)
    content = shown(closed)
    for attempt in (
        lambda: reviewing.judge(closed, content, annotation, Decision.ACCEPTED),
        lambda: reviewing.comment(closed, content, annotation, "Hm."),
        lambda: reviewing.reply(closed, content, verdict, "Hm."),
        lambda: reviewing.mark_reviewed(closed, ARTICLE),
        lambda: adjudicating.take(closed, content, annotation),
    ):
        with pytest.raises(ReadOnlyError):
            attempt()
    closed.close()


def test_ones_own_annotations_can_be_judged_but_not_the_final_ones(project: Project) -> None:
    work_as(project, ANNA)
    judge(project, "Q1", Decision.ACCEPTED)
    final = adjudicating.take(project, shown(project), of(project, "Q1"))
    with pytest.raises(RuleError, match="adjudicated version itself"):
        reviewing.judge(project, shown(project), final, Decision.ACCEPTED)
    assert reviewing.open_verdicts(project, ANNA.uid) == []


def test_a_verdict_names_the_final_version_and_a_rejection_takes_it_away(project: Project) -> None:
    final = adjudicating.take(project, shown(project), of(project, "Q1"))
    again = judge(project, "Q1", Decision.REVISED, "boundary")
    assert again.adjudicated == final.uid
    before = stored(project)
    rejected = judge(project, "Q1", Decision.REJECTED, "duplicate")
    assert rejected.adjudicated is None
    assert final.uid not in shown(project).annotations
    assert all(verdict.adjudicated is None for verdict in shown(project).verdicts.values())
    project.undo()
    assert stored(project) == before


def test_the_annotator_sees_what_was_said_answers_and_mends(project: Project) -> None:
    rejected = judge(project, "bQ1", Decision.REJECTED, "tag")
    revised = judge(project, "bQ2", Decision.REVISED, "boundary")
    attribute = judge(project, "bQ2", Decision.REVISED, "attribute polarity")
    said = reviewing.comment(project, shown(project), of(project, "bS1"), "Why?")
    judge(project, "bS1", Decision.ACCEPTED)
    judge(project, "Q1", Decision.REJECTED, "tag")
    work_as(project, BEN)
    assert reviewing.open_verdicts(project, BEN.uid) == [rejected, revised, attribute, said]
    assert reviewing.open_verdicts(project, CAROL.uid) == []
    answer = reviewing.reply(project, shown(project), said, "Because.")
    assert (answer.decision, answer.reply_to, answer.annotation) == (Decision.REPLY, said.uid, bens("S1"))
    tagging.reshape(project, shown(project), of(project, "bQ1"), of(project, "Q1").spans, "Reshape")
    assert reviewing.open_verdicts(project, BEN.uid) == [revised, attribute]
    project.undo()
    project.undo()
    assert reviewing.open_verdicts(project, BEN.uid) == [rejected, revised, attribute, said]
    work_as(project, CAROL)
    later = judge(project, "bQ2", Decision.REVISED, "boundary", "Still.")
    assert reviewing.open_verdicts(project, BEN.uid) == [rejected, attribute, said, later]
    judge(project, "bQ2", Decision.ACCEPTED)
    assert reviewing.open_verdicts(project, BEN.uid) == [rejected, said]


def test_removing_an_annotation_removes_its_verdicts_and_keeps_the_final_one(project: Project) -> None:
    final = adjudicating.take(project, shown(project), of(project, "bQ1"))
    verdict = judge(project, "bQ1", Decision.REVISED, "boundary")
    work_as(project, BEN)
    reviewing.reply(project, shown(project), verdict, "Really?")
    before = stored(project)
    tagging.remove(project, [of(project, "bQ1")])
    assert shown(project).verdicts == {}
    assert project.read.get(Annotation, final.uid) == final
    assert adjudicating.sources_of(final) == (bens("Q1"),)
    project.undo()
    assert stored(project) == before


def test_an_article_is_marked_reviewed_and_reopened(project: Project) -> None:
    def listed(reviewed: bool) -> list[str]:
        return list(project.cache.listings.listing(CAROL.uid, ArticleFilter(reviewed=reviewed)).uids)

    assert listed(reviewed=True) == []
    reviewing.mark_reviewed(project, ARTICLE)
    assert project.undo_label == "Mark reviewed"
    assert reviewing.reviewers(project, ARTICLE) == [CAROL.uid]
    assert listed(reviewed=True) == [ARTICLE]
    project.undo()
    assert project.read.works(ARTICLE) == []
    project.redo()
    work_as(project, ANNA)
    articles.set_status(project, ARTICLE, Status.DONE)
    reviewing.mark_reviewed(project, ARTICLE)
    reviewing.mark_reviewed(project, ARTICLE)
    assert reviewing.reviewers(project, ARTICLE) == [CAROL.uid, ANNA.uid]
    reviewing.reopen(project, ARTICLE)
    assert listed(reviewed=False) == [ARTICLE]
    assert {work.annotator: work.status for work in project.read.all(ArticleWork)} == {
        CAROL.uid: Status.TODO, ANNA.uid: Status.DONE,
    }  # fmt: skip
    project.undo()
    assert reviewing.reviewers(project, ARTICLE) == [CAROL.uid, ANNA.uid]
