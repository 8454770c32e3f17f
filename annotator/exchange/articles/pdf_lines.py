"""The lines of a PDF's pages: their words, how high they stand and how large they are, as far as the page tells."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from annotator.base.errors import ImportRefusedError
from annotator.exchange.articles.limits import MAX_PDF_PAGE_BYTES, Deadline
from annotator.model.article import normalised

if TYPE_CHECKING:
    from pypdf import PageObject

_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
"""Glyphs that the printing program chose for the letters of the text."""
_PAGE_NUMBER = re.compile(r"(?:page )?[-–—]? ?(\d{1,4})(?: ?(?:/|of) ?\d{1,4})? ?[-–—]?", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_RUNNING = 3
"""So many lines above or below the text are looked for."""
_SAME_HEIGHT = 2
_AS_LARGE = 0.08
"""Sizes that differ by less are the same."""
_WIDER = 1.25
"""A distance that is so many times the usual one parts paragraphs."""
_REPEATED = 12
"""So many characters are the same by accident no more."""


class Line(Struct, frozen=True):
    """One line, its blanks made single; ``y`` is not a number and ``size`` is 0 where the page does not tell."""

    text: str
    y: float = math.nan
    size: float = 0.0


class _Collector:
    """Takes what the reader of a page finds, piece after piece."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._words: list[str] = []
        self._begun = False
        self._y, self._size = math.nan, 0.0

    def __call__(self, text: str, cm: Sequence[float], tm: Sequence[float], _font: Any, size: float) -> None:
        """Take a piece of text with the two matrices that say where it stands."""
        for number, part in enumerate(normalised(text).split("\n")):
            if number:
                self.end_line()
            if part.strip() and not self._begun and not number:
                self._y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
                right, up = size * tm[2], size * tm[3]
                self._size = math.hypot(right * cm[0] + up * cm[2], right * cm[1] + up * cm[3])
            self._begun = self._begun or bool(part.strip())
            self._words.append(part)

    def end_line(self) -> None:
        """Keep the words so far as a line."""
        # A printing program may map its blanks to tabs or no-break spaces: the page does not tell which they were.
        text = " ".join("".join(self._words).translate(_LIGATURES).split())
        self.lines.append(Line(text, self._y, self._size))
        self._words, self._begun, self._y, self._size = [], False, math.nan, 0.0


def lines_of(page: PageObject, deadline: Deadline) -> list[Line]:
    """Return a page's lines; the deadline holds inside the page, too."""
    deadline.check()
    content = page.get_contents()
    if content is not None and len(content.get_data()) > MAX_PDF_PAGE_BYTES:
        raise ImportRefusedError("has a page with too much drawn on it to be an article: copy the text and paste it")
    collector = _Collector()
    page.extract_text(visitor_operand_before=lambda *_: deadline.check(), visitor_text=collector)
    collector.end_line()
    return collector.lines


def without_edges(pages: list[list[Line]]) -> list[list[Line]]:
    """Return the pages without what stands in the midst of the text only since it was printed.

    That is the number of a page; a line above or below the text of every page, which is kept once, behind the text; and
    a line that the page's end cut through, for it is on both pages.
    """
    if len(pages) < 2:
        return pages
    bare = [_without_number(lines, number) for number, lines in enumerate(pages, 1)]
    above = _running(bare)
    below = _running([lines[above:][::-1] for lines in bare])
    kept = [line for line in (*bare[0][:above], *bare[-1][len(bare[-1]) - below :]) if not _number_of(line)]
    bare = [lines[above : len(lines) - below] for lines in bare]
    for before, after in pairwise(bare):
        if before and after and len(after[0].text) >= _REPEATED and before[-1].text == after[0].text:
            after[0] = Line(before.pop().text)  # where it stands, beyond the page, tells nothing
    for line in kept:
        bare[-1] += (Line(""), line)
    return bare


def _number_of(line: Line) -> int:
    """Return the number that a line consists of, 0 when it is none."""
    found = _PAGE_NUMBER.fullmatch(line.text)
    return int(found[1]) if found is not None else 0


def _without_number(lines: list[Line], number: int) -> list[Line]:
    """Return a page without empty lines and its number at its edges."""
    lines = list(lines)
    for at in (-1, 0):
        for _ in range(2):  # empty lines stand on both sides of a number
            while lines and not lines[at].text:
                lines.pop(at)
            if lines and _number_of(lines[at]) == number:
                lines.pop(at)
    return lines


def _running(pages: list[list[Line]]) -> int:
    """Return how many lines every page begins with at the same height, whatever the numbers in them."""
    rows = zip(*(lines[:_RUNNING] for lines in pages), strict=False)
    return sum(1 for _ in takewhile(lambda row: all(_is_again(line, row[0]) for line in row), rows))


def _is_again(line: Line, other: Line) -> bool:
    return abs(line.y - other.y) < _SAME_HEIGHT and _DIGITS.sub("0", line.text) == _DIGITS.sub("0", other.text)


class Measures(Struct, frozen=True):
    """What is usual in a document: the size of its type, the distance of two lines in sizes, how long a line is."""

    size: float = 0.0
    distance: float = math.inf
    long: float = 0.0

    def width(self, line: Line) -> float:
        """Return how many characters of the usual size a line is wide."""
        return len(line.text) * (line.size / self.size if line.size and self.size else 1.0)

    def parted(self, line: Line, following: Line) -> bool:
        """Tell whether the page shows that a paragraph ends between two lines: by their distance or their sizes."""
        if not line.size or not following.size:
            return False
        if not _as_large(line, following):
            return min(len(line.text), len(following.text)) > 2  # a large first letter parts nothing
        return (line.y - following.y) / line.size > _WIDER * self.distance


def measured(pages: Sequence[Sequence[Line]]) -> Measures:
    """Return a document's measures."""
    sizes: Counter[float] = Counter()
    distances: list[float] = []
    for lines in pages:
        for line in lines:
            sizes[line.size] += len(line.text) if line.size else 0
        for line, following in pairwise(line for line in lines if line.text):
            if line.size and following.size and _as_large(line, following):
                distances.append((line.y - following.y) / line.size)
    rows = sorted(distance for distance in distances if 0.6 < distance < 4)
    size = sizes.most_common(1)[0][0] if sizes else 0.0
    usual = Measures(size, rows[len(rows) // 5] if rows else math.inf)
    widths = sorted(usual.width(line) for lines in pages for line in lines if line.text)
    return Measures(usual.size, usual.distance, widths[int(len(widths) * 0.9)] if widths else 0.0)


def _as_large(line: Line, other: Line) -> bool:
    return abs(line.size - other.size) <= _AS_LARGE * max(line.size, other.size)
