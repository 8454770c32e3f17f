"""Word files: paragraphs and tables in document order, the core properties as metadata."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from annotator.base.errors import ImportRefusedError
from annotator.exchange.articles.assembly import Given, assembled
from annotator.exchange.articles.incoming import IncomingArticle
from annotator.exchange.articles.limits import Deadline
from annotator.exchange.articles.packages import OLE_MAGIC, ZIP_MAGIC, examine, parts, refuse_ole

DOCUMENT = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_CHARACTERS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "\u2011"}
_LEFT_OUT = frozenset((f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr", _FALLBACK))
"""Deleted words of tracked changes, formatting, and the second copy of a text box."""
_MEANINGLESS = frozenset(("", "python-docx", "word document", "microsoft office user", "untitled"))


def read(data: bytes, path: str) -> Iterator[IncomingArticle]:
    """Read one .docx file.

    Raises ImportRefusedError when it is encrypted, damaged, hostile or has no text.
    """
    if data.startswith(OLE_MAGIC):
        refuse_ole(data)
    if not data.startswith(ZIP_MAGIC) or DOCUMENT not in parts(data):
        raise ImportRefusedError("is not a Word file in spite of its name: save it as .docx in Word, or as plain text")
    examine(data)
    import docx  # costs a fifth of a second, needed for Word files alone

    document = docx.Document(io.BytesIO(data))
    text = "\n\n".join(_blocks(document.element.body, Deadline()))
    properties = document.core_properties
    given = Given(title=_meaning(properties.title), language=_meaning(properties.language))
    author = _meaning(properties.author)
    # The author of the file is as often the researcher who saved it: no byline.
    yield assembled(text, path, given=given, extra=(("document_author", author),))


def _meaning(value: str | None) -> str:
    """Return a property, or empty for what programs write when nobody has said anything."""
    value = (value or "").strip()
    return "" if value.lower() in _MEANINGLESS else value


def _blocks(parent: Any, deadline: Deadline) -> Iterator[str]:
    """Yield the paragraphs and tables that are not empty, looking into content controls."""
    for child in parent.iterchildren():
        deadline.check()
        if child.tag == f"{_W}p":
            text = _paragraph(child)
        elif child.tag == f"{_W}tbl":
            text = "\n".join(_rows(child, deadline))
        elif child.tag in _LEFT_OUT:
            continue
        else:
            yield from _blocks(child, deadline)
            continue
        if text.strip():
            yield text


def _rows(table: Any, deadline: Deadline) -> Iterator[str]:
    """Yield the rows of a table, cells parted by tabs; a merged cell is written once in the file, so once here."""
    for row in table.iter(f"{_W}tr"):
        deadline.check()
        if next(row.iterancestors(f"{_W}tbl")) is table:
            cells = (cell for cell in row.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr")) is row)
            texts = [" ".join(_blocks(cell, deadline)) for cell in cells]
            if any(texts):
                yield "\t".join(texts)


def _paragraph(paragraph: Any) -> str:
    """Return all words of a paragraph: also of links, insertions of tracked changes, content and text boxes.

    ``Paragraph.text`` of python-docx leaves out insertions and content controls.
    """
    return "".join(_pieces(paragraph))


def _pieces(element: Any) -> Iterator[str]:
    for child in element.iterchildren():
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _CHARACTERS:
            yield _CHARACTERS[child.tag]
        elif child.tag not in _LEFT_OUT:
            yield from _pieces(child)
            if child.tag == f"{_W}p":
                yield "\n"
