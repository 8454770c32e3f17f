from __future__ import annotations

import pytest
from msgspec.structs import replace
from support import colleagues, projects

from annotator.base.errors import RuleError
from annotator.base.uuid7 import uuid7
from annotator.model.annotation import Annotation, Link
from annotator.model.article import Article, ArticleWork, Status
from annotator.model.review import Decision, Verdict
from annotator.operations import articles, people
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


def test_what_was_done_under_another_name_is_taken_over(project: Project) -> None:
    first, second = (projects.add(project, f"{title}. {projects.TEXT}", title) for title in ("One", "Two"))
    articles.set_memo(project, first.uid, "Anna’s")
    work_as(project, projects.BEN)
    quote = projects.tag(project, first, "quote", "“The talks")
    speaker = projects.tag(project, first, "speaker", "Peskov")
    colleagues.link(project, quote, speaker)
    verdict = Verdict(uuid7(), first.uid, quote.uid, projects.BEN.uid, Decision.COMMENT)
    with project.edit("Comment") as edit:
        edit.add(verdict)
    articles.set_status(project, first.uid, Status.DONE)
    articles.set_memo(project, first.uid, "Ben’s")
    articles.set_status(project, second.uid, Status.IN_PROGRESS)
    work_as(project, projects.ANNA)
    people.take_over(project, projects.BEN)
    anna, mine = projects.ANNA.uid, own_set(project)
    assert mine is not None
    assert {(one.annotator, one.annotation_set) for one in project.read.all(Annotation)} == {(anna, mine.uid)}
    assert [one.annotator for one in project.read.all(Link)] == [anna]
    assert [one.reviewer for one in project.read.all(Verdict)] == [anna]
    assert list(project.cache.annotators) == [anna]
    assert list(project.cache.sets) == [mine.uid]
    works = {one.article: one for one in project.read.all(ArticleWork)}
    assert (works[first.uid].status, works[first.uid].memo) == (Status.DONE, "Anna’s\nBen’s")
    assert (works[second.uid].annotator, works[second.uid].status) == (anna, Status.IN_PROGRESS)
    assert check_project(project.path) == []
    sequence = project.read.last_sequence()
    people.take_over(project, projects.BEN)  # nobody of that name is there
    people.take_over(project, projects.ANNA)  # nor is anything taken over from oneself
    assert project.read.last_sequence() == sequence
