from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.analysis.krippendorff import Metric, alpha, interval, nominal, ordinal, ratio

# Krippendorff 2011, section C: four coders, twelve units, values missing.
FOUR_CODERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]
# The worked example of three coders and fifteen units in Wikipedia's article on the measure.
THREE_CODERS = [
    [None, None, None, None, None, 3, 4, 1, 2, 1, 1, 3, 3, None, 3],
    [1, None, 2, 1, 3, 3, 4, 3, None, None, None, None, None, None, None],
    [None, None, 2, 1, 3, 4, 4, None, 2, 1, 1, 3, 3, None, 4],
]


@pytest.mark.parametrize(
    ("metric", "expected"), [(nominal, 0.743), (ordinal, 0.815), (interval, 0.849), (ratio, 0.797)]
)
def test_krippendorff_2011(metric: Metric, expected: float) -> None:
    assert alpha(FOUR_CODERS, metric) == pytest.approx(expected, abs=5e-4)


def test_three_coders_of_wikipedia() -> None:
    assert alpha(THREE_CODERS) == pytest.approx(0.691, abs=5e-4)


def test_undefined_without_variation_or_without_anything_to_pair() -> None:
    assert alpha([[1, 1], [1, 1]]) is None
    assert alpha([[1, None], [None, 2]]) is None
    assert alpha([[], []]) is None


def test_zeros_do_not_differ_in_ratio_data() -> None:
    assert alpha([[0, 1, 2], [0, 1, 2]], ratio) == 1


def test_labels_may_be_anything_hashable() -> None:
    assert alpha([["x", ("y",), None], ["x", ("y",), "x"]]) == 1


def test_rows_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        alpha([[1], [1, 2]])


@given(st.lists(st.tuples(*[st.none() | st.integers(1, 4)] * 3), max_size=10), st.permutations(range(3)))
def test_order_of_coders_does_not_matter(units: list[tuple[int | None, ...]], order: list[int]) -> None:
    rows = [[unit[coder] for unit in units] for coder in range(3)]
    for metric in (nominal, ordinal, interval, ratio):
        one, two = alpha(rows, metric), alpha([rows[coder] for coder in order], metric)
        assert one == (None if two is None else pytest.approx(two))
