"""Which articles a list shows, in which order: row numbers only, so that 100,000 of them come at once."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Collection, Container, Iterator, Sequence
from contextlib import contextmanager

from msgspec.json import Decoder
from msgspec.structs import replace

from annotator.model.article import Status
from annotator.model.content import ArticleFilter, ArticleRow, Order
from annotator.storage import search

_SOME = 500
_MANY = 10_000
"""Rows from which on it is quicker to read all uids than to look for each."""
_PART = 500
"""Articles whose texts are looked through in a hundredth of a second."""
_numbers = Decoder(list[int]).decode
"""Reads row numbers that come as one JSON text, in a third of the time that json.loads() takes."""
_ORDERS = {
    Order.IMPORTED: [" ORDER BY imported {0}, uid {0}"],
    Order.TITLE: [" ORDER BY title COLLATE NOCASE {0}, id {0}"],
    Order.SOURCE: [" ORDER BY source COLLATE NOCASE {0}, published {0}, id {0}"],
    # In two parts, for each goes along the index; one that said both would be sorted.
    Order.PUBLISHED: [" WHERE published > '' ORDER BY published {0}, id {0}", " WHERE published = '' ORDER BY id {0}"],
}
"""Every order has an index to go along: sorting 100,000 titles takes a sixth of a second."""


def ordered(
    connection: sqlite3.Connection, order: Order = Order.IMPORTED, *, descending: bool = False
) -> Sequence[int]:
    """Return the row numbers of all articles in order."""
    rows: list[int] = []
    for part in _ORDERS[order]:
        # As one JSON text: a tuple for each of 100,000 rows takes twice as long.
        some = f"SELECT id FROM article{part.format('DESC' if descending else 'ASC')}"
        with _in_passing(connection):
            (found,) = connection.execute(f"SELECT json_group_array(id) FROM ({some})").fetchone()
        rows += _numbers(found)
    return _compact(rows)


def _compact(rows: list[int]) -> Sequence[int]:
    """Of rows that follow each other, as they do when they have been imported and none is gone, return their range."""
    # No number is there twice: in order, and as far apart as they are many, they are all there.
    if rows and rows[-1] - rows[0] == len(rows) - 1 and rows == sorted(rows):
        return range(rows[0], rows[-1] + 1)
    return array("q", rows)


@contextmanager
def _in_passing(connection: sqlite3.Connection) -> Iterator[None]:
    """Read through a whole table or index with a small cache: what is read once and never again need not be kept."""
    (usual,) = connection.execute("PRAGMA cache_size").fetchone()
    connection.execute("PRAGMA cache_size = -2000")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA cache_size = {usual}")


def uids(connection: sqlite3.Connection, rows: Sequence[int]) -> dict[int, str]:
    """Return the uids of the articles of these rows; those that are gone are left out."""
    if len(rows) > _MANY:
        every = dict(connection.execute("SELECT id, uid FROM article").fetchall())
        return {row: every[row] for row in rows if row in every}
    found: dict[int, str] = {}
    for start in range(0, len(rows), _SOME):
        some = tuple(rows[start : start + _SOME])
        marks = ", ".join("?" * len(some))
        found.update(connection.execute(f"SELECT id, uid FROM article WHERE id IN ({marks})", some).fetchall())
    return found


def row(connection: sqlite3.Connection, uid: str) -> int | None:
    """Return an article's row number, None when it is not there."""
    found = connection.execute("SELECT id FROM article WHERE uid = ?", (uid,)).fetchone()
    return None if found is None else int(found[0])


def begun(connection: sqlite3.Connection, annotator: str) -> dict[Status, list[int]]:
    """Return the row numbers of the articles that are no longer to do for an annotator, by status."""
    statuses = [status for status in Status if status is not Status.TODO]
    columns = ", ".join("json_group_array(article.id) FILTER (WHERE status = ?)" for _ in statuses)
    with _in_passing(connection):
        found = connection.execute(
            f"SELECT {columns} FROM article_work JOIN article ON article.uid = article_work.article"
            " WHERE annotator = ? AND status <> 'todo'",
            (*(status.value for status in statuses), annotator),
        ).fetchone()
    return {status: _numbers(rows) for status, rows in zip(statuses, found, strict=True)}


def passing_in_parts(connection: sqlite3.Connection, annotator: str, chosen: ArticleFilter) -> Iterator[list[int]]:
    """Yield what ``passing`` returns, in parts, each read in a moment: no commit has to wait longer than that for it.

    An index of words answers at once or not at all; it is looking at the articles themselves that can be done by parts.
    """
    found, rest = _by_index(connection, chosen)
    if found is not None and not rest.narrows:
        yield found
        return
    kept = None if found is None else set(found)
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM article").fetchone()
    for start in range(1, last + 1, _PART):
        yield _both(kept, _meeting(connection, annotator, rest, f"article.id BETWEEN {start} AND {start + _PART - 1}"))


