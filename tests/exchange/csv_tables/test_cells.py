from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.exchange.csv_tables.cells import (
    escaped,
    escaped_row,
    list_cell,
    list_items,
    spans_cell,
    spans_of,
    unescaped,
    value_cell,
)
from annotator.model.span import Span

DANGEROUS = st.text(alphabet="'=+-@\t\r\na;[ ]\"\U0001f600", max_size=8)
RULE = re.compile(r"'*[=+\-@\t\r\n].*", re.DOTALL)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("=1+1", "'=1+1"), ("'=1", "''=1"), ("''@x", "'''@x"), ("-5", "'-5"), ("\n", "'\n"), ("'tis", "'tis"),
        ("", ""), ("'", "'"), ("a=1", "a=1"), (" =1", " =1"), (-5, -5), (-0.5, -0.5), (None, None),
    ],
)  # fmt: skip
def test_only_what_could_run_is_escaped(cell: str | float | None, shown: str | float | None) -> None:
    assert escaped(cell) == shown
    assert escaped_row([cell]) == [shown]


@given(st.one_of(DANGEROUS, st.text()))
def test_escaping_follows_the_rule_and_is_taken_back(cell: str) -> None:
    shown = escaped(cell)
    assert shown == (f"'{cell}" if RULE.fullmatch(cell) else cell)
    assert unescaped(str(shown)) == cell
    assert not str(shown)[:1] or str(shown)[0] not in "=+-@\t\r\n"


@given(st.lists(st.one_of(DANGEROUS, st.text(), st.just("a; b"), st.just("[x]"))))
def test_a_list_comes_back_whatever_is_in_it(items: list[str]) -> None:
    assert list_items(list_cell(items)) == tuple(items)


def test_a_plain_list_is_joined_and_a_doubtful_one_is_json() -> None:
    assert list_cell(("conflict", "morality")) == "conflict; morality"
    assert list_cell(()) == ""
    assert list_cell(("a; b", "c")) == '["a; b", "c"]'
    assert list_cell(("",)) == '[""]'
    assert list_items("[not json") == ("[not json",)
    assert list_items("[1, 2]") == ("[1, 2]",)


def test_values() -> None:
    assert value_cell(3.0) == 3
    assert isinstance(value_cell(3.0), int)
    assert value_cell(-2.5) == -2.5
    assert value_cell(float("inf")) == "inf"
    assert value_cell(True) == "yes"
    assert value_cell(False) == "no"
    assert value_cell(["a", "b"]) == "a; b"
    assert value_cell("=x") == "=x"


@given(st.lists(st.integers(0, 500), min_size=2, max_size=8, unique=True).map(sorted))
def test_spans_come_back(numbers: list[int]) -> None:
    spans = tuple(Span(start, stop) for start, stop in zip(numbers[::2], numbers[1::2], strict=False))
    assert spans_of(spans_cell((span.start, span.stop) for span in spans)) == spans


def test_no_spans() -> None:
    assert spans_of("") == ()
    assert spans_cell([]) == ""


@pytest.mark.parametrize("cell", ["5", "5-4", "5-5", "a-b", "1-3;2-5", "-1-3", "1-2;", "٣-٤", "1-9999999999999999"])
def test_bad_spans_are_refused(cell: str) -> None:
    with pytest.raises(ValueError, match=r"not like|not a span|does not come after"):
        spans_of(cell)
