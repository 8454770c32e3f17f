"""PDF files with a text layer: lines rejoined to paragraphs as well as the page allows."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from annotator.base.errors import ImportRefusedError
from annotator.exchange.articles.assembly import Given, assembled
from annotator.exchange.articles.dates import guess_date
from annotator.exchange.articles.furniture import is_furniture
from annotator.exchange.articles.incoming import IncomingArticle
from annotator.exchange.articles.limits import MAX_PDF_PAGES, Deadline
from annotator.exchange.articles.pdf_lines import Line, Measures, lines_of, measured, without_edges
from annotator.exchange.articles.proposals import guess_byline

if TYPE_CHECKING:
    from pypdf import PdfReader

_NO_TEXT = "has no text layer, it is a scan or pictures only: run text recognition (OCR) on it first"
_PASSWORD = "is protected by a password: save or print it to a new PDF without one"  # noqa: S105  a message
_DAMAGED = "is damaged or cut off, or not a PDF in spite of its name: save or print it to a new PDF"
_ENDS = re.compile(r"[.!?:…。！？][\"'”’»)\]]*$")
_HYPHENATED = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]$")
_CLOSE_DASH = re.compile(r"(?<=\w)—$")
_ITEM = re.compile(r"\s*(?:[•▪◦‣·*–—-]|\d{1,3}[.)])\s")
SHORT, VERY_SHORT, ROOMY = 0.85, 0.6, 0.9
"""Shares of the long lines: a short line ends a paragraph if it ends a sentence, a very short one anyway, and one in
which the next word had room if that has no small letter; letters differ in width, so a tenth is left."""


def read(data: bytes, path: str) -> Iterator[IncomingArticle]:
    """Read one PDF.

    Raises ImportRefusedError when it is protected, damaged, too long or a scan without text.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its warnings quote the file
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        _unlock(reader)
        text = _text(reader)
        title = str((reader.metadata.title if reader.metadata else "") or "")
    except (PyPdfError, RecursionError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
        raise ImportRefusedError(_DAMAGED) from error
    if not text.strip():
        raise ImportRefusedError(_NO_TEXT)
    yield assembled(text, path, given=Given(title=title if _is_title(title, text) else ""))


def _unlock(reader: PdfReader) -> None:
    """Open a PDF that only forbids printing or copying: its password for reading is empty."""
    from pypdf.errors import PyPdfError

    if not reader.is_encrypted:
        return
    try:
        opened = reader.decrypt("")
    except (PyPdfError, NotImplementedError) as error:  # AES needs a package that is not installed with us
        raise ImportRefusedError(_PASSWORD) from error
    if not opened:
        raise ImportRefusedError(_PASSWORD)


def _text(reader: PdfReader) -> str:
    if len(reader.pages) > MAX_PDF_PAGES:
        raise ImportRefusedError(f"has more than {MAX_PDF_PAGES:,} pages: save the article's own pages as a new PDF")
    deadline = Deadline()
    pages = without_edges([lines_of(page, deadline) for page in reader.pages])
    usual = measured(pages)
    paragraphs: list[list[str]] = []
    for lines in pages:
        more = rejoined(lines, usual)
        if paragraphs and more and _is_broken(Line(paragraphs[-1][-1]), Line(more[0][0]), usual):
            paragraphs[-1] += more.pop(0)
        paragraphs += more
    return "\n\n".join(map(_joined, paragraphs))


def _is_broken(last: Line, first: Line, usual: Measures) -> bool:
    """Tell whether a page's end broke a paragraph: in a sentence, before a small letter or behind a full line."""
    if _ENDS.search(last.text) or _begins_anew(first):
        return False
    return first.text[:1].islower() or not _ends_early(last, first, usual)


def rejoined(lines: Sequence[Line], usual: Measures) -> list[list[str]]:
    """Return the lines of each paragraph: it goes on until a blank line, a bullet or a line that ends early."""
    paragraphs: list[list[str]] = []
    previous = Line("")
    for line in lines:
        if line.text and previous.text and not _begins_anew(line) and not _ends_early(previous, line, usual):
            paragraphs[-1].append(line.text)
        elif line.text:
            paragraphs.append([line.text])
        previous = line
    return paragraphs


def _begins_anew(line: Line) -> bool:
    """Tell whether a line is a list's item, or a date, a byline or furniture as a whole."""
    text = line.text
    if _ITEM.match(text):
        return True
    if text[:1].islower() and not text.startswith("icon-"):
        return False
    return bool(is_furniture(text) or guess_byline(text) or (not text.endswith(".") and guess_date(text)))


def _ends_early(line: Line, following: Line, usual: Measures) -> bool:
    """Tell whether a line is a paragraph's last.

    The page shows it, or it is short with a sentence's end, or very short as headings are, or the next word, a capital
    one, would have had room in it.
    """
    if usual.parted(line, following):
        return True
    width, text = usual.width(line), line.text
    goes_on = text.endswith((",", ";")) or _HYPHENATED.search(text) is not None
    if width < VERY_SHORT * usual.long:
        return not goes_on
    if width < SHORT * usual.long and _ENDS.search(text):
        return True
    word = replace(following, text=" " + following.text.split(" ", 1)[0])
    roomy = width + usual.width(word) < ROOMY * usual.long
    return roomy and not goes_on and not following.text[:1].islower()


def _joined(lines: list[str]) -> str:
    """Join a paragraph's lines by blanks, without the hyphen where a word was parted, closely after a close dash."""
    pieces: list[str] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if _HYPHENATED.search(line) and following[:1].islower():
            pieces.append(line[:-1])
        else:
            pieces += (line, " " if following and not _CLOSE_DASH.search(line) else "")
    return "".join(pieces)


def _is_title(title: str, text: str) -> bool:
    """Tell whether a PDF's title is one: it often is a file's name or a program's, but then it is not in the text."""
    return bool(title.strip()) and " ".join(title.split()).lower() in " ".join(text[:2_000].split()).lower()
