from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.analysis import krippendorff, nominal
from annotator.analysis.nominal import Counts, counts

CORPORA = Path(__file__).resolve().parents[2].parent / "shared" / "corpora"
ALL = (
    nominal.observed,
    nominal.cohen_kappa,
    nominal.scott_pi,
    nominal.bennett_s,
    nominal.fleiss_kappa,
    nominal.alpha_nominal,
)
label_rows = (
    st.integers(2, 4)
    .flatmap(lambda coders: st.lists(st.tuples(*[st.sampled_from("abc")] * coders), min_size=1, max_size=12))
    .map(lambda items: [list(row) for row in zip(*items, strict=True)])
)


def from_table(cells: dict[tuple[str, str], int]) -> Counts:
    pairs = [pair for pair, times in cells.items() for _ in range(times)]
    return counts([[a for a, _ in pairs], [b for _, b in pairs]])


ARTSTEIN_POESIO = {
    ("stat", "stat"): 46,
    ("ireq", "ireq"): 32,
    ("chck", "chck"): 10,
    ("ireq", "stat"): 6,
    ("ireq", "chck"): 6,
}
EXPECTED = {"observed": 0.88, "cohen_kappa": 0.80132, "scott_pi": 0.79953, "bennett_s": 0.82, "alpha_nominal": 0.80053}


def assert_artstein_poesio(of: Counts) -> None:
    for name, expected in EXPECTED.items():
        assert float(getattr(nominal, name)(of)) == pytest.approx(expected, abs=5e-6), name
    assert float(nominal.fleiss_kappa(of)) == pytest.approx(0.79953, abs=5e-6)


def test_artstein_and_poesio_2008() -> None:
    assert_artstein_poesio(from_table(ARTSTEIN_POESIO))


def test_artstein_and_poesio_2008_from_the_file() -> None:
    path = CORPORA / "artstein-poesio" / "artstein_poesio_example.txt"
    if not path.exists():
        pytest.skip(f"{path.parent.name}: the corpora are not here")
    rows = [line.split() for line in path.read_text(encoding="utf-8").splitlines()]
    labels = [[label for coder, _, label in rows if coder == name] for name in "ab"]
    assert_artstein_poesio(counts(labels))


def test_krippendorff_1995_bertha_and_bill() -> None:
    # Of the tables of 24 positions only this one (or its mirror) has all three values.
    of = from_table({("unit", "unit"): 6, ("gap", "unit"): 8, ("gap", "gap"): 10})
    assert float(nominal.cohen_kappa(of)) == pytest.approx(0.385, abs=5e-4)
    assert float(nominal.scott_pi(of)) == pytest.approx(0.314, abs=5e-4)
    assert float(nominal.alpha_nominal(of)) == pytest.approx(0.329, abs=5e-4)


def test_fleiss_1971_many_raters_from_the_formula() -> None:
    rows = [["a", "a", "b", "b"], ["a", "b", "b", "b"], ["a", "a", "b", "c"]]
    # Items: aaa, aba, bbb, bbc; P = (1, 1/3, 1, 1/3), p = (5, 6, 1) / 12.
    agreement, chance = 2 / 3, (25 + 36 + 1) / 144
    assert float(nominal.observed(counts(rows))) == pytest.approx(agreement)
    assert float(nominal.fleiss_kappa(counts(rows))) == pytest.approx((agreement - chance) / (1 - chance))


def test_all_agree_on_one_category_is_undefined() -> None:
    of = counts([["a"] * 24, ["a"] * 24])
    assert float(nominal.observed(of)) == 1
    for measure in ALL[1:]:
        assert np.isnan(measure(of)), measure.__name__


def test_nothing_is_undefined() -> None:
    of = Counts(np.zeros(1), np.zeros((2, 3)))
    for measure in ALL:
        assert np.isnan(measure(of)), measure.__name__


def test_replicates_are_computed_at_once() -> None:
    one, two = from_table(ARTSTEIN_POESIO), from_table({("stat", "stat"): 5, ("ireq", "chck"): 5, ("chck", "ireq"): 1})
    both = Counts(np.stack([one.agree, two.agree]), np.stack([one.used, two.used]))
    for measure in ALL:
        assert measure(both).tolist() == [float(measure(one)), float(measure(two))]


@given(label_rows)
def test_order_of_annotators_and_names_of_labels_do_not_matter(rows: list[list[str]]) -> None:
    renamed = [[{"a": 3, "b": 1, "c": 2}[x] for x in row] for row in reversed(rows)]
    for measure in ALL:
        assert float(measure(counts(rows))) == pytest.approx(float(measure(counts(renamed))), nan_ok=True)


@given(label_rows)
def test_agreement_with_oneself_is_1(rows: list[list[str]]) -> None:
    same = counts([rows[0]] * 3)
    for measure in ALL:
        undefined = len(set(rows[0])) == 1 and measure is not nominal.observed
        assert float(measure(same)) == pytest.approx(np.nan if undefined else 1, nan_ok=True), measure.__name__


@given(label_rows)
def test_alpha_is_the_one_of_the_coincidence_matrix(rows: list[list[str]]) -> None:
    expected = krippendorff.alpha(rows)
    value = float(nominal.alpha_nominal(counts(rows)))
    assert np.isnan(value) if expected is None else value == pytest.approx(expected)


@pytest.mark.parametrize("number", ["01_paradox_2x2", "02_cohen_ex1", "03_cohen_ex2"])
def test_observed_agreement_of_the_gwet_tables(number: str) -> None:
    path = CORPORA / "dkpro-agreement" / "gwet" / f"fixture_{number}.json"
    if not path.exists():
        pytest.skip(f"{path.parent.name}: the corpora are not here")
    given_table = json.loads(path.read_text(encoding="utf-8"))
    of = from_table({(str(i), str(j)): n for i, row in enumerate(given_table["table"]) for j, n in enumerate(row)})
    assert float(nominal.observed(of)) == pytest.approx(given_table["cases"][0]["pa"], abs=5e-4)
