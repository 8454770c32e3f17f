"""Full-text search: the index brought up to date by the writer, and the queries over it."""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from annotator.base.errors import RuleError
from annotator.model.annotation import Annotation
from annotator.model.article import Article, normalised
from annotator.model.changes import Change, Kind, Record
from annotator.model.finding import is_unspaced
from annotator.model.values import as_text

_AT_HAND = 3
"""Letters of the beginnings of words that ``article_starts`` has at hand."""
_TERM = re.compile(r'"([^"]*)"|([^\s"]+)')

_Said = tuple[Record, tuple[str, str]]
"""A record and what ``_article_words`` or ``_annotation_words`` says of it."""


class Words:
    """What a change set takes out of the index and puts into it: only where words have changed."""

    def __init__(self, changes: Iterable[Change]) -> None:
        self._gone: list[_Said] = []
        self._fresh: list[_Said] = []
        article, annotation = Kind.ARTICLE, Kind.ANNOTATION
        for change in changes:
            if change.kind is article:
                self._look(change, _article_words)
            elif change.kind is annotation and (_may_have_words(change.after) or _may_have_words(change.before)):
                self._look(change, _annotation_words)

    def _look(self, change: Change, words: Callable[[Record | None], tuple[str, str] | None]) -> None:
        before, after = words(change.before), words(change.after)
        if before == after:
            return
        if before is not None and change.before is not None:
            self._gone.append((change.before, before))
        if after is not None and change.after is not None:
            self._fresh.append((change.after, after))

    def forget(self, connection: sqlite3.Connection) -> None:
        """Take the records' old words out of the index; call before their rows are written."""
        _index(connection, self._gone, {}, delete=True)

    def learn(self, connection: sqlite3.Connection, texts: Mapping[str, str]) -> None:
        """Put the records' new words into the index; call after their rows were written."""
        _index(connection, self._fresh, texts, delete=False)


def _article_words(record: Record | None) -> tuple[str, str] | None:
    return (record.title, record.sha256) if isinstance(record, Article) else None


def _may_have_words(annotation: Record | None) -> bool:
    # Most have none, and a step can hold hundreds of thousands.
    return isinstance(annotation, Annotation) and bool(annotation.values or annotation.note)


def _annotation_words(record: Record | None) -> tuple[str, str] | None:
    if not isinstance(record, Annotation):
        return None
    if not record.values:
        return (record.note, "") if record.note else None
    words = (record.note, "\n".join([as_text(value) for _, value in record.values if isinstance(value, str)]))
    return words if any(words) else None


def _index(connection: sqlite3.Connection, some: Iterable[_Said], texts: Mapping[str, str], *, delete: bool) -> None:
    """Index records, or take them out: all of one kind by one statement, for an import brings thousands."""
    for index, kind, columns, rows in _indexed(connection, some, texts):
        command, mark = (f"{index}, ", "'delete', ") if delete else ("", "")
        uids = json.dumps([uid for *_, uid in rows])
        asked = f"SELECT uid, id FROM {kind} WHERE uid IN (SELECT value FROM json_each(?))"
        ids = dict(connection.execute(asked, (uids,)).fetchall())
        connection.executemany(
            f"INSERT INTO {index} ({command}rowid, {columns}) VALUES ({mark}?, ?, ?)",
            [(ids[uid], first, second) for first, second, uid in rows if uid in ids],
        )


def _indexed(
    connection: sqlite3.Connection, some: Iterable[_Said], texts: Mapping[str, str]
) -> Iterator[tuple[str, Kind, str, list[tuple[str, str, str]]]]:
    """Yield for each index: its name, whose records it holds, its columns, and the words with the record's uid."""
    articles, unspaced, annotations = [], [], []
    for record, words in some:
        if isinstance(record, Article):
            articles.append((record.title, _body(connection, record, texts), record.uid))
            if any(map(is_unspaced, articles[-1][:2])):
                unspaced.append(articles[-1])
        else:
            annotations.append((*words, record.uid))
    if articles:
        for index in ("article_words", "article_starts"):
            yield index, Kind.ARTICLE, "title, body", articles
    if unspaced:
        yield "article_trigrams", Kind.ARTICLE, "title, body", unspaced
    if annotations:
        yield "annotation_words", Kind.ANNOTATION, 'note, "values"', annotations


def _body(connection: sqlite3.Connection, article: Article, texts: Mapping[str, str]) -> str:
    try:
        return texts[article.sha256] if article.sha256 in texts else text_of(connection, article.sha256)
    except KeyError:
        raise RuleError(f"The text of “{article.title}” is not there; nothing was written.") from None


