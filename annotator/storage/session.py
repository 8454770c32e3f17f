"""One open file: its one writing connection, the transaction around each change set, readers for workers."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.base.errors import RuleError
from annotator.model.changes import ChangeSet
from annotator.storage import project_file, writer
from annotator.storage.connection import CACHE_KIB, Connection, connect
from annotator.storage.reader import Reader

if TYPE_CHECKING:
    from annotator.storage.beside import Beside

_LARGE = 1000
_ROOM_KIB = 256_000
"""How much memory a change set of more changes than that may take while it is written."""


class Session:
    """A project file held open; use it on the thread that opened it."""

    def __init__(self, path: Path, connection: Connection, *, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self._connection = connection
        if read_only:
            connection.execute("PRAGMA query_only = ON")
        self.read = Reader(connection)

    @classmethod
    def create(cls, path: Path) -> Session:
        """Create a new project file and hold it; raises ProjectError when the name is taken."""
        return cls(path, project_file.create_file(path))

    @classmethod
    def open(cls, path: Path, *, read_only: bool) -> Session:
        """Open a project file; raises ProjectError and its kinds, the file untouched."""
        connection = project_file.open_file(path, read_only=read_only)
        try:
            return cls(path, connection, read_only=read_only)
        except BaseException:
            connection.close()
            raise

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @contextmanager
    def worker_reader(self) -> Iterator[Reader]:
        """Give a worker thread a Reader with a read-only connection of its own."""
        connection = connect(self.path, read_only=True)
        try:
            yield Reader(connection)
        finally:
            connection.close()

    def beside(self, mine: Path) -> Beside:
        """Return what reads this file, a colleague's, beside mine."""
        from annotator.storage.beside import Beside

        return Beside(self._connection, mine)

    def commit(self, change_set: ChangeSet, texts: Mapping[str, str], reverted: Iterable[int]) -> ChangeSet:
        """Write a change set in one transaction and return it with its sequence; all or nothing.

        Raises StaleError, RuleError or ProjectError (BusyError when another program holds the file); the transaction
        is then rolled back.
        """
        try:
            with self._room_for(change_set):
                return self._committed(change_set, texts, reverted)
        except sqlite3.IntegrityError as error:
            self._roll_back()
            raise RuleError("Something else still refers to what would go; nothing was written.") from error
        except (UnicodeEncodeError, OverflowError) as error:
            self._roll_back()
            raise RuleError("This holds half a character or too great a number; nothing was written.") from error
        except BaseException:
            self._roll_back()
            raise

    def _committed(self, change_set: ChangeSet, texts: Mapping[str, str], reverted: Iterable[int]) -> ChangeSet:
        self._connection.execute("BEGIN IMMEDIATE")
        committed = writer.apply(self._connection, change_set, texts, reverted)
        self._connection.execute("COMMIT")
        return committed

    @contextmanager
    def _room_for(self, change_set: ChangeSet) -> Iterator[None]:
        """Have a large change set written in memory first: what does not fit goes to the disk again and again."""
        large = len(change_set.changes) > _LARGE
        if large:
            self._connection.execute(f"PRAGMA cache_size = -{_ROOM_KIB}")
        try:
            yield
        finally:
            if large:
                self._connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")

    def _roll_back(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def mark_stale(self, sequences: Iterable[int]) -> None:
        """Mark steps whose rows have moved on, so that undo and redo pass them by."""
        self._connection.executemany(
            "UPDATE change_set SET state = 'stale' WHERE sequence = ?", [(sequence,) for sequence in sequences]
        )
