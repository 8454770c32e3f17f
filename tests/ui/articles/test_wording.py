"""How articles are put into words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale

from annotator.model.article import Status
from annotator.model.content import ArticleRow
from annotator.ui.articles.wording import (
    in_one_line,
    reads_right_to_left,
    second_line,
    shown_date,
    word_count_in_words,
)

ENGLISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)


def test_an_arabic_name_does_not_tear_a_date_apart() -> None:
    assert in_one_line("Herald", "", "16 Jul 2025") == "Herald · 16 Jul 2025"
    assert in_one_line("صحيفة", "16 Jul 2025") == "\u2068صحيفة\u2069 · \u206816 Jul 2025\u2069"


@pytest.mark.parametrize(
    ("published", "shown"),
    [("2025-03-13", "13 Mar 2025"), ("2025-03", "Mar 2025"), ("2025", "2025"), ("", ""), ("spring", "spring")],
)
def test_dates_as_people_write_them(published: str, shown: str) -> None:
    assert shown_date(published, ENGLISH) == shown


def test_words_are_counted_in_words() -> None:
    assert word_count_in_words(1, ENGLISH) == "1 word"
    assert word_count_in_words(1612, ENGLISH) == "1,612 words"


@pytest.mark.parametrize(("text", "expected"), [("abc", False), ("«صحيفة»", True), ("12 שלום", True), ("12", False)])
def test_the_first_letter_says_the_direction(text: str, expected: bool) -> None:
    assert reads_right_to_left(text) is expected


@pytest.mark.parametrize(
    ("source", "published", "shown"),
    [("Herald", "2025-03-13", "13 Mar 2025 · Herald"), ("", "2025-03", "Mar 2025"), ("", "", "12 words")],
)
def test_there_is_always_something_under_a_title(source: str, published: str, shown: str) -> None:
    row = ArticleRow("uid", "Talks", source, published, 12, Status.TODO, {})
    assert second_line(row, ENGLISH) == shown
