"""Both versions in words, what differs marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.two_annotators import DIFFERENCES

from annotator.analysis.comparison import DifferenceKind, compare
from annotator.model.annotation import Annotation
from annotator.model.span import Span, fragments
from annotator.ui.review.wording import Run, Teller, kind_word, plain, runs


def one(text: str, *spans: tuple[int, int], uid: str = "a") -> Annotation:
    return Annotation(uid, "x", "t", "s", fragments(text, [Span(*span) for span in spans]), "me")


def test_the_differing_characters_stand_apart() -> None:
    text = "He said the talks go on."
    found = runs(one(text, (8, 17)), [Span(8, 12)])
    assert found == [Run("the ", differs=True), Run("talks", differs=False)]
    assert plain(found) == "[the ]talks"


def test_fragments_are_joined_and_white_space_is_one_blank() -> None:
    text = "one\n two three"
    assert plain(runs(one(text, (0, 8), (9, 14)))) == "one two […] three"


def test_a_long_run_on_which_both_agree_is_cut_between_words() -> None:
    text = "When the long talks in the great hall of the palace had ended they left"
    assert plain(runs(one(text, (0, len(text))))) == "When the long … ended they left"
    assert plain(runs(one(text, (0, len(text))), shorten=False)) == text
    unbroken = "x" * 60
    assert plain(runs(one(unbroken, (0, 60)))) == "x" * 18 + " … " + "x" * 18


@given(st.text(alphabet="ab \n😀", min_size=8, max_size=60), st.data())
def test_no_character_is_lost(text: str, data: st.DataObject) -> None:
    places = sorted(data.draw(st.sets(st.integers(0, len(text)), min_size=4, max_size=4)))
    a, b = one(text, (places[0], places[2])), one(text, (places[1], places[3]), uid="b")
    for difference in compare([a], [b]).differences:
        if difference.kind is DifferenceKind.BOUNDARY:
            found = runs(a, difference.only_a, shorten=False)
            assert "".join("".join(run.text for run in found).split()) == "".join(a.text.split())
            marked = "".join(run.text for run in found if run.differs)
            assert "".join(marked.split()) == "".join("".join(s.of(text) for s in difference.only_a).split())


@pytest.fixture
def told(table) -> dict[tuple[str, str], tuple[str, str, str]]:
    """By kind and A's words: what is in question, and both versions."""
    teller = Teller(table.state.content, table.project.cache.codebook, table.project.cache.entities)
    return {
        known: (teller.subject(item.difference), *(plain(found) for found in teller.versions(item.difference)))
        for known, item in zip(DIFFERENCES, table.session.shown, strict=True)
    }


def test_every_kind_is_told(told) -> None:
    assert told["boundary", "Q1"] == ("", "[the ]talks", "talks")
    assert told["only_a", "K2"] == ("", "refrained from commenting on", "")
    assert told["attribute", "Q2"] == ("Polarity", "[withheld]", "[asserted]")
    assert told["link", "Q2"] == ("Cue", "[refrained from commenting on]", "[nothing]")
    assert told["tag", "A1"][1:] == ("[Speaker]", "[Location]")
    assert told["entity", "S2"][1] == "[Dmitry Peskov]"
    assert told["only_b", "X1"] == ("", "", "on Thursday")


def test_every_kind_has_a_name() -> None:
    assert len({kind_word(kind) for kind in DifferenceKind}) == len(DifferenceKind)
