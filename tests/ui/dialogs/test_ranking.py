from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.ui.dialogs.ranking import score

TITLES = ["Export…", "Project…", "Next annotation", "Find next", "People, bodies and places…", "New project…"]


def best(typed: str) -> str:
    points = {title: score(typed, title) for title in TITLES}
    found = {title: value for title, value in points.items() if value is not None}
    return max(found, key=lambda title: found[title])


def test_a_word_start_goes_before_a_place_inside_a_word():
    assert best("pro") == "Project…"
    assert best("next") == "Next annotation"
    assert best("ex") == "Export…"


def test_every_typed_word_must_be_there_in_any_order():
    assert best("project new") == "New project…"
    assert score("new nowhere", "New project…") is None


def test_letters_in_their_order_are_enough():
    assert best("pbap") == "People, bodies and places…"
    assert score("fnd", "Find next") is not None
    assert score("nxf", "Find next") is None


def test_inside_a_word_counts_more_than_scattered_letters():
    inside, scattered = score("port", "Export"), score("port", "People or a tree")
    assert inside is not None and scattered is not None and inside > scattered


@given(st.text(max_size=8), st.text(max_size=20))
def test_a_part_of_the_text_always_matches(part: str, rest: str):
    assert score(part, rest + part) is not None
