from __future__ import annotations

import sqlite3

import pytest

from annotator.storage import migrate


def test_a_script_is_split_into_its_statements() -> None:
    script = "-- about;\nCREATE TABLE a (b); \nCREATE TABLE c (\n    d -- ;\n);\n-- the end;\n"
    assert list(migrate.statements(script)) == [
        "-- about;\nCREATE TABLE a (b);",
        "CREATE TABLE c (\n    d -- ;\n);",
    ]
    with pytest.raises(ValueError, match="a migration ends within a statement: 'CREATE TABLE'"):
        list(migrate.statements("SELECT 1;\nCREATE TABLE"))


def test_migrations_run_once_and_set_version_and_kind() -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate.migrate(connection)
    migrate.migrate(connection)
    assert connection.execute("PRAGMA user_version").fetchone() == (migrate.schema_version(),)
    assert connection.execute("PRAGMA application_id").fetchone() == (0x414E4E4F,)
    names = [file.name[:4] for file in migrate.migration_files()]
    assert names == [f"{number:04d}" for number in range(1, len(names) + 1)]
    connection.close()
