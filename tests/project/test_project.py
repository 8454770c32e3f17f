from __future__ import annotations

from pathlib import Path

import pytest
from support import projects

from annotator.base.errors import BusyError, RuleError
from annotator.model.annotation import Annotation, Annotator
from annotator.model.article import Article
from annotator.model.changes import ChangeSet
from annotator.model.entity import Entity, EntityKind
from annotator.model.span import Fragment
from annotator.operations import settings
from annotator.project.project import Project

PLACE = Entity("e", EntityKind.PLACE, "Sudzha")


def test_everybody_hears_of_a_commit_in_order_until_they_stop(project: Project) -> None:
    heard: list[tuple[str, ChangeSet | None]] = []
    stop = project.subscribe(lambda change_set: heard.append(("first", change_set)))
    project.subscribe(lambda change_set: heard.append(("second", change_set)))
    settings.set_memo(project, "one")
    assert [name for name, _ in heard] == ["first", "second"]
    committed = heard[0][1]
    assert committed is not None
    assert (committed.label, committed.annotator, committed.sequence) == ("Edit project memo", projects.ANNA.uid, 3)
    assert [change.after for change in committed.changes] == [project.cache.info]
    stop()
    settings.set_memo(project, "two")
    assert [name for name, _ in heard] == ["first", "second", "second"]


def test_an_exception_within_an_edit_leaves_everything_as_it_was(project: Project) -> None:
    heard: list[ChangeSet | None] = []
    project.subscribe(heard.append)
    with pytest.raises(KeyError), project.edit("Edit") as edit:
        edit.add(PLACE)
        raise KeyError
    assert (heard, project.cache.entities, project.undo_label) == ([], {}, "")
    with project.edit("Nothing"):
        pass
    assert heard == []


def test_an_edit_within_an_edit_or_a_notification_is_a_mistake_and_harms_nothing(project: Project) -> None:
    with pytest.raises(RuntimeError, match="an edit within an edit"), project.edit("Outer") as edit:
        edit.add(PLACE)
        settings.set_memo(project, "inner")
    with pytest.raises(RuntimeError), project.edit("Outer"):
        project.undo()
    assert project.cache.entities == {}

    def edits(_: ChangeSet | None) -> None:
        settings.set_memo(project, "from a subscriber")

    stop = project.subscribe(edits)
    with pytest.raises(RuntimeError):
        settings.set_memo(project, "one")
    stop()
    settings.set_memo(project, "two")
    assert project.cache.info.memo == "two"


def test_one_part_of_the_window_that_fails_keeps_the_others_from_nothing(project: Project) -> None:
    heard: list[ChangeSet | None] = []

    def fails(_: ChangeSet | None) -> None:
        raise ZeroDivisionError

    project.subscribe(fails)
    project.subscribe(heard.append)
    with pytest.raises(ZeroDivisionError):
        settings.set_memo(project, "one")
    assert len(heard) == 1
    assert project.cache.info.memo == "one", "it is committed all the same"
    with pytest.raises(RuleError), project.edit("Dangling") as edit:
        edit.add(Annotation("a", "none", "none", "none", (Fragment(0, 1, "x"),), "none"))
    assert heard[1:] == [None], "the failure that is told is the commit's"


def test_what_still_is_referred_to_cannot_go(project: Project, article: Article) -> None:
    projects.tag(project, article, "quote", "Moscow")
    before = projects.content(project, article)
    with pytest.raises(RuleError, match="Something else still refers to what would go; nothing was written"):  # noqa: SIM117
        with project.edit("Remove") as edit:
            edit.remove(article)
    assert projects.content(project, article) == before
    with pytest.raises(RuleError, match="breaks a rule of the file"), project.edit("Half a place") as edit:
        edit.add(Entity("e", EntityKind.PLACE, "Sudzha", latitude=1.0))


def test_undo_of_nothing(project: Project) -> None:
    assert (project.undo_label, project.redo_label) == ("", "")
    for came in (project.undo(), project.redo()):
        assert (came.change_set, came.label, came.skipped) == (None, "", ())


def test_nobody_undoes_the_making_of_a_project(project: Project) -> None:
    project.annotator = Annotator("", "")
    assert project.undo().change_set is None


def test_a_commit_is_no_failure_because_the_file_is_busy_right_after_it(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy() -> int:
        raise BusyError("busy")

    monkeypatch.setattr(project.read, "data_version", busy)
    settings.set_memo(project, "one")
    assert project.cache.info.memo == "one"


def test_closing_frees_the_project_even_if_it_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = projects.new_project(tmp_path / "a.annot")
    session = made._session

    def fails() -> None:
        raise OSError

    monkeypatch.setattr(made, "_session", type("Broken", (), {"close": staticmethod(fails)})())
    with pytest.raises(OSError):
        made.close()
    assert not (tmp_path / "a.annot.lock").exists()
    session.close()
