"""What must hold of each record of a project file beyond what SQLite itself watches over."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise

from annotator.base.errors import RuleError
from annotator.model import rules
from annotator.model.annotation import Annotation, Link
from annotator.model.article import Article, ArticleWork, word_count
from annotator.model.changes import Kind
from annotator.model.codebook import Codebook
from annotator.model.project_info import ProjectInfo
from annotator.model.span import Span, fragment
from annotator.storage import records
from annotator.storage.connection import Connection
from annotator.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: the table or thing, the record's uid if there is one, and what is wrong with it."""

    where: str
    uid: str
    what: str

    def __str__(self) -> str:
        """One line."""
        return " ".join(f"{f'{self.where} {self.uid}'.strip()}: {self.what}".split())


def unreadable(connection: Connection) -> Iterator[Problem]:
    """Yield every row that holds no record."""
    for kind in Kind:
        stored = records.table(kind)
        for row in connection.execute(stored.select):
            try:
                record = stored.decode(row)
                if isinstance(record, Annotation):
                    stored.derive(record)
            except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
                yield Problem(kind, str(row[0]), f"cannot be read ({type(error).__name__})")


def problems(connection: Connection, wrong_texts: Collection[str]) -> Iterator[Problem]:
    """Yield what is wrong with readable records; articles whose text is damaged are passed over."""
    read = Reader(connection)
    count = sum(1 for _ in read.all(ProjectInfo))
    if count != 1:
        yield Problem("project", "", f"there are {count} records of the project itself instead of one")
    for article in read.all(Article):
        if article.sha256 not in wrong_texts and read.has_text(article.sha256):
            text = read.text(article.sha256)
            yield from _article(article, text)
            for annotation in read.annotations(article.uid):
                yield from _offsets(annotation, text)
    yield from _derived(connection)
    yield from _links(read)
    yield from _values(read)


def _article(article: Article, text: str) -> Iterator[Problem]:
    if article.characters != len(text):
        yield Problem("article", article.uid, f"says {article.characters} characters, its text has {len(text)}")
    if article.words != word_count(text):
        yield Problem("article", article.uid, f"says {article.words} words, its text has {word_count(text)}")
    if not _in_order(article.furniture) or any(span.stop > len(text) for span in article.furniture):
        yield Problem("article", article.uid, "its furniture is out of order or reaches behind the text")


def _in_order(spans: tuple[Span, ...]) -> bool:
    return all(one.stop <= other.start for one, other in pairwise(spans))


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


def _derived(connection: Connection) -> Iterator[Problem]:
    stored = records.table(Kind.ANNOTATION)
    columns = ", ".join(records.quoted(column) for column in (*stored.columns, *stored.derived))
    for row in connection.execute(f"SELECT {columns} FROM annotation"):
        annotation = stored.decode(row[: len(stored.columns)])
        if stored.derive(annotation) != row[len(stored.columns) :]:
            yield Problem("annotation", annotation.uid, "what queries read of it is not what its fragments say")


def _links(read: Reader) -> Iterator[Problem]:
    homes = {annotation.uid: annotation.article for annotation in read.all(Annotation)}
    for link in read.all(Link):
        if {homes.get(link.from_annotation), homes.get(link.to_annotation)} != {link.article}:
            yield Problem("link", link.uid, "its ends are not both in its article")


def _values(read: Reader) -> Iterator[Problem]:
    codebook = read.codebook()
    for annotation in read.all(Annotation):
        yield from _values_of(Kind.ANNOTATION, annotation, annotation.tag_type, codebook)
    for work in read.all(ArticleWork):
        yield from _values_of(Kind.ARTICLE_WORK, work, None, codebook)


def _values_of(
    kind: Kind, record: Annotation | ArticleWork, tag_type: str | None, codebook: Codebook
) -> Iterator[Problem]:
    asked = {attribute.uid: attribute for attribute in codebook.attributes_of(tag_type)}
    for uid, value in record.values:
        if uid not in asked:
            yield Problem(kind, record.uid, f"has a value of the attribute {uid}, which is not asked of it")
            continue
        try:
            rules.check_value(asked[uid], value)
        except RuleError as error:
            yield Problem(kind, record.uid, str(error))
