from __future__ import annotations

from annotator.exchange import articles
from annotator.exchange.formats import FORMATS, Direction, as_lines, names


def test_every_format_that_articles_come_in_is_listed_once():
    assert set(names(Direction.IN)) == {*articles.FORMATS, "tables"}
    assert len(names(Direction.IN)) == len(set(names(Direction.IN)))


def test_the_tables_go_out_as_csv_first():
    assert names(Direction.OUT) == ("csv", "xlsx")


def test_the_list_says_what_each_holds_and_lacks():
    lines = as_lines()
    assert lines[0].startswith("In: ")
    assert lines[lines.index("") + 1].startswith("Out: ")
    for one in FORMATS:
        at = lines.index(f"  {one.name:<7} {one.holds}")
        assert (lines[at + 1 : at + 2] == [f"          not: {one.lacks}"]) == bool(one.lacks)
    assert all(len(line) <= 120 for line in lines)
