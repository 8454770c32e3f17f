"""An article put together from its text, its file's own metadata and what its first lines propose."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from msgspec import Struct

from annotator.base.errors import ImportRefusedError
from annotator.exchange.articles.furniture import furniture_spans
from annotator.exchange.articles.incoming import IncomingArticle
from annotator.exchange.articles.proposals import host_of, proposed, shortened
from annotator.model.article import normalised

UNTITLED = "Untitled"


class Given(Struct, frozen=True):
    """What a file says itself of its article; it goes before what the first lines propose."""

    title: str = ""
    source: str = ""
    byline: str = ""
    published: str = ""
    url: str = ""
    language: str = ""


NOTHING_GIVEN = Given()


def assembled(
    text: str,
    path: str = "",
    location: str = "",
    *,
    given: Given = NOTHING_GIVEN,
    extra: Iterable[tuple[str, str]] = (),
    name: str = "",
) -> IncomingArticle:
    """Return the article; its text is normalised and otherwise whole.

    ``name`` is the title when neither the file nor the first lines give one, else the file's name is.

    Raises ImportRefusedError when the text is empty or only white space.
    """
    text = normalised(text)
    if not text or text.isspace():
        raise ImportRefusedError("holds no text, only white space or nothing: leave it out or fill it in")
    first = proposed(text)
    url = _line(given.url) or first.url
    return IncomingArticle(
        title=shortened(normalised(given.title)) or first.title or name or PurePath(path).stem or UNTITLED,
        text=text,
        source=_line(given.source) or first.source or host_of(url),
        byline=_line(given.byline) or first.byline,
        published=given.published or first.published,
        url=url,
        language=_line(given.language) or first.language,
        furniture=furniture_spans(text),
        extra=tuple((_line(name), normalised(value)) for name, value in extra if value),
        path=path,
        location=location,
    )


def _line(value: str) -> str:
    """Return a value of metadata as one line; empty stays empty without work."""
    return " ".join(normalised(value).split()) if value else value
