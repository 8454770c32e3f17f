from __future__ import annotations

from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.analysis import assignment
from annotator.analysis.matching import Matching, Unit, match, match_across_tags, match_exact, unit_of
from annotator.model.annotation import Annotation
from annotator.model.span import Span, fragments, joined


def unit(tag: str, *ranges: tuple[int, int]) -> Unit:
    return Unit(tag, tuple(Span(start, stop) for start, stop in ranges))


spans = st.tuples(st.integers(0, 12), st.integers(1, 8)).map(lambda pair: Span(pair[0], sum(pair)))
units = st.builds(Unit, st.sampled_from("xy"), st.lists(spans, min_size=1, max_size=2).map(joined))
sets = st.lists(units, max_size=4)


def covered(one: Unit) -> set[int]:
    return {position for span in one.fragments for position in range(span.start, span.stop)}


def shared(one: Unit, two: Unit) -> int:
    return len(covered(one) & covered(two)) if one.tag == two.tag else 0


def worth(a: list[Unit], b: list[Unit], pairs: tuple[tuple[int, int], ...]) -> tuple[int, int, int]:
    exact = sum(a[i] == b[j] for i, j in pairs)
    return sum(shared(a[i], b[j]) for i, j in pairs), exact, len(pairs)


def all_pairings(a: list[Unit], b: list[Unit]) -> list[tuple[tuple[int, int], ...]]:
    return [
        tuple(zip(left, right, strict=True))
        for size in range(min(len(a), len(b)) + 1)
        for left in combinations(range(len(a)), size)
        for right in permutations(range(len(b)), size)
        if all(shared(a[i], b[j]) for i, j in zip(left, right, strict=True))
    ]


def greedy(a: list[Unit], b: list[Unit]) -> tuple[tuple[int, int], ...]:
    order = sorted(((-shared(p, q), i, j) for i, p in enumerate(a) for j, q in enumerate(b) if shared(p, q)))
    pairs: list[tuple[int, int]] = []
    for _, i, j in order:
        if all(i != k and j != m for k, m in pairs):
            pairs.append((i, j))
    return tuple(pairs)


@given(sets, sets)
def test_the_best_of_all_pairings_is_found(a: list[Unit], b: list[Unit]) -> None:
    found = match(a, b)
    assert worth(a, b, found.pairs) == max(worth(a, b, pairing) for pairing in all_pairings(a, b))
    assert worth(a, b, found.pairs) >= worth(a, b, greedy(a, b))


@given(sets, sets)
def test_every_unit_is_paired_or_left_over_once(a: list[Unit], b: list[Unit]) -> None:
    for found in (match(a, b), match_exact(a, b), match_across_tags(a, b)):
        assert sorted([*(i for i, _ in found.pairs), *found.only_a]) == list(range(len(a)))
        assert sorted([*(j for _, j in found.pairs), *found.only_b]) == list(range(len(b)))


@given(sets, sets)
def test_both_directions_are_worth_the_same(a: list[Unit], b: list[Unit]) -> None:
    assert worth(a, b, match(a, b).pairs) == worth(b, a, match(b, a).pairs)


@given(sets)
def test_a_set_matches_itself_exactly(a: list[Unit]) -> None:
    for found in (match(a, a), match_exact(a, a), match_across_tags(a, a)):
        assert not found.only_a
        assert all(a[i] == a[j] for i, j in found.pairs)


@given(sets, sets)
def test_exact_pairs_are_as_many_as_the_sets_have_in_common(a: list[Unit], b: list[Unit]) -> None:
    common = sum(min(a.count(one), b.count(one)) for one in set(a))
    assert len(match_exact(a, b).pairs) == common


@given(sets, sets)
def test_a_large_part_is_solved_as_a_matrix_full_or_sparse_with_the_same_worth(a: list[Unit], b: list[Unit]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        expected = worth(a, b, match(a, b).pairs)
        patch.setattr(assignment, "FEW", 1)
        patch.setattr(assignment, "FEW_PAIRS", 0)
        assert worth(a, b, match(a, b).pairs) == expected
        patch.setattr(assignment, "DENSE_CELLS", 0)
        assert worth(a, b, match(a, b).pairs) == expected


def test_greedy_would_lose_here() -> None:
    a, b = [unit("x", (0, 10)), unit("x", (10, 16))], [unit("x", (4, 15)), unit("x", (0, 5))]
    assert match(a, b).pairs == ((0, 1), (1, 0))
    assert greedy(a, b) == ((0, 0),)


def test_the_most_shared_words_count_before_the_number_of_pairs() -> None:
    a, b = [unit("x", (0, 100)), unit("x", (100, 101))], [unit("x", (0, 101)), unit("x", (0, 1))]
    assert match(a, b) == Matching(((0, 0),), (1,), (1,))


def test_fragments_match_by_what_they_cover() -> None:
    a, b = [unit("x", (0, 5), (10, 15))], [unit("x", (6, 9)), unit("x", (12, 20))]
    assert match(a, b) == Matching(((0, 1),), (), (0,))
    assert match_exact(a, b) == Matching((), (0,), (0, 1))


def test_across_tags_half_must_be_shared() -> None:
    a = [unit("quote", (0, 100)), unit("speaker", (110, 120)), unit("cue", (200, 204))]
    b = [unit("place", (10, 20)), unit("place", (110, 115)), unit("cue", (203, 209))]
    assert match_across_tags(a, b) == Matching(((1, 1), (2, 2)), (0,), (0,))


def test_an_annotation_is_matched_by_tag_and_fragments() -> None:
    pieces = fragments("one two three", [Span(0, 3), Span(8, 13)])
    assert unit_of(Annotation("u", "a", "x", "s", pieces, "p")) == unit("x", (0, 3), (8, 13))
