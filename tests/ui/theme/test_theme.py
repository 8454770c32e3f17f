"""The rules of contrast, computed from the theme files for the tag colours of the news codebook."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.base.errors import AnnotatorError
from annotator.ui.theme.contrast import contrast, deuteranopia, difference
from annotator.ui.theme.theme import Theme, load_theme, theme_names

NEWS = {"speaker": "#0072B2", "quote": "#00805E", "location": "#C85400", "claim": "#A3498B", "cue": "#6B7280"}
THEMES = ("light", "dark", "high_contrast")
LEAST_DIFFERENCE = 5.0
"""CIE 1976 difference of any two tag colours without green cones: twice what is just noticeable. Claim and cue lie
nearest to one another; shape tells them apart too."""

COLOURS = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06X}")


@pytest.fixture(params=THEMES)
def theme(request: pytest.FixtureRequest) -> Theme:
    return load_theme(request.param)


def test_three_themes_are_shipped():
    assert theme_names() == THEMES
    assert [load_theme(name).dark for name in THEMES] == [False, True, True]


def test_an_unknown_theme_is_told():
    with pytest.raises(AnnotatorError, match="pink"):
        load_theme("pink")


def _check_tag(theme: Theme, colour: str) -> None:
    tag = theme.tag(colour)
    line, text = tag.line.name(), tag.text.name()
    tints = (tag.tint.name(), tag.tint_selected.name())
    for tint in tints:
        assert contrast(theme.text, tint) >= 7.0
    for ground in (theme.reader, theme.panel, theme.selection, theme.hover, *tints):
        assert contrast(text, ground) >= 4.5
    for ground in (theme.reader, theme.panel):
        assert contrast(line, ground) >= 3.0


@pytest.mark.parametrize("name", NEWS)
def test_text_labels_and_lines_of_a_tag_can_be_read(theme: Theme, name: str):
    _check_tag(theme, NEWS[name])


@pytest.mark.parametrize("theme_name", THEMES)
@given(colour=COLOURS)
def test_any_colour_of_a_codebook_can_be_read(theme_name: str, colour: str):
    _check_tag(load_theme(theme_name), colour)


@pytest.mark.parametrize(("first", "second"), list(combinations(NEWS, 2)))
def test_tags_differ_without_green_cones(theme: Theme, first: str, second: str):
    lines = [deuteranopia(theme.tag(NEWS[name]).line.name()) for name in (first, second)]
    assert difference(*lines) >= LEAST_DIFFERENCE


def test_tints_can_be_seen_and_grow_when_selected(theme: Theme):
    for colour in NEWS.values():
        tag = theme.tag(colour)
        tint = difference(tag.tint.name(), theme.reader)
        assert 2.3 < tint < difference(tag.tint_selected.name(), theme.reader)


def test_tints_are_as_strong_as_the_design_says(theme: Theme):
    assert 10 <= theme.tints.normal <= 14
    assert theme.tints.selected == 24


@pytest.mark.parametrize("role", ["text", "secondary", "warning", "error", "success", "furniture", "ghost", "accent"])
def test_text_in_every_role_can_be_read(theme: Theme, role: str):
    assert theme.line_contrast(getattr(theme, role)) >= 4.5


def test_text_can_be_read_on_what_is_selected_or_pointed_at(theme: Theme):
    for ground in (theme.selection, theme.hover):
        assert contrast(theme.text, ground) >= 7
        assert contrast(theme.secondary, ground) >= 4.5
    assert contrast(theme.accent_text, theme.accent) >= 4.5


def test_the_high_contrast_theme_is_that():
    theme = load_theme("high_contrast")
    assert contrast(theme.text, theme.reader) == pytest.approx(21)
    assert theme.line_contrast(theme.secondary) >= 7
    assert theme.line_contrast(theme.line) >= 4.5


def test_tag_colours_are_kept(theme: Theme):
    assert theme.tag("#0072B2") is theme.tag("#0072B2")


def test_what_is_no_colour_is_refused(theme: Theme):
    with pytest.raises(ValueError):
        theme.tag("blue")
