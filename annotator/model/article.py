"""Articles: one imported text each, frozen after the one normalisation at import."""

from __future__ import annotations

import hashlib
import re
from enum import StrEnum

from msgspec import Struct

from annotator.model.span import Span
from annotator.model.values import Values

_SURROGATES = re.compile("[\ud800-\udfff]")
_WORD = re.compile(r"\w+(?:[’'\-]\w+)*")
_TYPOGRAPHIC = (("’", "'"), *((mark, " ") for mark in "‘“”„–—…•€"))
"""Marks of prose that Latin-1 has not, with what counts the same."""
_CLASSES = bytes(ord("w" if re.match(r"\w", chr(at)) else "-" if chr(at) in "'-" else " ") for at in range(256))
"""For each character of Latin-1 what it is to a word: a part of one, what may stand inside, neither."""


class Status(StrEnum):
    """How far one annotator is with one article."""

    TODO = "todo"
    IN_PROGRESS = "in_progress"
    DONE = "done"


class Article(Struct, frozen=True, gc=False):
    """One imported text's metadata; the text itself is found by its SHA-256.

    ``published`` is an ISO date (``2025-03-13``), or as much of one as is known, or empty.
    ``furniture`` are the spans of share icons and the like, ordered and disjoint.
    ``extra`` are further (field, value) pairs in the order of their import.
    """

    uid: str
    title: str
    sha256: str
    characters: int
    words: int
    source: str = ""
    byline: str = ""
    published: str = ""
    url: str = ""
    language: str = ""
    furniture: tuple[Span, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()
    memo: str = ""
    imported: str = ""


class ArticleWork(Struct, frozen=True, gc=False):
    """One annotator's standing with one article: status, assignment, memo, article-level values.

    There is at most one per article and annotator. ``reviewed``: they have gone through the others' work on it.
    """

    uid: str
    article: str
    annotator: str
    status: Status = Status.TODO
    assigned: bool = False
    memo: str = ""
    values: Values = ()
    reviewed: bool = False


def normalised(text: str) -> str:
    """Apply the import's one normalisation: CRLF and CR become LF, a BOM goes, NUL and lone surrogates are replaced.

    Nothing else changes: no NFC, no trimming, no reflow.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    try:
        text.encode()  # lone surrogates are all that cannot be: looking for them takes some times as long
    except UnicodeEncodeError:
        return _SURROGATES.sub("\ufffd", text)
    return text


def text_hash(text: str) -> str:
    """Return the SHA-256 of the text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def word_count(text: str) -> int:
    """Count runs of word characters; an apostrophe or hyphen inside a word does not part it."""
    marks = text
    for mark, plain in _TYPOGRAPHIC:
        marks = marks.replace(mark, plain)
    try:
        classes = marks.encode("latin-1").translate(_CLASSES)
    except UnicodeEncodeError:
        return len(_WORD.findall(text))  # by its rule, which takes ten times as long
    joined = classes.replace(b"w-w", b"www").replace(b"w-w", b"www")  # twice: in a-b-c one letter stands between two
    return (b" " + joined.replace(b"-", b" ")).count(b" w")
