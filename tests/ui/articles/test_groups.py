from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from annotator.model.article import Status
from annotator.project.listings import STATUSES, Listing
from annotator.project.ranking import Ranking
from annotator.ui.articles.groups import ORDER, Groups, Place

TODO, PROGRESS, DONE = ORDER


class Uids:
    """Looks uids up in a list: an article's row number is ten times its place and one."""

    def __init__(self, uids: list[str]) -> None:
        self._uids = uids

    def article_uids(self, rows: Sequence[int]) -> dict[int, str]:
        return {row: self._uids[row // 10] for row in rows}

    def article_row(self, uid: str) -> int | None:
        return self._uids.index(uid) * 10 + 1 if uid in self._uids else None


def made_of(statuses: dict[str, Status]) -> Groups:
    rows = [10 * at + 1 for at in range(len(statuses))]
    codes = bytes(STATUSES.index(status) for status in statuses.values())
    return Groups(Listing(Ranking(Uids(list(statuses)), rows), None, codes))


def groups(statuses: str) -> Groups:
    """Make articles a, b, c … of these statuses: t, p and d."""
    kinds = {"t": TODO, "p": PROGRESS, "d": DONE}
    return made_of({chr(ord("a") + at): kinds[kind] for at, kind in enumerate(statuses)})


def test_articles_stand_in_their_groups_in_the_lists_order():
    made = groups("tdtp")
    assert [list(made.in_display_order((status,))) for status in ORDER] == [["a", "c"], ["d"], ["b"]]
    assert made.place("c") == Place(TODO, 1)
    assert made.place("x") is None
    assert made.status("b") is DONE
    assert "b" in made
    assert len(made) == 4
    assert list(made.in_display_order((TODO, DONE))) == ["a", "c", "b"]


def test_a_move_keeps_the_order():
    made = groups("tttd")
    made.move("b", DONE)
    assert list(made.in_display_order((DONE,))) == ["b", "d"]
    made.move("b", TODO)
    assert list(made.in_display_order((TODO,))) == ["a", "b", "c"]


def test_the_next_that_is_not_done_goes_on_in_rank_whatever_the_group():
    made = groups("ptdt")
    assert made.next_not_done("a") == "b"
    assert made.next_not_done("b") == "d"
    assert made.next_not_done("d") == "a"
    assert made.next_not_done("c") == "d"


def test_there_is_no_next_when_all_others_are_done():
    assert groups("dtd").next_not_done("b") is None
    assert groups("ddd").next_not_done("b") is None
    assert groups("").next_not_done("b") is None


def test_without_an_open_article_the_next_is_the_first():
    assert groups("dtp").next_not_done("") == "b"


@given(
    st.lists(st.sampled_from(ORDER), min_size=1, max_size=12),
    st.lists(st.tuples(st.integers(0, 11), st.sampled_from(ORDER)), max_size=20),
)
def test_after_any_moves_it_is_as_if_made_so(statuses: list[Status], moves: list[tuple[int, Status]]):
    now = {str(at): status for at, status in enumerate(statuses)}
    made = made_of(now)
    for at, status in moves:
        uid = str(at % len(now))
        made.move(uid, status)
        now[uid] = status
    assert [list(made.in_display_order((status,))) for status in ORDER] == [
        [u for u, s in now.items() if s is status] for status in ORDER
    ]
    for uid, status in now.items():
        assert made.place(uid) == Place(status, list(made.in_display_order((status,))).index(uid))
