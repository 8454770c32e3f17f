from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.exchange.csv_tables.columns import extra_column, extra_columns, extra_field, numbered, work_column
from annotator.exchange.csv_tables.names import distinct_names
from annotator.model.annotation import Annotator


def test_the_oldest_keeps_a_name() -> None:
    people = [Annotator("3", "Anna"), Annotator("1", "Anna"), Annotator("2", "Anna (2)"), Annotator("4", "Ben")]
    assert distinct_names(people) == {"1": "Anna", "2": "Anna (2)", "3": "Anna (3)", "4": "Ben"}


@given(st.lists(st.sampled_from(["Anna", "Anna (2)", "Anna (3)", "", "Ben"])))
def test_names_are_told_apart_whatever_they_are(names: list[str]) -> None:
    people = [Annotator(f"{at:03}", name) for at, name in enumerate(names)]
    shown = distinct_names(reversed(people))
    assert shown == distinct_names(people)
    assert len(set(shown.values())) == len(people)
    assert set(names) <= set(shown.values())


def test_extra_fields_are_never_mistaken() -> None:
    assert extra_column("desk") == "desk"
    assert extra_column("title") == "extra.title"
    assert extra_column("text") == "extra.text"
    assert extra_column("Anna.status") == "extra.Anna.status"
    assert extra_column("") == "extra."
    assert numbered(["desk", "desk", "x"]) == ["desk", "extra2.desk", "x"]
    assert extra_columns([["b"], ["a", "b"], []]) == ("b", "a")


@given(st.text(), st.integers(1, 3))
def test_an_extra_field_comes_back(field: str, occurrence: int) -> None:
    assert extra_field(extra_column(field, occurrence)) == field


def test_article_level_columns_do_not_clash() -> None:
    assert work_column("Anna", "genre") == "Anna.genre"
    assert work_column("Anna", "status") == "Anna.attribute.status"
