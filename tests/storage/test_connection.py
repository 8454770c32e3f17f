from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.base.errors import BusyError, DamagedError, ProjectError
from annotator.project.project import Project
from annotator.storage import connection as module
from annotator.storage.connection import Connection, connect, is_open_here, told, translated


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    made = connect(tmp_path / "a.annot", read_only=False, new=True)
    yield made
    made.close()


def error(code: int, text: str = "why") -> sqlite3.OperationalError:
    made = sqlite3.OperationalError(text)
    made.sqlite_errorcode = code
    return made


def pragma(connection: sqlite3.Connection, name: str) -> object:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


@pytest.mark.parametrize("read_only", [False, True])
def test_every_connection_has_what_the_promises_rest_on(project: Project, read_only: bool) -> None:
    made = connect(project.path, read_only=read_only)
    found = {name: pragma(made, name) for name in ("synchronous", "foreign_keys", "trusted_schema", "cell_size_check")}
    mode, triggers = pragma(made, "journal_mode"), pragma(made, "recursive_triggers")
    made.close()
    assert found == {"synchronous": 3, "foreign_keys": 1, "trusted_schema": 0, "cell_size_check": 1}  # 3 is EXTRA
    assert (mode, triggers) == ("delete", 0)


def test_the_window_s_and_the_workers_connections_too(project: Project) -> None:
    assert pragma(project.read._connection, "synchronous") == 3
    with project.worker_reader() as reader:
        assert pragma(reader._connection, "synchronous") == 3
        with pytest.raises(ProjectError, match="is read-only: nothing was written"):
            reader._connection.execute("DELETE FROM project")


def test_macos_flushes_the_disk_s_own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.sys, "platform", "darwin")
    made = connect(tmp_path / "a.annot", read_only=False, new=True)
    assert pragma(made, "fullfsync") == 1
    made.close()


def test_only_a_new_project_makes_a_file(tmp_path: Path) -> None:
    for read_only in (False, True):
        with pytest.raises(ProjectError, match=r"a.annot cannot be opened or created"):
            connect(tmp_path / "a.annot", read_only=read_only)
    assert not (tmp_path / "a.annot").exists()


def test_what_fails_is_told_however_it_is_read(connection: Connection) -> None:
    for statement in ("SELECT", "SELECT * FROM nothing"):
        with pytest.raises(ProjectError, match=r"a.annot could not be read or written"):
            connection.execute(statement)
        with pytest.raises(ProjectError):
            connection.executemany(statement, [()])
    overflow = "SELECT abs(column1) FROM (VALUES (1), (2), (3), (-9223372036854775807 - 1))"
    assert connection.execute(overflow).fetchone() == (1,)
    with pytest.raises(ProjectError, match="integer overflow"):
        connection.execute(overflow).fetchall()
    with pytest.raises(ProjectError, match="integer overflow"):
        list(connection.execute(overflow))
    cursor = connection.execute(overflow)
    with pytest.raises(ProjectError, match="integer overflow"):
        while cursor.fetchone():
            pass


def test_broken_rules_stay_sqlite_s_for_the_writer_to_judge(connection: Connection) -> None:
    connection.execute("CREATE TABLE t (a UNIQUE)")
    connection.executemany("INSERT INTO t VALUES (?)", [(1,)])
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute("INSERT INTO t VALUES (1)")
    assert list(connection.execute("SELECT a FROM t")) == [(1,)]


def test_which_files_are_open_here(tmp_path: Path) -> None:
    path = tmp_path / "a.annot"
    assert not is_open_here(path)
    first, second = connect(path, read_only=False, new=True), connect(path, read_only=False)
    (tmp_path / "same.annot").symlink_to(path)
    first.close()
    first.close()
    assert is_open_here(tmp_path / "same.annot")
    second.close()
    assert not is_open_here(path)


@pytest.mark.parametrize(
    ("code", "kind", "says"),
    [
        (5, BusyError, "a.annot is in use by another program; nothing was written. Close it there and try again."),
        (6, BusyError, "a.annot is in use by another program; nothing was written. Close it there and try again."),
        (11, DamagedError, "a.annot is damaged (why). Restore a backup (File ▸ Backups)."),
        (26, DamagedError, "a.annot is damaged (why). Restore a backup (File ▸ Backups)."),
        (13, ProjectError, "The disk is full: a.annot was not changed. Make room and repeat the step."),
        (8, ProjectError, "a.annot is read-only: nothing was written. Check the file's permissions."),
        (
            776,
            ProjectError,
            "A program ended while it wrote to a.annot. Open it for writing once: that takes the half change back.",
        ),
        (10, ProjectError, "a.annot could not be read or written (why); nothing was changed. Try again."),
    ],
)
def test_each_failure_says_what_why_and_what_to_do(code: int, kind: type[ProjectError], says: str) -> None:
    made = translated(Path("/x/a.annot"), error(code))
    assert (type(made), str(made)) == (kind, says)


def test_the_system_s_failures_are_told_too() -> None:
    with (
        pytest.raises(ProjectError, match=r"a.annot cannot be used \(Permission denied\). Check the disk"),
        told(Path("a.annot")),
    ):
        raise PermissionError(13, "Permission denied")
