"""What SQLite alone needs for the same rows, with the settings that make a commit durable: the limits of ours."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.timing import Sample, each, repeated, timed

ALONE = "SQLite alone, same rows"
_PRAGMAS = ("journal_mode = DELETE", "synchronous = EXTRA", "foreign_keys = ON", "cache_size = -256000")
_OF_AN_ARTICLE = ("annotation", "link", "verdict")


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").fetchall()
    try:
        yield connection
    finally:
        connection.close()


def commits(path: Path) -> Sample:
    """Measure committing one small row at a time to a new file."""
    with _opened(path) as connection:
        connection.execute("CREATE TABLE one (id INTEGER PRIMARY KEY, words TEXT)")
        return repeated(lambda: connection.execute("INSERT INTO one (words) VALUES ('a span and its words')"), 40)


def brought_in(mine: Path, theirs: Path, annotator: str) -> float:
    """Return the seconds for putting somebody's annotations and links, and their history, into another file."""
    with _opened(mine) as connection:
        connection.execute("ATTACH ? AS theirs", (str(theirs),))
        return timed(lambda: _put_in(connection, annotator))


def _put_in(connection: sqlite3.Connection, annotator: str) -> None:
    connection.execute("BEGIN")
    sequence = connection.execute(
        "INSERT INTO change_set (uid, label, origin, annotator, time, merge_key, reverts, state)"
        " SELECT 'bare', label, origin, annotator, time, merge_key, reverts, state FROM change_set LIMIT 1"
    ).lastrowid
    for kind in ("annotation", "link"):
        columns = ", ".join(
            f'"{name}"' for _, name, *_ in connection.execute(f"PRAGMA table_info({kind})") if name != "id"
        )
        connection.execute(
            f"INSERT INTO {kind} ({columns}) SELECT {columns} FROM theirs.{kind} WHERE annotator = ?", (annotator,)
        )
        connection.execute(
            "INSERT INTO history (sequence, kind, uid, after) SELECT ?, kind, uid, after FROM theirs.history"
            " WHERE kind = ? AND before IS NULL",
            (sequence, kind),
        )
    connection.execute("COMMIT")


def taken_back(path: Path, uids: Sequence[str]) -> float:
    """Return the seconds for emptying the notes of annotations, with the history of it, in one commit."""

    def take_back() -> None:
        connection.execute("BEGIN")
        (last,) = connection.execute("SELECT max(sequence) FROM change_set").fetchone()
        connection.executemany("UPDATE annotation SET note = '' WHERE uid = ?", ((uid,) for uid in uids))
        connection.execute(
            "INSERT INTO history (sequence, kind, uid, before, after)"
            " SELECT sequence, kind, uid, after, before FROM history WHERE sequence = ?",
            (last,),
        )
        connection.execute("COMMIT")

    with _opened(path) as connection:
        return timed(take_back)


def articles_read(path: Path, uids: Sequence[str]) -> Sample:
    """Measure reading articles one by one: text, annotations, links and verdicts as they lie there."""

    def read(uid: str) -> None:
        connection.execute(
            "SELECT article.*, body FROM article JOIN text USING (sha256) WHERE uid = ?", (uid,)
        ).fetchall()
        for kind in _OF_AN_ARTICLE:
            connection.execute(f"SELECT * FROM {kind} WHERE article = ?", (uid,)).fetchall()

    with _opened(path) as connection:
        return each([lambda uid=uid: read(uid) for uid in uids])


def annotations_counted(path: Path) -> float:
    """Return the seconds for counting all annotations by tag and set."""
    counted = "SELECT tag_type, annotation_set, count(*) FROM annotation GROUP BY tag_type, annotation_set"
    with _opened(path) as connection:
        return timed(lambda: connection.execute(counted).fetchall())


def places_read(path: Path) -> float:
    """Return the seconds for reading where all annotations are, and of which tag and set."""
    statement = "SELECT article, annotation_set, tag_type, start, stop FROM annotation ORDER BY article"
    with _opened(path) as connection:
        return timed(lambda: connection.execute(statement).fetchall())


def copied(path: Path, copy: Path) -> float:
    """Return the seconds for writing a file's whole content into a new one."""
    with _opened(path) as connection:
        return timed(lambda: connection.execute("VACUUM INTO ?", (str(copy),)))
