"""What of large tables stands just so in two files, and what does not, found on a thread of its own.

SQLite looks at some thousands of rows in one step and says what it found as JSON: meanwhile the interpreter is left to
whoever makes records of the rows that differ. Asked row by row it would wait for the interpreter each time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache, partial
from pathlib import Path
from queue import SimpleQueue
from threading import Semaphore
from typing import Any, TypeVar, cast

import msgspec
from msgspec import Struct

from annotator.base.errors import ProjectError
from annotator.model.annotation import Confidence
from annotator.model.changes import Kind
from annotator.model.references import Key, fields_referring
from annotator.storage import records
from annotator.storage.connection import Connection, connect

T = TypeVar("T")
Cells = tuple[Any, ...]

AT_ONCE = 5000
"""Rows looked at in one go: between two of them neither file is locked."""
LARGE = 16_000_000
"""Bytes from which on fewer rows are looked at in one go: some people tag whole articles."""
IN_A_LOT = 250
"""Rows made into cells at a time: the first of a whole stretch would have left the processor's cache by the last."""
AHEAD = 64
"""How much of what was found may wait to be asked for, in megabytes."""

FIRST, LAST = -(2**63), 2**63 - 1
"""The row ids that there can be."""
_Piece = tuple[int, int, str, str, str]
_Annotation = tuple[
    str, str, str, str, list[_Piece], str, str | None, str, str, Confidence, str, str, str, int, int, str, str,
    int | None,
]  # fmt: skip
_Link = tuple[str, str, str, str, str, str, str, int | None]
_row: dict[Kind, Callable[[msgspec.Raw], Any]] = {
    Kind.ANNOTATION: msgspec.json.Decoder(_Annotation).decode,
    Kind.LINK: msgspec.json.Decoder(_Link).decode,
}
"""A row has the columns and the derived ones, and whether mine says the same (None: not there)."""
_rows = msgspec.json.Decoder(list[msgspec.Raw]).decode
_read = msgspec.json.Decoder(tuple[list[int], list[str], list[str], list[list[str | None]]]).decode


