from __future__ import annotations

import numpy as np
import pytest

from annotator.analysis.assignment import Numbers
from annotator.analysis.bootstrap import Estimate, Tally, estimates, sparse


def share(sums: Numbers) -> Numbers:
    with np.errstate(invalid="ignore"):
        return np.where(sums[:, 1] > 0, sums[:, 0] / sums[:, 1], np.nan)


HALF = np.array([[k % 2, 1.0] for k in range(40)])


def test_the_interval_holds_the_value_and_is_as_wide_as_the_normal_one() -> None:
    [found] = estimates([Tally(HALF, {"share": share})])
    one = found["share"]
    assert one.value == 0.5
    assert one.low is not None and one.high is not None
    assert one.high - one.low == pytest.approx(2 * 1.96 * 0.5 / 40**0.5, rel=0.1)


def test_the_same_in_every_run_and_with_sparse_counts() -> None:
    expected = estimates([Tally(HALF, {"share": share})])
    rows, columns = np.nonzero(HALF)
    counts = sparse(rows, columns, HALF[rows, columns], HALF.shape)
    assert estimates([Tally(counts, {"share": share})]) == expected


def test_one_article_has_no_interval() -> None:
    assert estimates([Tally(HALF[:1], {"share": share})]) == [{"share": Estimate(0.0)}]
    assert estimates([Tally(HALF, {"share": share})], replicates=0) == [{"share": Estimate(0.5)}]


def test_undefined_has_neither_value_nor_interval() -> None:
    assert estimates([Tally(np.zeros((3, 2)), {"share": share})]) == [{"share": Estimate(None)}]


def test_no_interval_when_most_replicates_are_undefined() -> None:
    rare = np.zeros((3, 2))
    rare[0] = 1
    assert estimates([Tally(rare, {"share": share})])[0]["share"] == Estimate(1.0, 1.0, 1.0)

    def only_whole(sums: Numbers) -> Numbers:
        return np.where(sums[:, 0] == 1, 1.0, np.nan)

    assert estimates([Tally(rare, {"whole": only_whole})])[0]["whole"] == Estimate(1.0)


def test_sparse_counts_are_added_up() -> None:
    counts = sparse(np.array([0, 0, 1]), np.array([1, 1, 0]), np.array([2, 3, 4]), (2, 2))
    assert counts.toarray().tolist() == [[0, 5], [4, 0]]


def test_no_tallies() -> None:
    assert estimates([]) == []
