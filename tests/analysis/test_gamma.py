from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from analysis.made import CODEBOOK, TEXT, article, tagged
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.analysis.alignment import Units, best_alignment
from annotator.analysis.corpus import corpus
from annotator.analysis.gamma import MOST_SAMPLES, disorders, gamma, gamma_counts, gamma_of

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "corpora" / "gamma-agreement" / "data"
Rows = list[tuple[float, float, int]]


def units(rows: Rows) -> Units:
    table = np.array(sorted(rows), dtype=np.float64).reshape(-1, 3)
    return Units(table[:, 0], table[:, 1], table[:, 2].astype(np.int64))


def stored(name: str) -> list[Units]:
    if not (DATA / name).exists():
        pytest.skip("gamma-agreement: the corpora are not here")
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file) if row]
    tags = {tag: number for number, tag in enumerate(dict.fromkeys(row[1] for row in rows))}
    people = dict.fromkeys(row[0] for row in rows)
    return [units([(float(a), float(b), tags[tag]) for who, tag, a, b in rows if who == one]) for one in people]


def test_alex_paul_and_suzan() -> None:
    coders = stored("AlexPaulSuzan.csv")
    best = best_alignment(coders)
    assert len(best.groups) == 6
    assert best.disorder == pytest.approx(0.96, rel=0.01)
    for bounds in (None, (0, 60)):
        value = gamma(coders, bounds)
        assert value is not None and 0.44 <= value <= 0.47


def test_two_annotators_with_1000_units_each() -> None:
    coders = stored("2by1000.csv")
    assert len(best_alignment(coders).groups) == 1085
    value = gamma(coders, precision=None)
    assert value is not None and 0.4 <= value <= 0.45


def test_three_annotators_with_100_units_each() -> None:
    coders = stored("3by100.csv")
    assert len(best_alignment(coders).groups) == 127
    observed, expected = disorders(coders, precision=None)
    assert 0.79 <= 1 - observed / expected <= 0.82


rows = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 9), st.integers(0, 2)).map(lambda u: (u[0], u[0] + u[1], u[2])),
    max_size=5,
)


@settings(max_examples=30)
@given(rows, rows)
def test_names_of_tags_and_order_of_annotators_do_not_matter(a: Rows, b: Rows) -> None:
    renamed = [[(start, stop, (tag + 1) % 3) for start, stop, tag in one] for one in (b, a)]
    one = gamma([units(a), units(b)], (0, 80), precision=None)
    two = gamma([units(each) for each in renamed], (0, 80), precision=None)
    assert one == (None if two is None else pytest.approx(two, abs=1e-6))


@settings(max_examples=30)
@given(rows)
def test_identity_gives_1_and_two_empty_sets_are_undefined(a: Rows) -> None:
    assert gamma([units(a), units(a)], (0, 80), precision=None) == (1 if a else None)


def test_one_empty_set_is_no_better_than_chance() -> None:
    value = gamma([units([(0, 5, 0)]), units([])], (0, 80))
    assert value is not None and value < 0


def test_more_samples_for_more_precision_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []
    coders = [units([(0, 5, 0), (30, 32, 1)]), units([(1, 6, 0), (50, 60, 1)])]
    from annotator.analysis import gamma as module

    real = module._shifted
    monkeypatch.setattr(module, "_shifted", lambda *args: drawn.append(1) or real(*args))
    assert gamma(coders, precision=None) != gamma(coders, precision=1e-6)
    assert len(drawn) == 30 + MOST_SAMPLES


def test_random_continua_hold_shifted_units_of_the_continuum() -> None:
    from annotator.analysis.gamma import _shifted

    coders = [units([(10, 14, 0), (30, 32, 1)]), units([(55, 60, 0)])]
    random = np.random.default_rng(1)
    for _ in range(50):
        for one in _shifted(coders, 10, 60, 2.0, random):
            assert (one.stop - one.start).tolist() in ([4, 2], [5])
            assert ((one.start >= 10) & (one.start < 60)).all()


def test_a_continuum_too_short_to_keep_the_distances_apart() -> None:
    coders = [units([(0, 3, 0)]), units([(0, 3, 1)]), units([(1, 4, 0)])]
    assert gamma(coders, (0, 4), precision=None) is not None


def test_articles_add_up() -> None:
    first = article(TEXT, [tagged(TEXT, "q", (17, 41)), tagged(TEXT, "s", (0, 10))], [tagged(TEXT, "q", (18, 40))])
    second = article(TEXT, [], [tagged(TEXT, "s", (42, 52))], furniture=[(0, 10)])
    empty = article("", [], [])
    seen: list[int] = []
    both = gamma_counts(corpus([first, second, empty], CODEBOOK), None, goes_on=lambda: seen.append(1))
    apart = [gamma_counts(corpus([one], CODEBOOK), None)[0] for one in (first, second, empty)]
    assert both.tolist() == np.array(apart).tolist()
    assert len(seen) == 3
    whole = both.sum(axis=0)
    assert float(gamma_of(both.sum(axis=0)[None, :])[0]) == 1 - whole[0] / whole[1]
    assert np.isnan(gamma_of(np.array([apart[2]]))[0])


def test_one_tag_alone() -> None:
    one = article(TEXT, [tagged(TEXT, "q", (17, 41)), tagged(TEXT, "s", (0, 10))], [tagged(TEXT, "q", (17, 41))])
    of = corpus([one], CODEBOOK)
    assert float(gamma_of(gamma_counts(of, 0))[0]) == 1
    assert float(gamma_of(gamma_counts(of, None))[0]) < 1


def test_what_has_not_changed_is_not_computed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    from annotator.analysis import gamma as module

    first = article(TEXT, [tagged(TEXT, "q", (17, 41))], [tagged(TEXT, "q", (18, 40))])
    second = article(TEXT, [tagged(TEXT, "s", (0, 10))], [tagged(TEXT, "s", (42, 52))])
    changed = article(TEXT, [tagged(TEXT, "s", (0, 9))], [tagged(TEXT, "s", (42, 52))])
    asked: list[int] = []
    real = module.disorders

    def counting(*args: object, **options: object) -> object:
        asked.append(1)
        return real(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "disorders", counting)
    monkeypatch.setattr(module, "_known", {})
    both = gamma_counts(corpus([first, second], CODEBOOK), None)
    assert len(asked) == 2
    # The other way round each begins at another place of the line, and is the same article still.
    assert gamma_counts(corpus([second, first], CODEBOOK), None).tolist() == both[::-1].tolist()
    assert len(asked) == 2
    gamma_counts(corpus([first, changed], CODEBOOK), None)
    assert len(asked) == 3
    gamma_counts(corpus([first], CODEBOOK), None, seed=1)
    gamma_counts(corpus([first], CODEBOOK), None, precision=0.1)
    assert len(asked) == 5


def test_not_more_is_remembered_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    from annotator.analysis import gamma as module

    known: dict[bytes, tuple[float, float]] = {}
    monkeypatch.setattr(module, "_known", known)
    monkeypatch.setattr(module, "MOST_KNOWN", 2)
    for start in range(5):
        one = article(TEXT, [tagged(TEXT, "q", (start, 20))], [tagged(TEXT, "q", (0, 20))])
        gamma_counts(corpus([one], CODEBOOK), None)
        assert len(known) <= 2
