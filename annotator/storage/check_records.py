"""What must hold of each record of a project file beyond what SQLite itself watches over."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise
from typing import cast

from msgspec import Struct

from annotator.base.errors import RuleError
from annotator.model import rules
from annotator.model.annotation import Annotation
from annotator.model.article import Article, ArticleWork, word_count
from annotator.model.changes import Kind
from annotator.model.codebook import Codebook
from annotator.model.project_info import ProjectInfo
from annotator.model.span import CONTEXT, Span, fragment
from annotator.storage import records
from annotator.storage.connection import Connection
from annotator.storage.reader import Reader

DAMAGED = (ValueError, TypeError, KeyError, IndexError, AttributeError)
"""What decoding a row raises that holds no record."""


_AT_ONCE = 500


class Problem(Struct, frozen=True):
    """One thing that is wrong: the table or thing, the record's uid if there is one, and what is wrong with it."""

    where: str
    uid: str
    what: str

    def __str__(self) -> str:
        """One line."""
        return " ".join(f"{f'{self.where} {self.uid}'.strip()}: {self.what}".split())


def problems(connection: Connection, wrong_texts: Collection[str]) -> tuple[bool, list[Problem]]:
    """Tell whether every row holds a record, and what is wrong: with the rows if not, else with the records.

    Articles whose text is damaged are passed over, and what stands in them.
    """
    others = [kind for kind in Kind if kind is not Kind.ANNOTATION]
    broken = [problem for kind in others for problem in _unreadable(connection, kind)]
    if broken:
        return False, [*broken, *_unreadable(connection, Kind.ANNOTATION)]
    read = Reader(connection)
    annotations = _Annotations(read, wrong_texts)
    annotations.look(connection)
    if annotations.unreadable:
        return False, annotations.unreadable
    return True, [*_project(read), *_articles(read, wrong_texts), *annotations.wrong, *_links(connection),
                  *_works(read)]  # fmt: skip


def _rows(connection: Connection, statement: str) -> Iterator[records.Row]:
    cursor = connection.execute(statement)
    while some := cursor.fetchmany(_AT_ONCE):  # row by row each is asked for in Python
        yield from some


def _unreadable(connection: Connection, kind: Kind) -> Iterator[Problem]:
    stored = records.table(kind)
    for row in _rows(connection, stored.select):
        try:
            record = stored.decode(row)
            stored.derive(record)
        except DAMAGED as error:
            yield _not_read(kind, row, error)


def _not_read(kind: Kind, row: records.Row, error: Exception) -> Problem:
    return Problem(kind, str(row[0]), f"cannot be read ({type(error).__name__})")


class _Annotations:
    """One look at every annotation, for there may be a million: reading them takes longer than all the rest."""

    def __init__(self, read: Reader, wrong_texts: Collection[str]) -> None:
        self.unreadable: list[Problem] = []
        self.wrong: list[Problem] = []
        self._read = read
        self._codebook = read.codebook()
        self._sha256 = {one.uid: one.sha256 for one in read.all(Article) if one.sha256 not in wrong_texts}
        self._article = ""
        self._text: str | None = None
        self._fine: set[tuple[str, object]] = set()  # tags with cells of values that are as the codebook asks

    def look(self, connection: Connection) -> None:
        """Go through the annotations, article after article."""
        stored = records.table(Kind.ANNOTATION)
        width, values = len(stored.columns), stored.columns.index("values")
        columns = ", ".join(records.quoted(column) for column in (*stored.columns, *stored.derived))
        for row in _rows(connection, f"SELECT {columns} FROM annotation ORDER BY article, id"):
            try:
                annotation = cast("Annotation", stored.decode(row[:width]))
                derived = stored.derive(annotation)
            except DAMAGED as error:
                self.unreadable.append(_not_read(Kind.ANNOTATION, row, error))
            else:
                self._judge(annotation, derived == row[width:], (annotation.tag_type, row[values]))

    def _judge(self, annotation: Annotation, derived_well: bool, values: tuple[str, object]) -> None:
        text = self._text_of(annotation.article)
        if text is not None and not stands(annotation, text):
            self.wrong += _offsets(annotation, text)
        if not derived_well:
            what = "what queries read of it is not what its fragments say"
            self.wrong.append(Problem("annotation", annotation.uid, what))
        if values not in self._fine:
            found = list(of_values(Kind.ANNOTATION, annotation, annotation.tag_type, self._codebook))
            self.wrong += found
            if not found:
                self._fine.add(values)

    def _text_of(self, article: str) -> str | None:
        if article != self._article:
            sha256 = self._sha256.get(article, "")
            self._article, self._text = article, self._read.text(sha256) if self._read.has_text(sha256) else None
        return self._text


