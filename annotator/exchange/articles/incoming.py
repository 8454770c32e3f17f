"""What comes out of reading a file: articles, and what was refused with the reason."""

from __future__ import annotations

from msgspec import Struct

from annotator.base.clock import now
from annotator.base.uuid7 import uuid7
from annotator.model.article import Article, text_hash, word_count
from annotator.model.span import Span


class IncomingArticle(Struct, frozen=True):
    """One article as read from a file, before a project takes it in.

    ``text`` has gone through the import's one normalisation. The other fields are proposals or a file's own
    metadata, to be corrected by a person. ``furniture`` is ordered and disjoint, in code points of ``text``.
    ``path`` is the file it came from, empty when pasted; ``location`` the place in that file, such as ``row 7``.
    """

    title: str
    text: str
    source: str = ""
    byline: str = ""
    published: str = ""
    url: str = ""
    language: str = ""
    furniture: tuple[Span, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()
    path: str = ""
    location: str = ""


class Refused(Struct, frozen=True):
    """A file or row that gave no article; ``reason`` is one line: what, why, what to do.

    ``columns`` are those of a table that would be read if somebody said which of them holds the text.
    """

    path: str
    reason: str
    location: str = ""
    columns: tuple[str, ...] = ()


Outcome = IncomingArticle | Refused


def as_article(incoming: IncomingArticle) -> tuple[Article, str]:
    """Return the article as a project takes it in, with a new uid and the present time, and its text."""
    text = incoming.text
    article = Article(
        uid=uuid7(),
        title=incoming.title,
        sha256=text_hash(text),
        characters=len(text),
        words=word_count(text),
        source=incoming.source,
        byline=incoming.byline,
        published=incoming.published,
        url=incoming.url,
        language=incoming.language,
        furniture=incoming.furniture,
        extra=incoming.extra,
        imported=now(),
    )
    return article, text
