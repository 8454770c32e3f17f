from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.exchange.articles.dates import guess_date


@pytest.mark.parametrize(
    "line",
    [
        "Thu Mar 13 2025",
        "13 March 2025",
        "March 13, 2025",
        "  March 13th 2025  ",
        "2025-03-13",
        "2025/3/13",
        "2025-03-13T10:00:00Z",
        "2025-03-13T10:00:00.000+01:00",
        "13.03.2025",
        "13. 3. 2025",
        "Updated: March 13, 2025 10:30 a.m. ET",
        "Published 1030 GMT 13-Mar-2025",
        "Posted on March 13, 2025 at 5pm",
        "Thursday 13th of March, 2025 10:30 GMT",
        "Thu, 13 Mar 2025 10:00:00 +0100",
        "13/03/2025",
        "03/13/2025",
        "13-03-2025",
        "Donnerstag, 13. März 2025, 10:30 Uhr",
        "13 de marzo de 2025",
        "Publié le 13 mars 2025 à 10h30",
        "2025年3月13日",
        "PUBLISHED 13 MARCH 2025",
        "DONNERSTAG, 13. MÄRZ 2025",
    ],
)
def test_a_date_line_gives_its_iso_date(line: str) -> None:
    assert guess_date(line) == "2025-03-13"


@pytest.mark.parametrize(
    "line",
    [
        "",
        "03/04/2025",
        "3-4-2025",
        "31 February 2025",
        "2025-13-40",
        "45.03.2025",
        "13 March 25",
        "2025",
        "March 13",
        "He was born on 13 March 2025 in London",
        "The 2025-03-13 meeting",
        "2025-03-13 " * 20,
    ],
)
def test_what_is_ambiguous_wrong_or_a_sentence_gives_nothing(line: str) -> None:
    assert guess_date(line) == ""


def test_a_slashed_date_with_equal_parts_is_not_ambiguous() -> None:
    assert guess_date("03/03/2025") == "2025-03-03"


def test_a_month_without_day_gives_as_much_as_is_known() -> None:
    assert guess_date("May 2025") == "2025-05"


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_written_dates_come_back(day: date) -> None:
    assert guess_date(day.isoformat()) == day.isoformat()
    assert guess_date(f"{day:%A, %d %B %Y}") == day.isoformat()
    assert guess_date(f"{day:%a %b %d %Y}") == day.isoformat()
    assert guess_date(f"Updated: {day:%B} {day.day}, {day.year}") == day.isoformat()
    assert guess_date(f"{day:%d/%m/%Y}") in ("", day.isoformat())


@given(st.text(max_size=150))
def test_any_line_gives_a_date_or_nothing(line: str) -> None:
    found = guess_date(line)
    assert found == "" or date.fromisoformat(f"{found}-01" if len(found) == 7 else found)
