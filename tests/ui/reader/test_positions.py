from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.model.span import Span
from annotator.ui.reader.positions import Positions


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def test_an_emoji_takes_two_units() -> None:
    positions = Positions("a😀b")
    assert [positions.to_units(position) for position in range(4)] == [0, 1, 3, 4]
    assert [positions.from_units(unit) for unit in range(5)] == [0, 1, 1, 2, 3]
    assert (positions.length, positions.units) == (3, 4)


def test_places_outside_the_text_go_to_its_ends() -> None:
    positions = Positions("a😀")
    assert positions.to_units(-3) == 0
    assert positions.to_units(9) == 3
    assert positions.from_units(-1) == 0
    assert positions.from_units(12) == 2


def test_ranges_in_either_order_and_empty_ones() -> None:
    positions = Positions("a😀b")
    assert positions.span_of(4, 1) == Span(1, 3)
    assert positions.span_of(2, 2) is None
    assert positions.span_of(1, 2) is None
    assert positions.units_of(Span(1, 3)) == (1, 4)


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("ae\u0301\u00a0\u2028ש😀👍🏽𝒳\n"), max_size=60))
def test_every_position_goes_there_and_back(text: str) -> None:
    positions = Positions(text)
    for position in range(len(text) + 1):
        assert positions.to_units(position) == units(text[:position])
        assert positions.from_units(positions.to_units(position)) == position
