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


def test_an_older_file_gets_the_mark_reviewed_and_nothing_is(monkeypatch: pytest.MonkeyPatch) -> None:
    files = migrate.migration_files()
    with monkeypatch.context() as older:
        older.setattr(migrate, "migration_files", lambda: [file for file in files if int(file.name[:4]) < 4])
        connection = sqlite3.connect(":memory:", isolation_level=None)
        migrate.migrate(connection)
    connection.execute("INSERT INTO annotator (uid, name) VALUES ('a', 'Anna')")
    connection.execute(
        'INSERT INTO article_work (uid, article, annotator, status, assigned, memo, "values")'
        " VALUES ('w', 'x', 'a', 'done', 1, 'm', '{}')"
    )
    migrate.migrate(connection)
    assert connection.execute("SELECT status, assigned, memo, reviewed FROM article_work").fetchall() == [
        ("done", 1, "m", 0)
    ]
    assert connection.execute("PRAGMA user_version").fetchone() == (migrate.schema_version(),)
    connection.close()
