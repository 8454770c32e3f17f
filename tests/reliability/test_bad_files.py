"""A truncated, damaged or foreign file is recognised in one line and never changed."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from support import projects

from annotator.base.errors import (
    AnnotatorError,
    BusyError,
    DamagedError,
    NewerSchemaError,
    NotAProjectError,
    ProjectError,
)
from annotator.operations.checking import check_project
from annotator.project.opening import open_project
from annotator.storage import migrate

PAGE = 4096


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a project with some articles and tags."""
    made = projects.new_project(tmp_path_factory.mktemp("sound") / "a.annot")
    for number in range(6):
        article = projects.add(made, f"{number} " + projects.TEXT * 40, f"Talks {number}")
        projects.tag(made, article, "quote", "“The talks go on,”")
    made.close()
    return made.path.read_bytes()


def refused(path: Path) -> AnnotatorError:
    """Open a bad file; it must be told in one line and stay as it was, with nothing new beside it."""
    before = path.read_bytes() if path.is_file() else None
    beside = sorted(entry.name for entry in path.parent.iterdir())
    with pytest.raises(ProjectError) as told:
        open_project(path)
    assert "\n" not in str(told.value)
    assert path.name in str(told.value)
    assert (path.read_bytes() if path.is_file() else None) == before
    assert sorted(entry.name for entry in path.parent.iterdir()) == beside
    return told.value


