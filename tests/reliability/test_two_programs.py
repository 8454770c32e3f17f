"""Another program on the same file: a bounded wait, StaleError, views read anew; nothing is overwritten or lost."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from support import projects

from annotator.base.errors import BusyError, RuleError, StaleError
from annotator.model.article import Article
from annotator.model.changes import ChangeSet
from annotator.operations import articles, settings, tagging
from annotator.operations.checking import check_project
from annotator.project.opening import open_project
from annotator.project.project import Project
from annotator.storage.window_lock import WindowLock


@pytest.fixture
def other(project: Project, article: Article, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    """The same file, opened for writing by a program that does not heed the window's lock."""
    with monkeypatch.context() as patch:
        patch.setattr(WindowLock, "take", lambda _: None)
        made = open_project(project.path)
    projects.work_as(made, projects.BEN)
    yield made
    made.close()


def test_what_was_changed_outside_is_never_overwritten(project: Project, article: Article, other: Project) -> None:
    heard: list[ChangeSet | None] = []
    project.subscribe(heard.append)
    articles.describe(other, article, replace(article, title="Theirs"))
    with pytest.raises(StaleError, match="changed in the meantime by somebody else; nothing was written"):
        articles.describe(project, article, replace(article, title="Ours"))
    assert heard == [None]
    assert projects.content(project, article).article.title == "Theirs"
    assert check_project(project.path) == []


def test_a_record_removed_or_added_outside_is_stale_too(project: Project, article: Article, other: Project) -> None:
    tagged = projects.tag(project, article, "quote", "Moscow")
    articles.remove(other, [article])
    with pytest.raises(StaleError), project.edit("Remove") as edit:
        edit.remove(tagged)
    with pytest.raises(RuleError), project.edit("Tag") as edit:
        edit.add(replace(tagged, uid="new"))
    other.undo()
    with pytest.raises(StaleError), project.edit("Tag again") as edit:
        edit.add(tagged)
    assert check_project(project.path) == []


def test_changes_from_outside_are_noticed_once(project: Project, other: Project) -> None:
    heard: list[ChangeSet | None] = []
    assert project.look_for_outside_changes(), "Ben was added"
    project.subscribe(heard.append)
    assert not project.look_for_outside_changes()
    assert project.cache.info.memo == ""
    settings.set_memo(other, "theirs")
    assert project.look_for_outside_changes()
    assert project.cache.info.memo == "theirs"
    assert not project.look_for_outside_changes()
    assert heard == [None]


def test_changes_from_outside_are_noticed_though_we_commit_first(
    project: Project, article: Article, other: Project
) -> None:
    heard: list[ChangeSet | None] = []
    project.look_for_outside_changes()
    project.subscribe(heard.append)
    assert project.cache.info.memo == ""
    settings.set_memo(other, "theirs")
    projects.tag(project, article, "quote", "Moscow")
    assert [change_set and change_set.label for change_set in heard] == ["Tag quote", None]
    assert project.cache.info.memo == "theirs"


def test_undo_passes_by_what_somebody_else_changed_and_says_so(
    project: Project, article: Article, other: Project
) -> None:
    settings.set_memo(project, "ours")
    articles.describe(project, article, replace(article, title="Ours"))
    other.look_for_outside_changes()
    articles.describe(other, replace(article, title="Ours"), replace(article, title="Theirs"))
    came = project.undo()
    assert (came.label, came.skipped) == ("Edit project memo", ("Edit article",))
    assert project.cache.info.memo == ""
    assert projects.content(project, article).article.title == "Theirs"
    assert project.undo_label == "Import article"
    assert project.redo().label == "Edit project memo"


def test_nobody_undoes_another_s_step(project: Project, article: Article, other: Project) -> None:
    tagging_by_ben = projects.tag(other, article, "quote", "Moscow")
    project.look_for_outside_changes()
    assert project.undo_label == "Import article"
    came = project.undo()
    assert came.change_set is None, "the import is what Ben's annotation stands on"
    assert came.skipped == ("Import article",)
    assert other.undo_label == "Tag quote"
    assert tagging_by_ben.uid in projects.content(project, article).annotations
    other.undo()
    assert tagging_by_ben.uid not in projects.content(project, article).annotations


def test_a_file_locked_by_another_program(project: Project, article: Article) -> None:
    heard: list[ChangeSet | None] = []
    project.subscribe(heard.append)
    shown = projects.content(project, article)
    quote = projects.tag_uid(project, "quote")
    lock = sqlite3.connect(project.path, isolation_level=None)
    lock.execute("BEGIN EXCLUSIVE")
    for action in (
        lambda: tagging.tag(project, shown, quote, [shown_span(shown.text)]),
        lambda: settings.set_memo(project, "ours"),
        lambda: projects.content(project, article),
        project.undo,
    ):
        began = time.monotonic()
        with pytest.raises(BusyError, match=r"project.annot is in use by another program; nothing was written."):
            action()
        assert time.monotonic() - began < 3
    assert not project.look_for_outside_changes()
    assert heard == []
    lock.execute("ROLLBACK")
    lock.close()
    settings.set_memo(project, "ours")
    tagging.tag(project, shown, quote, [shown_span(shown.text)])
    assert [change_set and change_set.label for change_set in heard] == ["Edit project memo", "Tag quote"]
    assert check_project(project.path) == []


def test_a_reader_that_holds_on_makes_the_commit_busy_and_loses_nothing(project: Project, article: Article) -> None:
    reader = sqlite3.connect(project.path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM article").fetchone()
    with pytest.raises(BusyError):
        settings.set_memo(project, "ours")
    reader.execute("COMMIT")
    reader.close()
    assert project.cache.info.memo == ""
    settings.set_memo(project, "ours")
    assert check_project(project.path) == []


def shown_span(text: str) -> projects.Span:
    at = text.index("Moscow")
    return projects.Span(at, at + 6)


def test_a_person_without_a_name_is_nobody_else(tmp_path: Path) -> None:
    made = projects.new_project(tmp_path / "a.annot", replace(projects.ANNA, name=""))
    projects.work_as(made, replace(projects.BEN, name=""))
    assert made.annotator.uid == projects.BEN.uid
    projects.work_as(made, replace(projects.BEN, uid="another computer", name="Ben"))
    projects.work_as(made, replace(projects.BEN, uid="a third computer", name="Ben"))
    assert made.annotator.uid == "another computer"
    made.close()
