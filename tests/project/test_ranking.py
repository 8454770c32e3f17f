from __future__ import annotations

from array import array
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.project import ranking
from annotator.project.ranking import Ranking


class Rows:
    """Articles by row number, and how often it was asked for some."""

    def __init__(self, uids: dict[int, str]) -> None:
        self.uids, self.asked = uids, 0

    def article_uids(self, rows: Sequence[int]) -> dict[int, str]:
        self.asked += 1
        return {row: self.uids[row] for row in rows if row in self.uids}

    def article_row(self, uid: str) -> int | None:
        return next((row for row, other in self.uids.items() if other == uid), None)


@given(
    st.lists(st.integers(1, 400), unique=True)
    | st.lists(st.integers(1, 2**62), unique=True, max_size=5)
    | st.tuples(st.integers(0, 60), st.integers(0, 40)).map(lambda some: list(range(some[0], sum(some)))),
    st.lists(st.integers(0, 500)),
)
def test_places_of_rows_whatever_their_numbers(rows: list[int], asked: list[int]) -> None:
    made = Ranking(Rows({row: f"a{row}" for row in rows}), array("q", rows))
    wanted = [*asked, *rows[::2]]
    assert list(ranking.marked_places(made.marked(wanted))) == sorted(
        {rows.index(row) for row in wanted if row in rows}
    )
    assert [made.uid(place) for place in range(len(made))] == [f"a{row}" for row in rows]
    assert made.uids(range(len(made))) == [f"a{row}" for row in rows]
    assert [made.place(f"a{row}") for row in rows] == list(range(len(rows)))
    assert [made.row(place) for place in range(len(made))] == rows


@given(first=st.integers(0, 3), size=st.integers(1, 40), asked=st.lists(st.integers(0, 60)))
def test_rows_that_follow_each_other(first: int, size: int, asked: list[int]) -> None:
    rows = range(min(first, size), min(first, size) + size)
    made = Ranking(Rows({row: f"a{row}" for row in rows}), array("q", rows))
    assert list(made.marked(asked)) == [row in asked for row in rows]
    assert [made.place(f"a{row}") for row in rows] == list(range(size))
    assert made.place("a99") is None


@given(st.integers(0, 200).flatmap(lambda size: st.sets(st.integers(0, size)).map(lambda some: (size + 1, some))))
def test_marks_few_or_many(made: tuple[int, set[int]]) -> None:
    size, some = made
    assert list(ranking.marked_places(bytes(at in some for at in range(size)))) == sorted(some)


def test_uids_are_read_in_parts_and_few_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranking, "_KEPT", 300)
    source = Rows({row: f"a{row}" for row in range(1, 2001)})
    made = Ranking(source, range(1, 2001))
    for place in range(2000):
        assert made.uid(place) == f"a{place + 1}"
        assert made.uids([place, 5]) == [f"a{place + 1}", "a6"]
    assert len(made._uids) <= 300 + 256
    assert len(made.uids(range(2000))) == 2000


def test_what_is_gone_has_no_uid_and_no_place() -> None:
    source = Rows({1: "a", 2: "b", 3: "c"})
    made = Ranking(source, [3, 2, 1])
    del source.uids[2]
    source.uids[4] = "d"
    assert [made.uid(place) for place in range(3)] == ["c", "", "a"]
    assert made.uids(range(3)) == ["c", "a"]
    assert [made.place(uid) for uid in ("a", "b", "d", "")] == [2, None, None, None]
    assert source.asked == 1
    assert len(Ranking()) == 0
    assert Ranking().place("a") is None


def test_uids_are_looked_up_when_one_is_asked_for() -> None:
    source = Rows({row: f"a{row}" for row in (1, 2, 4)})
    made = ranking.RankedUids(Ranking(source, range(1, 5)), [3, 2, 0])
    assert (len(made), source.asked) == (3, 0)
    assert list(made) == ["a4", "a1"], "the third is gone"
    assert (made[0], made[1:], len(made), source.asked) == ("a4", ["a1"], 2, 1)
