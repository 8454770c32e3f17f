from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.ui.codebook.coordinates import parse_degrees, parse_pair


@pytest.mark.parametrize(
    ("text", "degrees"),
    [("51.19", 51.19), ("51,19", 51.19), (" -3.5 ", -3.5), ("3.5° W", -3.5), ("−7", -7.0), ("-3 S", -3.0),
     ("north", None), ("", None), ("1 2", None)],
)  # fmt: skip
def test_degrees(text: str, degrees: float | None):
    assert parse_degrees(text) == degrees


@pytest.mark.parametrize(
    ("text", "pair"),
    [("51.19, 35.27", (51.19, 35.27)), ("51.19 35.27", (51.19, 35.27)), ("(51.19;-35.27)", (51.19, -35.27)),
     ("51.19° N, 35.27° E", (51.19, 35.27)), ("35.27 E 51.19 N", (51.19, 35.27)), ("51,19; 35,27", (51.19, 35.27)),
     ("51,19", None), ("51.19", None), ("a, b", None), ("", None)],
)  # fmt: skip
def test_pairs(text: str, pair: tuple[float, float] | None):
    assert parse_pair(text) == pair


@given(st.floats(-90, 90).map(lambda x: round(x, 6)), st.floats(-180, 180).map(lambda x: round(x, 6)))
def test_any_pasted_pair_comes_back_unrounded(latitude: float, longitude: float):
    assert parse_pair(f"{latitude:.6f}, {longitude:.6f}") == (latitude, longitude)
