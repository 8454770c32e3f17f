"""How much a project holds. Annotations are counted as they are written: there may be a million to go through."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from operator import attrgetter

from annotator.model.changes import Change, Kind, Record
from annotator.model.content import ProjectCounts

_COLUMNS = ("tag_type", "annotator", "annotation_set")
"""What annotations are counted by; each is named like the table that it refers to, and stands in its order."""
_Kept = tuple[str, str, str]
_kept: Callable[[Record], _Kept] = attrgetter(*_COLUMNS)


def keep(connection: sqlite3.Connection, changes: Iterable[Change]) -> None:
    """Bring ``annotation_count`` up to date with a change set, within its transaction."""
    kind = Kind.ANNOTATION
    here = [change for change in changes if change.kind is kind]
    moved: Counter[_Kept] = Counter(map(_kept, [one.after for one in here if one.after is not None]))
    moved.subtract(map(_kept, [one.before for one in here if one.before is not None]))
    for kept, by in moved.items():
        if by:
            connection.execute(
                "INSERT INTO annotation_count (tag_type, annotator, annotation_set, count) VALUES (?, ?, ?, ?)"
                " ON CONFLICT DO UPDATE SET count = count + excluded.count",
                (*kept, by),
            )
    if any(by < 0 for by in moved.values()):
        connection.execute("DELETE FROM annotation_count WHERE count = 0")


def out_of_step(connection: sqlite3.Connection) -> bool:
    """Tell whether ``annotation_count`` says anything else than the annotations themselves."""
    columns = ", ".join(_COLUMNS)
    counted = connection.execute(f"SELECT {columns}, count(*) FROM annotation GROUP BY {columns}")
    kept = connection.execute(f"SELECT {columns}, count FROM annotation_count")
    return set(counted.fetchall()) != set(kept.fetchall())


def counts(connection: sqlite3.Connection) -> ProjectCounts:
    """Return how much the project holds."""
    owner = not connection.in_transaction
    if owner:
        connection.execute("BEGIN")  # one state of the file
    try:
        by_tag, by_annotator, by_set = (_summed(connection, column) for column in _COLUMNS)
        statuses = connection.execute("SELECT status, count(*) FROM article_work GROUP BY status ORDER BY status")
        return ProjectCounts(
            articles=rows(connection, Kind.ARTICLE),
            annotations=sum(by_set.values()),
            links=rows(connection, Kind.LINK),
            entities=rows(connection, Kind.ENTITY),
            by_tag=by_tag,
            by_annotator=by_annotator,
            by_set=by_set,
            by_status=dict(statuses.fetchall()),
        )
    finally:
        if owner:
            connection.execute("COMMIT")


def rows(connection: sqlite3.Connection, kind: Kind, where: str = "") -> int:
    """Return how many records of a kind there are."""
    (count,) = connection.execute(f"SELECT count(*) FROM {kind} {where}").fetchone()
    return int(count)


def on_articles(connection: sqlite3.Connection, kind: Kind) -> dict[str, int]:
    """Return how many records of a kind stand on each article that has any."""
    return dict(connection.execute(f"SELECT article, count(*) FROM {kind} GROUP BY article").fetchall())


def borne(connection: sqlite3.Connection, column: str, uid: str) -> int:
    """Return how many annotations have this tag type, annotator or annotation set."""
    (count,) = connection.execute(
        f"SELECT coalesce(sum(count), 0) FROM annotation_count WHERE {column} = ?", (uid,)
    ).fetchone()
    return int(count)


def _summed(connection: sqlite3.Connection, column: str) -> dict[str, int]:
    """Return the counts by name in the order of what bears it; two people may bear one name."""
    order = "position, " if column == "tag_type" else ""
    found = connection.execute(
        f"SELECT name, sum(count) FROM annotation_count JOIN {column} AS of ON of.uid = {column}"
        f" GROUP BY of.uid ORDER BY {order}of.id"
    )
    summed: dict[str, int] = {}
    for name, count in found:
        summed[name] = summed.get(name, 0) + count
    return summed
