from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from support import model, projects
from support.colleagues import BEN, CARLA, at_work
from support.command import child, refused, run

from annotator.base.settings import Settings
from annotator.model.annotation import Annotation
from annotator.model.article import Article
from annotator.model.changes import Record
from annotator.model.entity import EntityKind
from annotator.model.hand_out import HandOut
from annotator.operations import entities, tagging
from annotator.project.opening import open_project
from annotator.project.project import Project


@pytest.fixture
def lead(project: Project, article: Article) -> Path:
    """A project file with one article and a tag of Anna's, closed."""
    projects.tag(project, article, "cue", "told")
    project.close()
    return project.path


@pytest.fixture
def copy(lead: Path) -> Path:
    """What was handed out to Ben of it."""
    path = lead.with_name("ben.annot")
    assert run("hand-out", lead, "--out", path, "--annotator", "Ben", settings=lead.parent / "settings").exit_code == 0
    return path


def stored(path: Path) -> dict[str, Record]:
    project = open_project(path, read_only=True)
    try:
        return model.stored(project)
    finally:
        project.close()


def texts(path: Path) -> list[str]:
    return sorted(one.text for one in stored(path).values() if isinstance(one, Annotation))


def ben(path: Path) -> str:
    (made,) = [one for one in stored(path).values() if isinstance(one, HandOut)]
    return made.annotator


def work(path: Path, *words: str) -> list[Annotation]:
    with at_work(path) as project:
        (article,) = project.read.all(Article)
        return [projects.tag(project, article, "quote", one) for one in words]


def change(path: Path, annotation: Annotation, note: str) -> None:
    project = open_project(path)
    with project.edit("Correct") as edit:
        edit.replace(annotation, replace(annotation, note=note))
    project.close()


