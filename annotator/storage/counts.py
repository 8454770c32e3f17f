"""How much a project holds, in as few looks at the annotations as there can be: there may be a million."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from annotator.model.changes import Kind
from annotator.model.content import ProjectCounts

ONE_LOOK = 20
"""Up to so many tags, sets and people all are counted in one look; beyond, SQLite sorts the annotations for each."""
_COLUMNS = ("tag_type", "annotator", "annotation_set")
"""Columns of an annotation, each named like the table that it refers to."""
_Uses = list[tuple[str, int]]
"""Names with how many annotations bear them, the first used first."""


def counts(connection: sqlite3.Connection, one_look: int = ONE_LOOK) -> ProjectCounts:
    """Return how much the project holds."""
    owner = not connection.in_transaction
    if owner:
        connection.execute("BEGIN")  # one state of the file
    try:
        by_tag, by_annotator, by_set = _uses(connection, one_look)
        return ProjectCounts(
            articles=_count(connection, Kind.ARTICLE),
            annotations=_count(connection, Kind.ANNOTATION),
            links=_count(connection, Kind.LINK),
            entities=_count(connection, Kind.ENTITY),
            by_tag=_summed(by_tag),
            by_annotator=_summed(by_annotator),
            by_set=_summed(by_set),
            by_status=dict(
                connection.execute(
                    "SELECT status, count(*) FROM article_work GROUP BY status ORDER BY status"
                ).fetchall()
            ),
        )
    finally:
        if owner:
            connection.execute("COMMIT")


def _count(connection: sqlite3.Connection, kind: Kind) -> int:
    (count,) = connection.execute(f"SELECT count(*) FROM {kind}").fetchone()
    return int(count)


def _uses(connection: sqlite3.Connection, one_look: int) -> list[_Uses]:
    known = [connection.execute(f"SELECT uid, name FROM {table}").fetchall() for table in _COLUMNS]
    if not 0 < sum(map(len, known)) <= one_look:
        return [_grouped(connection, column) for column in _COLUMNS]
    filters = [f"count(*) FILTER (WHERE {column} = ?)" for column, of in zip(_COLUMNS, known, strict=True) for _ in of]
    uids = [uid for of in known for uid, _ in of]
    found = iter(connection.execute(f"SELECT {', '.join(filters)} FROM annotation", uids).fetchone())
    made: list[_Uses] = []
    for column, of in zip(_COLUMNS, known, strict=True):
        used = [(uid, name, count) for uid, name in of if (count := next(found))]
        used.sort(key=lambda one: _first(connection, column, one[0]))
        made.append([(name, count) for _, name, count in used])
    return made


def _first(connection: sqlite3.Connection, column: str, uid: str) -> int:
    # The order of the rows is that of their ids; the look ends at the first that fits.
    (row,) = connection.execute(f"SELECT id FROM annotation WHERE {column} = ? ORDER BY id LIMIT 1", (uid,)).fetchone()
    return int(row)


def _grouped(connection: sqlite3.Connection, column: str) -> _Uses:
    return connection.execute(
        f"SELECT t.name, count(*) FROM annotation a JOIN {column} t ON t.uid = a.{column}"
        f" GROUP BY a.{column} ORDER BY min(a.id)"
    ).fetchall()


def _summed(uses: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, count in uses:  # two people may bear one name
        found[name] = found.get(name, 0) + count
    return found
