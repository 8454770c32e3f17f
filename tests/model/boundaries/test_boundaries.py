"""What holds for every text, and the table of carets on the article that the design speaks of."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.boundaries import (
    graphemes_whole,
    moved_start,
    moved_stop,
    quotation_at,
    quotations,
    quote_type,
    same_texts,
    snapped,
    units_at,
)
from annotator.model.codebook import Unit
from annotator.model.span import Span

SEED = Path(__file__).resolve().parents[3].parent / "shared" / "seeds" / "000_8327ac55fc6d0f85.txt"
PIECES = [
    *"“”‘’\"'«»„「」.,!? \n:—-\r",
    "Mr. ",
    "U.S.",
    "Yuri ",
    "aide ",
    "said ",
    "’s",
    "the ",
    "of ",
    "a",
    "é",
    "e\u0301",
]
PIECES += ["\u200d", "\U0001f1e9", "\U0001f468", "外", "\u0600", "12", "«»", "\u0e01", "\ufe0f", "Kursk region"]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=60)


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, Span]:
    text = draw(TEXTS.filter(bool))
    start = draw(st.integers(0, len(text) - 1))
    return text, Span(start, draw(st.integers(start + 1, len(text))))


def borders(text: str) -> set[int]:
    return {0} | {match.end() for match in regex.finditer(r"\X", text)}


def assert_sound(text: str, spans: tuple[Span, ...]) -> None:
    places = borders(text)
    for span in spans:
        assert span.stop <= len(text)
        assert {span.start, span.stop} <= places
    assert all(left.stop <= right.start for left, right in pairwise(spans))


@given(TEXTS, st.integers(0, 70), st.sampled_from(list(Unit)), st.booleans())
def test_units_lie_in_the_text_on_grapheme_borders(text: str, position: int, unit: Unit, place: bool) -> None:
    assert_sound(text, units_at(unit, text, position, place))


@given(texts_with_spans())
def test_snapping_is_idempotent(case: tuple[str, Span]) -> None:
    text, span = case
    once = snapped(text, span)
    assert_sound(text, (once,))
    assert snapped(text, once) == once
    whole = graphemes_whole(text, span)
    assert whole.covers(span)
    assert_sound(text, (whole,))


@given(texts_with_spans(), st.integers(-3, 3), st.booleans())
def test_moved_edges_leave_a_span(case: tuple[str, Span], steps: int, by_character: bool) -> None:
    text, span = case
    for moved in (moved_start(text, span, steps, by_character), moved_stop(text, span, steps, by_character)):
        assert_sound(text, (moved,) if moved else ())


@given(texts_with_spans())
def test_same_texts_are_the_same_and_hold_the_span(case: tuple[str, Span]) -> None:
    text, span = case
    found = same_texts(text, span)
    assert span in found
    assert {place.of(text) for place in found} == {span.of(text)}
    assert all(left.stop <= right.start for left, right in pairwise(found))


@given(texts_with_spans())
def test_quotations_are_ordered_and_types_are_known(case: tuple[str, Span]) -> None:
    text, span = case
    assert_sound(text, quotations(text, Span(0, len(text))))
    assert quote_type(text, [span]) in {"direct", "indirect", "mixed"}
    for quotation in quotation_at(text, span.start):
        assert quote_type(text, [quotation]) in {"direct", "indirect"}


@pytest.mark.parametrize("unit", list(Unit))
@pytest.mark.parametrize(
    "piece", ["a, ", "“", "”", "“A,” she said, ", "' ", "(", "a.b.", "U.S.", "’s", "\u0301", "Ivan "]
)
def test_nothing_hangs_on_giants(unit: Unit, piece: str) -> None:
    text = piece * (200_000 // len(piece))
    assert all(span.stop <= len(text) for span in units_at(unit, text, 100_000))


@pytest.fixture
def seed() -> str:
    if not SEED.exists():
        pytest.skip("the seed article is not beside the project")
    return SEED.read_text("utf-8")


@pytest.mark.parametrize(
    ("passage", "caret", "unit", "place", "wanted"),
    [
        ("Top Kremlin aide Yuri Ushakov said", "Ushakov", Unit.NAME, False, ["Top Kremlin aide Yuri Ushakov"]),
        ("carrying US envoy Steve Witkoff had landed", "Witkoff", Unit.NAME, False, ["US envoy Steve Witkoff"]),
        ("The Russian Ministry of Defence claimed", "Russian", Unit.NAME, False, ["The Russian Ministry of Defence"]),
        ("Kremlin spokesman Dmitry Peskov", "Peskov", Unit.NAME, False, ["Kremlin spokesman Dmitry Peskov"]),
        ("Peskov told reporters.", "Peskov", Unit.NAME, False, ["Peskov"]),
        ("Peskov told reporters.", "reporters", Unit.NAME, False, ["reporters"]),
        ("town of Sudzha in the Kursk region", "Kursk", Unit.NAME, True, ["Kursk region"]),
        ("town of Sudzha in the Kursk region", "Sudzha", Unit.NAME, True, ["Sudzha"]),
        ("officials in Saudi Arabia earlier", "Saudi", Unit.NAME, True, ["Saudi Arabia"]),
        ("MOSCOW: A", "MOSCOW", Unit.NAME, True, ["MOSCOW"]),
        ("Russia’s stance", "Russia", Unit.NAME, True, ["Russia"]),
        ("confirmed the talks", "confirmed", Unit.WORD, False, ["confirmed"]),
        (
            "It will be necessary",
            "necessary",
            Unit.SENTENCE,
            False,
            ["It will be necessary to work on it, think and take into account our position."],
        ),
    ],
)
def test_the_table_of_carets(seed: str, passage: str, caret: str, unit: Unit, place: bool, wanted: list[str]) -> None:
    at = seed.index(passage) + passage.index(caret)
    for position in (at, at + 1, at + len(caret) - 1):
        assert [span.of(seed) for span in units_at(unit, seed, position, place)] == wanted


def test_a_caret_anywhere_in_a_quotation_of_the_article(seed: str) -> None:
    start = seed.index("“Before the talks start")
    stop = seed.index("”", start) + 1
    for position in range(start, stop):
        assert units_at(Unit.QUOTATION, seed, position) == (Span(start, stop),)
    assert units_at(Unit.QUOTATION, seed, stop + 3) == ()
