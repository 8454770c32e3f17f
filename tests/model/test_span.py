from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.span import Fragment, Span, fragment, fragments, joined

SPANS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 60), st.integers(1, 20))


@pytest.mark.parametrize(("start", "stop"), [(0, 0), (3, 2), (-1, 2)])
def test_empty_and_reversed_ranges_are_no_spans(start: int, stop: int) -> None:
    with pytest.raises(ValueError, match=f"not a span: {start}-{stop}"):
        Span(start, stop)


def test_a_span_s_arithmetic() -> None:
    span = Span(2, 5)
    assert len(span) == 3
    assert [at in span for at in (1, 2, 4, 5)] == [False, True, True, False]
    assert span.overlaps(Span(4, 9))
    assert not span.overlaps(Span(5, 9))
    assert span.covers(Span(2, 5))
    assert not span.covers(Span(2, 6))
    assert span.shifted(10) == Span(12, 15)
    assert span.of("abcdefg") == "cde"


def test_a_fragment_carries_its_words_and_32_code_points_around_them() -> None:
    text = "a" * 40 + "👩é!" + "b" * 40
    cut = fragment(text, Span(40, 43))
    assert cut == Fragment(40, 43, "👩é!", "a" * 32, "b" * 32)
    assert cut.span == Span(40, 43)
    assert fragment("xyz", Span(0, 3)) == Fragment(0, 3, "xyz", "", "")
    with pytest.raises(ValueError, match="span 1-4 is outside the text of 3 characters"):
        fragment("xyz", Span(1, 4))


def test_touching_and_overlapping_spans_are_joined() -> None:
    assert joined([Span(5, 8), Span(0, 2), Span(2, 3), Span(6, 7)]) == (Span(0, 3), Span(5, 8))
    assert [f.exact for f in fragments("abcdefgh", [Span(5, 8), Span(0, 2)])] == ["ab", "fgh"]


@given(st.lists(SPANS))
def test_joined_covers_the_same_code_points_in_order_and_disjoint(spans: list[Span]) -> None:
    result = joined(spans)
    assert {at for span in spans for at in range(span.start, span.stop)} == {
        at for span in result for at in range(span.start, span.stop)
    }
    assert all(one.stop < other.start for one, other in pairwise(result))


@given(st.text(min_size=1), st.data())
def test_a_fragment_says_what_the_text_says(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    stop = data.draw(st.integers(start + 1, len(text)))
    cut = fragment(text, Span(start, stop))
    assert cut.exact == text[start:stop]
    assert text[: cut.start].endswith(cut.prefix)
    assert text[cut.stop :].startswith(cut.suffix)
    assert max(len(cut.prefix), len(cut.suffix)) <= 32
