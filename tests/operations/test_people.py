from __future__ import annotations

from dataclasses import replace

import pytest
from support import projects

from annotator.base.errors import RuleError
from annotator.model.article import Article
from annotator.operations import people
from annotator.operations.checking import check_project
from annotator.project.opening import own_set, work_as
from annotator.project.project import Project


def test_renaming_renames_the_set_too(project: Project) -> None:
    people.rename_annotator(project, "  Anna   Berg ")
    mine = own_set(project)
    assert mine is not None
    assert (project.annotator.name, mine.name) == ("Anna Berg", "Anna Berg")
    assert project.cache.annotators[projects.ANNA.uid].name == "Anna Berg"
    assert project.undo_label == "Rename annotator"
    people.rename_annotator(project, "Anna Berg")


def test_a_set_with_a_name_of_its_own_keeps_it(project: Project) -> None:
    mine = own_set(project)
    assert mine is not None
    with project.edit("Rename set") as edit:
        edit.replace(mine, replace(mine, name="First round"))
    people.rename_annotator(project, "Anna Berg")
    after = own_set(project)
    assert after is not None
    assert after.name == "First round"


def test_names_that_are_refused(project: Project) -> None:
    work_as(project, projects.BEN)
    with pytest.raises(RuleError, match="at least one letter"):
        people.rename_annotator(project, " ")
    with pytest.raises(RuleError, match="Somebody else of this project is called Anna"):
        people.rename_annotator(project, "Anna")
    project.annotator = replace(projects.BEN, uid="unknown")
    people.rename_annotator(project, "Nobody")
    assert {a.name for a in project.cache.annotators.values()} == {"Anna", "Ben"}


def test_who_works_now_is_never_removed_as_unused(project: Project) -> None:
    assert not people.remove_unused(project, project.annotator)
    assert project.annotator.uid in project.cache.annotators


def test_somebody_who_never_worked_goes_with_their_empty_set(project: Project) -> None:
    work_as(project, projects.BEN)
    bens = own_set(project)
    work_as(project, projects.ANNA)
    assert bens is not None and bens.uid in project.cache.sets
    assert not people.has_work(project, projects.BEN)
    assert people.remove_unused(project, projects.BEN)
    assert list(project.cache.annotators) == [projects.ANNA.uid]
    assert [one.name for one in project.cache.sets.values()] == ["Anna"]
    assert project.undo_label == "", "it is no step of hers"
    assert check_project(project.path) == []


def test_somebody_who_worked_stays(project: Project, article: Article) -> None:
    work_as(project, projects.BEN)
    projects.tag(project, article, "quote", "Moscow")
    work_as(project, projects.ANNA)
    assert people.has_work(project, projects.BEN)
    assert not people.remove_unused(project, projects.BEN)
    assert projects.BEN.uid in project.cache.annotators
    assert len(project.cache.sets) == 2