def passing(connection: sqlite3.Connection, annotator: str, chosen: ArticleFilter) -> list[int]:
    """Return the row numbers of the articles that pass the filter, in no order."""
    found, rest = _by_index(connection, chosen)
    if found is None:
        return _meeting(connection, annotator, rest)
    if not rest.narrows:
        return found
    if len(found) <= _SOME:
        return _meeting(connection, annotator, rest, f"article.id IN ({', '.join(map(str, found))})")
    return _both(set(found), _meeting(connection, annotator, rest))


def _by_index(connection: sqlite3.Connection, chosen: ArticleFilter) -> tuple[list[int] | None, ArticleFilter]:
    """Return the rows whose words an index finds (None: no index can tell), and the filter that is left.

    Asked by itself, as whatever else is asked of the articles does not make it slower then.
    """
    queries = search.article_queries(chosen.words)
    if queries:
        return _found(connection, queries), replace(chosen, words="")
    return None, chosen


def _both(kept: Container[int] | None, rows: list[int]) -> list[int]:
    return rows if kept is None else [row for row in rows if row in kept]


def _meeting(connection: sqlite3.Connection, annotator: str, chosen: ArticleFilter, among: str = "") -> list[int]:
    """Return the rows that meet the conditions; ``among``, a condition on ``article.id``, says which are looked at."""
    conditions, values = _conditions(chosen)
    if among:
        conditions.append(among)
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    standing = ""
    if chosen.statuses or chosen.assigned_only:
        standing = " LEFT JOIN article_work work ON work.article = article.uid AND work.annotator = ?"
        values = [annotator, *values]
    return _rows(connection, f"SELECT json_group_array(article.id) FROM article{standing}{where}", values)


def _found(connection: sqlite3.Connection, queries: Sequence[tuple[str, str]]) -> list[int]:
    """Return the rows that all queries find, from the indexes alone."""
    index = queries[0][0]
    # The plus: the further index is read once, not asked for each row that the first has found.
    further = f" AND {search.among('+rowid', queries[1:])}" if queries[1:] else ""
    statement = f"SELECT json_group_array(rowid) FROM {index} WHERE {index} MATCH ?{further}"
    return _rows(connection, statement, [query for _, query in queries])


def _rows(connection: sqlite3.Connection, statement: str, values: Sequence[str]) -> list[int]:
    """Return row numbers that come as one JSON text: a tuple for each of 100,000 takes longer than the search."""
    (found,) = connection.execute(statement, values).fetchone()
    return _numbers(found)


def _conditions(chosen: ArticleFilter) -> tuple[list[str], list[str]]:
    conditions: list[str] = []
    values: list[str] = []

    def add(condition: str, *bound: str) -> None:
        conditions.append(condition)
        values.extend(bound)

    if chosen.words.strip():
        condition, bound = search.article_condition(chosen.words)
        add(condition, *bound)
    _add_choice(add, "coalesce(work.status, 'todo') IN ({})", chosen.statuses)
    _add_choice(add, "article.source IN ({})", chosen.sources)
    # Article by article: it ends with the first annotation that fits. Of two lists of articles, one by uid and one by
    # row, SQLite would make all pairs.
    within = "EXISTS (SELECT 1 FROM annotation WHERE annotation.article = article.uid AND annotation.{} IN ({{}}))"
    _add_choice(add, within.format("tag_type"), chosen.tag_types)
    _add_choice(add, within.format("annotator"), chosen.annotators)
    if chosen.published_from:
        add("article.published >= ?", chosen.published_from)
    if chosen.published_to:
        # An ISO date that is a prefix counts as within: 2025-03 passes "up to 2025-03-13" and "up to 2025".
        add("substr(article.published, 1, length(?)) <= ? AND article.published <> ''", *[chosen.published_to] * 2)
    if chosen.assigned_only:
        # The join above is on the annotator's own standing, so this says: assigned to them.
        add("work.assigned = 1")
    if chosen.reviewed is not None:
        marked = "EXISTS (SELECT 1 FROM article_work WHERE article_work.article = article.uid AND reviewed = 1)"
        add(marked if chosen.reviewed else f"NOT {marked}")
    return conditions, values


def _add_choice(add: Callable[..., None], condition: str, choices: Collection[str]) -> None:
    if choices:
        add(condition.format(", ".join("?" * len(choices))), *sorted(choices))


def rows(connection: sqlite3.Connection, uids: Sequence[str], annotator: str) -> list[ArticleRow]:
    """Return the lines of the list for these uids, in their order; those that are gone are left out."""
    marks = ", ".join("?" * len(uids))
    told = connection.execute(
        "SELECT article.uid, title, source, published, words, coalesce(status, 'todo') FROM article"
        " LEFT JOIN article_work ON article_work.article = article.uid AND article_work.annotator = ?"
        f" WHERE article.uid IN ({marks})",
        (annotator, *uids),
    ).fetchall()
    tags: dict[str, dict[str, int]] = {}
    for article, tag, count in connection.execute(
        f"SELECT article, tag_type, count(*) FROM annotation WHERE article IN ({marks}) GROUP BY article, tag_type",
        tuple(uids),
    ):
        tags.setdefault(article, {})[tag] = count
    found = {
        row[0]: ArticleRow(row[0], row[1], row[2], row[3], row[4], Status(row[5]), tags.get(row[0], {})) for row in told
    }
    return [found[uid] for uid in uids if uid in found]
