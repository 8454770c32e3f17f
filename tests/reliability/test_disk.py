"""A full disk, a read-only file and I/O errors: told in one line, nothing lost, work goes on afterwards."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import projects

from annotator.base.errors import ProjectError, ReadOnlyError
from annotator.model.changes import ChangeSet
from annotator.operations import settings
from annotator.operations.checking import check_project
from annotator.project.backups import back_up
from annotator.project.opening import open_project


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    if mount is None or os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    made = subprocess.run([mount, "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], capture_output=True, check=False)
    if made.returncode != 0:
        pytest.skip(f"no small disk can be mounted here: {made.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def test_a_full_disk_is_told_and_work_goes_on_once_there_is_room(small_disk: Path, tmp_path: Path) -> None:
    project = projects.new_project(small_disk / "a.annot")
    article = projects.add(project)
    filler = small_disk / "filler"
    free = shutil.disk_usage(small_disk).free
    filler.write_bytes(bytes(free - 40_000))
    heard: list[ChangeSet | None] = []
    project.subscribe(heard.append)
    with pytest.raises(ProjectError, match=r"The disk is full: a.annot was not changed. Make room"):
        projects.add(project, "Too long for this disk. " * 20_000)
    assert heard == [None]
    assert [a.uid for a in project.read.all(type(article))] == [article.uid]
    with pytest.raises(ProjectError, match="The disk is full"):
        back_up(project.path, small_disk / "b.annot")
    assert sorted(entry.name for entry in small_disk.iterdir()) == ["a.annot", "a.annot.lock", "filler"]
    filler.unlink()
    projects.add(project, "Too long for this disk. " * 20_000)
    project.close()
    assert check_project(small_disk / "a.annot") == []


def test_a_disk_without_room_for_a_new_project_is_left_as_it_was(small_disk: Path) -> None:
    (small_disk / "filler").write_bytes(bytes(shutil.disk_usage(small_disk).free - 20_000))
    with pytest.raises(ProjectError, match="The disk is full"):
        projects.new_project(small_disk / "a.annot")
    assert [entry.name for entry in small_disk.iterdir()] == ["filler"]


READS_ONLY = """
import sys
from pathlib import Path
sys.path[:0] = sys.argv[2:]
from annotator.base.errors import ReadOnlyError
from annotator.operations import settings
from annotator.project.opening import open_project
project = open_project(Path(sys.argv[1]))
assert project.read_only, "it says it could save"
assert project.holder == ""
try:
    settings.set_memo(project, "pretended")
except ReadOnlyError as error:
    print(error)
project.close()
"""


@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_read_only_file_opens_read_only_and_says_so(what: str, tmp_path: Path) -> None:
    setpriv = shutil.which("setpriv")
    if setpriv is None or os.geteuid() != 0:
        pytest.skip("needs root and setpriv: chmod does nothing for root")
    folder = tmp_path / "shared"
    folder.mkdir()
    path = folder / "a.annot"
    projects.new_project(path).close()
    path.chmod(0o444 if what == "file" else 0o666)
    folder.chmod(0o777 if what == "file" else 0o555)
    for above in (tmp_path, *tmp_path.parents):
        if not above.stat().st_mode & 0o001:
            above.chmod(above.stat().st_mode | 0o011)  # pytest's folders are root's own
    before = path.read_bytes()
    root = str(Path(projects.__file__).parents[2])
    command = [setpriv, "--reuid=65534", "--regid=65534", "--clear-groups", sys.executable, "-B", "-c", READS_ONLY]
    done = subprocess.run([*command, path, root], capture_output=True, text=True, check=False)
    if "Permission denied" in done.stderr or "No module named" in done.stderr:
        pytest.skip("another user may not read the program here")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "a.annot is open for reading only. Nothing was changed.\n"
    assert path.read_bytes() == before


def test_a_project_opened_for_reading_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.annot"
    projects.new_project(path).close()
    before = path.read_bytes()
    project = open_project(path, read_only=True)
    for change in (lambda: settings.set_memo(project, "x"), project.undo, project.redo):
        with pytest.raises(ReadOnlyError, match=r"a.annot is open for reading only. Nothing was changed."):
            change()
    assert projects.work_as(project, projects.BEN) is None
    project.close()
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.annot"]


def test_a_commit_that_fails_is_read_back_from_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = projects.new_project(tmp_path / "a.annot")
    heard: list[ChangeSet | None] = []
    project.subscribe(heard.append)
    from annotator.storage import writer
    from annotator.storage.connection import translated

    def breaks(*_: object) -> None:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR
        raise translated(Path("a.annot"), error)

    with monkeypatch.context() as patch:
        patch.setattr(writer, "_write_history", breaks)
        with pytest.raises(ProjectError, match=r"could not be read or written \(disk I/O error\)"):
            settings.set_memo(project, "lost")
    assert heard == [None]
    assert project.cache.info.memo == ""
    settings.set_memo(project, "kept")
    assert project.cache.info.memo == "kept"
    project.close()
    assert check_project(tmp_path / "a.annot") == []
