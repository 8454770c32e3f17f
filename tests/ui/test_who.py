"""Under whose name one works: said, guessed, or still to be said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.user import at_the_window, project_file

from annotator.base.errors import RuleError
from annotator.base.settings import Settings
from annotator.base.uuid7 import uuid7
from annotator.model.annotation import Annotation, Annotator
from annotator.model.span import Span
from annotator.operations import tagging
from annotator.operations.handing_out import hand_out
from annotator.project.opening import open_project, work_as
from annotator.project.project import Project
from annotator.ui.who import Who


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    project = open_project(project_file(tmp_path, "One\n\nAlpha said beta."))
    yield project
    project.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "other")


def names(project: Project) -> list[str]:
    return [one.name for one in project.read.annotators()]


def tag(project: Project) -> None:
    content = project.read.content(project.read.all_article_uids()[0])
    assert content is not None
    tagging.tag(project, content, project.cache.codebook.tag_types[0].uid, [Span(5, 10)])


def test_who_has_said_their_name_works_under_it(project: Project, settings: Settings) -> None:
    settings["annotator_name"] = "Ben"
    Who(settings, "login").begin(project)
    assert (project.annotator.name, names(project)) == ("Ben", ["Anna", "Ben"])


def test_the_only_person_is_taken_to_be_the_user(project: Project, settings: Settings) -> None:
    who = Who(settings, "login")
    who.begin(project)
    assert (project.annotator.name, names(project)) == ("Anna", ["Anna"])
    assert who.proposal(project) == "Anna"
    who.say(project, "Anna")
    assert settings["annotator_name"] == "Anna"
    assert names(project) == ["Anna"]


def test_somebody_else_becomes_a_new_person_and_nobody_is_renamed(project: Project, settings: Settings) -> None:
    who = Who(settings, "login")
    who.begin(project)
    who.say(project, "  Ben  ")
    assert (project.annotator.name, names(project)) == ("Ben", ["Anna", "Ben"])
    assert project.annotator.uid == settings.annotator_uid


def test_among_several_the_login_stands_in_and_leaves_no_trace(project: Project, settings: Settings) -> None:
    work_as(project, Annotator(uuid7(), "Cleo"))
    who = Who(settings, "login")
    who.begin(project)
    assert project.annotator.name == "login"
    who.say(project, "Cleo")
    assert (project.annotator.name, names(project)) == ("Cleo", ["Anna", "Cleo"])


def test_who_has_worked_under_the_login_is_renamed(project: Project, settings: Settings) -> None:
    work_as(project, Annotator(uuid7(), "Cleo"))
    who = Who(settings, "login")
    who.begin(project)
    tag(project)
    with pytest.raises(RuleError, match="is called Cleo"):
        who.say(project, "Cleo")
    assert settings["annotator_name"] == ""
    who.say(project, "Dora")
    assert names(project) == ["Anna", "Cleo", "Dora"]


def copy_for_ben(project: Project) -> Path:
    path = project.path.with_name("ben.annot")
    hand_out(project, path, Annotator(uuid7(), "Ben"), blind=True)
    return path


def test_whom_a_copy_was_handed_out_to_is_asked_once(project: Project, settings: Settings) -> None:
    copy = open_project(copy_for_ben(project))
    who = Who(settings, "login")
    who.begin(copy)
    assert copy.annotator.name == "login"
    person = who.addressee(copy)
    assert person is not None and person.name == "Ben"
    tag(copy)
    who.be_addressee(copy)
    assert (copy.annotator, names(copy)) == (person, ["Ben"])
    assert [one.annotator for one in copy.read.all(Annotation)] == [person.uid]
    assert settings["annotator_name"] == "Ben"
    assert who.addressee(copy) is None
    copy.close()
    again = open_project(copy.path)
    Who(settings, "login").begin(again)
    assert again.annotator == person
    again.close()


def test_who_is_not_the_addressee_is_not_asked_again(project: Project, settings: Settings) -> None:
    settings["annotator_name"] = "Carla"
    copy = open_project(copy_for_ben(project))
    who = Who(settings, "login")
    who.begin(copy)
    who.decline(copy)
    assert who.addressee(copy) is None
    assert Who(Settings(settings.folder), "login").addressee(copy) is None
    assert names(copy) == ["Ben", "Carla"]
    assert who.addressee(project) is None
    copy.close()


def test_the_bar_in_the_window_takes_the_name(tmp_path: Path) -> None:
    with at_the_window(project_file(tmp_path, "One\n\nAlpha said beta."), tmp_path / "fresh") as user:
        bar = user.window.name_bar
        assert bar.isVisible()
        assert user.window.windowTitle().endswith("Anna")
        bar.set_name("")
        bar.focus_field()
        user.type("Ben")
        user.press("Enter")
        assert not bar.isVisible()
        assert user.window.windowTitle().endswith("Ben")
        assert user.text.startswith("One")
        user.click("Alpha")
        user.press("1")
        (annotation,) = user.annotations
        project = user.window.state.project
        assert project is not None
        assert project.cache.annotators[annotation.annotator].name == "Ben"
