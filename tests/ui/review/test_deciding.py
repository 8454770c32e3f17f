"""What each key of review mode does, and what it says when it can do nothing."""

from __future__ import annotations

import pytest
from support.two_annotators import B, bens, of

from annotator.model.annotation import Annotation
from annotator.model.review import Decision, Verdict
from annotator.operations import adjudicating, reviewing
from annotator.ui.actions.table import Mode


def verdicts(table, name: str) -> list[Decision]:
    uid = of(table.project, name).uid
    found = sorted(table.project.read.all(Verdict), key=lambda v: (v.created, v.uid))
    return [v.decision for v in found if v.annotation == uid]


def finals(table) -> list[str]:
    home = adjudicating.adjudicated_set(table.project)
    found = [a for a in table.project.read.all(Annotation) if home is not None and a.annotation_set == home.uid]
    return [a.text for a in sorted(found, key=lambda a: a.start)]


@pytest.mark.parametrize(("action", "words"), [("review.first", "the talks"), ("review.second", "talks")])
def test_taking_a_version_decides_both_and_goes_on(table, action: str, words: str) -> None:
    assert table.actions.run(action)
    assert finals(table) == [words]
    accepted, revised = ("Q1", "bQ1") if action == "review.first" else ("bQ1", "Q1")
    assert verdicts(table, accepted) == [Decision.ACCEPTED]
    assert verdicts(table, revised) == [Decision.REVISED]
    assert table.at == 1


def test_accepting_a_pair_takes_the_version_that_is_judged(table) -> None:
    table.actions.run("review.side")
    table.actions.run("review.accept")
    assert finals(table) == ["the talks"]


def test_the_merged_extent_needs_two_versions(table) -> None:
    table.actions.run("review.merged")
    assert finals(table) == ["the talks"]
    table.actions.run("review.merged")
    assert "only one version" in table.told[-1]
    assert table.at == 1


def test_rejecting_one_of_a_pair_asks_for_the_other(table) -> None:
    table.deciding.reject("boundary")
    assert verdicts(table, "bQ1") == [Decision.REJECTED]
    assert "other version" in table.told[-1]
    assert table.session.subject == of(table.project, "Q1")
    table.actions.run("review.accept")
    assert verdicts(table, "bQ1") == [Decision.REJECTED]
    assert verdicts(table, "Q1") == [Decision.ACCEPTED]
    assert finals(table) == ["the talks"]
    assert table.at == 1


def test_nothing_here_rejects_both(table) -> None:
    table.actions.run("review.nothing")
    assert verdicts(table, "Q1") == verdicts(table, "bQ1") == [Decision.REJECTED]
    assert table.at == 1


def test_a_refusal_stays_where_it_was(table) -> None:
    table.deciding.reject(" ")
    assert "why" in table.told[-1]
    assert table.at == 0


def test_comments_and_answers(table) -> None:
    assert table.deciding.comment("Are you sure?")
    said = next(table.project.read.all(Verdict))
    assert table.deciding.reply(said.uid, "Yes.")
    assert not table.deciding.reply("unknown", "Yes.")
    assert not table.deciding.comment(" ")
    assert verdicts(table, "bQ1") == [Decision.COMMENT, Decision.REPLY]
    assert table.at == 0


def test_everything_agreed_is_counted(table) -> None:
    table.actions.run("review.acceptAgreed")
    assert len(finals(table)) == 11
    assert "11" in table.told[-1]


def test_with_one_set_alone_nothing_is_adjudicated(table) -> None:
    table.session.choose(B, "")
    table.actions.run("review.accept")
    assert finals(table) == []
    assert table.session.decided == 1
    for action in ("review.first", "review.second", "review.merged", "review.acceptAgreed"):
        table.actions.run(action)
        assert "Only one set" in table.told[-1]


def test_revising_leaves_review_mode_with_the_copy_selected(table) -> None:
    table.actions.run("review.revise")
    assert table.actions.mode is Mode.TAGGING
    assert table.state.selected.text == "talks"
    assert table.state.selected.uid != bens("Q1")
    assert verdicts(table, "bQ1") == [Decision.REVISED]


def test_the_article_is_marked_and_reopened(table) -> None:
    article = table.state.content.article.uid
    table.actions.run("review.reviewed")
    assert reviewing.reviewers(table.project, article) == [table.project.annotator.uid]
    table.actions.run("review.reopen")
    assert reviewing.reviewers(table.project, article) == []


def test_reasons_and_comments_are_asked_for(table, qtbot) -> None:
    with qtbot.waitSignal(table.deciding.reason_asked):
        table.actions.run("review.reject")
    with qtbot.waitSignal(table.deciding.comment_asked):
        table.actions.run("review.comment")


def test_without_a_difference_each_key_says_so(table) -> None:
    table.session.narrow(frozenset(), frozenset({"no such tag"}))
    for action in ("review.accept", "review.reject", "review.revise", "review.comment", "review.nothing"):
        table.told.clear()
        table.actions.run(action)
        assert "no difference to decide" in table.told[-1]
    assert not table.deciding.comment("x")


def test_without_an_article_nothing_happens(table) -> None:
    table.state.close_article()
    table.deciding.accept_agreed()
    table.deciding.mark_reviewed()
    assert not table.deciding.reply("x", "y")
    assert finals(table) == []
