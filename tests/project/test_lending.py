from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from support import model, projects

from annotator.base.errors import BusyError, ProjectError, RuleError
from annotator.model.annotation import Annotation
from annotator.model.article import Article
from annotator.model.changes import ChangeSet, Origin
from annotator.operations import articles, settings
from annotator.project import project as module
from annotator.project.project import Project


def elsewhere(job: Callable[[], object]) -> object:
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(job).result()


def test_what_a_worker_commits_is_told_once_the_project_is_back(project: Project, article: Article) -> None:
    heard: list[tuple[ChangeSet | None, int]] = []
    project.subscribe(lambda change_set: heard.append((change_set, threading.get_ident())))
    job = project.lend(lambda: projects.tag(project, article, "cue", "told"))
    assert project.lent
    made = elsewhere(job)
    assert (heard, project.lent) == ([], True)
    project.take_back()
    assert not project.lent
    ((change_set, thread),) = heard
    assert change_set is not None and made in [change.after for change in change_set.changes]
    assert thread == threading.get_ident()
    assert project.undo().change_set is not None
    assert not list(project.read.all(Annotation))


def test_nobody_else_changes_anything_meanwhile(project: Project) -> None:
    before = model.stored(project)
    job = project.lend(lambda: settings.set_memo(project, "the worker’s"))
    with pytest.raises(BusyError, match="longer change"):
        settings.set_memo(project, "mine")
    with pytest.raises(BusyError):
        project.undo()
    with pytest.raises(BusyError):
        project.lend(lambda: None)
    assert not project.look_for_outside_changes()
    assert model.stored(project) == before
    elsewhere(job)
    project.take_back()
    assert project.cache.info.memo == "the worker’s"
    settings.set_memo(project, "mine")


def test_what_fails_changes_nothing_and_is_told_to_be_read_anew(project: Project, article: Article) -> None:
    heard: list[ChangeSet | None] = []
    project.subscribe(heard.append)
    before = model.stored(project)

    def spoil() -> None:
        with project.edit("Remove the article alone") as edit:
            edit.remove(projects.tag(project, article, "cue", "told"))

    def leave_in_the_air() -> None:
        with project.edit("Remove the text") as edit:
            edit.remove(project.annotator)

    with pytest.raises(RuleError):
        elsewhere(project.lend(leave_in_the_air))
    project.take_back()
    assert heard == [None]
    assert model.stored(project) == before
    with pytest.raises(RuntimeError):
        elsewhere(project.lend(spoil))
    project.take_back()
    assert model.stored(project) == before
    articles.remove(project, [article])


def test_closing_waits_for_the_worker_and_what_has_not_begun_never_does(project: Project, article: Article) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        begun.set()
        go_on.wait(5)
        projects.tag(project, article, "cue", "told")

    job = project.lend(slow)
    with ThreadPoolExecutor(1) as pool:
        working = pool.submit(job)
        assert begun.wait(5)
        threading.Timer(0.05, go_on.set).start()
        project.close()
        assert working.done() or working.result(5) is None
    again = projects.reopened(project)
    assert [one.text for one in again.read.all(Annotation)] == ["told"]
    late = again.lend(lambda: projects.tag(again, article, "cue", "told"))
    again.close()
    with pytest.raises(ProjectError, match="closed"):
        elsewhere(late)


def test_how_much_a_step_changes_counts_what_it_merged_with_and_no_further_than_must_be(
    project: Project, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MANY", 3)
    settings.set_memo(project, "one")
    sizes = [project.step_size(Origin.UNDO)]
    for number in range(4):
        settings.set_memo(project, f"memo {number}", merge_key="visit")
        sizes.append(project.step_size(Origin.UNDO))
    assert sizes == [1, 1, 2, 3, 3]
    assert project.step_size(Origin.REDO) == 0
    project.undo()
    assert (project.step_size(Origin.REDO), project.step_size(Origin.UNDO)) == (3, 1)
