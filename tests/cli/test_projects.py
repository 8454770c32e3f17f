from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from support.command import child, refused, run
from support.projects import ANNA, BEN, new_project

from annotator.base import paths
from annotator.base.settings import Settings
from annotator.cli.projects import work_as
from annotator.exchange.codebook_file import shipped_codebook
from annotator.model.annotation import Annotator
from annotator.model.article import Article
from annotator.operations import checking
from annotator.operations.checking import Problem
from annotator.project.opening import create_project, open_project
from annotator.project.project import Project
from annotator.storage.window_lock import WindowLock


@pytest.fixture
def file(project: Project, article: Article) -> Path:
    """A project file with one article, closed."""
    project.close()
    return project.path


def people(path: Path) -> list[str]:
    project = open_project(path, read_only=True)
    try:
        return [person.name for person in project.cache.annotators.values()]
    finally:
        project.close()


# -- new --------------------------------------------------------------------------------------------------


def test_new_makes_a_project_with_the_news_codebook(tmp_path: Path):
    result = run("new", tmp_path / "a.annot", settings=tmp_path / "settings")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"Created {tmp_path / 'a.annot'}.\n"
    assert people(tmp_path / "a.annot") == []
    project = open_project(tmp_path / "a.annot")
    assert [tag.name for tag in project.cache.codebook.tag_types][:2] == ["speaker", "quote"]
    assert project.cache.info.name == "a"
    project.close()


def test_new_takes_an_annotator_and_a_codebook(tmp_path: Path):
    words = ["new", tmp_path / "a.annot", "--annotator", " Anna \n K. ", "--codebook", "empty"]
    assert run(*words, settings=tmp_path / "settings").exit_code == 0
    assert people(tmp_path / "a.annot") == ["Anna K."]
    project = open_project(tmp_path / "a.annot")
    assert project.cache.codebook.tag_types == ()
    project.close()


@pytest.mark.parametrize(
    ("given", "made", "said"),
    [
        ("study", "study.annot", "; the name had no ending, so .annot was added."),
        ("study.annot", "study.annot", "."),
        ("study.v2", "study.v2", "."),
        (".hidden", ".hidden", "."),
    ],
)
def test_a_name_without_an_ending_gets_ours_and_any_other_is_kept(tmp_path: Path, given: str, made: str, said: str):
    (tmp_path / "folder.v1").mkdir()
    result = run("new", tmp_path / "folder.v1" / given)
    assert (result.exit_code, result.stdout) == (0, f"Created {tmp_path / 'folder.v1' / made}{said}\n")
    assert [path.name for path in (tmp_path / "folder.v1").iterdir()] == [made]
    assert run("info", tmp_path / "folder.v1" / made).exit_code == 0
    if given == "study":
        again = refused("new", tmp_path / "folder.v1" / given)
        assert again == "study.annot exists already and is not overwritten. Choose another name."


def test_a_folder_is_no_name_for_a_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    for name in (".", ".."):
        refused("new", name)
    assert list(tmp_path.iterdir()) == []


def test_new_never_overwrites(tmp_path: Path, file: Path):
    before = file.read_bytes()
    assert refused("new", file) == f"{file.name} exists already and is not overwritten. Choose another name."
    assert file.read_bytes() == before


def test_new_says_what_is_wrong_with_folder_and_codebook_and_leaves_nothing(tmp_path: Path):
    (tmp_path / "bad.toml").write_text("no = [", encoding="utf-8")
    assert "There is no folder" in refused("new", tmp_path / "no" / "a.annot")
    assert "none.toml cannot be read" in refused("new", tmp_path / "a.annot", "--codebook", tmp_path / "none.toml")
    assert "bad.toml is not valid TOML" in refused("new", tmp_path / "a.annot", "--codebook", tmp_path / "bad.toml")
    assert [path.name for path in tmp_path.iterdir()] == ["bad.toml"]


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_a_name_that_is_not_utf8_works(tmp_path: Path):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/n\xff.annot"))
    assert run("new", path).exit_code == 0
    assert "n\ufffd (n\ufffd.annot" in run("info", path).stdout
    assert json.loads(run("info", path, "--format", "json").stdout)["file"] == "n\ufffd.annot"


# -- who works --------------------------------------------------------------------------------------------


def test_work_is_done_as_the_one_who_is_named(tmp_path: Path, project: Project):
    work_as(project, tmp_path / "settings", "Ben")
    assert project.annotator.name == "Ben"
    assert [p.name for p in project.cache.annotators.values()] == ["Anna", "Ben"]
    work_as(project, tmp_path / "settings", "Anna")
    assert project.annotator == ANNA


def test_else_as_the_user_of_the_window(tmp_path: Path, project: Project):
    settings = Settings(tmp_path / "settings")
    settings["annotator_name"] = "Carla"
    work_as(project, settings.folder, None)
    assert (project.annotator.uid, project.annotator.name) == (Settings(settings.folder).annotator_uid, "Carla")


