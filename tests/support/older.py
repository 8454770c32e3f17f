"""A project file as an older version of the program would have left it."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from unittest.mock import patch

from annotator.storage import migrate


def older_copy(project: Path, version: int, target: Path) -> Path:
    """Write what a project file holds into a new file of an older schema version, and return that file.

    Columns and tables that were not there yet are left out.
    """
    files = [file for file in migrate.migration_files() if int(file.name[:4]) <= version]
    connection = sqlite3.connect(target, isolation_level=None)
    with patch.object(migrate, "migration_files", lambda: files):
        migrate.migrate(connection)
    connection.execute("ATTACH ? AS new", (str(project),))
    connection.execute("BEGIN")
    virtual = {name for (name,) in connection.execute("SELECT name FROM main.sqlite_schema WHERE sql LIKE '%VIRTUAL%'")}
    for (table,) in connection.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table'").fetchall():
        if table in virtual or table.startswith(("sqlite_", "_sqlite")):
            continue  # the tables behind a search index are copied as they are
        columns = ", ".join(f'"{row[1]}"' for row in connection.execute(f"PRAGMA main.table_info({table})"))
        connection.execute(f"DELETE FROM main.{table}")
        connection.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM new.{table}")
    connection.execute("COMMIT")
    connection.close()
    return target
