"""Every kind of step, undone and done again after the window was closed and opened anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPlainTextEdit
from support.user import User, at_the_window, project_file

from annotator.model.annotation import Annotation, Annotator
from annotator.model.article import Article
from annotator.model.changes import RECORD_TYPES, Record
from annotator.model.span import Span
from annotator.operations import articles, tagging
from annotator.project.opening import open_project, work_as

TEXT = "Talks\n\nDmitry Peskov left.\n\n“We heard nothing,” he added. Berlin said nothing.\n"
BEN = Annotator("01900000-0000-7000-8000-00000000000b", "Ben")

State = dict[str, Record]


def stored(user: User) -> State:
    project = user.window.state.project
    assert project is not None
    return {record.uid: record for kind in RECORD_TYPES.values() for record in project.read.all(kind)}


def undo_title(user: User) -> str:
    """What the Edit menu says."""
    return user.window.actions_.action("edit.undo").text()


def work(user: User) -> list[tuple[str, State]]:
    """Do a step of each kind; return what the Edit menu called each, and the file behind it."""
    steps: list[tuple[str, State]] = []

    def done(act: Callable[[], None]) -> None:
        act()
        steps.append((undo_title(user), stored(user)))

    def note() -> None:
        user.press("N")
        user.type("said at the gate")
        user.press("Esc")

    def rename() -> None:
        user.press("F2", "Ctrl+A")
        user.type("Dmitri Peskow")
        user.press("Enter")

    def label() -> None:
        user.press("Ctrl+B")
        user.fill("tagLabel", "Source", end="Tab")
        user.press("Ctrl+Enter")

    def title() -> None:
        user.press("Ctrl+Shift+M")
        user.fill("article.title", "Talks in Moscow")
        user.press("Esc")

    user.click("Dmitry")
    done(lambda: user.press("1"))
    done(lambda: user.press("G", "Enter"))
    user.click("heard")
    done(lambda: user.press("2"))
    done(lambda: user.press("Enter"))
    done(note)
    done(rename)
    done(lambda: user.press("C"))
    done(title)
    done(label)
    done(lambda: user.press("Ctrl+Enter", on=user.reader))
    return steps


@pytest.mark.may_take_long("the codebook editor is imported and built when it is first opened")
def test_all_steps_back_and_forward_after_a_restart(tmp_path: Path) -> None:
    path = project_file(tmp_path, TEXT)
    with at_the_window(path, tmp_path / "settings") as user:
        start = stored(user)
        steps = work(user)
        names = [name for name, _ in steps]
        assert len(set(names)) >= 9, names
        assert names[0] == "Undo Tag speaker"
        assert all(name.startswith("Undo ") for name in names)
    with at_the_window(path, tmp_path / "settings") as user:
        assert stored(user) == steps[-1][1]
        for name, before in zip(reversed(names), [*(s for _, s in reversed(steps[:-1])), start], strict=True):
            assert undo_title(user) == name
            user.press("Ctrl+Z")
            assert user.notice == f"Undone: {name.removeprefix('Undo ')}"
            assert stored(user) == before
    with at_the_window(path, tmp_path / "settings") as user:
        assert stored(user) == start
        for name, after in steps:
            assert user.window.actions_.action("edit.redo").text() == name.replace("Undo", "Redo")
            user.press("Ctrl+Shift+Z")
            assert stored(user) == after
        assert not user.window.actions_.action("edit.redo").isEnabled()


def test_only_ones_own_steps_are_undone(tmp_path: Path) -> None:
    path = project_file(tmp_path, TEXT)
    with at_the_window(path, tmp_path / "settings") as user:
        user.click("Dmitry")
        user.press("1")
    project = open_project(path)
    work_as(project, BEN)
    (article,) = project.read.all(Article)
    content = project.read.content(article.uid)
    assert content is not None
    tag = project.cache.codebook.tag_named("cue")
    assert tag is not None
    at = content.text.index("added")
    tagging.tag(project, content, tag.uid, [Span(at, at + 5)])
    articles.set_memo(project, article.uid, "Ben was here")
    project.close()
    with at_the_window(path, tmp_path / "settings") as user:
        assert user.words("cue") == ["added"]
        assert undo_title(user) == "Undo Tag speaker"
        user.press("Ctrl+Z")
        assert user.words("speaker") == []
        user.press("Ctrl+Z", "Ctrl+Z", "Ctrl+Z")  # the import too, then nothing is left to undo
        project = user.window.state.project
        assert project is not None
        assert [a.text for a in project.read.all(Annotation)] == ["added"]
        assert [a.uid for a in project.read.all(Article)] == [article.uid], "Ben's work stands on the article"


def test_undo_in_a_field_takes_the_last_step_back_and_the_field_shows_it(tmp_path: Path) -> None:
    with at_the_window(project_file(tmp_path, TEXT), tmp_path / "settings") as user:
        user.click("Dmitry")
        user.press("1", "N")
        user.type("first")
        user.press("Esc", "N")
        user.type(", second")
        note = user.part("noteField")
        assert isinstance(note, QPlainTextEdit)
        assert note.hasFocus()
        user.press("Ctrl+Z")
        assert note.toPlainText() == "first"
        assert user.annotations[0].note == "first"
        user.press("Ctrl+Shift+Z")
        assert note.toPlainText() == "first, second"
        user.press("Ctrl+Z", "Ctrl+Z")
        assert note.toPlainText() == ""
        user.press("Ctrl+Z")
        assert user.annotations == []
