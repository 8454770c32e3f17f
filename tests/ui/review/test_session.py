"""Which sets are compared, which difference is looked at, and how the review follows what happens elsewhere."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from support.two_annotators import AGREED, DIFFERENCES, A, B, bens, of, shown

from annotator.analysis.comparison import DifferenceKind
from annotator.base.clock import now
from annotator.model.review import Decision
from annotator.operations import adjudicating, reviewing
from annotator.ui.actions.table import Mode
from annotator.ui.review.items import NO_KEY, compared


def test_two_colleagues_are_compared_when_the_reviewer_has_tagged_nothing(table) -> None:
    assert (table.session.first, table.session.second) == (A, B)
    assert table.kinds == [kind for kind, _ in DIFFERENCES]
    assert table.session.found.agreed == len(AGREED)
    assert table.session.decided == 0
    assert table.at == 0


def test_outside_review_mode_nothing_is_compared(table) -> None:
    table.actions.set_mode(Mode.TAGGING)
    assert not table.session.active
    assert table.session.found.items == ()
    table.state.select(bens("X1"))
    assert table.session.current is None


def test_the_version_judged_is_the_colleagues(table) -> None:
    assert table.session.subject.uid == bens("Q1")
    assert table.state.annotation == bens("Q1")
    table.session.other_side()
    assert table.session.subject == of(table.project, "Q1")
    table.session.other_side()
    assert table.session.subject.uid == bens("Q1")


def test_there_may_be_no_other_version(table) -> None:
    table.session.step(1)
    table.session.other_side()
    assert "only one version" in table.told[-1]


def test_steps_go_round(table) -> None:
    table.session.step(-1)
    assert table.at == len(DIFFERENCES) - 1
    table.session.step(1)
    assert table.at == 0


def test_what_is_selected_in_the_text_is_looked_at(table) -> None:
    table.state.select(bens("X1"))
    assert table.kinds[table.at] == "only_b"
    table.state.select(of(table.project, "A1").uid)
    assert table.kinds[table.at] == "tag"
    assert table.session.subject == of(table.project, "A1")
    table.state.select(of(table.project, "S1").uid)  # agreed: there is no difference about it
    assert table.kinds[table.at] == "tag"


def test_the_filter_narrows_and_moves(table) -> None:
    table.session.narrow(frozenset({DifferenceKind.LINK}), frozenset())
    assert table.kinds == ["link", "link"]
    assert table.session.current is not None
    assert table.session.current.difference.kind is DifferenceKind.LINK
    cue = of(table.project, "K2").tag_type
    table.session.narrow(frozenset(), frozenset({cue}))
    assert table.kinds == ["only_a"]
    table.session.narrow(frozenset({DifferenceKind.LINK}), frozenset({cue}))
    assert table.session.current is None
    table.session.step(1)
    assert "no difference" in table.told[-1]


def test_one_set_alone_is_a_list_of_its_annotations(table) -> None:
    table.session.choose(B, "")
    assert all(item.alone for item in table.session.shown)
    assert len(table.session.shown) == 17
    reviewing.judge(table.project, shown(table.project), of(table.project, "bQ1"), Decision.ACCEPTED)
    assert table.session.decided == 1
    table.session.choose(A, A)
    assert table.session.second == ""


def test_the_choice_stays_in_other_articles_as_long_as_the_sets_are_there(table) -> None:
    table.session.choose(B, A)
    table.state.open_article(table.state.content.article.uid)
    assert (table.session.first, table.session.second) == (B, A)


def test_the_adjudicated_set_can_be_compared_and_vanishing_differences_are_passed(table) -> None:
    first = table.session.shown[0].difference
    adjudicating.take_second(table.project, shown(table.project), first)
    settled = adjudicating.adjudicated_set(table.project)
    table.session.choose(A, settled.uid)
    table.session.go(table.session.shown[table.kinds.index("boundary")])
    assert table.session.subject == of(table.project, "Q1")
    table.session.choose(settled.uid, A)
    at = table.kinds.index("boundary")
    table.session.go(table.session.shown[at])
    adjudicating.take_second(table.project, shown(table.project), table.session.current.difference)
    assert "boundary" not in table.kinds
    assert table.session.current is not None


def test_an_undo_goes_back_to_what_was_decided(table) -> None:
    table.deciding.take_first()
    table.session.step(1)
    table.session.step(1)
    table.project.undo()
    assert table.at == 0
    assert table.session.decided == 0
    table.project.redo()
    assert table.session.decided == 1


def test_going_on_ends_where_everything_is_decided(table) -> None:
    for _ in DIFFERENCES:
        table.deciding.decide_nothing()
    assert table.session.decided == len(DIFFERENCES)
    assert "Everything here is decided" in table.told[-1]


def test_without_an_article_there_is_nothing(table) -> None:
    table.state.close_article()
    assert table.session.found.items == ()
    assert table.session.subject is None
    table.session.go(None)
    assert table.session._key == NO_KEY


def test_items_keep_their_key_when_they_are_decided(table) -> None:
    before = [item.key for item in table.session.shown]
    table.deciding.take_first()
    assert [item.key for item in table.session.shown] == before
    assert len(set(before)) == len(before)
    assert compared(table.project, shown(table.project), A, B).differing >= {bens("Q1"), bens("X1")}


def test_two_tags_alone_are_listed_when_they_are_asked_for(table) -> None:
    session, codebook = table.session, table.project.cache.codebook
    speaker, location = codebook.tag_named("speaker").uid, codebook.tag_named("location").uid
    session.narrow_to((speaker, location))
    assert table.kinds == ["tag"]
    assert session.current == session.shown[0]
    session.narrow_to((location, speaker))  # the other way round nobody did it
    assert table.kinds == []
    session.narrow_to((None, location))
    assert table.kinds == ["only_b"]
    assert session.look_at(bens("X1"))
    assert not session.look_at(of(table.project, "Q1").uid)
    session.narrow_to(None)
    assert len(table.kinds) == len(DIFFERENCES)
    session.narrow_to((None, location))
    session.choose(B, A)
    assert session.cell is None


def test_the_difference_nearest_to_a_place_is_looked_at(table) -> None:
    table.session.go_near(of(table.project, "A1").start)
    assert table.kinds[table.at] == "tag"
    table.session.go_near(10_000)
    assert table.kinds[table.at] == "only_b"
    table.session.go_near(0)
    assert table.session.current.is_about(of(table.project, "Q1").uid)


# -- what a verdict changes, without comparing anew -----------------------------------------------------------

_STEPS = ("accept", "take_first", "take_second", "decide_nothing", "next", "other", "undo", "redo", "change", "alone")


def _take(table, step: str) -> None:
    if step == "next":
        table.session.step(1)
    elif step == "other":
        table.session.other_side()
    elif step == "undo":
        table.project.undo()
    elif step == "redo":
        table.project.redo()
    elif step == "change":
        one = shown(table.project).annotations[of(table.project, "A1").uid]
        with table.project.edit("Change what was judged") as edit:
            edit.replace(one, replace(one, note=f"{one.note}.", modified=now()))
    elif step == "alone":
        sets = (A, B) if not table.session.second else (B, "")
        table.session.choose(*sets)
    else:
        getattr(table.deciding, step)()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(_STEPS), max_size=14))
def test_following_step_by_step_comes_to_what_comparing_anew_says(table, steps: list[str]) -> None:
    table.session.choose(A, B)
    for step in steps:
        _take(table, step)
        session = table.session
        assert session.found == compared(table.project, shown(table.project), session.first, session.second)
        assert [session.place_of(item) for item in session.shown] == list(range(len(session.shown)))


def test_a_verdict_leaves_the_other_differences_the_objects_that_they_were(table) -> None:
    before = table.session.found.items
    table.deciding.take_first()  # makes the adjudicated set, which may decide what counts as a side: all anew
    before = table.session.found.items
    table.deciding.take_first()
    after = table.session.found.items
    assert sum(a is not b for a, b in zip(before, after, strict=True)) == 1
