from __future__ import annotations

import subprocess
import sys

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from annotator.analysis.small_parts import FEW, connected, heaviest_few

PAIRS = st.dictionaries(
    st.tuples(st.integers(0, FEW - 1), st.integers(0, 14)), st.integers(1, 2**40).map(float), min_size=1, max_size=40
)


@given(PAIRS)
def test_the_sum_is_that_of_scipy_and_no_unit_is_chosen_twice(weights: dict[tuple[int, int], float]) -> None:
    few, many = zip(*weights, strict=True)
    chosen = heaviest_few(few, many, list(weights.values()))
    assert len({few[at] for at in chosen}) == len({many[at] for at in chosen}) == len(chosen)
    matrix = np.zeros((FEW, 15))
    for (i, j), weight in weights.items():
        matrix[i, j] = weight
    assert sum(matrix[few[at], many[at]] for at in chosen) == matrix[linear_sum_assignment(matrix, maximize=True)].sum()


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, unique=True))
def test_what_hangs_together_is_what_scipy_says(pairs: list[tuple[int, int]]) -> None:
    first, second = zip(*pairs, strict=True)
    graph = coo_array((np.ones(len(pairs)), (first, np.array(second) + 10)), shape=(20, 20))
    label = connected_components(graph, directed=False)[1]
    groups: dict[int, list[int]] = {}
    for at, one in enumerate(first):
        groups.setdefault(int(label[one]), []).append(at)
    assert sorted(connected(first, second)) == sorted(groups.values())


def test_differences_of_one_article_are_found_without_scipy() -> None:
    script = (
        "import sys; from annotator.analysis.matching import Unit, match; from annotator.model.span import Span;"
        "a = [Unit('x', (Span(0, 10),)), Unit('x', (Span(10, 16),))];"
        "b = [Unit('x', (Span(4, 15),)), Unit('x', (Span(0, 5),))];"
        "print(match(a, b).pairs, 'scipy' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout == "((0, 1), (1, 0)) False\n"
