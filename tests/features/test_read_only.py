"""A project that somebody has open already: it can be read, and whoever tries to tag is told why not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton
from support.user import User, at_the_window, project_file

from annotator.model.annotation import Annotator
from annotator.operations.tagging import remove
from annotator.project.opening import open_project, work_as
from annotator.project.project import Project

TEXT = "Talks\n\nDmitry Peskov left.\n\n“We heard nothing,” he added.\n"


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[Project]:
    """The project, open in another window."""
    path = project_file(tmp_path, TEXT)
    with at_the_window(path, tmp_path / "settings") as first:
        first.click("Dmitry")
        first.press("1")
    project = open_project(path)
    work_as(project, Annotator("01900000-0000-7000-8000-00000000000b", "Ben"))
    yield project
    project.close()


@pytest.fixture
def user(holder: Project, tmp_path: Path) -> Iterator[User]:
    with at_the_window(holder.path, tmp_path / "settings") as user:
        yield user


def test_the_window_says_who_has_it_open(user: User) -> None:
    project = user.window.state.project
    assert project is not None
    assert project.read_only
    assert project.holder
    assert "[read-only]" in user.window.windowTitle()
    assert user.saved == f"Read-only: {project.holder} has it open", "it says so once, and for as long as it is so"
    assert user.notice == "You can read and export, but not tag."


def test_a_key_that_would_change_something_tells_why_nothing_happens(user: User) -> None:
    project = user.window.state.project
    assert project is not None
    wanted = f"{project.holder} has this project open: you can read and export, but not change anything."
    before = user.annotations
    user.click("nothing")
    for key in ("2", "Delete", "N", "Ctrl+2", "Ctrl+Z", "Ctrl+Enter", "Ctrl+I"):
        user.window.state.tell("")
        user.press(key, on=user.reader)
        assert user.notice == wanted, key
    assert user.annotations == before
    assert user.reader.hasFocus()


def test_fields_and_chips_rest(user: User) -> None:
    user.click("Dmitry")
    assert user.window.state.selected is not None
    assert not user.part("entityField").isEnabled()
    assert user.part("noteField").isReadOnly()  # type: ignore[attr-defined]
    assert not any(
        chip.isEnabled() for chip in user.part("tagBar").findChildren(QAbstractButton) if hasattr(chip, "tag")
    )
    for action in ("tag.speaker", "edit.undo", "file.import", "article.done"):
        assert not user.window.actions_.enabled(action), action
    for action in ("file.export", "edit.find", "article.next", "view.palette"):
        assert user.window.actions_.enabled(action), action


def test_what_the_other_one_does_is_seen(user: User, holder: Project) -> None:
    (annotation,) = user.annotations
    holder.annotator = next(a for a in holder.cache.annotators.values() if a.uid == annotation.annotator)
    remove(holder, [annotation])
    user.wait(lambda: user.window.state.content is not None and not user.window.state.content.annotations)
    assert user.window.desk.reader.annotations_at(user.place("Dmitry")) == []


def test_keys_tell_what_is_missing(tmp_path: Path) -> None:
    with at_the_window(project_file(tmp_path, TEXT), tmp_path / "settings") as user:
        user.click("Dmitry")
        user.press("N")
        assert user.notice == "Select a tag first: click it in the text, or press Tab."
        user.press("Ctrl+Z")
        assert user.window.state.content is None, "the import was undone"
        assert user.window.state.project is not None
        user.press("Ctrl+Z", on=user.reader)
        assert user.notice == "There is nothing of yours to undo."
        user.press("1", on=user.reader)
        assert user.notice == "Open an article first."
