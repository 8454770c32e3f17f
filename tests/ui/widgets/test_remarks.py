"""Remarks in the order they were made, answers under what they answer."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QToolButton, QWidget
from pytestqt.qtbot import QtBot

from annotator.model.annotation import Annotator
from annotator.model.article import Article
from annotator.model.content import ArticleContent
from annotator.model.review import Decision, Verdict
from annotator.ui.widgets.remarks import Remark, Remarks, decision_word, remarks_on

BEN = {"b": Annotator("b", "Ben")}


def verdict(uid: str, decision: Decision, said: str = "", **fields: str) -> Verdict:
    return Verdict(uid, "x", fields.pop("about", "a"), "b", decision, comment=said, created=uid, **fields)


def content(*verdicts: Verdict) -> ArticleContent:
    return ArticleContent(Article("x", "X", "", 0, 0), "", {}, {}, {one.uid: one for one in verdicts})


def test_answers_follow_what_they_answer() -> None:
    shown = content(
        verdict("3", Decision.REPLY, "Yes", reply_to="1"),
        verdict("2", Decision.COMMENT, "Other"),
        verdict("1", Decision.COMMENT, "Sure?"),
        verdict("4", Decision.REPLY, "Fine", reply_to="3"),
        verdict("5", Decision.COMMENT, "elsewhere", about="z"),
    )
    assert [(one.said, one.depth) for one in remarks_on(shown, BEN, {"a"})] == [
        ("Sure?", 0), ("Yes", 1), ("Fine", 1), ("Other", 0),
    ]  # fmt: skip


def test_an_answer_to_what_has_gone_stands_by_itself() -> None:
    shown = content(verdict("3", Decision.REPLY, "Yes", reply_to="gone"))
    assert remarks_on(shown, {}, {"a"}) == [Remark("3", Decision.REPLY, "Yes", "?", "3", 0)]


@pytest.mark.parametrize("can_answer", [True, False])
def test_each_can_be_answered_where_that_can_be(qtbot: QtBot, can_answer: bool) -> None:
    made = Remarks()
    qtbot.addWidget(made)
    remark = Remark("1", Decision.REJECTED, "tag", "Ben", "2025-03-14T09:00:00.000Z")
    made.show_remarks([remark], can_answer=can_answer)
    buttons = made.findChildren(QToolButton)
    assert len(buttons) == can_answer
    if can_answer:
        with qtbot.waitSignal(made.answer_asked) as asked:
            buttons[0].click()
        assert asked.args == ["1"]
    names = [row.accessibleName() for row in made.findChildren(QWidget) if row.accessibleName()]
    assert any(name.startswith("Rejected: tag, Ben · ") for name in names)


def test_the_same_again_builds_nothing_and_less_takes_rows_away(qtbot: QtBot) -> None:
    made = Remarks()
    qtbot.addWidget(made)
    remark = Remark("1", Decision.COMMENT, "Sure?", "Ben", "yesterday")
    made.show_remarks([remark], can_answer=True)
    button = made.findChild(QToolButton)
    made.show_remarks([remark], can_answer=True)
    assert made.findChild(QToolButton) is button
    made.show_remarks([], can_answer=True)
    assert made.shown == []


def test_every_decision_has_a_word() -> None:
    assert len({decision_word(decision) for decision in Decision}) == len(Decision)
