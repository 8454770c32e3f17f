from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.ui.colleagues.marking import Run, marked, plain

TEXTS = st.text(alphabet="ab, .é\n", max_size=40)


def told(mine: str, theirs: str) -> tuple[str, str]:
    first, second = marked(mine, theirs)
    return plain(first), plain(second)


def test_what_differs_is_set_apart_by_whole_words() -> None:
    assert told("Storm closes all schools", "Storm closes most schools") == (
        "Storm closes [all] schools", "Storm closes [most] schools",
    )  # fmt: skip
    assert marked("a b", "a c")[0] == [Run("a ", differs=False), Run("b", differs=True)]


def test_several_differences_leave_what_lies_between_alone() -> None:
    assert told("halt container traffic in the port", "halt all container traffic") == (
        "halt container traffic[ in the port]", "halt [all ]container traffic",
    )  # fmt: skip


def test_a_blank_alone_does_not_part_two_differences() -> None:
    assert told("one two end", "three four end") == ("[one two] end", "[three four] end")


def test_one_side_may_say_nothing_and_like_texts_have_nothing_marked() -> None:
    assert told("", "new") == ("", "[new]")
    assert told("same", "same") == ("same", "same")


def test_long_texts_are_cut_around_the_differences() -> None:
    same = "word " * 200
    first, second = told(f"{same}one {same}", f"{same}two {same}")
    assert "[one]" in first and "[two]" in second
    assert len(first) < 200
    assert first.startswith("…") and first.endswith("…")
    many = " ".join(f"w{n}" for n in range(2000))
    assert len(told(many, many[::-1])[0]) < 700  # too many to look for common ones


@given(TEXTS, TEXTS)
def test_the_runs_of_short_texts_make_up_the_whole(mine: str, theirs: str) -> None:
    for text, runs in zip((mine, theirs), marked(mine, theirs), strict=True):
        assert "".join(run.text for run in runs) == text
    assert (not any(run.differs for runs in marked(mine, theirs) for run in runs)) is (mine == theirs)
