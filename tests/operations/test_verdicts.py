from __future__ import annotations

import pytest
from msgspec.structs import replace

from annotator.model.annotation import Annotation
from annotator.model.review import Decision, Verdict
from annotator.model.span import Span, fragments
from annotator.operations.verdicts import DECIDING, REASONS, Latest, decides_whole, still_holds

ONE = Annotation("one", "a", "t", "s", fragments("words", [Span(0, 5)]), "p", modified="2025-03-14T09:00:00.000Z")
SAID = Verdict("v", "a", "one", "r", Decision.REVISED, "boundary", created="2025-03-14T09:00:00.000Z")


@pytest.mark.parametrize(
    ("modified", "created", "holds"),
    [
        ("2025-03-14T09:00:00.000Z", "2025-03-14T09:00:00.000Z", True),
        ("2025-03-14T09:00:00.001Z", "2025-03-14T09:00:00.000Z", False),
        ("", "2025-03-14T09:00:00.000Z", True),
        ("yesterday", "2025-03-14T09:00:00.000Z", True),
        ("2025-03-14T09:00:00.000Z", "", False),
    ],
)
def test_a_verdict_holds_until_the_annotation_is_changed(modified: str, created: str, holds: bool) -> None:
    assert still_holds(replace(SAID, created=created), replace(ONE, modified=modified)) is holds


def test_a_new_verdict_is_never_older_than_what_it_answers() -> None:
    latest = Latest([replace(SAID, created="2999-01-01T00:00:00.000Z")])
    assert latest.moment(ONE) == "2999-01-01T00:00:00.000Z"
    assert Latest(()).moment(replace(ONE, modified="2999-01-02T00:00:00.000Z")) == "2999-01-02T00:00:00.000Z"
    assert "2025" < Latest(()).moment(replace(ONE, modified="yesterday")) < "2900"


def test_a_verdict_on_the_whole_overtakes_those_on_aspects() -> None:
    tag = replace(SAID, uid="w", reason="tag", created="2025-03-14T10:00:00.000Z")
    latest = Latest([tag, SAID, replace(SAID, uid="x", decision=Decision.COMMENT, created="2025-03-14T11:00:00.000Z")])
    assert latest.deciding == {"one": tag}
    assert set(latest.aspects) == {("one", "boundary"), ("one", "tag")}
    assert latest.whole == {}
    whole = replace(tag, uid="y", reason="", created="2025-03-14T12:00:00.000Z")
    latest.learn(whole)
    assert (latest.aspects, latest.whole, latest.standing(ONE)) == ({}, {"one": whole}, whole)
    assert latest.standing(replace(ONE, modified="2026-01-01T00:00:00.000Z")) is None
    assert decides_whole(replace(tag, decision=Decision.REJECTED))
    assert not decides_whole(tag)


def test_what_decides_and_the_reasons_offered() -> None:
    assert {Decision.COMMENT, Decision.REPLY} == set(Decision) - DECIDING
    assert all(reason == " ".join(reason.split()) for reason in REASONS)
