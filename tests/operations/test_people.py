from __future__ import annotations

from dataclasses import replace

import pytest
from support import projects

from annotator.base.errors import RuleError
from annotator.operations import people
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
