from __future__ import annotations

from pathlib import Path

import pytest
from support import projects

from annotator.base.errors import ProjectError, RuleError
from annotator.exchange.codebook_file import shipped_codebook
from annotator.model.annotation import SetKind
from annotator.model.codebook import Codebook, LinkRule
from annotator.project.opening import create_project, login_name, open_project, own_set, recognise, work_as

NEWS = shipped_codebook("news")


def test_a_new_project_has_its_codebook_and_name(tmp_path: Path) -> None:
    made = create_project(tmp_path / "a.annot", NEWS)
    assert made.cache.info.name == "a"
    assert made.cache.codebook == NEWS
    assert (made.cache.annotators, made.cache.sets, own_set(made)) == ({}, {}, None)
    assert made.read.codebook() == NEWS
    made.close()


def test_taken_names_and_missing_folders(tmp_path: Path) -> None:
    (tmp_path / "a.annot").write_text("mine")
    with pytest.raises(ProjectError, match=r"a.annot exists already and is not overwritten"):
        create_project(tmp_path / "a.annot", NEWS)
    assert (tmp_path / "a.annot").read_text() == "mine"
    with pytest.raises(ProjectError, match="There is no folder"):
        create_project(tmp_path / "none" / "a.annot", NEWS)


def test_a_project_that_cannot_be_filled_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(RuleError):
        create_project(tmp_path / "a.annot", Codebook(link_rules=(LinkRule("r", "r", "R", "none", "none"),)))
    assert list(tmp_path.iterdir()) == []


def test_an_unreadable_project_leaves_no_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    projects.new_project(tmp_path / "a.annot").close()

    def fails(*_: object) -> None:
        raise ProjectError("no")

    monkeypatch.setattr("annotator.project.project.Project.__init__", fails)
    with pytest.raises(ProjectError):
        open_project(tmp_path / "a.annot")
    assert [path.name for path in tmp_path.iterdir()] == ["a.annot"]


def test_a_person_has_one_set_and_is_known_again(tmp_path: Path) -> None:
    made = projects.new_project(tmp_path / "a.annot")
    mine = own_set(made)
    assert mine is not None
    assert (mine.name, mine.kind, mine.annotator) == ("Anna", SetKind.PERSON, projects.ANNA.uid)
    assert made.undo_label == "", "it is no step of hers"
    assert work_as(made, projects.ANNA) == mine
    elsewhere = projects.Annotator("another uid", "Anna")
    assert work_as(made, elsewhere) == mine
    assert made.annotator == projects.ANNA
    bens = work_as(made, projects.BEN)
    assert bens is not None
    assert bens != mine
    made.close()
    read = open_project(made.path, read_only=True)
    assert work_as(read, projects.BEN) == bens
    assert work_as(read, projects.Annotator("c", "Cem")) is None
    read.close()


def test_recognising_without_opening(tmp_path: Path) -> None:
    made = projects.new_project(tmp_path / "a.annot")
    assert made.schema_version == made.read.schema_version()
    made.close()
    recognise(made.path)
    (tmp_path / "b.annot").write_text("x")
    with pytest.raises(ProjectError, match="is not an Annotator project"):
        recognise(tmp_path / "b.annot")


def test_the_name_of_who_is_logged_in(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError

    monkeypatch.setattr("getpass.getuser", lambda: "anna")
    assert login_name() == "anna"
    monkeypatch.setattr("getpass.getuser", nobody)
    assert login_name() == "Annotator"


def test_somebody_known_without_a_set_gets_one_and_is_not_added_twice(tmp_path: Path) -> None:
    made = projects.new_project(tmp_path / "a.annot")
    with made.edit("Add a person") as edit:
        edit.add(projects.BEN)
    bens = work_as(made, projects.Annotator("another uid", "Ben"))
    assert bens is not None
    assert (bens.name, bens.annotator, made.annotator) == ("Ben", projects.BEN.uid, projects.BEN)
    assert set(made.cache.annotators) == {projects.ANNA.uid, projects.BEN.uid}
    made.close()