class Stretch(Struct, frozen=True):
    """``count`` rows that follow each other, the last of them with the row id ``last``.

    ``ids``, ``uids`` and ``articles`` are those of the rows that stand just so in the other file, in one order;
    ``meant`` is what these refer to. ``others`` are the other rows as JSON, for ``cells``.
    """

    last: int
    count: int
    ids: list[int]
    uids: list[str]
    articles: list[str]
    meant: frozenset[Key]
    others: bytes

    @property
    def weight(self) -> int:
        """How much room it takes while it waits, in megabytes; no more than there is."""
        return min(AHEAD, 1 + len(self.others) // 1_000_000)


def attach(connection: Connection, mine: Path) -> None:
    """Have a connection see my file too, as ``mine``, for reading only."""
    connection.execute("ATTACH DATABASE ? AS mine", (f"{mine.resolve().as_uri()}?mode=ro",))


def compared(connection: Connection, kind: Kind) -> Iterator[Stretch]:
    """Yield all rows of a large table in stretches, compared with those of ``mine``."""
    statement, first, at_once = _comparing(kind), FIRST, AT_ONCE
    while first <= LAST:
        try:
            found = _answer(connection, statement, (first, at_once))
        except _TooLargeError:
            if at_once == 1:
                raise
            at_once = max(1, at_once // 8)
            continue
        if not found[1]:
            return
        one = _stretch(kind, *found)
        yield one
        first = one.last + 1
        at_once = max(1, at_once // 2) if len(one.others) > LARGE else min(AT_ONCE, 2 * at_once)


def _stretch(kind: Kind, last: int, count: int, same: bytes, others: bytes) -> Stretch:
    ids, uids, articles, referred = _read(same)
    meant = frozenset(
        (target, uid)
        for (_, target), some in zip(fields_referring(kind), referred, strict=True)
        for uid in some
        if uid is not None
    )
    return Stretch(last, count, ids, uids, articles, meant, others)


@cache
def _comparing(kind: Kind) -> str:
    referred = ", ".join(f"json_group_array(DISTINCT t.{field})" for field, _ in fields_referring(kind))
    return (
        f"WITH some AS MATERIALIZED (SELECT t.id, (SELECT {alike(kind)} FROM mine.{kind} AS m WHERE m.uid = t.uid)"
        f" AS same FROM main.{kind} AS t WHERE t.id >= ? ORDER BY t.id LIMIT ?)"
        " SELECT (SELECT max(id) FROM some), (SELECT count(*) FROM some),"
        " (SELECT CAST(json_array(json_group_array(t.id), json_group_array(t.uid), json_group_array(t.article),"
        f" json_array({referred})) AS BLOB) FROM some JOIN main.{kind} AS t USING (id) WHERE some.same),"
        f" (SELECT {_as_json(kind)} FROM some JOIN main.{kind} AS t USING (id) WHERE NOT coalesce(some.same, 0))"
    )


def _as_json(kind: Kind) -> str:
    """Return the expression that writes rows ``t``, with what ``some.same`` says of each, as JSON for ``cells``."""
    stored = records.table(kind)
    columns = [f"t.{records.quoted(column)}" for column in (*stored.columns, *stored.derived)]
    parts = [f"json({column})" if column == 't."fragments"' else column for column in columns]
    # As bytes, for that is how msgspec reads them: as text each would be decoded, and encoded again.
    return f"CAST(json_group_array(json_array({', '.join(parts)}, some.same)) AS BLOB)"


def chosen(connection: Connection, kind: Kind, ids: Sequence[int]) -> Iterator[list[Cells]]:
    """Yield rows that stand just so in ``mine``, by their row ids, as ``cells`` does."""
    statement = (
        "WITH some AS (SELECT value AS id, 1 AS same FROM json_each(?))"
        f" SELECT {_as_json(kind)} FROM some JOIN main.{kind} AS t USING (id)"
    )
    try:
        (found,) = _answer(connection, statement, (msgspec.json.encode(ids).decode(),))
    except _TooLargeError:
        if len(ids) == 1:
            raise
        half = len(ids) // 2
        yield from chosen(connection, kind, ids[:half])
        yield from chosen(connection, kind, ids[half:])
    else:
        yield from cells(kind, found)


class _TooLargeError(ValueError):
    """SQLite makes no text as long as these rows would be."""


def _answer(connection: Connection, statement: str, values: Cells) -> Cells:
    """Return the only row; raises ValueError where a cell is none that JSON can hold."""
    try:
        return cast("Cells", connection.execute(statement, values).fetchone())
    except ProjectError as error:
        code = getattr(error.__cause__, "sqlite_errorcode", None)
        if code == sqlite3.SQLITE_TOOBIG:
            raise _TooLargeError(str(error.__cause__)) from error
        if code == sqlite3.SQLITE_ERROR:
            raise ValueError(f"a cell is none: {error.__cause__}") from error
        raise


def cells(kind: Kind, rows: bytes) -> Iterator[list[Cells]]:
    """Read rows from JSON, and yield some hundred at a time; raises ValueError where one holds what it must not."""
    read = _row[kind]
    try:
        unread = _rows(rows)
        for first in range(0, len(unread), IN_A_LOT):
            yield [read(one) for one in unread[first : first + IN_A_LOT]]
    except msgspec.DecodeError as error:
        raise ValueError(f"a row of {kind} is none: {error}") from error


def alike(kind: Kind) -> str:
    """Return the condition that a row ``t`` says the same as a row ``m``."""
    stored = records.table(kind)
    columns = map(records.quoted, (*stored.columns, *stored.derived))
    return " AND ".join(f"m.{column} IS t.{column}" for column in columns)


class Scout:
    """Goes before whoever reads a file, by a connection and on a thread of its own, until it is closed."""

    def __init__(self, path: Path, mine: Path) -> None:
        self._connection = connect(path, read_only=True)
        try:
            attach(self._connection, mine)
        except BaseException:
            self._connection.close()
            raise
        self._pool = ThreadPoolExecutor(1, "annotator-beside")
        self._room: list[Semaphore] = []
        self._ended = False

    def close(self) -> None:
        """End what is under way and let go of both files."""
        self._ended = True
        for room in self._room:
            room.release(AHEAD)
        self._pool.shutdown(cancel_futures=True)
        self._connection.close()

    def begin(self, job: Callable[[Connection], T]) -> Future[T]:
        """Have something done when all that was begun before is through."""
        return self._pool.submit(job, self._connection)

    def coming(self, job: Callable[[Connection], Iterator[Stretch]]) -> Iterator[Stretch]:
        """Have stretches found, some before they are asked for; what fails is raised in its place."""
        found: SimpleQueue[Stretch | None] = SimpleQueue()
        room = Semaphore(AHEAD)
        self._room.append(room)
        return _taken(found, room, self.begin(partial(self._find, job, found, room)))

    def _find(
        self, job: Callable[[Connection], Iterator[Stretch]], found: SimpleQueue[Stretch | None], room: Semaphore,
        connection: Connection,
    ) -> None:  # fmt: skip
        try:
            for one in job(connection):
                for _ in range(one.weight):
                    room.acquire()
                if self._ended:
                    return
                found.put(one)
        finally:
            found.put(None)


def _taken(found: SimpleQueue[Stretch | None], room: Semaphore, job: Future[None]) -> Iterator[Stretch]:
    while (one := found.get()) is not None:
        room.release(one.weight)
        yield one
    job.result()
