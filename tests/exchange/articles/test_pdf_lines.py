from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import cast

import pytest
from pypdf import PageObject

from annotator.exchange.articles.limits import Deadline
from annotator.exchange.articles.pdf_lines import Line, lines_of, measured, without_edges

UPRIGHT = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Piece = tuple[str, tuple[float, ...], tuple[float, ...], float]


class Page:
    """What is asked of a page."""

    def __init__(self, *pieces: Piece) -> None:
        self.pieces = pieces

    def get_contents(self) -> None:
        return None

    def extract_text(self, *, visitor_operand_before: Callable[..., None], visitor_text: Callable[..., None]) -> None:
        visitor_operand_before()
        for text, cm, tm, size in self.pieces:
            visitor_text(text, cm, tm, None, size)


def lines(*pieces: Piece) -> list[Line]:
    return lines_of(cast("PageObject", Page(*pieces)), Deadline())


@pytest.mark.parametrize("blank", ["\t", " ", "\u00a0", "\t \u2003"])
def test_blanks_between_words_are_single_and_ligatures_are_letters(blank: str) -> None:
    (line,) = lines((f"{blank}a{blank}ceaseﬁre oﬃcial stuﬀ{blank}", UPRIGHT, UPRIGHT, 10))
    assert line.text == "a ceasefire official stuff"


def test_a_line_stands_where_its_first_words_do_whatever_the_matrices() -> None:
    down = (0.5, 0.0, 0.0, -0.5, 10.0, 800.0)
    found = lines(
        ("", UPRIGHT, UPRIGHT, 12),
        ("First ", down, (1.0, 0.0, 0.0, -1.0, 20.0, 100.0), 24),
        ("words\n", down, (1.0, 0.0, 0.0, -1.0, 90.0, 90.0), 40),
        ("of two lines\nin one piece", UPRIGHT, (2.0, 0.0, 0.0, 2.0, 0.0, 700.0), 6),
    )
    assert found[:2] == [Line("First words", 750, 12), Line("of two lines", 700, 12)]
    assert (found[2].text, math.isnan(found[2].y), found[2].size) == ("in one piece", True, 0.0)


def test_very_many_pieces_of_one_line_take_time_in_proportion() -> None:
    started = time.monotonic()
    (line,) = lines(*[("a ", UPRIGHT, UPRIGHT, 9.0)] * 200_000)
    assert len(line.text) == 399_999
    assert time.monotonic() - started < 5


def test_what_is_usual_is_measured_by_the_most_of_the_type() -> None:
    page = [Line("A heading", 800, 20), *(Line("x" * 50, 770 - 12 * row, 10) for row in range(9)), Line("end")]
    usual = measured([page])
    assert (usual.size, usual.distance, usual.long) == (10, 1.2, 50)
    assert usual.width(page[0]) == 18
    assert usual.parted(page[0], page[1])
    assert not usual.parted(page[1], page[2])
    assert usual.parted(page[1], Line("y", 750, 10))
    assert not usual.parted(page[1], Line("another column", 800, 10))
    assert not usual.parted(page[1], page[-1])
    assert measured([]) == measured([[Line("")]])
    assert not measured([[Line("a", 9, 9)]]).parted(Line("a", 9, 9), Line("b", 1, 9))


@pytest.mark.parametrize("number", ["{0}", "- {0} -", "Page {0} of 2", "{0} / 2"])
def test_page_numbers_go_and_other_numbers_stay(number: str) -> None:
    def page(at: int) -> list[Line]:
        return [Line(""), Line(f"words {at}", 700 + at * 9, 9), Line(number.format(at)), Line("")]

    assert [[line.text for line in lines] for lines in without_edges([page(1), page(2)])] == [["words 1"], ["words 2"]]
    texts = [[line.text for line in lines if line.text] for lines in without_edges([page(7), page(8)])]
    assert texts == [["words 7", number.format(7)], ["words 8", number.format(8)]]
    assert without_edges([page(1)]) == [page(1)]


def test_pages_without_text_have_no_edges() -> None:
    assert without_edges([[Line("")], []]) == [[], []]
