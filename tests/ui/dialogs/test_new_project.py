from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QLineEdit, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from annotator.base import paths
from annotator.exchange.codebook_file import shipped_codebook, write_codebook
from annotator.ui.dialogs.new_project import NewProjectDialog, file_name


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "projects"
    made.mkdir()
    return made


@pytest.fixture
def dialog(qtbot: QtBot, settings, folder: Path) -> NewProjectDialog:
    settings.add_recent(folder / "old.annot")
    made = NewProjectDialog(None, settings)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.open()
    return made


def field(dialog: NewProjectDialog, name: str) -> QLineEdit:
    return next(one for one in dialog.findChildren(QLineEdit) if one.accessibleName() == name)


def button(dialog: NewProjectDialog, text: str) -> QPushButton:
    return next(one for one in dialog.findChildren(QPushButton) if one.text() == text)


def said(dialog: NewProjectDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def test_a_name_and_enter_are_enough(dialog, folder, qtbot):
    assert dialog.focusWidget() is field(dialog, "Name")
    qtbot.keyClicks(field(dialog, "Name"), "Reading  group")
    assert "One file: Reading group.annot" in said(dialog)
    qtbot.keyClick(field(dialog, "Name"), Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert (dialog.result_path, dialog.result_name) == (folder / "Reading group.annot", "Reading group")
    assert dialog.result_codebook == shipped_codebook("news")


def test_other_codebooks(dialog, qtbot):
    empty = next(one for one in dialog.findChildren(QRadioButton) if one.property("book") == "empty")
    empty.setFocus()
    qtbot.keyClick(empty, Qt.Key.Key_Space)
    dialog.accept()
    assert dialog.result_codebook == shipped_codebook("empty")


def test_a_codebook_from_a_file(dialog, qtbot, tmp_path, monkeypatch):
    file = tmp_path / "own.toml"
    write_codebook(shipped_codebook("news"), file, "Own")
    next(one for one in dialog.findChildren(QRadioButton) if one.property("book") == "file").setChecked(True)
    assert "Choose the codebook’s file." in said(dialog)
    assert not button(dialog, "Create project").isEnabled()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    button(dialog, "Choose…").click()
    assert "own.toml" in said(dialog)
    button(dialog, "Create project").click()
    assert dialog.result_codebook == shipped_codebook("news")


def test_a_damaged_codebook_is_told_and_nothing_closes(dialog, tmp_path):
    file = tmp_path / "bad.toml"
    file.write_text("format = ")
    dialog.set_codebook_file(str(file))
    dialog.accept()
    assert dialog.isVisible()
    assert "bad.toml" in said(dialog)


@pytest.mark.parametrize("name", ["", "  ", "..."])
def test_a_project_needs_a_name(dialog, qtbot, name):
    field(dialog, "Name").clear()
    qtbot.keyClicks(field(dialog, "Name"), name)
    assert "The project needs a name." in said(dialog)
    dialog.accept()
    assert dialog.isVisible()


def test_an_existing_file_is_never_replaced(dialog, folder, qtbot):
    (folder / "old.annot").write_text("x")
    field(dialog, "Name").setText("old")
    assert "There is a file old.annot already" in said(dialog)


def test_the_folder_must_be_there_and_can_be_browsed(dialog, tmp_path, monkeypatch):
    field(dialog, "Folder").setText(str(tmp_path / "nowhere"))
    assert "There is no such folder" in said(dialog)
    field(dialog, "Folder").setText("relative")
    assert "There is no such folder" in said(dialog)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    button(dialog, "Browse…").click()
    assert "One file" in said(dialog)
    monkeypatch.setattr("os.access", lambda *_: False)
    field(dialog, "Name").setText("other")
    assert "You may not write" in said(dialog)


def test_nothing_chosen_changes_nothing(dialog, monkeypatch):
    before = said(dialog)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    button(dialog, "Browse…").click()
    button(dialog, "Choose…").click()
    assert said(dialog) == before


def test_a_synced_folder_is_warned_of(dialog, tmp_path):
    (tmp_path / "Dropbox").mkdir()
    field(dialog, "Folder").setText(str(tmp_path / "Dropbox"))
    assert "kept in step by Dropbox" in said(dialog)
    assert button(dialog, "Create project").isEnabled()


def test_escape_closes(dialog, qtbot):
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_names_become_file_names():
    assert file_name("a/b: c?") == "a-b- c-.annot"
    assert file_name("wird. ") == "wird.annot"


def test_without_recent_projects_it_starts_in_the_documents(qtbot, settings, tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "default_documents_dir", lambda: tmp_path)
    made = NewProjectDialog(None, settings)
    qtbot.addWidget(made)
    assert field(made, "Folder").text() == str(tmp_path)
    monkeypatch.setattr(paths, "default_documents_dir", lambda: tmp_path / "none")
    made = NewProjectDialog(None, settings)
    qtbot.addWidget(made)
    assert field(made, "Folder").text() == str(Path.home())