def test_cut_off_at_every_page_boundary(sound: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.annot"
    assert len(sound) // PAGE > 20
    for length in [*range(PAGE, len(sound), PAGE), 1, 15, 16, 99, 100, 2000, len(sound) - 1]:
        path.write_bytes(sound[:length])
        kind = NotAProjectError if length < 16 else DamagedError
        assert type(refused(path)) is kind, length


def test_zeroed_pages_are_recognised_at_opening_or_by_check(sound: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.annot"
    at_opening = 0
    for at in range(PAGE, len(sound), PAGE):
        path.write_bytes(sound[:at] + bytes(PAGE) + sound[at + PAGE :])
        before = path.read_bytes()
        try:
            open_project(path).close()
        except DamagedError as error:
            at_opening += 1
            assert "\n" not in str(error)
            assert "estore a backup" in str(error)
        assert path.read_bytes() == before
        assert check_project(path), f"page {at // PAGE + 1} is zeroed and nobody noticed"
    assert at_opening > 20


def test_one_changed_letter_of_a_text_is_found(sound: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.annot"
    path.write_bytes(sound.replace(b"3 Peskov told", b"3 Peskow told"))
    assert path.read_bytes() != sound
    open_project(path).close()
    assert [(p.where, p.what) for p in check_project(path)] == [("text", "its words are not those that were imported")]


def test_empty(tmp_path: Path) -> None:
    (tmp_path / "a.annot").write_bytes(b"")
    error = refused(tmp_path / "a.annot")
    assert type(error) is DamagedError
    assert str(error).startswith("a.annot is empty (0 bytes). Restore a backup")


def test_a_renamed_picture(tmp_path: Path) -> None:
    (tmp_path / "a.annot").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(5000))
    assert type(refused(tmp_path / "a.annot")) is NotAProjectError


def test_the_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    with sqlite3.connect(path) as places:
        places.execute("CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url LONGVARCHAR)")
        places.execute("PRAGMA user_version = 77")
    places.close()
    error = refused(path)
    assert type(error) is NotAProjectError
    assert str(error).startswith("places.sqlite is an SQLite file of another program")


def test_a_newer_schema(sound: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.annot"
    path.write_bytes(sound[:60] + (99).to_bytes(4) + sound[64:])
    error = refused(path)
    assert type(error) is NewerSchemaError
    assert str(error).startswith(
        f"a.annot was written by a newer version of Annotator (schema 99, this one knows {migrate.schema_version()})"
    )


def test_missing_and_folders(tmp_path: Path) -> None:
    assert str(refused(tmp_path / "a.annot")).startswith("There is no file")
    (tmp_path / "b.annot").mkdir()
    assert str(refused(tmp_path / "b.annot")).startswith("b.annot is a folder, not a project file")


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.annot").write_bytes(b"x")
    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(ProjectError, match=r"a.annot cannot be read \(Permission denied\). Check its permissions."):
        open_project(tmp_path / "a.annot")


def test_a_project_whose_creation_was_killed(tmp_path: Path) -> None:
    from annotator.storage.project_file import create_file

    create_file(tmp_path / "a.annot").close()
    assert "the program ended while it was created" in str(refused(tmp_path / "a.annot"))


@pytest.mark.parametrize(
    "hostile",
    [
        "CREATE TRIGGER t AFTER INSERT ON annotation BEGIN DELETE FROM article; END",
        "CREATE VIEW spy AS SELECT 1",
        "CREATE VIEW export_all AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT n FROM r",
        "CREATE TABLE mine (a)",
        "CREATE INDEX notes ON annotation (note)",
        "ALTER TABLE article ADD COLUMN bomb TEXT AS (hex(zeroblob(100000000)))",
        "DROP TABLE verdict",
    ],
)
def test_what_we_never_make_is_refused(hostile: str, sound: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.annot"
    path.write_bytes(sound)
    raw = sqlite3.connect(path)
    raw.executescript(hostile)
    raw.close()
    error = refused(path)
    assert type(error) is DamagedError
    assert "somebody has tampered with it" in str(error)


def test_locked_by_another_program_while_opening(sound: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.annot"
    path.write_bytes(sound)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(BusyError, match="is in use by another program"):
        open_project(path)
    other.execute("ROLLBACK")
    other.close()
    open_project(path).close()


def test_a_failed_migration_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fake_migrations: Callable[..., None]
) -> None:
    made = projects.new_project(tmp_path / "a.annot")
    made.close()
    before = made.path.read_bytes()
    fake_migrations("CREATE TABLE later (a);", "CREATE TABLE later (a);")
    with pytest.raises(ProjectError, match="table later already exists"):
        open_project(made.path)
    assert made.path.read_bytes() == before
    (beside,) = tmp_path.glob("a.before-schema-*.annot")
    monkeypatch.undo()
    for path in (made.path, beside):
        assert check_project(path) == []
        open_project(path).close()


def test_a_migration_that_succeeds_keeps_a_copy_of_what_was(
    tmp_path: Path, fake_migrations: Callable[..., None]
) -> None:
    was = migrate.schema_version()
    made = projects.new_project(tmp_path / "a.annot")
    article = projects.add(made)
    made.close()
    fake_migrations("CREATE TABLE later (a);", "CREATE TABLE later_still (a);")
    for _ in range(2):
        opened = open_project(made.path)
        assert projects.content(opened, article).text == projects.TEXT
        opened.close()
    assert [path.name for path in tmp_path.glob("*.before*")] == [f"a.before-schema-{was + 2}-was-{was}.annot"]
    assert int.from_bytes(made.path.read_bytes()[60:64]) == was + 2


def test_an_older_project_that_is_read_only_is_told_so(tmp_path: Path, fake_migrations: Callable[..., None]) -> None:
    made = projects.new_project(tmp_path / "a.annot")
    made.close()
    fake_migrations("CREATE TABLE later (a);")
    with pytest.raises(
        ProjectError, match="was written by an older version and must be converted, but it is read-only"
    ):
        open_project(made.path, read_only=True)
    with pytest.raises(ProjectError, match="Open it once, then check it"):
        check_project(made.path)


@pytest.fixture
def fake_migrations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let the program know further migrations with these statements."""

    def make(*scripts: str) -> None:
        known = migrate.migration_files()
        folder = tmp_path / "migrations"
        folder.mkdir()
        for number, script in enumerate(scripts, len(known) + 1):
            (folder / f"{number:04d}_fake.sql").write_text(script)
        files = [*known, *sorted(folder.iterdir())]
        monkeypatch.setattr(migrate, "migration_files", lambda: files)

    return make


def test_opening_twice_in_one_process_drops_no_lock(tmp_path: Path) -> None:
    first = projects.new_project(tmp_path / "a.annot")
    first.read._connection.execute("BEGIN IMMEDIATE")
    second = open_project(first.path)
    assert second.read_only
    assert second.holder
    other = os.spawnlp(
        os.P_WAIT, "python3", "python3", "-c",
        f"import sqlite3; sqlite3.connect({str(first.path)!r}, timeout=0).execute('BEGIN IMMEDIATE')",
    )  # fmt: skip
    assert other != 0, "another process could write although the first window holds the file"
    second.close()
    first.close()