def test_else_as_the_only_one_there_is(tmp_path: Path, project: Project):
    work_as(project, tmp_path / "settings", None)
    assert project.annotator == ANNA


def test_else_under_the_systems_name(tmp_path: Path, monkeypatch):
    monkeypatch.setattr("annotator.project.opening.login_name", lambda: "dora")
    project = new_project(tmp_path / "a.annot")
    work_as(project, tmp_path / "settings", "Ben")
    work_as(project, tmp_path / "settings", None)
    assert project.annotator.name == "dora"
    assert project.annotator.uid == Settings(tmp_path / "settings").annotator_uid
    project.close()


def test_somebody_who_is_about_to_come_in_is_not_added_twice(tmp_path: Path):
    project = new_project(tmp_path / "a.annot")
    before = project.read.last_sequence()
    work_as(project, tmp_path / "settings", "Ben", [BEN])
    assert (project.annotator, project.read.last_sequence()) == (BEN, before)
    work_as(project, tmp_path / "settings", "Anna", [Annotator("x", "Anna")])
    assert (project.annotator, project.read.last_sequence()) == (ANNA, before)
    project.close()


def test_who_only_reads_tables_is_not_added_and_works_under_their_own_uid(tmp_path: Path, monkeypatch):
    monkeypatch.setattr("annotator.project.opening.login_name", lambda: "dora")
    project = new_project(tmp_path / "a.annot")
    before = project.read.last_sequence()
    work_as(project, tmp_path / "settings", None, [BEN, Annotator("x", "Carla")])
    assert project.annotator == ANNA, "the project's own people count, not those who come in"
    work_as(project, tmp_path / "settings", "Ben")
    sequence = project.read.last_sequence()
    assert sequence > before
    work_as(project, tmp_path / "settings", None, [])
    assert project.annotator == Annotator(Settings(tmp_path / "settings").annotator_uid, "dora")
    assert project.read.last_sequence() == sequence
    project.close()


def test_who_reads_tables_is_who_the_settings_know_by_uid(tmp_path: Path):
    settings = Settings(tmp_path / "settings")
    settings["annotator_name"] = "Anna Maria"
    project = new_project(tmp_path / "a.annot", Annotator(settings.annotator_uid, "Anna"))
    work_as(project, settings.folder, None, [BEN])
    assert project.annotator.name == "Anna"
    project.close()


# -- info -------------------------------------------------------------------------------------------------


def test_info_is_for_people_or_one_json_document(file: Path):
    lines = run("info", file).stdout.splitlines()
    assert lines[0].startswith("Test (project.annot, 0.")
    assert lines[1] == "1 article, 0 annotations, 0 links, 0 entities"
    result = run("info", file, "--format", "json")
    assert json.loads(result.stdout)["articles"] == 1
    assert result.stderr == ""


def test_json_is_plain_ascii_where_output_is_not_utf8(tmp_path: Path, file: Path):
    renamed = file.rename(tmp_path / "Łódź.annot")
    result = child("info", renamed, "--format", "json", folder=tmp_path, environment={"PYTHONIOENCODING": "cp1252"})
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.isascii()
    assert json.loads(result.stdout)["file"] == "Łódź.annot"
    assert "Łódź" in child("info", renamed, "--format", "json", folder=tmp_path).stdout


def test_info_reads_while_a_window_has_the_project_open(file: Path):
    lock = WindowLock(file)
    assert lock.take() is None
    assert run("info", file).exit_code == 0
    lock.free()


def test_a_project_of_an_older_version_is_converted_and_the_older_one_kept(tmp_path: Path, monkeypatch):
    older = tmp_path / "older"
    older.mkdir()
    for migration in sorted(paths.migrations().glob("*.sql"))[:2]:
        (older / migration.name).write_bytes(migration.read_bytes())
    with monkeypatch.context() as patched:
        patched.setattr(paths, "migrations", lambda: older)
        create_project(tmp_path / "old.annot", shipped_codebook("news")).close()
    result = run("info", tmp_path / "old.annot")
    assert result.exit_code == 0
    assert result.stderr == (
        "old.annot was written by an older version and was converted; a copy of it is beside it.\n"
    )
    assert len(list(tmp_path.glob("old.before-schema-*-was-2.annot"))) == 1
    assert run("info", tmp_path / "old.annot").stderr == ""


# -- check ------------------------------------------------------------------------------------------------


def test_check_finds_everything_in_order(file: Path):
    result = run("check", file)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "project.annot: everything is in order.\n", "")


def test_check_lists_what_is_wrong(file: Path, monkeypatch):
    problems = [Problem("text", "ab", "its words\nare others"), Problem("link", "cd", "leads nowhere")]
    monkeypatch.setattr(checking, "check_file", lambda _path, **_how: problems)
    result = run("check", file)
    assert result.exit_code == 1
    assert result.stdout == ""
    first, second, last = result.stderr.splitlines()
    assert "its words are others" in first
    assert "leads nowhere" in second
    assert last == "annotator: project.annot: 2 problems found. Restore a backup, or ask for help with this list."


