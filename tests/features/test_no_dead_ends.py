"""Wherever a gesture ends, the keys go on meaning something: no lost focus, no state without a way on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QMessageBox
from support.user import User, at_the_window, project_file

TEXT = "Talks\n\nDmitry Peskov left.\n\n“We heard nothing,” he added. Berlin said nothing.\n"


@pytest.fixture
def user(tmp_path: Path) -> Iterator[User]:
    path = project_file(tmp_path, TEXT, "Two\n\nBeta spoke.", "Three\n\nGamma spoke.")
    with at_the_window(path, tmp_path / "settings") as user:
        yield user


def title(user: User) -> str:
    content = user.window.state.content
    return content.article.title if content is not None else ""


def remove_article(user: User) -> None:
    user.window.actions_.action("article.remove").trigger()
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    user.click_on(next(b for b in box.buttons() if b.text() == "Remove article"))


def test_opening_the_project_that_is_open_keeps_it_writable(user: User, tmp_path: Path) -> None:
    user.window.files.open_path(tmp_path / "reading-group.annot")
    assert user.notice == "This project is open already."
    project = user.window.state.project
    assert project is not None
    assert not project.read_only
    user.click("Dmitry")
    user.press("1")
    assert user.words("speaker") == ["Dmitry Peskov"]


def test_the_open_sample_project_is_not_opened_twice(tmp_path: Path) -> None:
    with at_the_window(None, tmp_path / "settings") as user:
        for _ in range(2):
            user.window.files.open_sample()
            project = user.window.state.project
            assert project is not None
            assert not project.read_only


def test_undo_in_the_note_of_what_it_takes_away_returns_to_the_reader(user: User) -> None:
    user.click("Dmitry")
    user.press("1", "N")
    user.type("x")
    user.press("Ctrl+Z", "Ctrl+Z")
    assert user.annotations == []
    assert user.reader.hasFocus()
    user.press("1")
    assert user.words("speaker") == ["Dmitry Peskov"]


def test_removing_the_article_whose_note_is_being_typed(user: User) -> None:
    user.click("Dmitry")
    user.press("1", "N")
    user.type("half a note")
    remove_article(user)
    assert title(user) in ("Two", "Three"), "the one beside it is open now"
    assert user.reader.hasFocus()
    user.press("Ctrl+Z")
    assert title(user) == "Talks"
    assert [(a.text, a.note) for a in user.annotations] == [("Dmitry Peskov", "half a note")]
    assert user.reader.hasFocus()


def test_undo_of_a_status_returns_to_the_article(user: User) -> None:
    user.press("Ctrl+Enter", on=user.reader)
    assert title(user) == "Two"
    user.press("Ctrl+Z")
    assert title(user) == "Talks"
    user.press("Ctrl+Shift+Z")
    assert title(user) == "Talks"


def test_the_last_article_removed_comes_back_by_undo(tmp_path: Path) -> None:
    with at_the_window(project_file(tmp_path, TEXT), tmp_path / "settings") as user:
        remove_article(user)
        assert user.window.state.content is None
        user.press("1", "Ctrl+F", "F6", "Ctrl+Down")
        user.press("Ctrl+Z")
        assert title(user) == "Talks"


def test_another_article_while_a_note_is_typed(user: User) -> None:
    user.click("Dmitry")
    user.press("1", "N")
    user.type("mine")
    user.press("Ctrl+Up")
    assert title(user) != "Talks"
    assert user.annotations == []
    assert user.reader.hasFocus()
    user.press("Ctrl+Down")
    assert [(a.text, a.note) for a in user.annotations] == [("Dmitry Peskov", "mine")]


def test_a_closed_project_leaves_nothing_behind(user: User, tmp_path: Path) -> None:
    user.click("Dmitry")
    user.press("1", "N")
    user.type("kept")
    user.press("Ctrl+W")
    assert user.window.windowTitle() == "Annotator"
    for key in ("1", "Ctrl+Z", "Ctrl+F", "F6", "Ctrl+Down", "Ctrl+Enter", "Ctrl+E", "Ctrl+B", "Ctrl+Shift+F", "F3",
                "Ctrl+Shift+E", "Ctrl++", "F9", "Ctrl+I", "Delete", "L"):  # fmt: skip
        user.press(key)
        assert QApplication.activeModalWidget() is None, key
    assert user.window.state.project is None
    user.window.files.open_path(tmp_path / "reading-group.annot")
    assert [a.note for a in user.annotations] == ["kept"]


def test_f6_goes_round_the_parts(user: User) -> None:
    user.click("Dmitry")
    user.press("1")
    names = []
    for _ in range(4):
        user.press("F6")
        names.append(user.focus().objectName())
    assert names[0] == "annotationList"
    assert names[2:] == ["articleList", "reader"]
    assert user.part("inspector").isAncestorOf(user.focus()) is False
    user.press("F9", "F10")
    assert not user.window.panel.isVisible()
    user.press("F6")
    assert user.reader.hasFocus()
    user.press("G")
    assert user.focus().objectName() == "entityField", "what needs the panel shows it"


def test_a_choice_by_mouse_from_a_list_returns_to_the_reader(user: User) -> None:
    user.click("Berlin")
    user.press("4")
    user.choose("claim_type", "event")
    assert user.reader.hasFocus()
    user.press("N")
    assert user.focus().objectName() == "noteField"


def test_find_and_palette_type_no_tags(user: User) -> None:
    user.press("Ctrl+F", on=user.reader)
    assert isinstance(user.focus(), QLineEdit)
    user.type("nothing 1234")
    user.press("Esc")
    assert user.reader.hasFocus()
    user.press("Ctrl+K")
    user.type("1 tag quote")
    user.press("Esc")
    assert user.annotations == []
    assert user.reader.hasFocus()
    user.click("heard")
    user.press("Ctrl+K")
    user.type("tag quote")
    user.press("Enter")
    assert user.words("quote") == ["“We heard nothing,”"]
    assert user.reader.hasFocus()


def test_a_new_project_in_the_place_of_the_open_one(user: User, tmp_path: Path) -> None:
    user.press("Ctrl+N", on=user.reader)
    user.type("Second")
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    folder = next(line for line in dialog.findChildren(QLineEdit) if line.accessibleName() == "Folder")
    user.click_on(folder)
    user.press("Ctrl+A")
    user.type(str(tmp_path))
    user.click_on(next(b for b in dialog.findChildren(QAbstractButton) if b.text() == "Create project"))
    assert user.window.windowTitle() == "Second.annot — Anna"
    assert (tmp_path / "Second.annot").exists()


def test_tab_goes_through_the_fields_as_they_stand(user: User) -> None:
    user.click("Dmitry")
    user.press("1", "G", "Enter", "G", "Esc")
    user.click_on("entityField")
    names = []
    for _ in range(6):
        user.press("Tab")
        names.append(user.focus().objectName() or user.focus().accessibleName())
    assert names == [
        "Form of mention: name", "attribute.role_as_stated", "attribute.affiliation_as_stated", "noteField",
        "Confidence: low", "articleSearch",
    ]  # fmt: skip


def test_a_name_given_in_the_bar_returns_to_the_reader(user: User, tmp_path: Path) -> None:
    user.window.close_project()
    user.window.settings["annotator_name"] = ""
    user.window.files.open_path(tmp_path / "reading-group.annot")
    (field,) = user.shown("nameBar").findChildren(QLineEdit)
    user.click_on(field)
    user.press("Ctrl+A")
    user.type("Zoe")
    user.press("Enter")
    assert user.window.windowTitle() == "reading-group.annot — Zoe"
    assert user.reader.hasFocus()
