from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.model.annotation import Annotation
from annotator.model.article_index import CHUNK, ArticleIndex, Placed, depths
from annotator.model.span import Fragment, Span

pieces = st.tuples(st.integers(0, 300), st.integers(1, 60)).map(lambda p: (p[0], p[0] + p[1]))


def annotation(uid: str, *spans: tuple[int, int]) -> Annotation:
    fragments = tuple(Fragment(start, stop, "x" * (stop - start)) for start, stop in spans)
    return Annotation(uid, "article", "tag", "set", fragments, "me")


def naive(annotations: dict[str, Annotation], start: int, stop: int) -> list[tuple[int, int, str, int]]:
    found = [
        (f.start, -f.stop, a.uid, n)
        for a in annotations.values()
        for n, f in enumerate(a.fragments)
        if f.start < stop and start < f.stop
    ]
    return sorted(found) if start < stop else []


def test_the_longer_of_two_that_begin_together_comes_first() -> None:
    index = ArticleIndex([annotation("b", (3, 5)), annotation("a", (3, 9)), annotation("c", (3, 9))])
    assert [entry.uid for entry in index.at(4)] == ["a", "c", "b"]


def test_the_end_is_not_covered() -> None:
    index = ArticleIndex([annotation("a", (3, 5))])
    assert index.at(5) == []
    assert index.at(2) == []
    assert index.at(4) == [Placed(3, -5, "a", 0)]


def test_an_empty_range_finds_nothing() -> None:
    assert ArticleIndex([annotation("a", (0, 9))]).between(4, 4) == []


def test_a_placed_fragment_knows_its_span_and_number() -> None:
    index = ArticleIndex([annotation("a", (1, 4), (8, 10))])
    (entry,) = index.at(8)
    assert (entry.span, entry.stop, entry.number) == (Span(8, 10), 10, 1)


def test_adding_the_same_uid_replaces() -> None:
    index = ArticleIndex([annotation("a", (1, 4))])
    index.add(annotation("a", (6, 8)))
    assert len(index) == 1
    assert index.at(2) == []
    assert [entry.uid for entry in index.at(7)] == ["a"]


def test_annotations_are_found_by_uid_and_in_order() -> None:
    first, second = annotation("z", (1, 2), (9, 10)), annotation("a", (4, 5))
    index = ArticleIndex([second, first])
    assert "z" in index
    assert "y" not in index
    assert index.get("a") == second
    assert index.get("y") is None
    assert list(index) == [first, second]


def test_removing_returns_the_annotation_and_an_unknown_one_is_refused() -> None:
    index = ArticleIndex([annotation("a", (1, 4))])
    assert index.remove("a").start == 1
    assert list(index.fragments()) == []
    with pytest.raises(KeyError):
        index.remove("a")


def test_chunks_are_halved_when_they_grow_and_go_when_they_are_empty() -> None:
    index = ArticleIndex()
    uids = [f"{number:04}" for number in range(5 * CHUNK)]
    for number, uid in enumerate(uids):
        index.add(annotation(uid, (number, number + 3)))
    assert [entry.uid for entry in index.at(400)] == uids[398:401]
    for uid in uids[: 4 * CHUNK]:
        index.remove(uid)
    assert index.at(400) == []
    assert len(index) == CHUNK
    assert [entry.uid for entry in index.fragments()] == uids[4 * CHUNK :]


@settings(max_examples=60, deadline=None)
@given(st.lists(pieces, max_size=400), st.data())
def test_queries_equal_a_naive_list_after_any_edits(spans: list[tuple[int, int]], data: st.DataObject) -> None:
    half = len(spans) // 2
    kept = {f"{n:03}": annotation(f"{n:03}", span) for n, span in enumerate(spans[:half])}
    index = ArticleIndex(kept.values())
    for number, span in enumerate(spans[half:]):
        uid = f"{number:03}" if number % 3 == 0 else f"new{number:03}"
        kept[uid] = annotation(uid, span, (span[1] + 2, span[1] + 5))
        index.add(kept[uid])
    doomed = data.draw(st.sets(st.sampled_from(sorted(kept)))) if kept else set()
    for uid in doomed:
        assert index.remove(uid) == kept.pop(uid)
    for start, stop in data.draw(st.lists(pieces, max_size=10)):
        assert index.between(start, stop) == naive(kept, start, stop)
        assert index.at(start) == naive(kept, start, start + 1)
    assert list(index.fragments()) == naive(kept, 0, 10**6)


def test_nested_fragments_stack_with_the_innermost_on_top() -> None:
    outer, inner, beside = Placed(0, -20, "a", 0), Placed(3, -8, "b", 0), Placed(8, -12, "c", 0)
    assert depths([outer, inner, beside]) == {inner: 0, beside: 0, outer: 1}


def test_a_short_fragment_before_another_on_its_level_finds_room() -> None:
    late, early, crossing = Placed(10, -12, "a", 0), Placed(0, -5, "b", 0), Placed(4, -11, "c", 0)
    assert depths([late, early, crossing]) == {late: 0, early: 0, crossing: 1}


def test_within_a_line_only_what_overlaps_there_counts() -> None:
    outer, inner, late = Placed(0, -40, "a", 0), Placed(3, -8, "b", 0), Placed(30, -35, "c", 0)
    assert depths([outer, inner], Span(0, 20)) == {inner: 0, outer: 1}
    assert depths([outer], Span(10, 20)) == {outer: 0}
    assert depths([outer, late], Span(20, 40)) == {late: 0, outer: 1}


def test_the_shorter_stays_inside_where_its_part_of_the_line_is_the_longer() -> None:
    long, short = Placed(0, -100, "a", 0), Placed(90, -130, "b", 0)
    assert depths([long, short], Span(88, 140)) == {short: 0, long: 1}


@settings(max_examples=60, deadline=None)
@given(st.lists(pieces, max_size=40))
def test_overlapping_fragments_never_share_a_depth(spans: list[tuple[int, int]]) -> None:
    entries = [Placed(start, -stop, f"{n:02}", 0) for n, (start, stop) in enumerate(spans)]
    given_depths = depths(entries)
    assert set(given_depths) == set(entries)
    for one in entries:
        for other in entries:
            if one != other and one.span.overlaps(other.span):
                assert given_depths[one] != given_depths[other]
    most = max((sum(one.start <= other.start < one.stop for one in entries) for other in entries), default=0)
    assert max(given_depths.values(), default=-1) + 1 >= most
