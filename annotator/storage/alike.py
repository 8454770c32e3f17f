"""What of large tables stands just so in two files, compared on a thread of its own.

SQLite compares some thousands of rows in one step and says what it found as one text: meanwhile the interpreter is left
to whoever makes records of the rows that differ. Asked row by row it would wait for the interpreter each time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.json import Decoder

from annotator.model.changes import Kind
from annotator.model.references import Key, fields_referring
from annotator.storage import records
from annotator.storage.connection import Connection, connect

T = TypeVar("T")
_read = Decoder(list[list[Any]]).decode
AT_ONCE = 2000
"""Rows looked at in one go: between two of them neither file is locked."""


class Stretch(Struct, frozen=True):
    """Rows that follow each other, from one row id to another, both included.

    ``ids``, ``uids`` and ``articles`` are those of the rows that stand just so in the other file, in one order;
    ``meant`` is what these refer to.
    """

    first: int
    last: int
    count: int
    ids: list[int] = []
    uids: list[str] = []
    articles: list[str] = []
    meant: frozenset[Key] = frozenset()


def attach(connection: Connection, mine: Path) -> None:
    """Have a connection see my file too, as ``mine``, for reading only."""
    connection.execute("ATTACH DATABASE ? AS mine", (f"{mine.resolve().as_uri()}?mode=ro",))


def stretches(connection: Connection, kind: Kind) -> Iterator[Stretch]:
    """Yield all rows of a table, some at a time, nothing compared."""
    statement = (
        f"SELECT min(id), max(id), count(*) FROM (SELECT id FROM main.{kind} WHERE id >= ? ORDER BY id LIMIT {AT_ONCE})"
    )
    last = -(2**63) - 1
    while last < 2**63 - 1:
        first, last, count = connection.execute(statement, (last + 1,)).fetchone()
        if not count:
            return
        yield Stretch(first, last, count)


def compared(connection: Connection, kind: Kind) -> list[Stretch]:
    """Return all rows of a table in stretches, with those that stand just so in ``mine``."""
    fields = fields_referring(kind)
    parts = ", ".join(
        ["json_group_array(t.id)", "json_group_array(t.uid)", "json_group_array(t.article)"]
        + [f"json_group_array(DISTINCT t.{field})" for field, _ in fields]
    )
    statement = (
        f"SELECT json_array({parts}) FROM main.{kind} AS t JOIN mine.{kind} AS m ON m.uid = t.uid"
        f" WHERE t.id BETWEEN ? AND ? AND {alike(kind)}"
    )
    found: list[Stretch] = []
    for one in stretches(connection, kind):
        (said,) = connection.execute(statement, (one.first, one.last)).fetchone()
        ids, uids, articles, *referred = _read(said)
        meant = frozenset(
            (target, uid) for (_, target), some in zip(fields, referred, strict=True) for uid in some if uid is not None
        )
        found.append(Stretch(one.first, one.last, one.count, ids, uids, articles, meant))
    return found


def alike(kind: Kind) -> str:
    """Return the condition that a row ``t`` says the same as a row ``m``."""
    stored = records.table(kind)
    columns = map(records.quoted, (*stored.columns, *stored.derived))
    return " AND ".join(f"m.{column} IS t.{column}" for column in columns)


class Scout:
    """Goes before whoever reads a file, by a connection and on a thread of its own; ends with its block."""

    def __init__(self, path: Path, mine: Path) -> None:
        self._connection = connect(path, read_only=True)
        try:
            attach(self._connection, mine)
        except BaseException:
            self._connection.close()
            raise
        self._pool = ThreadPoolExecutor(1, "annotator-beside")

    def __enter__(self) -> Scout:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(cancel_futures=True)
        self._connection.close()

    def begin(self, job: Callable[[Connection], T]) -> Future[T]:
        """Have something done when all that was begun before is through."""
        return self._pool.submit(job, self._connection)
