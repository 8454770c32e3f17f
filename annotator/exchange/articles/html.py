"""HTML pages saved to disk: the article's body and metadata by trafilatura; nothing is fetched."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from annotator.base.errors import ImportRefusedError
from annotator.exchange.articles.assembly import Given, assembled
from annotator.exchange.articles.dates import guess_date
from annotator.exchange.articles.incoming import IncomingArticle
from annotator.exchange.articles.limits import MAX_HTML_BYTES, MAX_HTML_TAGS, MEGABYTE
from annotator.exchange.articles.plain_text import decoded

_CHARSET = re.compile(rb"<(?:meta[^>]{0,200}charset|\?xml[^>]{0,100}encoding)\s*=\s*[\"']?([\w-]{2,30})", re.IGNORECASE)
_BULLET = "- "
_NO_ARTICLE = "is HTML without an article in it: open it in a browser, copy the article and paste it"


def read(data: bytes, path: str) -> Iterator[IncomingArticle]:
    """Read the article of one page; paragraphs get a blank line between them.

    Raises ImportRefusedError when there is none, or when the page is too large to be one.
    """
    if len(data) > MAX_HTML_BYTES or data.count(b"<") > 2 * MAX_HTML_TAGS:
        raise ImportRefusedError(
            f"is HTML of more than {MAX_HTML_BYTES // MEGABYTE} MB or {MAX_HTML_TAGS:,} tags, which no article has: "
            "copy the article out of it and paste it"
        )
    tree = _tree(_page_text(data))
    language = (tree.get("lang") or tree.get("xml:lang") or "").strip()
    page = _extracted(tree)
    given = Given(
        title=page.title or "",
        source=page.sitename or page.hostname or "",
        byline=page.author or "",
        published=guess_date(page.date or ""),
        url=page.url or "",
        language=page.language or language,
    )
    yield assembled(_paragraphs(page.text), path, given=given)


def _page_text(data: bytes) -> str:
    """Return the page's text: UTF-8 or what its BOM says, else the encoding it declares, else a guess."""
    found = _CHARSET.search(data, 0, 4096)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if found is None or data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return decoded(data)
    try:
        return data.decode(found[1].decode())
    except (UnicodeDecodeError, LookupError):
        return decoded(data)


def _tree(page: str) -> Any:
    """Return the parsed page; the parser loads nothing, knows no entities of the page's own and limits nesting."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        return document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise ImportRefusedError(_NO_ARTICLE) from error


def _extracted(tree: Any) -> Any:
    """Return what trafilatura finds; readers' comments are not part of the article."""
    import trafilatura  # costs a third of a second, needed for HTML alone

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # its warnings quote the page
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    page: Any = trafilatura.bare_extraction(
        tree,
        with_metadata=True,
        include_comments=False,
        # An extensive search takes any date of the page for the article's.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if page is None or not (page.text or "").strip():
        raise ImportRefusedError(_NO_ARTICLE)
    return page


def _paragraphs(text: str) -> str:
    """Return the lines as paragraphs with a blank line between, the items of a list close together."""
    lines = [line for line in text.split("\n") if line.strip()]
    pieces = lines[:1]
    for previous, line in pairwise(lines):
        listed = previous.startswith(_BULLET) and line.startswith(_BULLET)
        pieces += ("\n" if listed else "\n\n", line)
    return "".join(pieces)
