from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from support import colleagues, projects
from support.colleagues import BEN, at_work, out
from support.worked_passage import ENTITIES, ROWS, passage_project

from annotator.base.errors import ProjectError, ReadOnlyError, RuleError, StaleError
from annotator.model import manifest
from annotator.model.annotation import Annotation, AnnotationSet, Annotator, SetKind
from annotator.model.article import Article, ArticleWork
from annotator.model.entity import Entity
from annotator.model.hand_out import HandOut
from annotator.operations import articles, handing_out, settings
from annotator.operations.checking import check_project
from annotator.operations.handing_out import hand_out, note, write_copy
from annotator.project.opening import open_project
from annotator.project.project import Project


def folder(project: Project) -> list[str]:
    return sorted(path.name for path in project.path.parent.iterdir())


def test_the_copy_holds_all_that_is_tagged_so_far(tmp_path: Path) -> None:
    lead = passage_project(tmp_path / "lead.annot")
    settings.set_memo(lead, "for all")
    settings.set_snap_to_words(lead, False)
    path = out(lead)
    copy = open_project(path)
    assert colleagues.records(copy) == colleagues.records(lead)
    assert len(list(copy.read.all(Annotation))) == len(ROWS)
    info = copy.cache.info
    assert (info.name, info.memo, info.snap_to_words) == ("Passage", "for all", False)
    assert info.uid != lead.cache.info.uid
    copy.close()
    lead.close()
    assert check_project(path) == check_project(lead.path) == []


def test_both_files_know_what_was_handed_out(project: Project, article: Article) -> None:
    made = hand_out(project, project.path.with_name("ben.annot"), BEN, blind=True)
    copy = open_project(project.path.with_name("ben.annot"))
    assert [list(one.read.all(HandOut)) for one in (project, copy)] == [[made], [made]]
    assert (made.annotator, made.origin, made.blind) == (BEN.uid, project.cache.info.uid, True)
    assert project.read.text(made.base) == copy.read.text(made.base)
    expected = manifest.hashes_of(record for record in colleagues.records(copy).values())
    assert manifest.read(copy.read.text(made.base)) == expected
    copy.close()


def test_the_colleague_is_assigned_the_articles_in_one_step(
    project: Project, add_article: Callable[..., Article]
) -> None:
    chosen, other = add_article("One."), add_article("Two.")
    hand_out(project, project.path.with_name("ben.annot"), BEN, articles=[chosen.uid])
    work = project.read.work(chosen.uid, BEN.uid)
    assert work is not None and work.assigned
    assert project.read.work(other.uid, BEN.uid) is None
    assert project.cache.annotators[BEN.uid] == BEN
    assert [s.kind for s in project.cache.sets.values() if s.annotator == BEN.uid] == [SetKind.PERSON]
    assert project.undo().label == "Hand out to Ben"
    assert list(project.read.all(HandOut)) == [] and BEN.uid not in project.cache.annotators
    project.redo()
    with at_work(project.path.with_name("ben.annot")) as copy:
        assert copy.read.all_article_uids() == [chosen.uid]
        assert copy.read.work(chosen.uid, BEN.uid) == work


def test_what_the_colleague_has_done_before_goes_with_them(project: Project, article: Article) -> None:
    path = out(project)
    with at_work(path) as copy:
        projects.tag(copy, article, "quote", "Moscow")
        articles.set_memo(copy, article.uid, "looked at")
    colleagues.bring(project, path)
    second = hand_out(project, project.path.with_name("again.annot"), BEN, blind=True)
    with at_work(project.path.with_name("again.annot")) as copy:
        assert colleagues.annotations(copy) == ["Moscow"]
        work = copy.read.work(article.uid, BEN.uid)
        assert work is not None and work.memo == "looked at"
        assert [one.uid for one in copy.read.all(HandOut)] == [second.uid]
    assert len(list(project.read.all(AnnotationSet))) == 2


