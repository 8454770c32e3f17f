from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.finding import find_all, folded, takes_long, terms
from annotator.model.span import Span


def found(text: str, words: str, **options: bool) -> list[str]:
    return [span.of(text) for span in find_all(text, words, **options)]


def sought(text: str, words: str) -> list[str]:
    return [span.of(text) for span, _ in terms(words).spans(text)]


def test_case_is_set_aside_unless_asked_for():
    assert found("The port, THE PORT", "the port") == ["The port", "THE PORT"]
    assert found("The port, THE PORT", "THE", match_case=True) == ["THE"]


def test_whole_words():
    assert found("strike striker strike’s", "strike") == ["strike"] * 3
    assert find_all("strike striker strike’s", "strike ", whole_words=True) == [Span(0, 6), Span(15, 21)]


def test_blanks_quotes_and_hyphens_answer_their_kinds():
    assert found("haven’t\u00a0 started", "haven't started") == ["haven’t\u00a0 started"]
    assert found("He said “no”", '"no"') == ["“no”"]
    assert found("long\u2011term", "long-term") == ["long\u2011term"]
    assert found("a.b axb", "a.b") == ["a.b"]


@pytest.mark.parametrize("words", ["", "  "])
def test_nothing_is_found_for_nothing(words: str):
    assert find_all("a  b", words) == []
    assert not terms(words).all_in("a b")


def test_offsets_are_code_points():
    assert find_all("😀😀 port", "port") == [Span(3, 7)]


@given(st.text(max_size=40), st.text(min_size=1, max_size=6), st.text(max_size=20))
def test_words_that_are_there_are_found(before: str, words: str, after: str):
    text = f"{before}|{words}|{after}"
    if words.strip():
        assert any(span.of(text) == words for span in find_all(text, f"|{words}|".strip("|"))) or find_all(text, words)


@given(st.text(max_size=60))
def test_folding_keeps_every_offset(text: str):
    assert len(folded(text)) == len(text)
    assert folded("ÉÉ ß") == "ee ß"


def test_a_greek_headline_in_capitals_is_found_by_its_words():
    assert sought("ΗΜΕΡΕΣ ΣΤΗΝ ΑΘΗΝΑ, ημέρες", "ημέρες") == ["ΗΜΕΡΕΣ", "ημέρες"]


def test_terms_are_words_or_phrases_and_the_last_may_be_unfinished():
    assert sought("The port strikes; a sport", "port stri") == ["port", "stri"]
    assert sought("The ports strike", "port strike") == ["strike"]
    assert sought("a strike is a strike", '"strike is"') == ["strike is"]
    assert sought("strikes", '"strike"') == []


def test_diacritics_and_composition_are_set_aside():
    text = "café " + unicodedata.normalize("NFD", "café") + " CAFE"
    assert len(sought(text, "café")) == 3
    assert sought("haven’t", "haven't") == ["haven’t"]


def test_scripts_without_blanks_are_found_inside():
    assert sought("中国外交部发言人", "外交部") == ["外交部"]


def test_every_term_must_be_there_and_overlaps_count_once():
    assert terms("port strike").all_in("A strike at the port")
    assert not terms("port strike").all_in("A strike")
    assert [term for _, term in terms("port strike").spans("strike port")] == [1, 0]
    assert sought("port strike", '"port strike" strike') == ["port strike"]


@pytest.mark.parametrize(
    ("words", "long"),
    [
        ("h", False),
        ("harbour w", False),
        ("e-m", True),
        ("e-mail", False),
        ("e-mails", False),
        ('"press a"', False),
        ('"', False),
        ("...", False),
        ("", False),
        ("莫斯科", True),
    ],
)
def test_what_takes_long_to_search_for(words: str, long: bool):
    assert takes_long(words) is long
