"""PDF files with a text layer: lines rejoined to paragraphs as well as the page allows."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotator.base.errors import ImportRefusedError
from annotator.exchange.articles.assembly import Given, assembled
from annotator.exchange.articles.incoming import IncomingArticle
from annotator.exchange.articles.limits import MAX_PDF_PAGE_BYTES, MAX_PDF_PAGES, Deadline
from annotator.model.article import normalised

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_NO_TEXT = "has no text layer, it is a scan or pictures only: run text recognition (OCR) on it first"
_PASSWORD = "is protected by a password: save or print it to a new PDF without one"  # noqa: S105  a message
_DAMAGED = "is damaged or cut off, or not a PDF in spite of its name: save or print it to a new PDF"
_ENDS = re.compile(r"[.!?:…。！？][\"'”’»)\]]*$")
_HYPHENATED = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]$")
_ITEM = re.compile(r"\s*(?:[•▪◦‣·*–—-]|\d{1,3}[.)])\s")
SHORT, VERY_SHORT = 0.85, 0.6
"""Shares of the page's long lines: a short line ends a paragraph if it ends a sentence, a very short one anyway."""


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
    pages = [_lines(page, deadline) for page in reader.pages]
    lengths = sorted(len(line) for lines in pages for line in lines if line)
    long = lengths[int(len(lengths) * 0.9)] if lengths else 0
    paragraphs: list[list[str]] = []
    for lines in pages:
        more = rejoined(lines, long)
        if paragraphs and more and not _ENDS.search(paragraphs[-1][-1]) and more[0][0][:1].islower():
            paragraphs[-1] += more.pop(0)  # the page's end broke a paragraph
        paragraphs += more
    return "\n\n".join(map(_joined, paragraphs))


def _lines(page: PageObject, deadline: Deadline) -> list[str]:
    """Return a page's lines; the deadline holds inside the page, too."""
    deadline.check()
    content = page.get_contents()
    if content is not None and len(content.get_data()) > MAX_PDF_PAGE_BYTES:
        raise ImportRefusedError("has a page with too much drawn on it to be an article: copy the text and paste it")
    text = page.extract_text(visitor_operand_before=lambda *_: deadline.check())
    return [line.strip() for line in normalised(text).split("\n")]


def rejoined(lines: list[str], long: int) -> list[list[str]]:
    """Return the lines of each paragraph: it goes on until a blank line, a bullet or a line that ends early.

    ``long`` is how many characters the document's long lines have.
    """
    paragraphs: list[list[str]] = []
    open_ended = False
    for line in lines:
        if open_ended and line and not _ITEM.match(line):
            paragraphs[-1].append(line)
        elif line:
            paragraphs.append([line])
        open_ended = bool(line) and not _ends_early(line, long)
    return paragraphs


def _ends_early(line: str, long: int) -> bool:
    """Tell whether a line is a paragraph's last: short with a sentence's end, or very short as headings are."""
    if len(line) < VERY_SHORT * long:
        return not line.endswith((",", ";")) and not _HYPHENATED.search(line)
    return len(line) < SHORT * long and bool(_ENDS.search(line))


def _joined(lines: list[str]) -> str:
    """Join a paragraph's lines by blanks, or without the hyphen where a word was parted."""
    pieces: list[str] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if _HYPHENATED.search(line) and following[:1].islower():
            pieces.append(line[:-1])
        else:
            pieces += (line, " " if following else "")
    return "".join(pieces)


def _is_title(title: str, text: str) -> bool:
    """Tell whether a PDF's title is one: it often is a file's name or a program's, but then it is not in the text."""
    return bool(title.strip()) and " ".join(title.split()).lower() in " ".join(text[:2_000].split()).lower()
