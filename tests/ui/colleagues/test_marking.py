from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.ui.colleagues.marking import marked

TEXTS = st.text(alphabet="ab, .é", max_size=40)


def test_what_differs_is_set_apart_by_whole_words() -> None:
    mine, theirs = marked("Storm closes all schools", "Storm closes most schools")
    assert (mine.before, mine.differs, mine.after) == ("Storm closes ", "all", " schools")
    assert theirs.plain == "Storm closes [most] schools"


def test_one_text_may_hold_the_other() -> None:
    mine, theirs = marked("the talks", "the long talks")
    assert mine.differs == ""
    assert theirs.differs.strip() == "long"
    assert marked("", "new")[1].plain == "[new]"


def test_texts_that_are_alike_have_nothing_marked() -> None:
    assert [one.differs for one in marked("same", "same")] == ["", ""]


def test_long_texts_are_cut_around_the_difference() -> None:
    same = "word " * 200
    mine, theirs = marked(f"{same}one{same}", f"{same}two{same}")
    assert (mine.differs, theirs.differs) == ("one", "two") or "one" in mine.differs
    assert len(mine.plain) < 200
    assert mine.before.startswith("…") and mine.after.endswith("…")


@given(TEXTS, TEXTS)
def test_the_runs_of_short_texts_make_up_the_whole(mine: str, theirs: str) -> None:
    for text, one in zip((mine, theirs), marked(mine, theirs), strict=True):
        assert one.before + one.differs + one.after == text
    assert (marked(mine, theirs)[0].differs == marked(mine, theirs)[1].differs == "") is (mine == theirs)
