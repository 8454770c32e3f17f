from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import astuple

from annotator.exchange.articles.proposals import guess_byline, guess_source, host_of, proposed, shortened


def test_the_usual_head_of_an_article_gives_every_field() -> None:
    text = (
        "Advertisement\n\nTalks begin in Moscow\nBy Jane Doe and John Roe\nUpdated: March 14, 2025\n"
        "Published: 13 March 2025\nhttps://www.example.org/news/1\n\nMOSCOW (Reuters) - A delegation arrived."
    )
    found = proposed(text)
    assert found.title == "Talks begin in Moscow"
    assert found.byline == "Jane Doe and John Roe"
    assert found.published == "2025-03-13"
    assert found.source == "Reuters"
    assert found.url == "https://www.example.org/news/1"


def test_labelled_lines_are_taken_by_their_label() -> None:
    text = "Headline: Talks begin\nAuthor: jane doe\nSource: The Daily\nDate: 2025-03-13\n"
    text += "URL: http://a.org/x\nLanguage: en"
    assert astuple(proposed(text)) == ("Talks begin", "2025-03-13", "jane doe", "The Daily", "http://a.org/x", "en")


def test_labels_do_not_overwrite_and_a_labelled_paragraph_is_text() -> None:
    found = proposed("Source: First\nSource: Second\nTitle: " + "long " * 60)
    assert found.source == "First"
    assert found.title.startswith("Title: long long")


def test_a_label_of_a_date_that_cannot_be_read_is_not_a_date() -> None:
    assert proposed("Talks\nDate: 03/04/2025").published == ""


def test_parts_between_bars_are_looked_at_one_by_one() -> None:
    found = proposed("Talks begin\nBy Jane Doe | Updated 14 March 2025 | March 13, 2025")
    assert (found.byline, found.published) == ("Jane Doe", "2025-03-13")


def test_an_update_is_the_date_when_there_is_no_other() -> None:
    assert proposed("Talks\nUpdated: 14 March 2025\nLast modified 15 March 2025").published == "2025-03-14"


def test_the_host_is_the_source_when_nothing_else_is() -> None:
    assert proposed("Talks\nhttps://www.example.org/a").source == "example.org"


def test_a_byline_in_the_first_line_is_a_title_and_a_date_first_is_not() -> None:
    assert proposed("By Jane Doe").title == "By Jane Doe"
    found = proposed("2025-03-13\nTalks begin")
    assert (found.title, found.published) == ("Talks begin", "2025-03-13")


def test_only_the_first_lines_are_looked_at() -> None:
    assert proposed("Talks\n" + "Words of a paragraph.\n" * 30 + "13 March 2025").published == ""


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Jane Doe", "Jane Doe"),
        ("BY JANE DOE, REUTERS", "JANE DOE, REUTERS"),
        ("Written by Ludwig van Beethoven", "Ludwig van Beethoven"),
        ("By: María del Carmen & Ibn Sina", "María del Carmen & Ibn Sina"),
        ("By Thursday Moscow Had Answered", ""),
        ("By the river", ""),
        ("By late evening they left", ""),
        ("By Jane Doe said.", ""),
        ("By 2025", ""),
        ("By , ,", ""),
        ("Bye Jane", ""),
        ("By " + "A" * 300, ""),
        ("By " + "A " * 20, ""),
    ],
)
def test_bylines(line: str, names: str) -> None:
    assert guess_byline(line) == names


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("LONDON (AP) — Words", "AP"),
        ("(Reuters) - Words", "Reuters"),
        ("KYIV, March 13 (Agence France-Presse) -- Words", "Agence France-Presse"),
        ("MOSCOW: Words", ""),
        ("He (Peskov) said so", ""),
    ],
)
def test_agencies(line: str, agency: str) -> None:
    assert guess_source(line) == agency


def test_hosts() -> None:
    assert host_of("https://www.Example.org:80/a") == "example.org"
    assert host_of("nothing") == ""
    assert host_of("http://[broken") == ""


def test_a_paragraph_is_cut_at_a_word_to_be_a_title() -> None:
    assert shortened("  two \n words ") == "two words"
    assert shortened("word " * 60) == "word " * 19 + "word…"
    assert len(shortened("x" * 500)) == 101


@given(st.text())
def test_any_text_gives_one_line_fields(text: str) -> None:
    found = proposed(text)
    assert len(found.title) <= 201
    assert all("\n" not in field for field in astuple(found))
