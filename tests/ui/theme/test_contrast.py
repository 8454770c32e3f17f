from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.ui.theme.contrast import (
    contrast,
    deuteranopia,
    difference,
    hex_colour,
    least_contrast,
    luminance,
    mix,
    readable,
    rgb,
    with_lightness,
)

COLOURS = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06X}")


def test_black_on_white_has_the_greatest_contrast():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert luminance("#FFFFFF") == pytest.approx(1)
    assert least_contrast("#000000", ("#FFFFFF", "#000000")) == 1


def test_contrast_is_what_the_published_tools_say():
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)
    assert contrast("#0072B2", "#ffffff") == pytest.approx(5.19, abs=0.01)


@given(COLOURS, COLOURS)
def test_contrast_knows_no_order(first: str, second: str):
    assert contrast(first, second) == contrast(second, first)
    assert 1 <= contrast(first, second) <= 21.0001


@given(COLOURS)
def test_a_colour_survives_taking_apart(colour: str):
    assert hex_colour(*rgb(colour)) == colour


@pytest.mark.parametrize("wrong", ["", "#FFF", "0072B2#", "#00ZZ00", "red"])
def test_other_notations_are_refused(wrong: str):
    with pytest.raises(ValueError):
        rgb(wrong)


def test_mixing_is_what_opacity_shows():
    assert mix("#000000", "#FFFFFF", 0) == "#FFFFFF"
    assert mix("#000000", "#FFFFFF", 100) == "#000000"
    assert mix("#FF0000", "#0000FF", 50) == "#800080"


@given(COLOURS, COLOURS, st.floats(1, 7), st.booleans())
def test_readable_keeps_the_contrast_where_it_can_be_kept(colour: str, ground: str, least: float, lighter: bool):
    got = readable(colour, (ground,), least, lighter=lighter)
    end = "#FFFFFF" if lighter else "#000000"
    assert contrast(got, ground) >= min(least, contrast(end, ground))


def test_readable_leaves_alone_what_is_readable():
    assert readable("#0072b2", ("#FFFFFF",), 4.5, lighter=False) == "#0072B2"


def test_readable_keeps_the_hue():
    red, green, blue = rgb(readable("#0072B2", ("#1E2124",), 7, lighter=True))
    assert blue > green > red


@given(COLOURS)
def test_the_ends_of_lightness_are_black_and_white(colour: str):
    assert contrast(with_lightness(colour, 0), "#FFFFFF") > 20.5
    assert contrast(with_lightness(colour, 1), "#000000") > 20.5


def test_greys_look_the_same_without_green_cones():
    for grey in ("#000000", "#808080", "#FFFFFF"):
        assert difference(deuteranopia(grey), grey) < 1


def test_red_and_green_of_one_lightness_come_together():
    assert difference("#A05A2C", "#5F7A2C") > 4 * difference(deuteranopia("#A05A2C"), deuteranopia("#5F7A2C"))


def test_difference_is_zero_for_one_and_hundred_from_black_to_white():
    assert difference("#123456", "#123456") == 0
    assert difference("#000000", "#FFFFFF") == pytest.approx(100, abs=0.01)
