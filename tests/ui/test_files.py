"""Opening what cannot be opened: one message, the window as it was, and the newest backup offered."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QMessageBox
from support.user import at_the_window, project_file, settle

from annotator.project.backups import make_backup


def refusal(user: object) -> QMessageBox:
    box = user.window.findChild(QMessageBox, "refusal")  # type: ignore[attr-defined]
    assert isinstance(box, QMessageBox)
    return box


def test_a_foreign_file_is_told_and_the_open_project_stays(tmp_path: Path) -> None:
    picture = tmp_path / "holiday.annot"
    picture.write_bytes(b"\xff\xd8\xff\xe0 not a project at all" * 20)
    with at_the_window(project_file(tmp_path, "One\n\nAlpha."), tmp_path / "settings") as user:
        assert not user.window.files.open_path(picture)
        assert "not an Annotator project" in refusal(user).text()
        assert user.text.startswith("One")
    assert picture.read_bytes().startswith(b"\xff\xd8")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with at_the_window(None, tmp_path / "settings") as user:
        assert not user.window.files.open_path(tmp_path / "gone.annot")
        assert "There is no file" in refusal(user).text()


def test_a_damaged_file_offers_its_newest_backup_under_a_new_name(tmp_path: Path) -> None:
    path = project_file(tmp_path, "One\n\nAlpha.")
    assert make_backup(path, tmp_path / "settings" / "backups", cap_bytes=10**9) is not None
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with at_the_window(None, tmp_path / "settings") as user:
        assert not user.window.files.open_path(path)
        box = refusal(user)
        (button,) = [b for b in box.buttons() if b.text() == "Open the backup"]
        button.click()
        settle()
        assert user.text.startswith("One")
        project = user.window.state.project
        assert project is not None
        assert project.path.name.startswith("reading-group (backup of ")
    assert path.read_bytes() == whole[: len(whole) // 2]


def test_a_damaged_file_without_a_backup_is_told(tmp_path: Path) -> None:
    path = tmp_path / "empty.annot"
    path.write_bytes(b"")
    with at_the_window(None, tmp_path / "settings") as user:
        assert not user.window.files.open_path(path)
        assert "is empty" in refusal(user).text()
        assert [b.text() for b in refusal(user).buttons()] == ["OK"]
