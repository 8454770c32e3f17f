from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import combinations, product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.analysis import alignment, partition
from annotator.analysis.alignment import Units, Weights, best_alignment, dissimilarity

CORPORA = Path(__file__).resolve().parents[2].parent / "shared" / "corpora"
Rows = list[tuple[float, float, int]]

rows = st.lists(
    st.tuples(st.integers(0, 12), st.integers(1, 6), st.integers(0, 1)).map(lambda u: (u[0], u[0] + u[1], u[2])),
    max_size=2,
)
WEIGHTS = Weights()


def units(given_rows: Rows) -> Units:
    table = np.array(sorted(given_rows), dtype=np.float64).reshape(-1, 3)
    return Units(table[:, 0], table[:, 1], table[:, 2].astype(np.int64))


def between(one: Units, i: int, other: Units, j: int) -> float:
    if i < 0 or j < 0:
        return WEIGHTS.empty
    return float(dissimilarity(one, other, np.array([i]), np.array([j]), WEIGHTS)[0])


def cost(coders: list[Units], group: tuple[int, ...]) -> float:
    pairs = list(combinations(range(len(coders)), 2))
    return sum(between(coders[a], group[a], coders[b], group[b]) for a, b in pairs) / len(pairs)


def partitions(coders: list[Units], left: list[set[int]]) -> Iterator[list[tuple[int, ...]]]:
    """All alignments: the first unit that is left, with each choice of one or none of every other annotator."""
    first = next((coder for coder, free in enumerate(left) if free), None)
    if first is None:
        yield []
        return
    unit = min(left[first])
    for choice in product(*([-1, *free] if coder > first else [-1] for coder, free in enumerate(left))):
        group = tuple(unit if coder == first else one for coder, one in enumerate(choice))
        rest = [free - {one} for free, one in zip(left, group, strict=True)]
        for more in partitions(coders, rest):
            yield [group, *more]


@settings(max_examples=60)
@given(st.lists(rows, min_size=2, max_size=3))
def test_brute_force_finds_nothing_better(made: list[Rows]) -> None:
    coders = [units(one) for one in made]
    everything = list(partitions(coders, [set(range(len(one.start))) for one in coders]))
    best = min(sum(cost(coders, group) for group in one) for one in everything)
    found = best_alignment(coders)
    assert float(found.disorders.sum()) == pytest.approx(best, abs=1e-6)
    assert [cost(coders, tuple(group)) for group in found.groups.tolist()] == pytest.approx(found.disorders.tolist())
    assert len(found.groups) == min(
        len(one) for one in everything if sum(cost(coders, group) for group in one) <= best + 1e-9
    )


@settings(max_examples=60)
@given(st.lists(rows, min_size=2, max_size=4))
def test_every_unit_is_in_one_unitary_alignment(made: list[Rows]) -> None:
    found = best_alignment([units(one) for one in made])
    for coder, one in enumerate(made):
        column = found.groups[:, coder]
        assert sorted(column[column >= 0].tolist()) == list(range(len(one)))


@settings(max_examples=60)
@given(st.lists(rows, min_size=2, max_size=3))
def test_looking_only_at_what_is_near_changes_nothing(made: list[Rows]) -> None:
    coders = [units(one) for one in made]
    expected = best_alignment(coders).disorders.sum()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(alignment, "_FULL_CELLS", -1)
        assert best_alignment(coders).disorders.sum() == pytest.approx(expected)


@settings(max_examples=60)
@given(st.lists(rows, min_size=3, max_size=4))
def test_the_integer_programme_finds_the_same(made: list[Rows]) -> None:
    coders = [units(one) for one in made]
    expected = best_alignment(coders)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(partition, "STATES", 0)
        found = best_alignment(coders)
    assert found.disorders.sum() == pytest.approx(expected.disorders.sum())
    assert len(found.groups) == len(expected.groups)


def test_nobody_has_a_unit() -> None:
    for coders in (2, 3):
        found = best_alignment([units([])] * coders)
        assert found.groups.shape == (0, coders)
        assert np.isnan(found.disorder)


FIXTURES = ["01_two_annotators_simple", "02_unequal_counts", "03_identical_perfect", "04_three_annotators"]
FIXTURES += ["05_larger_two_annotators", "06_weighted_alpha3_beta2"]


def continuum(listed: list[dict[str, object]]) -> list[Units]:
    people = list(dict.fromkeys(str(unit["annotator"]) for unit in listed))
    return [
        units(
            [
                (float(str(u["start"])), float(str(u["stop" if "stop" in u else "end"])), ord(str(u["category"])))
                for u in listed
                if u["annotator"] == person
            ]
        )
        for person in people
    ]


@pytest.mark.parametrize("name", FIXTURES)
def test_dissimilarities_and_best_alignments_of_another_implementation(name: str) -> None:
    path = CORPORA / "dkpro-agreement" / "pygamma" / f"fixture_{name}.json"
    if not path.exists():
        pytest.skip("dkpro-agreement: the corpora are not here")
    stored = json.loads(path.read_text(encoding="utf-8"))
    weights = Weights(*(stored["params"][key] for key in ("alpha", "beta", "deltaEmpty")))
    coders = continuum(stored["continuum"])
    people = {name: number for number, name in enumerate(dict.fromkeys(u["annotator"] for u in stored["continuum"]))}
    for pair in stored["tier1"]["pairDissimilarities"]:
        one, other = (coders[people[pair[f"annotator{side}"]]] for side in "AB")
        i, j = (np.array([pair[f"unitIndex{side}"]]) for side in "AB")
        assert float(dissimilarity(one, other, i, j, weights)[0]) == pytest.approx(pair["combined"], rel=1e-5)
    assert best_alignment(coders, weights).disorder == pytest.approx(stored["tier1"]["bestAlignmentDisorder"], abs=1e-5)
    for sample in stored["tier2"]["sampledContinua"]:
        found = best_alignment(continuum(sample["units"]), weights)
        assert found.disorder == pytest.approx(sample["bestAlignmentDisorder"], abs=1e-5)
