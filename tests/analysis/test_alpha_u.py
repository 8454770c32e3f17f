from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from analysis.made import CODEBOOK, article, articles, tagged
from hypothesis import given
from hypothesis import strategies as st

from annotator.analysis.alpha_u import Category, alpha_u, alpha_u_tallies, category
from annotator.analysis.bootstrap import estimates
from annotator.analysis.corpus import ArticleAnnotations, corpus
from annotator.analysis.overlaps import Intervals

Units = list[tuple[int, int]]


def intervals(units: Units) -> Intervals:
    """Units as (start, length)."""
    table = np.array([(0, start, start + length) for start, length in units], dtype=np.int64).reshape(-1, 3)
    return Intervals(*table.T)


def continuum(coders: list[Units], start: int, length: int) -> Category:
    found = category([intervals(units) for units in coders], np.array([start, start + length]))
    assert found is not None
    return found


def disagreement(coders: list[Units], start: int, length: int) -> tuple[float, float]:
    one = continuum(coders, start, length)
    observed, expected = one.disagreement(one.counts.sum(axis=0)[None, :])  # type: ignore[attr-defined]
    return float(observed[0]), float(expected[0])


C = [[(225, 70), (370, 30)], [(220, 80), (355, 20), (400, 20)]]
K = [[(180, 60), (300, 50)], [(180, 60), (300, 50)]]


def test_krippendorff_2004() -> None:
    c, k = disagreement(C, 150, 300), disagreement(K, 150, 300)
    assert c == (pytest.approx(0.0144, abs=5e-5), pytest.approx(0.0532, abs=5e-5))
    assert 1 - c[0] / c[1] == pytest.approx(0.7286, abs=5e-4)
    assert k[0] == 0
    assert 1 - (c[0] + k[0]) / (c[1] + k[1]) == pytest.approx(0.859, abs=5e-4)


def test_the_order_of_coders_does_not_matter() -> None:
    assert disagreement(C[::-1], 150, 300) == pytest.approx(disagreement(C, 150, 300))


def test_overlapping_units_of_one_coder_have_no_place_in_it() -> None:
    assert category([intervals([(0, 5), (4, 3)]), intervals([])], np.array([0, 20])) is None
    assert category([intervals([(0, 4), (4, 3)]), intervals([])], np.array([0, 20])) is not None


def sections(units: Units, length: int, border: int) -> list[tuple[int, int, bool]]:
    """Units and gaps of one coder as (begin, length, is a unit); no gap reaches across the border."""
    result, at = [], 0
    for start, size in sorted([*units, (border, 0), (length, 0)]):
        result += [(at, start - at, False)] * (start > at) + [(start, size, True)] * (size > 0)
        at = start + size
    return result


def by_definition(coders: list[Units], length: int, border: int = 0) -> tuple[float, float]:
    """D_o and D_e as the formulas stand, section by section."""
    rows = [sections(units, length, border) for units in coders]
    total = 0.0
    for one, other in permutations(rows, 2):
        for b, size, unit in one:
            for c, other_size, other_unit in other:
                if unit and other_unit and -size < b - c < other_size:
                    total += (b - c) ** 2 + (b + size - c - other_size) ** 2
                elif unit and not other_unit and other_size - size >= b - c >= 0:
                    total += size**2
                elif other_unit and not unit and size - other_size >= c - b >= 0:
                    total += other_size**2
    m, units = len(coders), [size for row in rows for _, size, unit in row if unit]
    gaps = [size for row in rows for _, size, unit in row if not unit]
    above = sum(
        (len(units) - 1) / 3 * (2 * u**3 - 3 * u**2 + u) + u**2 * sum(g - u + 1 for g in gaps if g >= u) for u in units
    )
    below = m * length * (m * length - 1) - sum(u * (u - 1) for u in units)
    return total / (m * (m - 1) * length**2), 2 / length * above / below


disjoint = st.lists(st.integers(0, 30), max_size=8, unique=True).map(
    lambda ends: [(a, b - a) for a, b in zip(sorted(ends)[::2], sorted(ends)[1::2], strict=False)]
)


@given(st.lists(disjoint, min_size=2, max_size=3))
def test_counting_lengths_gives_what_the_formulas_give(coders: list[Units]) -> None:
    observed, expected = disagreement(coders, 0, 31)
    assert (observed, expected) == pytest.approx(by_definition(coders, 31))


@given(disjoint)
def test_identity_gives_1_and_nothing_is_undefined(units: Units) -> None:
    one = continuum([units, units], 0, 31)
    value = float(alpha_u([one.disagreement(one.counts.sum(axis=0)[None, :])])[0])  # type: ignore[attr-defined]
    assert value == 1 if units else np.isnan(value)


def values(several: list[ArticleAnnotations]) -> dict[int | None, float | None]:
    tallies = {tag: tally for tag, tally in alpha_u_tallies(corpus(several, CODEBOOK)) if tally}
    found = estimates(list(tallies.values()))
    return {tag: each["alpha_u"].value for tag, each in zip(tallies, found, strict=True)}


def test_articles_are_laid_end_to_end_without_furniture() -> None:
    text = "x" * 20
    several = [
        article(text, [tagged(text, "q", (0, 4), (8, 12))], [tagged(text, "q", (0, 5))], furniture=[(6, 8)]),
        article(text, [], [tagged(text, "s", (3, 9))]),
        article("", [], []),
    ]
    q = by_definition([[(0, 4), (6, 4)], [(0, 5)]], 38, border=18)
    s = by_definition([[], [(21, 6)]], 38, border=18)
    assert values(several) == {
        0: pytest.approx(1 - q[0] / q[1]),
        1: pytest.approx(1 - s[0] / s[1]),
        None: pytest.approx(1 - (q[0] + s[0]) / (q[1] + s[1])),
    }


def test_one_article_is_one_continuum() -> None:
    text = "x" * 31
    one = article(text, [tagged(text, "q", (0, 4), (8, 12))], [tagged(text, "q", (0, 5))])
    observed, expected = by_definition([[(0, 4), (8, 4)], [(0, 5)]], 31)
    value = pytest.approx(1 - observed / expected)
    assert values([one]) == {0: value, 1: None, None: value}


def test_overlapping_units_leave_that_tag_and_all_undefined() -> None:
    text = "x" * 31
    one = article(text, [tagged(text, "q", (0, 4)), tagged(text, "q", (2, 6), uid="b")], [tagged(text, "s", (0, 5))])
    assert set(values([one])) == {1}
    both = article(text, [*one.annotations[0], *(tagged(text, "s", (0, 3 + n)) for n in (1, 2))], [])
    assert values([both]) == {}


@given(st.lists(articles(), min_size=1, max_size=3))
def test_coders_may_change_places(several: list[ArticleAnnotations]) -> None:
    turned = [ArticleAnnotations(one.text, one.annotations[::-1], one.furniture) for one in several]
    one, two = values(several), values(turned)
    assert one == {tag: None if value is None else pytest.approx(value) for tag, value in two.items()}