def test_a_study_of_two_from_first_to_last(lead: Path, tmp_path: Path) -> None:
    result = child("hand-out", lead, "--out", "ben.annot", "--annotator", "Ben", "--blind", folder=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == "Handed out 1 article to Ben: ben.annot\n"
    assert texts(tmp_path / "ben.annot") == []
    work(tmp_path / "ben.annot", "Moscow")
    before = lead.read_bytes()
    dry = child("bring-in", lead, "ben.annot", "--dry-run", folder=tmp_path)
    assert (dry.returncode, dry.stderr) == (0, "")
    assert dry.stdout.splitlines() == [
        "Ben’s work (since it was handed out):",
        "  Talks: 1 changed, 1 identical, 1 new",
        "Nothing was written (--dry-run).",
    ]
    assert lead.read_bytes() == before
    real = child("bring-in", lead, "ben.annot", folder=tmp_path)
    assert (real.returncode, real.stderr) == (0, "")
    assert real.stdout.splitlines()[-1] == "Brought in."
    assert texts(lead) == ["Moscow", "told"]
    state = stored(lead)
    again = child("bring-in", lead, "ben.annot", folder=tmp_path)
    assert (again.returncode, again.stdout.splitlines()[-1]) == (0, "There was nothing to bring in.")
    assert stored(lead) == state
    assert child("check", lead, folder=tmp_path).returncode == 0


def test_a_colleague_who_is_known_keeps_their_uid(lead: Path, copy: Path) -> None:
    again = run("hand-out", lead, "--out", lead.with_name("b.annot"), "--annotator", "Ben")
    assert again.exit_code == 0
    assert len({one.annotator for one in stored(lead).values() if isinstance(one, HandOut)}) == 1
    uid = ben(copy)
    assert run("hand-out", lead, "--out", lead.with_name("c.annot"), "--annotator", uid).exit_code == 0
    assert ben(lead.with_name("c.annot")) == uid


def test_two_people_of_one_name_are_told_apart_by_uid(lead: Path) -> None:
    project = open_project(lead)
    with project.edit("Add people") as edit:
        edit.add(BEN)
        edit.add(replace(CARLA, name="Ben"))
    project.close()
    words = ["hand-out", lead, "--out", lead.with_name("ben.annot"), "--annotator"]
    assert refused(*words, "Ben") == (
        f"Several people here are called Ben. Give --annotator a uid instead: {BEN.uid}, {CARLA.uid}."
    )
    assert run(*words, BEN.uid).exit_code == 0
    assert ben(lead.with_name("ben.annot")) == BEN.uid


def test_only_the_chosen_articles_go_out(lead: Path) -> None:
    project = open_project(lead)
    projects.work_as(project, projects.ANNA)
    other = projects.add(project, "Another text.", "Other")
    project.close()
    path = lead.with_name("ben.annot")
    assert run("hand-out", lead, "--out", path, "--annotator", "Ben", "--article", other.uid).exit_code == 0
    assert [one.title for one in stored(path).values() if isinstance(one, Article)] == ["Other"]


def test_a_handing_out_that_fails_changes_nothing(lead: Path) -> None:
    state, taken = stored(lead), lead.with_name("taken.annot")
    taken.write_text("mine")
    assert "exists already" in refused("hand-out", lead, "--out", taken, "--annotator", "Ben")
    words = ["hand-out", lead, "--out", lead.with_name("b.annot"), "--annotator", "Ben", "--article", "nowhere"]
    assert "no article nowhere" in refused(*words)
    assert taken.read_text() == "mine" and stored(lead) == state


def test_conflicts_are_listed_and_nothing_is_written(lead: Path, copy: Path) -> None:
    (made,) = work(copy, "Moscow")
    assert run("bring-in", lead, copy).exit_code == 0
    change(lead, made, "mine")
    with at_work(copy) as project:
        tagging.set_note(project, made, "theirs")
    state = stored(lead)
    for words in ([], ["--dry-run"]):
        result = run("bring-in", lead, copy, *words)
        assert result.exit_code == 1
        assert result.stderr.splitlines() == [
            f"annotation “Moscow” in “Talks” ({made.uid}): changed on both sides",
            "annotator: 1 to decide; nothing was written. Add --on-conflict mine or theirs.",
        ]
        assert stored(lead) == state


@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_conflicts_can_be_decided_for_one_side(lead: Path, copy: Path, side: str) -> None:
    (made,) = work(copy, "Moscow")
    assert run("bring-in", lead, copy).exit_code == 0
    change(lead, made, "mine")
    with at_work(copy) as project:
        tagging.set_note(project, made, "theirs")
    dry = run("bring-in", lead, copy, "--dry-run", "--on-conflict", side)
    assert (dry.exit_code, dry.stderr) == (0, "")
    assert run("bring-in", lead, copy, "--on-conflict", side).exit_code == 0
    found = stored(lead)[made.uid]
    assert isinstance(found, Annotation) and found.note == side


def test_same_names_and_the_codebook_are_shown(lead: Path, copy: Path) -> None:
    project = open_project(lead)
    mine = entities.create(project, "Moscow", EntityKind.PLACE)
    project.close()
    with at_work(copy) as project:
        theirs = entities.create(project, "Moscow", EntityKind.PLACE)
        tag, rule = project.cache.codebook.tag_types[0], project.cache.codebook.link_rules[0]
        with project.edit("Edit codebook") as edit:
            edit.replace(tag, replace(tag, label="Voice"))
            edit.remove(rule)
            edit.add(replace(tag, uid="new", name="frame", label="Frame", key=""))
    shown = run("bring-in", lead, copy, "--dry-run").stdout.splitlines()
    assert f"  the same name: Moscow ({theirs.uid} there, {mine.uid} here)" in shown
    for line in ("changed there and left as it is here: Voice", "new there and left as it is here: Frame"):
        assert f"  codebook, {line}" in shown
    assert f"  codebook, removed there and left as it is here: {rule.label}" in shown
    assert run("bring-in", lead, copy, "--merge-same-names").exit_code == 0
    assert theirs.uid not in stored(lead)


def test_a_file_that_was_not_handed_out_and_an_article_known_by_its_text(lead: Path, tmp_path: Path) -> None:
    other = projects.new_project(tmp_path / "other.annot", CARLA)
    projects.tag(other, projects.add(other, title="Elsewhere"), "quote", "Moscow")
    other.close()
    result = run("bring-in", lead, other.path, settings=tmp_path / "settings")
    assert result.exit_code == 0, result.output
    assert (
        result.stdout.splitlines()[:2]
        == [
            "the work in “Test” (without a common point: nothing is removed):",
            "  Talks (the same text under another uid): 2 identical, 2 new",
        ]
        or "the same text under another uid" in result.stdout
    )
    assert texts(lead) == ["Moscow", "told"]


def test_whoever_brings_in_first_becomes_known(lead: Path, copy: Path, tmp_path: Path) -> None:
    work(copy, "Moscow")
    Settings(tmp_path / "mine")["annotator_name"] = "Dora"
    assert run("bring-in", lead, copy, settings=tmp_path / "mine").exit_code == 0
    project = open_project(lead)
    assert {"Anna", "Ben", "Dora"} == {one.name for one in project.cache.annotators.values()}
    dora = next(one for one in project.cache.annotators.values() if one.name == "Dora")
    assert project.read.step_label(dora.uid, "done") == "Bring in Ben’s work"
    project.close()


def test_what_cannot_be_brought_in(lead: Path, copy: Path, tmp_path: Path) -> None:
    state = stored(lead)
    assert "this very project" in refused("bring-in", lead, lead)
    assert "There is no file" in refused("bring-in", lead, tmp_path / "none.annot")
    (tmp_path / "text.annot").write_text("not a project at all")
    assert "not an Annotator project" in refused("bring-in", lead, tmp_path / "text.annot")
    copy.write_bytes(copy.read_bytes()[:-4096])
    assert "cut off" in refused("bring-in", lead, copy)
    assert stored(lead) == state


def test_both_are_in_the_help(lead: Path) -> None:

    help_text = run("--help").stdout
    assert "hand-out" in help_text and "bring-in" in help_text
