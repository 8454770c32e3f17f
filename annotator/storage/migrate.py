"""Migrations: the numbered files of ``db/migrations``, run once each, statement by statement."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from annotator.base import paths

APPLICATION_ID = 0x414E4E4F
"""``ANNO`` at byte 68 of every project file."""


def migration_files() -> list[Path]:
    """Return the migration files in order; the number of the last is the schema's version."""
    return sorted(paths.migrations().glob("[0-9][0-9][0-9][0-9]_*.sql"))


def schema_version() -> int:
    """Return the version of the schema that this program writes."""
    return int(migration_files()[-1].name[:4])


def statements(script: str) -> Iterator[str]:
    """Split a script into its statements, as ``sqlite3.complete_statement`` tells them apart.

    ``executescript`` will not do: it commits first, and a failed migration then leaves its tables behind.
    Raises ValueError when the last statement is not complete.
    """
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement.strip()
            statement = ""
    rest = "\n".join(line for line in statement.splitlines() if not line.lstrip().startswith("--"))
    if rest.strip():
        raise ValueError(f"a migration ends within a statement: {rest.strip()[:60]!r}")


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the file's schema up to date: all migrations and the record of them in one transaction.

    ``application_id`` and ``user_version`` are set within it too. When one fails the file is as it was, and the
    error comes through.
    """
    # Imported here: it costs a tenth of a second, and an up-to-date project never needs it.
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

    migrations = Migrations("annotator")
    for file in migration_files():
        migrations(name=file.stem)(_Runner(file))
    connection.execute("BEGIN EXCLUSIVE")
    try:
        migrations.apply(Database(connection, execute_plugins=False))  # each in a savepoint
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


class _Runner:
    """One migration file as a callable; sqlite-utils asks for a name on it."""

    def __init__(self, file: Path) -> None:
        self.__name__ = file.stem
        self._file = file

    def __call__(self, db: object, /) -> None:
        connection: sqlite3.Connection = db.conn  # type: ignore[attr-defined]
        for statement in statements(self._file.read_text("utf-8")):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {int(self._file.name[:4])}")
