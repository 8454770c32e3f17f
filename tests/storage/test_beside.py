"""A colleague's file read beside mine refuses whatever the long check refuses, and takes all else as it is stored."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import suppress
from pathlib import Path

import pytest
from msgspec.structs import replace
from support import colleagues, projects
from support.colleagues import BEN, at_work

from annotator.base.errors import DamagedError
from annotator.model import manifest
from annotator.model.annotation import Annotation
from annotator.model.article import Article, Status
from annotator.model.changes import RECORD_TYPES, Kind
from annotator.model.entity import EntityKind
from annotator.model.hand_out import HandOut
from annotator.model.merge_plan import CODEBOOK, MERGED
from annotator.model.references import Key
from annotator.operations import articles, entities, reviewing, tagging
from annotator.operations.bringing_in import prepare
from annotator.operations.checking import check_project
from annotator.project.opening import open_project
from annotator.project.project import Project

KINDS = (*CODEBOOK, *MERGED)
CELLS = (None, "", "x", 7, b"\xff\x00", "[[1]]")


@pytest.fixture
def copy(project: Project) -> Path:
    """A copy in which Ben has done a little of everything; some of what was handed out stays as it was."""
    article = projects.add(project)
    projects.add(project, projects.TEXT + "More of it.", "More")
    mine = projects.tag(project, article, "cue", "told")
    said = projects.tag(project, article, "quote", "“The talks go on,”", "Moscow")
    known = projects.tag(project, article, "speaker", "Peskov")
    entities.create_for(project, known, "Another Peskov", EntityKind.NAMED_PERSON)
    colleagues.link(project, said, known)
    path = colleagues.out(project)
    with at_work(path) as one:
        quote = projects.tag(one, article, "quote", "“The talks go on,”")
        two = projects.tag(one, article, "quote", "Moscow", "Peskov")
        speaker = projects.tag(one, article, "speaker", "Peskov")
        entities.create_for(one, speaker, "Dmitry Peskov", EntityKind.NAMED_PERSON)
        colleagues.link(one, quote, speaker)
        tagging.set_value(one, two, projects.attribute_uid(one, "quote", "quote_type"), "direct")
        articles.set_status(one, article.uid, Status.DONE)
        reviewing.comment(one, projects.content(one, article), mine, "Not here")
        projects.add(one, "A text of Ben's.", "New")
    return path


def test_every_record_is_read_and_hashed_as_it_is_stored(project: Project, copy: Path) -> None:
    other = open_project(copy, read_only=True)
    with other.beside(project) as beside:
        beside.read(KINDS, {}, None)
    theirs = {(kind, one.uid): one for kind in KINDS for one in other.read.all(RECORD_TYPES[kind])}
    other.close()
    mine = {(kind, one.uid): one for kind in KINDS for one in project.read.all(RECORD_TYPES[kind])}
    assert list(beside.state.items()) == list(theirs.items())
    assert not beside.settled
    assert beside.hashes == manifest.hashes_of(theirs.values())
    assert beside.same == {key: one for key, one in theirs.items() if mine.get(key) == one}
    assert beside.differing == {key: one for key, one in theirs.items() if key in mine and mine[key] != one}
    assert beside.differing and {kind for kind, _ in beside.same} >= {Kind.ARTICLE, Kind.ANNOTATION}
    assert {len(one.fragments) for one in beside.state.values() if isinstance(one, Annotation)} == {1, 2}


def test_what_nobody_has_touched_is_settled_and_not_read(project: Project, copy: Path) -> None:
    made, base = handed_out(project)
    one, other = open_project(copy, read_only=True), open_project(copy, read_only=True)
    with one.beside(project) as plainly, other.beside(project) as quickly:
        plainly.read(KINDS, base, None)
        quickly.read(KINDS, base, made)
    one.close()
    settled = quickly.settled
    untouched = {key for key in plainly.same if key[0] in (Kind.ANNOTATION, Kind.LINK)}
    assert {kind for kind, _ in settled} == {Kind.ANNOTATION, Kind.LINK}
    # Ben has commented on the fourth: what others refer to is read.
    assert len(settled) == len(untouched) - 1
    assert quickly.state.keys() == plainly.state.keys() - settled
    assert quickly.state.items() <= plainly.state.items()
    assert quickly.hashes == {key: one for key, one in plainly.hashes.items() if key not in settled}
    assert {key: base[key] for key in settled} == {key: plainly.hashes[key] for key in settled}
    assert (quickly.same.keys(), quickly.differing) == (plainly.same.keys() - settled, plainly.differing)
    quickly.read_after_all(list(settled))
    assert not settled
    assert (quickly.state, quickly.hashes, quickly.same) == (plainly.state, plainly.hashes, plainly.same)
    other.close()


def test_what_they_have_changed_is_read_though_mine_is_the_same_by_now_and_what_they_made_is_not(
    project: Project, copy: Path
) -> None:
    colleagues.bring(project, copy)
    made, base = handed_out(project)
    other = open_project(copy, read_only=True)
    with other.beside(project) as beside:
        beside.read(KINDS, base, made)
    theirs = [one for one in other.read.all(Annotation) if one.annotator == BEN.uid]
    other.close()
    settled = [one for one in theirs if (Kind.ANNOTATION, one.uid) in beside.settled]
    # Of one quote the kind was set, the speaker became somebody.
    assert [one.text for one in settled] == ["“The talks go on,”"]
    assert len(theirs) == 3 and all((Kind.ANNOTATION, one.uid) in base for one in theirs)
    assert {base[key] for key in beside.settled} >= {manifest.digest(one) for one in settled}


@pytest.mark.parametrize("spoil", ["base", "history", "article"])
def test_without_a_base_a_history_or_the_same_article_nothing_is_settled(
    project: Project, copy: Path, spoil: str
) -> None:
    made, base = handed_out(project)
    if spoil == "history":
        with sqlite3.connect(copy) as connection:
            connection.execute("DELETE FROM history WHERE kind = 'hand_out'")
        connection.close()
    elif spoil == "article":
        for one in project.read.all(Article):
            articles.describe(project, one, replace(one, title="Mine alone"))
    other = open_project(copy, read_only=True)
    with other.beside(project) as beside:
        beside.read(KINDS, {} if spoil == "base" else base, made)
    other.close()
    assert not beside.settled and any(kind is Kind.ANNOTATION for kind, _ in beside.state)


def handed_out(project: Project) -> tuple[HandOut, dict[Key, str]]:
    """Return what was handed out, and the base."""
    (made,) = project.read.all(HandOut)
    return made, manifest.read(project.read.text(made.base))


@pytest.mark.parametrize("kind", MERGED)
def test_what_the_long_check_refuses_is_refused(project: Project, copy: Path, tmp_path: Path, kind: Kind) -> None:
    spoilt, refused = tmp_path / "spoilt.annot", 0
    with sqlite3.connect(copy) as connection:
        columns = [name for _, name, *_ in connection.execute(f"PRAGMA table_info({kind})")]
        rows = [one for (one,) in connection.execute(f"SELECT id FROM {kind}")]
    connection.close()
    for column in columns:
        for at, cell in enumerate(CELLS):
            shutil.copy(copy, spoilt)
            with sqlite3.connect(spoilt) as connection, suppress(sqlite3.IntegrityError):
                connection.execute(f'UPDATE {kind} SET "{column}" = ? WHERE id = ?', (cell, rows[at % len(rows)]))
            connection.close()
            if check_project(spoilt, with_search=False):
                refused += 1
                with pytest.raises(DamagedError, match=r"spoilt\.annot is damaged"):
                    prepare(project, spoilt)
    assert refused > 2


@pytest.mark.parametrize("pair", [(0, 1), (0, -1), (-1, 0), (-2, -1)])
def test_a_uid_that_is_there_twice_is_refused(project: Project, copy: Path, pair: tuple[int, int]) -> None:
    other = open_project(copy, read_only=True)
    made = list(other.read.all(Annotation))
    first, second = (made[at] for at in pair)
    other.close()
    written = copy.read_bytes()
    # Only in the table, where uid and article lie beside each other: the index goes on saying that all is well.
    old, new = (f"{uid}{second.article}".encode() for uid in (second.uid, first.uid))
    assert written.count(old) == 1
    copy.write_bytes(written.replace(old, new))
    with pytest.raises(DamagedError, match="is damaged"):
        prepare(project, copy)