def test_entities_of_a_blind_copy_are_those_that_are_given(tmp_path: Path) -> None:
    lead = passage_project(tmp_path / "lead.annot")
    with lead.edit("Give") as edit:
        edit.replace(ENTITIES["Peskov"], replace(ENTITIES["Peskov"], given=True))
    with at_work(out(lead, blind=True)) as copy:
        assert [one.name for one in copy.read.all(Entity)] == ["Dmitry Peskov"]
        assert [one.name for one in copy.read.all(Annotator)] == ["Ben"]
        assert not list(copy.read.all(Annotation))
        assert [one.annotator for one in copy.read.all(ArticleWork)] == [BEN.uid]
    lead.close()


def test_an_existing_file_is_never_overwritten(project: Project, article: Article) -> None:
    taken = project.path.with_name("ben.annot")
    taken.write_text("mine")
    before = project.read.last_sequence()
    with pytest.raises(ProjectError, match="not overwritten"):
        hand_out(project, taken, BEN)
    assert taken.read_text() == "mine"
    with pytest.raises(ProjectError, match="no folder"):
        hand_out(project, project.path.parent / "none" / "ben.annot", BEN)
    assert project.read.last_sequence() == before


def test_what_cannot_be_handed_out(project: Project) -> None:
    path = project.path.with_name("ben.annot")
    with pytest.raises(RuleError, match="no articles"):
        hand_out(project, path, BEN)
    article = projects.add(project)
    with pytest.raises(RuleError, match="no article nowhere"):
        hand_out(project, path, BEN, articles=[article.uid, "nowhere"])
    assert not path.exists()


def test_a_project_that_is_only_read_hands_nothing_out(project: Project, article: Article) -> None:
    project.close()
    reading = open_project(project.path, read_only=True)
    before = folder(project)
    with pytest.raises(ReadOnlyError):
        out(reading)
    assert folder(project) == before
    reading.close()


def test_when_my_file_cannot_be_written_no_copy_is_left(
    project: Project, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, seen = folder(project), []

    def fail(*_: object) -> None:
        seen.append(project.path.with_name("ben.annot").exists())
        raise ProjectError("The disk is full.")

    monkeypatch.setattr(project._session, "commit", fail)
    with pytest.raises(ProjectError, match="disk is full"):
        out(project)
    assert seen == [True]
    assert folder(project) == before


def test_when_the_copy_cannot_be_written_my_file_says_nothing_of_it(
    project: Project, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ProjectError("The disk is full.")

    before, sequence = folder(project), project.read.last_sequence()
    monkeypatch.setattr(handing_out, "back_up", fail)
    with pytest.raises(ProjectError, match="disk is full"):
        out(project)
    assert (folder(project), project.read.last_sequence()) == (before, sequence)


def test_a_worker_writes_the_copy_and_the_window_notes_it(
    project: Project, add_article: Callable[..., Article]
) -> None:
    for text in ("One.", "Two."):
        add_article(text)
    told: list[tuple[int, int]] = []
    path = project.path.with_name("ben.annot")
    reading = open_project(project.path, read_only=True)
    parcel = write_copy(reading, path, BEN, after_each=lambda done, of: told.append((done, of)))
    reading.close()
    assert told == [(1, 2), (2, 2)]
    assert path.exists() and not list(project.read.all(HandOut))
    made = note(project, parcel)
    assert list(project.read.all(HandOut)) == [made]
    assert project.undo_label == "Hand out to Ben"


def test_a_copy_is_taken_away_when_the_project_has_changed_meanwhile(project: Project, article: Article) -> None:
    path = project.path.with_name("ben.annot")
    parcel = write_copy(project, path, BEN)
    projects.tag(project, article, "cue", "told")
    with pytest.raises(StaleError, match="Try again"):
        note(project, parcel)
    assert not path.exists()
    assert not list(project.read.all(HandOut))


def test_what_is_told_can_end_the_writing(project: Project, article: Article) -> None:
    def stop(_done: int, _of: int) -> None:
        raise RuleError("stopped")

    before = folder(project)
    with pytest.raises(RuleError, match="stopped"):
        write_copy(project, project.path.with_name("ben.annot"), BEN, after_each=stop)
    assert folder(project) == before