def text_of(connection: sqlite3.Connection, sha256: str) -> str:
    """Return an article text; raises KeyError when the file does not hold it."""
    row = connection.execute("SELECT body FROM text WHERE sha256 = ?", (sha256,)).fetchone()
    if row is None:
        raise KeyError(sha256)
    return str(row[0])


def texts_of(connection: sqlite3.Connection, sha256: Sequence[str]) -> dict[str, str]:
    """Return article texts by their SHA-256; those that the file does not hold are left out."""
    asked = "SELECT sha256, body FROM text WHERE sha256 IN (SELECT value FROM json_each(?))"
    return dict(connection.execute(asked, (json.dumps(sha256),)).fetchall())


def match_expression(words: str) -> str:
    """Turn what a person typed into an FTS5 query: every word must occur, the last may be unfinished.

    Words in double quotes are a phrase. Nothing typed can be a syntax error: every term is quoted.
    """
    return " AND ".join(quoted for _, quoted in _terms(words))


def _terms(words: str) -> list[tuple[str, str]]:
    """Return what was typed term by term, each as it is and as FTS5 takes it."""
    found = [phrase or word for phrase, word in _TERM.findall(normalised(words))]
    kept = [term for term in found if re.search(r"[^\W_]", term)]  # what the index has no word of finds nothing
    quoted = ['"' + term.replace('"', '""') + '"' for term in kept]
    if quoted and not words.endswith('"'):
        quoted[-1] += "*"
    return list(zip(kept, quoted, strict=True))


def article_queries(words: str) -> list[tuple[str, str]]:
    """Return the indexes to ask for what was typed, each with its query; an article must be found by all of them.

    Nothing where no index of words can tell. ``article_starts`` has the beginnings of words at hand, but knows no
    phrases; what is longer than they are ``article_words`` finds in half the time.
    """
    if is_unspaced(normalised(words)):
        return []
    terms = _terms(words)
    begun = bool(terms) and terms[-1][1].endswith("*") and len(terms[-1][0]) <= _AT_HAND
    asked: dict[str, list[str]] = {"article_words": [], "article_starts": []}
    for term, quoted in terms:
        asked["article_starts" if begun and _is_one_word(term) else "article_words"].append(quoted)
    return [(index, " AND ".join(queries)) for index, queries in asked.items() if queries]


def _is_one_word(term: str) -> bool:
    """Tell whether the index takes a term as one word; of letters that Unicode got later, old SQLite does not know."""
    return all(unicodedata.ucd_3_2_0.category(character)[0] in "LN" for character in term)


def article_condition(words: str) -> tuple[str, list[str]]:
    """Return an SQL condition on ``article`` (and its values) for articles that hold the words."""
    words = normalised(words)  # SQLite takes no lone surrogates, and a query ends at a NUL
    if is_unspaced(words):
        return _unspaced_condition(words)
    queries = article_queries(words)
    if not queries:
        return "article.title LIKE ? ESCAPE '\\'", [like(words.strip())]
    return among("article.id", queries), [query for _, query in queries]


def among(column: str, queries: Iterable[tuple[str, str]]) -> str:
    """Return an SQL condition: the row is found by each of the queries, whose texts are its values."""
    return " AND ".join(f"{column} IN (SELECT rowid FROM {index} WHERE {index} MATCH ?)" for index, _ in queries)


def _unspaced_condition(words: str) -> tuple[str, list[str]]:
    conditions, values = [], []
    for word in words.replace('"', " ").split():
        if len(word) >= 3:
            conditions.append("article.id IN (SELECT rowid FROM article_trigrams WHERE article_trigrams MATCH ?)")
            values.append(f'"{word}"')
        else:  # trigrams cannot find less than three characters
            conditions.append(
                "(article.title LIKE ? ESCAPE '\\' OR EXISTS"
                " (SELECT 1 FROM text WHERE text.sha256 = article.sha256 AND instr(body, ?) > 0))"
            )
            values.extend((like(word), word))
    return " AND ".join(conditions), values


def like(words: str) -> str:
    """Return a LIKE pattern for text that holds these words; use with ``ESCAPE '\\'``."""
    escaped = normalised(words).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def annotations_with(connection: sqlite3.Connection, words: str, limit: int) -> Iterator[tuple[str, str, str, str]]:
    """Yield (annotation uid, article uid, note, attribute texts) of annotations whose note or values hold the words."""
    expression = match_expression(words)
    if not expression:
        return
    cursor = connection.execute(
        'SELECT uid, article, note, "values" FROM annotation WHERE id IN'
        " (SELECT rowid FROM annotation_words WHERE annotation_words MATCH ? LIMIT ?)",
        (expression, limit),
    )
    for uid, article, note, values in cursor.fetchall():
        texts = [value for value in json.loads(values).values() if isinstance(value, str)]
        yield uid, article, note, "\n".join(texts)