def test_check_sees_real_damage(file: Path):
    with file.open("r+b") as opened:
        opened.truncate(file.stat().st_size - 4096)
    result = run("check", file)
    assert result.exit_code == 1
    assert "cut off" in result.stderr


# -- backup -----------------------------------------------------------------------------------------------


def test_backup_writes_a_copy_that_opens(tmp_path: Path, file: Path):
    copy = tmp_path / "copy.annot"
    result = run("backup", file, "--out", copy)
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"Copied and verified: {copy}\n", "")
    assert people(copy) == ["Anna"]


def test_backup_never_overwrites_and_needs_a_folder(tmp_path: Path, file: Path):
    other = tmp_path / "other.txt"
    other.write_text("mine", encoding="utf-8")
    assert "exists already" in refused("backup", file, "--out", other)
    assert "exists already" in refused("backup", file, "--out", file)
    assert "exists already" in refused("backup", file, "--out", tmp_path)
    assert "There is no folder" in refused("backup", file, "--out", tmp_path / "no" / "copy.annot")
    assert other.read_text(encoding="utf-8") == "mine"


def test_backup_tells_how_far_it_is_on_a_terminal(tmp_path: Path, file: Path, monkeypatch):
    told: list[tuple[int, int]] = []

    class Bar:
        def __enter__(self) -> Callable[[int, int], None]:
            return lambda done, total: told.append((done, total))

        def __exit__(self, *_: object) -> None:
            return None

    monkeypatch.setattr("annotator.cli.projects.bar", lambda _: Bar())
    assert run("backup", file, "--out", tmp_path / "copy.annot").exit_code == 0
    done, total = told[-1]
    assert done == total > 0


# -- bad projects -----------------------------------------------------------------------------------------


def commands(path: Path, folder: Path) -> list[list[object]]:
    (folder / "good.txt").write_text("Title\n\nWords.\n", encoding="utf-8")
    return [
        ["info", path], ["info", path, "--format", "json"], ["import", path, folder / "good.txt"],
        ["export", path, "--out", folder / "out"], ["export", path, "--out", folder / "a.csv"],
        ["backup", path, "--out", folder / "b.annot"],
    ]  # fmt: skip


def damaged(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def foreign(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE moz_places (id)")
    connection.close()


def newer(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[60:64] = (99).to_bytes(4, "big")
    path.write_bytes(data)


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


BAD: list[tuple[Callable[[Path], object], str]] = [
    (Path.unlink, "There is no file"),
    (folder, "is a folder, not a project file"),
    (lambda path: path.write_bytes(b""), "is empty (0 bytes)"),
    (lambda path: path.write_bytes(b"\xff\xd8\xff\xe0" * 99), "is not an Annotator project"),
    (foreign, "is an SQLite file of another program"),
    (damaged, "is cut off"),
    (newer, "newer version of Annotator (schema 99"),
]


@pytest.mark.parametrize(("harm", "said"), BAD, ids=["missing", "folder", "empty", "jpeg", "foreign", "cut", "newer"])
def test_a_bad_project_is_one_line_for_every_command(
    tmp_path: Path, file: Path, harm: Callable[[Path], object], said: str
):
    harm(file)
    before = file.read_bytes() if file.is_file() else None
    for words in commands(file, tmp_path):
        assert said in refused(*words), words
    assert run("check", file).exit_code == 1
    assert (file.read_bytes() if file.is_file() else None) == before
    assert sorted(path.name for path in tmp_path.iterdir() if path != file) == ["good.txt"]


def test_a_project_that_a_window_has_open_takes_no_import(tmp_path: Path, file: Path):
    (tmp_path / "good.txt").write_text("Title\n\nWords.\n", encoding="utf-8")
    lock = WindowLock(file)
    assert lock.take() is None
    said = refused("import", file, tmp_path / "good.txt")
    lock.free()
    assert said.startswith("project.annot cannot be written: ")
    assert "has it open; close it there" in said
    assert run("import", file, tmp_path / "good.txt").exit_code == 0


def test_a_read_only_project_takes_no_import(tmp_path: Path, file: Path, monkeypatch):
    (tmp_path / "good.txt").write_text("Title\n\nWords.\n", encoding="utf-8")
    monkeypatch.setattr("annotator.storage.project_file._writable", lambda _: False)
    said = refused("import", file, tmp_path / "good.txt")
    assert said == "project.annot cannot be written: the file or folder is read-only."
    assert run("info", file).exit_code == 0


def test_a_project_that_another_program_holds_is_told_after_a_short_wait(tmp_path: Path, file: Path):
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        for words in [*commands(file, tmp_path)[:4], ["check", file]]:
            assert "is in use by another program" in refused(*words), words
    finally:
        other.close()
    assert run("check", file).exit_code == 0
    assert not (tmp_path / "out").exists()
