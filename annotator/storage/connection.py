"""SQLite connections with every setting that the promises rest on, whose errors a user can be told."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from annotator.base.errors import BusyError, DamagedError, ProjectError

BUSY_SECONDS = 0.25
"""How long SQLite waits for another program before it says BUSY: short, for it waits on the UI thread."""

CACHE_KIB = 16_000
"""How much of a file each connection keeps in memory."""

_PRAGMAS = (
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "foreign_keys = ON",
    "journal_mode = DELETE",
    "synchronous = EXTRA",
    "recursive_triggers = OFF",
    f"cache_size = -{CACHE_KIB}",
)
_LEFT_IN_A_CHANGE = 776  # SQLITE_READONLY_ROLLBACK, which the module names from Python 3.11 on only

_open: Counter[tuple[int, int]] = Counter()
_open_lock = Lock()


class _Cursor(sqlite3.Cursor):
    """Raises ProjectError and its kinds instead of SQLite's errors; IntegrityError stays, the writer judges it."""

    connection: Connection

    def execute(self, *arguments: Any) -> _Cursor:
        with _told_unless_integrity(self.connection.path):
            super().execute(*arguments)
            return self

    def executemany(self, *arguments: Any) -> _Cursor:
        with _told_unless_integrity(self.connection.path):
            super().executemany(*arguments)
            return self

    def fetchone(self) -> Any:
        with _told_unless_integrity(self.connection.path):
            return super().fetchone()

    def fetchall(self) -> list[Any]:
        with _told_unless_integrity(self.connection.path):
            return super().fetchall()

    def fetchmany(self, *arguments: Any) -> list[Any]:
        with _told_unless_integrity(self.connection.path):
            return super().fetchmany(*arguments)

    def __next__(self) -> Any:
        try:
            return super().__next__()
        except sqlite3.Error as error:
            raise translated(self.connection.path, error) from error


class Connection(sqlite3.Connection):
    """A connection that knows its file and names what goes wrong, in reading too: above storage nobody knows SQLite."""

    path = Path()
    _identity: tuple[int, int] | None = None

    def cursor(self, *_: Any) -> _Cursor:  # type: ignore[override]
        """Return a cursor whose errors can be told."""
        return super().cursor(_Cursor)

    def execute(self, *arguments: Any) -> _Cursor:
        """Run a statement; SQLite's own shortcut would take a plain cursor."""
        return self.cursor().execute(*arguments)

    def executemany(self, *arguments: Any) -> _Cursor:
        """Run a statement once for each row of values."""
        return self.cursor().executemany(*arguments)

    def hold(self, path: Path) -> None:
        """Note which file this is, so that nobody in the process opens it by other means meanwhile."""
        self.path = path
        status = path.stat()
        self._identity = (status.st_dev, status.st_ino)
        with _open_lock:
            _open[self._identity] += 1

    def close(self) -> None:
        """Close the file."""
        super().close()
        if self._identity is not None:
            with _open_lock:
                _open[self._identity] -= 1
            self._identity = None


def is_open_here(path: Path) -> bool:
    """Tell whether this process has a connection to the file: then closing any other handle on it drops SQLite's locks.

    (On POSIX, where a process's locks on a file go with the first of its handles that is closed.)
    """
    try:
        status = path.stat()
    except OSError:
        return False
    with _open_lock:
        return _open[status.st_dev, status.st_ino] > 0


def connect(path: Path, *, read_only: bool, new: bool = False) -> Connection:
    """Open SQLite on the file with every setting that the promises rest on; only ``new`` may make the file.

    Raises ProjectError and its kinds.
    """
    mode = "ro" if read_only else ("rwc" if new else "rw")
    with told(path):
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            timeout=BUSY_SECONDS,
            check_same_thread=False,
            factory=Connection,
        )
        try:
            connection.path = path
            _set_up(connection)
            connection.hold(path)
        except BaseException:
            connection.close()
            raise
    return connection


def _set_up(connection: sqlite3.Connection) -> None:
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").fetchall()
    if sys.platform == "darwin":
        connection.execute("PRAGMA fullfsync = ON")


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into one line that says what, why and what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise translated(path, error) from error
    except OSError as error:
        raise ProjectError(
            f"{path.name} cannot be used ({os.strerror(error.errno or 0)}). Check the disk and permissions."
        ) from error


@contextmanager
def _told_unless_integrity(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except sqlite3.Error as error:
        raise translated(path, error) from error


def translated(path: Path, error: sqlite3.Error) -> ProjectError:
    """Return the error that a user is told for an SQLite error on this file."""
    extended = getattr(error, "sqlite_errorcode", 0)
    code = extended & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return BusyError(
            f"{path.name} is in use by another program; nothing was written. Close it there and try again."
        )
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return DamagedError(f"{path.name} is damaged ({error}). Restore a backup (File ▸ Backups).")
    if code == sqlite3.SQLITE_CANTOPEN:
        return ProjectError(
            f"{path.name} cannot be opened or created. Check its name, and that you may write in its folder."
        )
    if code == sqlite3.SQLITE_FULL:
        return ProjectError(f"The disk is full: {path.name} was not changed. Make room and repeat the step.")
    if extended == _LEFT_IN_A_CHANGE:
        return ProjectError(
            f"A program ended while it wrote to {path.name}. Open it for writing once: that takes the half change back."
        )
    if code == sqlite3.SQLITE_READONLY:
        return ProjectError(f"{path.name} is read-only: nothing was written. Check the file's permissions.")
    return ProjectError(f"{path.name} could not be read or written ({error}); nothing was changed. Try again.")
