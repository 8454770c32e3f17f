"""Opening what cannot be opened: one message, the window as it was, and the newest backup offered."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox
from pytestqt.qtbot import QtBot
from support.older import older_copy
from support.user import User, at_the_window, project_file, settle

from annotator.project import opening
from annotator.project.backups import make_backup
from annotator.ui.dialogs.conversion import ConversionDialog


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


@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that an earlier version has written, as if it were large."""
    monkeypatch.setattr(opening, "CONVERTED_AT_ONCE", 0)
    (tmp_path / "old").mkdir()
    return older_copy(project_file(tmp_path, "One\n\nAlpha."), 4, tmp_path / "old" / "group.annot")


def is_there(user: User) -> bool:
    project = user.window.state.project
    return project is not None and project.path.name == "group.annot"


def test_a_large_project_of_an_earlier_version_is_converted_beside_the_window(
    tmp_path: Path, older: Path, qtbot: QtBot
) -> None:
    with at_the_window(None, tmp_path / "settings") as user:
        assert user.window.files.open_path(older)
        dialog = user.window.findChild(ConversionDialog)
        assert dialog is not None
        assert dialog.isVisible()
        assert "group.annot is being made ready" in " ".join(label.text() for label in dialog.findChildren(QLabel))
        dialog.close()
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        assert dialog.isVisible()
        qtbot.waitUntil(lambda: is_there(user))
        assert not [one for one in user.window.findChildren(ConversionDialog) if one.isVisible()]
        assert user.text.startswith("One")
    assert not opening.is_convertible(older)
    assert len(list(older.parent.glob("group.before-schema-*-was-4.annot"))) == 1


def test_the_program_starts_with_it_too(tmp_path: Path, older: Path, qtbot: QtBot) -> None:
    with at_the_window(older, tmp_path / "settings") as user:
        qtbot.waitUntil(lambda: is_there(user))
        assert user.text.startswith("One")


def test_what_cannot_be_converted_is_told(tmp_path: Path, older: Path, qtbot: QtBot) -> None:
    whole = older.read_bytes()
    older.write_bytes(whole[:8192] + b"\xff" * 4096 + whole[12288:])
    broken = older.read_bytes()
    with at_the_window(None, tmp_path / "settings") as user:
        assert user.window.files.open_path(older)
        qtbot.waitUntil(lambda: user.window.findChild(QMessageBox, "refusal") is not None)
        assert "damaged" in refusal(user).text()
        assert user.window.state.project is None
    assert older.read_bytes() == broken
