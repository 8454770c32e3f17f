"""Whether the search index is in step with what it indexes: the same words are indexed again and compared."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from annotator.model.annotation import Annotation
from annotator.model.article import Article
from annotator.model.changes import Change, Kind
from annotator.storage import migrate, search
from annotator.storage.reader import Reader

_OF_ALL_ARTICLES = ("article_words", "article_starts")
_INDEXES = (*_OF_ALL_ARTICLES, "article_trigrams", "annotation_words")
WHOLE = 5_000_000
"""Characters of all texts up to which every indexed word is compared; beyond that, only which articles are there."""


def out_of_step(connection: sqlite3.Connection, whole: int = WHOLE) -> Iterator[tuple[str, str]]:
    """Yield (index, what is wrong) for every index that does not hold what it should."""
    (characters,) = connection.execute("SELECT coalesce(sum(characters), 0) FROM article").fetchone()
    if characters > whole:
        articles = set(connection.execute("SELECT id FROM article"))
        for index in _OF_ALL_ARTICLES:
            yield from _told(index, set(connection.execute(f"SELECT id FROM {index}_docsize")) ^ articles)
        return
    fresh = sqlite3.connect(":memory:", isolation_level=None)
    try:
        _build(connection, fresh)
        for index in _INDEXES:
            yield from _told(index, _words(connection, index) ^ _words(fresh, index))
    finally:
        fresh.close()


def _told(index: str, differing: set[tuple[int, ...]]) -> Iterator[tuple[str, str]]:
    if differing:
        rows = sorted({row[0] for row in differing})
        yield index, f"searching finds other words than are there ({len(rows)} rows, the first is {rows[0]})"


def _build(connection: sqlite3.Connection, fresh: sqlite3.Connection) -> None:
    for file in migrate.migration_files():
        for statement in migrate.statements(file.read_text("utf-8")):
            if "CREATE VIRTUAL TABLE" in statement:
                fresh.execute(statement)
    read = Reader(connection)
    for kind, record_type in ((Kind.ARTICLE, Article), (Kind.ANNOTATION, Annotation)):
        fresh.execute(f"CREATE TABLE {kind} (id INTEGER PRIMARY KEY, uid TEXT UNIQUE)")
        fresh.executemany(f"INSERT INTO {kind} VALUES (?, ?)", connection.execute(f"SELECT id, uid FROM {kind}"))
        for record in read.all(record_type):
            if isinstance(record, Article) and not read.has_text(record.sha256):
                continue  # told as a reference that leads nowhere
            texts = {record.sha256: read.text(record.sha256)} if isinstance(record, Article) else {}
            search.learn(fresh, [Change(kind, record.uid, None, record)], texts)


def _words(connection: sqlite3.Connection, index: str) -> set[tuple[int, ...]]:
    """Return every word of an index as (row, hash of word and column, place)."""
    name = f"words_of_{index}"
    connection.execute(f"CREATE VIRTUAL TABLE temp.{name} USING fts5vocab(main, {index}, instance)")
    rows = connection.execute(f'SELECT doc, term, col, "offset" FROM temp.{name}')
    found: set[tuple[int, ...]] = {(doc, hash((term, column)), place) for doc, term, column, place in rows}
    connection.execute(f"DROP TABLE temp.{name}")
    return found
