from __future__ import annotations

from pathlib import Path

import pytest

from annotator.base.errors import DamagedError, ProjectError
from annotator.project.project import Project
from annotator.storage import backups
from annotator.storage.backups import State, back_up, state_of
from annotator.storage.project_file import create_file
from annotator.storage.window_lock import WindowLock


def test_which_state_a_file_holds(project: Project, tmp_path: Path) -> None:
    state = state_of(project.path)
    assert (state.project, state.sequence, len(state.change_set)) == (project.cache.info.uid, 2, 36)
    create_file(tmp_path / "empty.annot").close()
    with pytest.raises(DamagedError, match=r"empty.annot holds no project"):
        state_of(tmp_path / "empty.annot")
    assert State("p", 0, "") == State("p", 0, "")


def test_a_project_that_another_window_holds_is_not_overwritten(project: Project, tmp_path: Path) -> None:
    target = tmp_path / "theirs.annot"
    target.write_bytes(b"theirs")
    lock = WindowLock(target)
    lock.take()
    with pytest.raises(ProjectError, match=r"theirs.annot is open: .* Choose another name for the backup"):
        back_up(project.path, target)
    lock.free()
    assert target.read_bytes() == b"theirs"


def test_a_source_that_stays_busy_while_copying_is_given_up(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "_TRIES", -1)
    with pytest.raises(ProjectError, match="no backup was made"):
        back_up(project.path, tmp_path / "copy.annot")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["project.annot", "project.annot.lock"]


def test_a_copy_with_damaged_pages_is_no_backup(project: Project, tmp_path: Path) -> None:
    project.close()
    data = bytearray(project.path.read_bytes())
    data[3 * 4096 : 4 * 4096] = bytes(4096)
    project.path.write_bytes(data)
    with pytest.raises(DamagedError, match="no backup was made of it") as told:
        backups.verify(project.path, "a.annot")
    assert "\n" not in str(told.value)


def test_windows_has_no_folders_to_flush(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    backups._sync(tmp_path / "none")
