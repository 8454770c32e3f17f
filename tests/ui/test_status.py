"""What the status bar says of the open article keeps step with every change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support import projects
from support.user import User, at_the_window, other_annotator, project_file

from annotator.model.annotation import Annotator
from annotator.project.opening import open_project, own_set, work_as

TEXT = "Talks\n\nPeskov told reporters in Moscow about talks.\n"
OTHER = "Harbour\n\nAna Marin spoke in Koper.\n"


@pytest.fixture
def user(tmp_path: Path) -> Iterator[User]:
    """Ben has tagged a word before Anna opens the window."""
    path = project_file(tmp_path, TEXT, OTHER)
    project = open_project(path)
    work_as(project, other_annotator("Ben"))
    article = next(uid for uid in project.read.all_article_uids() if "Peskov" in projects.content(project, uid).text)
    projects.tag(project, projects.content(project, article).article, "speaker", "Peskov")
    project.close()
    with at_the_window(path, tmp_path / "settings") as user:
        yield user


def said(user: User) -> str:
    return str(user.window.statusBar()._tags.text())  # type: ignore[attr-defined]


def counted(user: User) -> int:
    project = user.window.state.project
    assert project is not None
    mine = own_set(project)
    return sum(mine is not None and a.annotation_set == mine.uid for a in user.annotations)


def test_the_tags_here_are_ones_own_in_the_open_article(user: User) -> None:
    assert said(user) == "0 tags here"
    for key, number in (("1", 1), ("5", 2), ("Ctrl+Z", 1), ("Ctrl+Shift+Z", 2), ("Delete", 1), ("Ctrl+Z", 2)):
        user.click("reporters") if key == "1" else None
        user.press(key)
        assert counted(user) == number
        assert said(user).startswith(f"{number} tag")
    user.click("talks", occurrence=0)
    user.press("Ctrl+5")
    assert said(user) == f"{counted(user)} tags here"
    user.press("Ctrl+Up")  # the article in progress stands below the one to do
    assert said(user) == "0 tags here"
    user.press("Ctrl+Down")
    assert said(user) == f"{counted(user)} tags here"


def test_after_somebody_else_took_over_their_tags_are_counted(user: User) -> None:
    user.click("reporters")
    user.press("1")
    project, state = user.window.state.project, user.window.state
    assert project is not None
    ben = next(one for one in project.cache.annotators.values() if one.name == "Ben")
    assert isinstance(ben, Annotator)
    work_as(project, ben)
    state.show_anew()
    assert said(user) == "1 tag here"