def _project(read: Reader) -> Iterator[Problem]:
    count = sum(1 for _ in read.all(ProjectInfo))
    if count != 1:
        yield Problem("project", "", f"there are {count} records of the project itself instead of one")


def _articles(read: Reader, wrong_texts: Collection[str]) -> Iterator[Problem]:
    for article in read.all(Article):
        if article.sha256 not in wrong_texts and read.has_text(article.sha256):
            yield from of_article(article, read.text(article.sha256))


def of_article(article: Article, text: str) -> Iterator[Problem]:
    """Yield what an article says of its text that does not hold."""
    if article.characters != len(text):
        yield Problem("article", article.uid, f"says {article.characters} characters, its text has {len(text)}")
    if article.words != word_count(text):
        yield Problem("article", article.uid, f"says {article.words} words, its text has {word_count(text)}")
    if not _in_order(article.furniture) or any(span.stop > len(text) for span in article.furniture):
        yield Problem("article", article.uid, "its furniture is out of order or reaches behind the text")


def _in_order(spans: tuple[Span, ...]) -> bool:
    return all(one.stop <= other.start for one, other in pairwise(spans))


def stands(annotation: Annotation, text: str) -> bool:
    """Tell whether ``_offsets`` would find nothing, in a tenth of the time: so it is of nearly all annotations."""
    last, end = 0, len(text)
    for one in annotation.fragments:
        start, stop = one.start, one.stop
        if (
            not last <= start < stop <= end
            or one.exact != text[start:stop]
            or one.prefix != text[max(0, start - CONTEXT) : start]
            or one.suffix != text[stop : stop + CONTEXT]
        ):
            return False
        last = stop
    return True


def _offsets(annotation: Annotation, text: str) -> Iterator[Problem]:
    if not _in_order(annotation.spans):
        yield Problem("annotation", annotation.uid, "its fragments are out of order or overlap")
    for piece in annotation.fragments:
        if piece.stop > len(text):
            yield Problem("annotation", annotation.uid, f"{piece.start}-{piece.stop} reaches behind the text")
        elif piece.exact != text[piece.start : piece.stop]:
            yield Problem("annotation", annotation.uid, f"the text at {piece.start}-{piece.stop} is not its words")
        elif piece != fragment(text, piece.span):
            yield Problem("annotation", annotation.uid, f"the text around {piece.start}-{piece.stop} has changed")


def _links(connection: Connection) -> Iterator[Problem]:
    apart = connection.execute(
        "SELECT link.uid FROM link"
        " LEFT JOIN annotation AS a ON a.uid = link.from_annotation"
        " LEFT JOIN annotation AS b ON b.uid = link.to_annotation"
        " WHERE a.article IS NOT link.article OR b.article IS NOT link.article ORDER BY link.id"
    )
    for (uid,) in apart:
        yield Problem("link", uid, "its ends are not both in its article")


def _works(read: Reader) -> Iterator[Problem]:
    codebook = read.codebook()
    for work in read.all(ArticleWork):
        yield from of_values(Kind.ARTICLE_WORK, work, None, codebook)


def of_values(
    kind: Kind, record: Annotation | ArticleWork, tag_type: str | None, codebook: Codebook
) -> Iterator[Problem]:
    """Yield which values of a record the codebook does not ask for or does not allow."""
    if not record.values:
        return
    asked = {attribute.uid: attribute for attribute in codebook.attributes_of(tag_type)}
    for uid, value in record.values:
        if uid not in asked:
            yield Problem(kind, record.uid, f"has a value of the attribute {uid}, which is not asked of it")
            continue
        try:
            rules.check_value(asked[uid], value)
        except RuleError as error:
            yield Problem(kind, record.uid, str(error))
