from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.values import as_text
from annotator.ui.panel.coordinates import parse_degrees, split_pair


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("51.19", 51.19),
        ("51,19", 51.19),
        (" -3.7 ", -3.7),
        ("−3,7", -3.7),
        ("+12", 12.0),
        ("35.27°", 35.27),
        ("", None),
    ],
)
def test_a_number_with_comma_or_point(text: str, number: float | None):
    assert parse_degrees(text) == number


@pytest.mark.parametrize("text", ["north", "5.1.2", "1e3", "inf", "--4", "5 1", "."])
def test_anything_else_is_refused(text: str):
    with pytest.raises(ValueError, match=re.escape(text)):
        parse_degrees(text)


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("51.19, 35.27", ("51.19", "35.27")),
        ("51.19,35.27", ("51.19", "35.27")),
        ("51,19; 35,27", ("51,19", "35,27")),
        ("51,19, 35,27", ("51,19", "35,27")),
        (" -33.9  18.4\n", ("-33.9", "18.4")),
        ("51.19°, 35.27°", ("51.19°", "35.27°")),
        ("51,19", None),
        ("51.19", None),
        ("51.19, 35.27, 4", None),
        ("Sudzha", None),
    ],
)
def test_a_pair_is_split_when_it_is_clearly_one(text: str, pair: tuple[str, str] | None):
    assert split_pair(text) == pair


@given(st.floats(-180, 180).filter(lambda n: "e" not in repr(n)))
def test_what_is_shown_reads_back_unrounded(number: float):
    assert parse_degrees(as_text(number)) == number


@given(st.decimals(-90, 90, places=5), st.decimals(-180, 180, places=5))
def test_a_pasted_pair_keeps_every_digit(latitude, longitude):
    first, second = split_pair(f"{latitude:.5f}, {longitude:.5f}")
    assert (parse_degrees(first), parse_degrees(second)) == (float(latitude), float(longitude))
