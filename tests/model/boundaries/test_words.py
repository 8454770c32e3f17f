from __future__ import annotations

import pytest

from annotator.model.boundaries import graphemes_whole, moved_start, moved_stop, same_texts, snapped, word_at
from annotator.model.span import Span

TEXT = "She made “hastily chosen words” in state-run Russia’s news, they haven’t."
FAMILY = "\U0001f468‍\U0001f469‍\U0001f467"


def span_of(words: str, text: str = TEXT) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def words_at(position: int, text: str = TEXT) -> str | None:
    word = word_at(text, position)
    return word.of(text) if word else None


@pytest.mark.parametrize("word", ["She", "hastily", "state-run", "Russia’s", "haven’t"])
def test_a_word_is_found_from_everywhere_in_it(word: str) -> None:
    span = span_of(word)
    assert {words_at(position) for position in range(span.start, span.stop + 1)} == {word}


def test_a_word_that_starts_at_the_caret_wins_over_one_that_ends_there() -> None:
    assert words_at(1, "外交") == "交"


def test_there_is_no_word_among_marks_or_outside() -> None:
    assert word_at("a  —  b", 3) is None
    assert word_at("a", -1) is None
    assert word_at("a", 2) is None
    assert word_at("", 0) is None


def test_numbers_and_abbreviations_are_words() -> None:
    text = "The U.S. paid 1,000.50 to it"
    assert words_at(5, text) == "U.S."
    assert words_at(16, text) == "1,000.50"


@pytest.mark.parametrize(
    ("selected", "wanted"),
    [
        ("hastily chosen wor", "hastily chosen words"),
        ("astily chosen word", "hastily chosen words"),
        (" made ", "made"),
        ("“hast", "“hastily"),
        ("words”", "words”"),
        ("Russia", "Russia"),
        ("Russ", "Russia’s"),
        ("haven", "haven’t"),
        ("state", "state-run"),
        ("tate", "state-run"),
    ],
)
def test_selections_snap_to_whole_words(selected: str, wanted: str) -> None:
    assert snapped(TEXT, span_of(selected)).of(TEXT) == wanted


def test_white_space_alone_stays() -> None:
    assert snapped("a   b", Span(1, 3)) == Span(1, 3)


def test_spans_outside_the_text_are_refused() -> None:
    with pytest.raises(ValueError, match="outside the text"):
        snapped("abc", Span(1, 4))


@pytest.mark.parametrize(
    ("text", "span", "wanted"),
    [
        ("cafe\u0301 x", Span(0, 4), Span(0, 5)),
        (f"a{FAMILY}b", Span(2, 3), Span(1, 6)),
        ("x\U0001f1e9\U0001f1ea", Span(2, 3), Span(1, 3)),
        ("abc", Span(1, 2), Span(1, 2)),
        ("a\r\nb", Span(1, 2), Span(1, 3)),
    ],
)
def test_exact_selections_keep_graphemes_whole(text: str, span: Span, wanted: Span) -> None:
    assert graphemes_whole(text, span) == wanted


def test_edges_move_by_words_and_marks() -> None:
    span = span_of("hastily chosen")
    assert moved_start(TEXT, span, 1) == span_of("chosen")
    assert moved_start(TEXT, span, -1) == span_of("“hastily chosen")
    assert moved_start(TEXT, span, -2) == span_of("made “hastily chosen")
    assert moved_stop(TEXT, span, 1) == span_of("hastily chosen words")
    assert moved_stop(TEXT, span, 2) == span_of("hastily chosen words”")
    assert moved_stop(TEXT, span, -1) == span_of("hastily")


def test_nothing_begins_with_a_mark_that_ends_what_is_before_it() -> None:
    text = "He said: “open the door, now” … and left."
    quote = Span(text.index("“"), text.index(" …"))
    back = moved_start(text, quote, -1)
    assert back is not None
    assert back.of(text).startswith("said: “open")
    now = Span(text.index("now"), quote.stop)
    further = moved_start(text, now, -1)
    assert further is not None
    assert further.of(text).startswith("door, now")


def test_an_end_stops_before_a_possessive() -> None:
    span = span_of("Russia’s")
    assert moved_stop(TEXT, span, -1) == span_of("Russia")


def test_edges_move_by_characters() -> None:
    span = span_of("chosen")
    assert moved_start(TEXT, span, 1, by_character=True) == span_of("hosen")
    assert moved_stop(TEXT, span, -2, by_character=True) == span_of("chos")
    assert moved_stop(f"a{FAMILY}b", Span(0, 1), 1, by_character=True) == Span(0, 6)


def test_edges_that_cannot_move_say_so() -> None:
    assert moved_start(TEXT, span_of("chosen"), 1) is None
    assert moved_stop(TEXT, span_of("chosen"), -1) is None
    assert moved_start(TEXT, Span(0, 3), -1) is None
    assert moved_stop(TEXT, Span(0, len(TEXT)), 1) is None
    assert moved_stop(TEXT, Span(0, 3), 0) is None
    assert moved_stop("a", Span(0, 1), -1, by_character=True) is None


def test_same_texts_are_whole_words_in_the_same_case() -> None:
    text = "Russia, russia, Russian, Russia’s and Russia"
    assert same_texts(text, Span(25, 31)) == (Span(0, 6), Span(25, 31), Span(38, 44))


def test_the_span_itself_is_among_the_same_texts_even_where_others_overlap_it() -> None:
    text = "ha ha ha ha"
    assert same_texts(text, Span(3, 8)) == (Span(3, 8),)
    assert same_texts("ab ab", Span(0, 1)) == (Span(0, 1),)


def test_giant_lines_are_looked_at_nearby_only() -> None:
    text = "word " * 200_000 + "x" * 100_000
    assert words_at(500_001, text) == "word"
    assert snapped(text, Span(500_001, 500_002)) == Span(500_000, 500_004)
    assert word_at(text, 1_050_000) is not None
    assert moved_stop(text, Span(0, 4), 5_000) is None
    assert moved_stop(text, Span(0, 4), 100) == Span(0, 504)
