from __future__ import annotations

import pytest
from analysis.made import CODEBOOK, TEXT, article, articles, tagged
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.analysis.confusion import confusion, heat
from annotator.analysis.corpus import ArticleAnnotations


def test_cells_hold_the_annotations_that_fell_into_them() -> None:
    a = [
        tagged(TEXT, "q", (17, 41), uid="a1"),
        tagged(TEXT, "s", (0, 10), uid="a2"),
        tagged(TEXT, "s", (60, 66), uid="a3"),
    ]
    b = [
        tagged(TEXT, "q", (18, 41), uid="b1"),
        tagged(TEXT, "q", (0, 10), uid="b2"),
        tagged(TEXT, "q", (42, 52), uid="b3"),
    ]
    found = confusion([article(TEXT, a, b), article(TEXT, a[:1], [])], CODEBOOK)
    assert found.tags == ("q", "s")
    assert found.cells == {
        ("q", "q"): (("a1", "b1"),),
        ("s", "q"): (("a2", "b2"),),
        ("s", None): (("a3", None),),
        (None, "q"): ((None, "b3"),),
        ("q", None): (("a1", None),),
    }
    assert found.count("q", "q") == 1
    assert found.count("q", "s") == 0


def test_any_two_of_the_annotators() -> None:
    a = [tagged(TEXT, "q", (17, 41), uid="a1")]
    found = confusion([article(TEXT, [], a, a)], CODEBOOK, (1, 2))
    assert found.cells == {("q", "q"): (("a1", "a1"),)}


@settings(max_examples=50)
@given(st.lists(articles(), max_size=3))
def test_turning_the_annotators_round_turns_the_matrix(several: list[ArticleAnnotations]) -> None:
    one, two = confusion(several, CODEBOOK), confusion(several, CODEBOOK, (1, 0))
    for first in (*one.tags, None):
        total = sum(one.count(first, second) for second in (*one.tags, None))
        assert total == sum(two.count(second, first) for second in (*one.tags, None))
    made = sum(len(annotations) for each in several for annotations in each.annotations)
    assert sum((a is not None) + (b is not None) for pairs in one.cells.values() for a, b in pairs) == made


def test_heat_is_the_share_of_each_stretch_that_differs() -> None:
    one = article(
        "x" * 40, [tagged("x" * 40, "q", (0, 10))], [tagged("x" * 40, "q", (5, 10)), tagged("x" * 40, "s", (30, 40))]
    )
    assert heat(one, 4) == (0.5, 0, 0, 1)
    assert heat(one, 1) == (15 / 40,)
    assert heat(one, 4, (0, 0)) == (0, 0, 0, 0)
    assert sum(heat(one, 100)) == 15


def test_heat_leaves_furniture_out_and_bears_an_empty_text() -> None:
    assert heat(article("x" * 10, [tagged("x" * 10, "q", (0, 10))], [], furniture=[(0, 5)]), 2) == (0, 1)
    assert heat(article("", [], []), 3) == (0, 0, 0)


@settings(max_examples=50)
@given(articles(), st.integers(1, 30))
def test_heat_is_the_same_in_both_directions(one: ArticleAnnotations, stretches: int) -> None:
    assert heat(one, stretches) == heat(one, stretches, (1, 0))
    assert len(heat(one, stretches)) == stretches
    assert sum(heat(one, len(one.text))) == pytest.approx(heat(one, 1)[0] * len(one.text))
