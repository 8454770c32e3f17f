"""Verdicts and comments on one's own tags: read in the inspector, answered there, and filtered for in the list."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from annotator.model.annotation import Annotator
from annotator.model.review import Decision, Verdict
from annotator.operations import reviewing
from annotator.project.opening import work_as


@pytest.fixture
def reviewed(desk):
    """Ben has rejected S1 and commented on Q1; Anna is at work again."""
    project, anna = desk.project, desk.project.annotator
    work_as(project, Annotator("ben", "Ben"))
    reviewing.judge(project, desk.state.content, desk.now("S1"), Decision.REJECTED, "boundary", "without the title")
    reviewing.comment(project, desk.state.content, desk.now("Q1"), "Nice one")
    work_as(project, anna)
    desk.state.open_article(desk.state.content.article.uid)
    return desk


def section(desk):
    return desk.panel.inspector.review


def test_without_a_review_there_is_no_section(desk) -> None:
    desk.select("S1")
    assert section(desk).isHidden()
    assert desk.panel.pane.reviewed.isHidden()


def test_what_was_said_is_shown_with_who_said_it(reviewed) -> None:
    reviewed.select("S1")
    assert section(reviewed).isVisible()
    assert [(one.decision, one.said, one.who) for one in section(reviewed).remarks.shown] == [
        (Decision.REJECTED, "boundary: without the title", "Ben")
    ]
    assert section(reviewed).field.placeholderText() == "Answer Ben"
    reviewed.select("Q2")
    assert section(reviewed).isHidden()


def test_an_answer_is_kept_under_what_it_answers(reviewed) -> None:
    reviewed.select("S1")
    field = section(reviewed).field
    field.setFocus()
    QTest.keyClicks(field, "The guideline says with")
    QTest.keyClick(field, Qt.Key.Key_Return)
    replies = [v for v in reviewed.project.read.all(Verdict) if v.decision is Decision.REPLY]
    assert [(v.comment, v.reviewer) for v in replies] == [("The guideline says with", "anna")]
    assert [one.depth for one in section(reviewed).remarks.shown] == [0, 1]
    assert field.text() == ""
    assert reviewed.reader.hasFocus()
    reviewed.project.undo()
    assert len(section(reviewed).remarks.shown) == 1


def test_an_older_remark_is_answered_by_its_button(reviewed) -> None:
    first = next(v for v in reviewed.project.read.all(Verdict) if v.decision is Decision.REJECTED)
    reviewing.comment(reviewed.project, reviewed.state.content, reviewed.now("S1"), "I see")
    reviewed.select("S1")
    assert section(reviewed).field.placeholderText() == "Answer Anna"
    section(reviewed).remarks.findChildren(QToolButton)[0].click()
    assert section(reviewed).field.placeholderText() == "Answer Ben"
    assert section(reviewed).field.hasFocus()
    section(reviewed).field.setText("No")
    section(reviewed).field.returnPressed.emit()
    answer = next(v for v in reviewed.project.read.all(Verdict) if v.decision is Decision.REPLY)
    assert answer.reply_to == first.uid


def test_an_empty_answer_says_so_and_one_without_a_question_does_nothing(reviewed) -> None:
    reviewed.select("S1")
    section(reviewed).field.returnPressed.emit()
    assert "nothing to say" in reviewed.told[-1]
    reviewed.state.close_article()
    section(reviewed).field.returnPressed.emit()


def test_what_is_typed_for_one_tag_is_not_said_of_another(reviewed) -> None:
    reviewed.select("S1")
    section(reviewed).field.setText("half a")
    reviewed.select("Q1")
    assert section(reviewed).field.text() == ""


def test_the_list_shows_only_what_was_reviewed(reviewed) -> None:
    pane = reviewed.panel.pane
    assert pane.reviewed.isVisible()
    assert pane.reviewed.text() == "2"
    pane.reviewed.click()
    model = pane.list.annotations
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == [
        "Kremlin spokesman Dmitry Peskov", "the talks",
    ]  # fmt: skip
    assert model.said(reviewed.now("S1").uid) == "Rejected: boundary: without the title"
    assert model.said(reviewed.now("Q2").uid) == ""
    pane.list.grab()
    reviewing.comment(reviewed.project, reviewed.state.content, reviewed.now("Q2"), "And this?")
    assert model.rowCount() == 3
    pane.reviewed.click()
    assert model.rowCount() > 3
