from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from support import model, projects
from support.colleagues import BEN, at_work, bring, link, out

from annotator.base.errors import AnnotatorError, DamagedError, ProjectError
from annotator.model import manifest
from annotator.model.annotation import Annotation
from annotator.model.article import Article
from annotator.model.changes import Kind
from annotator.model.hand_out import HandOut
from annotator.model.merge_plan import Fate, Sides
from annotator.operations import other_file, tagging
from annotator.operations.bringing_in import prepare
from annotator.operations.handing_out import hand_out
from annotator.operations.other_file import OtherFile, my_side
from annotator.project.project import Project


def tamper(path: Path, statement: str, *values: object) -> None:
    connection = sqlite3.connect(path)
    connection.execute(statement, values)
    connection.commit()
    connection.close()


@pytest.fixture
def copy(project: Project, article: Article) -> Path:
    """A copy in which Ben has tagged something."""
    path = out(project)
    with at_work(path) as copy:
        projects.tag(copy, article, "quote", "Moscow")
    return path


def test_a_file_is_read_as_records_with_the_texts_that_are_not_here(project: Project, copy: Path) -> None:
    with at_work(copy) as one:
        added = projects.add(one, "A text of Ben's.", "New")
        stored = model.stored(one)
    found = OtherFile(copy, project)
    assert found.texts == {added.sha256: "A text of Ben's."}
    assert found.name == "Test"
    assert {uid for _, uid in found.state} < stored.keys()
    assert found.person(BEN.uid) == BEN and found.person("nobody") is None
    assert found.hand_out == next(project.read.all(HandOut))
    assert (Kind.ARTICLE, added.uid) not in found.base


def test_my_side_holds_what_stands_on_the_articles_that_went_out(project: Project, copy: Path) -> None:
    (article,) = project.read.all(Article)
    late = projects.tag(project, article, "cue", "told")
    elsewhere = projects.tag(project, projects.add(project, "Another text.", "Other"), "quote", "text")
    theirs = OtherFile(copy, project)
    mine = my_side(project, theirs)
    assert (Kind.ANNOTATION, late.uid) in mine
    assert (Kind.ANNOTATION, elsewhere.uid) not in mine


def test_what_is_settled_is_on_neither_side_unless_something_of_mine_stands_on_it(
    project: Project, article: Article
) -> None:
    said, known, quiet = (
        projects.tag(project, article, *one) for one in (("quote", "talks"), ("speaker", "Peskov"), ("cue", "told"))
    )
    path = out(project)
    with at_work(path) as copy:
        projects.tag(copy, article, "quote", "Moscow")
    late = link(project, said, known)
    theirs = OtherFile(path, project)
    assert {uid for _, uid in theirs.settled} == {said.uid, known.uid, quiet.uid}
    everything = len(theirs.state) + len(theirs.settled)
    mine = my_side(project, theirs)
    assert set(theirs.settled) == {(Kind.ANNOTATION, quiet.uid)}
    for one in (said, known):
        key = (Kind.ANNOTATION, one.uid)
        assert mine[key] is theirs.state[key] and mine[key] == one
        assert theirs.hashes[key] == theirs.base[key] == manifest.digest(one)
    assert mine[Kind.LINK, late.uid] == late
    sides = Sides(mine, theirs.state, theirs.base, settled=theirs.settled)
    assert sides.size == everything
    assert set(sides.unsettled) == theirs.base.keys() - set(theirs.settled)
    assert theirs.settled.by_article(Kind.ANNOTATION) == {article.uid: 1} and not theirs.settled.by_article(Kind.LINK)
    counted = next(one.counts for one in prepare(project, path).articles if one.uid == article.uid)
    assert (counted[Fate.IDENTICAL], counted[Fate.NEW]) == (5, 1)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE annotation SET note = x'ff00'",
        "UPDATE annotation SET fragments = '[[1]]'",
        "UPDATE annotation SET fragments = replace(fragments, 'Moscow', 'Berlin')",
        "UPDATE annotation SET entity = 'nowhere'",
        'UPDATE annotation SET "values" = \'{"nothing": 1}\'',
        "UPDATE text SET body = 'another' WHERE sha256 IN (SELECT sha256 FROM article)",
        "UPDATE hand_out SET base = (SELECT sha256 FROM article)",
        "DELETE FROM project",
        "CREATE TRIGGER t AFTER INSERT ON link BEGIN DELETE FROM annotation; END",
    ],
)
def test_a_file_that_was_tampered_with_is_refused_and_mine_stays(project: Project, copy: Path, statement: str) -> None:
    project.undo()  # so that theirs is the manifest that counts
    tamper(copy, statement)
    before = model.stored(project)
    with pytest.raises(AnnotatorError) as caught:
        prepare(project, copy)
    assert "\n" not in str(caught.value)
    assert model.stored(project) == before


def test_a_wrong_type_that_no_check_sees_is_refused(
    project: Project, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tamper(copy, "UPDATE annotation SET note = x'ff00'")
    monkeypatch.setattr(other_file, "check_project", lambda *_, **__: [])
    with pytest.raises(DamagedError, match="is damaged"):
        prepare(project, copy)


def test_a_file_that_changes_while_it_is_read_is_not_brought_in(
    project: Project, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = other_file._common

    def meanwhile(mine: Project, other: Project) -> object:
        tamper(copy, "UPDATE annotation SET note = 'meanwhile'")
        return real(mine, other)

    monkeypatch.setattr(other_file, "_common", meanwhile)
    with pytest.raises(ProjectError, match="being written to"):
        prepare(project, copy)


def test_a_file_of_another_project_has_no_common_point(project: Project, article: Article, tmp_path: Path) -> None:
    other = projects.new_project(tmp_path / "other.annot")
    projects.add(other)
    path = tmp_path / "carla.annot"
    hand_out(other, path, BEN)
    other.close()
    found = OtherFile(path, project)
    assert (found.hand_out, found.base) == (None, {})


def test_the_latest_of_several_handings_out_counts(project: Project, copy: Path) -> None:
    bring(project, copy)
    again = out(project, "again.annot")
    found = OtherFile(again, project)
    assert found.hand_out == max(project.read.all(HandOut), key=lambda one: one.uid)
    with at_work(again) as one:
        (made,) = one.read.all(Annotation)

        tagging.remove(one, [made])
    bring(project, again)
    assert not list(project.read.all(Annotation))
