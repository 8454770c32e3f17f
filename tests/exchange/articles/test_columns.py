from __future__ import annotations

import re

import pytest

from annotator.exchange.articles.columns import (
    _TELLTALE,
    _USUAL,
    ColumnMapping,
    expected_names,
    lost_key,
    own_table_name,
    propose_mapping,
)
from annotator.exchange.csv_tables.columns import COLUMNS, Table


@pytest.mark.parametrize(
    ("header", "mapping"),
    [
        (
            ["id", "title", "text", "source", "byline", "published", "url", "language"],
            ColumnMapping("title", "text", "source", "byline", "published", "url", "language", "id"),
        ),
        (
            ["Headline", "Article Body", "Publisher", "Author", "Publication_Date", "LINK", "Lang"],
            ColumnMapping("Headline", "Article Body", "Publisher", "Author", "Publication_Date", "LINK", "Lang"),
        ),
        (["articleTitle", "articleBody"], ColumnMapping("articleTitle", "articleBody")),
        (["content", "text"], ColumnMapping(text="text")),
        (["Titel", "Volltext", "Datum", "Quelle"], ColumnMapping("Titel", "Volltext", "Quelle", published="Datum")),
        (["Text", "text"], ColumnMapping(text="Text")),
        (["foo", ""], ColumnMapping()),
        ([], ColumnMapping()),
    ],
)
def test_usual_names_in_several_spellings_are_found(header: list[str], mapping: ColumnMapping) -> None:
    assert propose_mapping(header) == mapping


@pytest.mark.parametrize(
    ("header", "table"),
    [
        (["annotation_uid", "article_uid"], "annotations"),
        (["\ufeffquote_uid"], "quotes"),
        (["claim_uid"], "claims"),
        (["link_uid"], "links"),
        (["article_uid", "title", "text"], "articles"),
        (["entity_uid"], "entities"),
        (["verdict_uid"], "verdicts"),
        (["level", "tag", "attribute"], "codebook"),
        (["level", "text"], None),
        (["title", "annotation_uid"], None),
        ([], None),
    ],
)
def test_own_tables_are_recognised_by_their_header(header: list[str], table: str | None) -> None:
    assert own_table_name(header) == table


@pytest.mark.parametrize("table", Table)
def test_own_tables_are_known_without_their_key_and_with_their_columns_moved(table: Table) -> None:
    key, *others = columns = list(COLUMNS[table])
    assert _TELLTALE[table].issubset(columns)
    assert lost_key(columns) is None
    assert own_table_name(columns) == table
    for damaged in (others, [f"x{key}", *others], ["", *others], [*others, "extra.text"]):
        assert lost_key(damaged) == (table, key)
    moved = [others[-1], *others[:-1], key]
    assert (own_table_name(moved), lost_key(moved)) == (table, None)


def test_a_table_of_articles_with_a_few_such_names_is_nobody_elses() -> None:
    header = ["title", "text", "date", "start", "stop", "annotator", "words", "characters", "note", "status", "values"]
    assert lost_key(header) is None
    assert own_table_name(header) is None


def test_the_message_names_text_columns_and_says_that_there_are_more() -> None:
    names = re.fullmatch(r"text; ([\w, ]+) and (\d+) other usual names do as well", expected_names())
    assert names is not None
    shown = names[1].split(", ")
    assert all(propose_mapping([name]).text == name for name in shown)
    assert 1 + len(shown) + int(names[2]) == len(_USUAL["text"])
