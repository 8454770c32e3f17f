"""What is said to stand just so in two files does, and nothing else; every row is looked at once."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import colleagues, projects

from annotator.base.errors import ProjectError
from annotator.model.annotation import Annotation, Link
from annotator.model.changes import Kind
from annotator.model.references import keys_referred_to
from annotator.operations import tagging
from annotator.project.project import Project
from annotator.storage import alike
from annotator.storage.alike import Scout, Stretch
from annotator.storage.connection import Connection

TYPES = {Kind.ANNOTATION: Annotation, Kind.LINK: Link}


@pytest.fixture
def both(project: Project, tmp_path: Path) -> tuple[Project, Path]:
    """A project with tags and a link, and a plain copy of its file."""
    article = projects.add(project)
    quote = projects.tag(project, article, "quote", "“The talks go on,”", "Moscow")
    speaker = projects.tag(project, article, "speaker", "Peskov")
    projects.tag(project, article, "cue", "told")
    colleagues.link(project, quote, speaker)
    shutil.copy(project.path, tmp_path / "theirs.annot")
    return project, tmp_path / "theirs.annot"


def looked_at(theirs: Path, mine: Path, kind: Kind) -> list[Stretch]:
    with Scout(theirs, mine) as scout:
        return scout.begin(lambda connection: alike.compared(connection, kind)).result()


@pytest.mark.parametrize("kind", TYPES)
def test_a_copy_stands_just_so(both: tuple[Project, Path], kind: Kind) -> None:
    project, theirs = both
    (found,) = looked_at(theirs, project.path, kind)
    records = list(project.read.all(TYPES[kind]))
    assert found.count == len(records) == len(found.ids)
    assert found.uids == [one.uid for one in records]
    assert found.articles == [one.article for one in records]
    assert found.meant == {key for one in records for key in keys_referred_to(one)}


def test_what_differs_in_anything_is_left_out(both: tuple[Project, Path]) -> None:
    project, theirs = both
    first, second, third = project.read.all(Annotation)
    tagging.set_note(project, first, "seen")
    tagging.remove(project, [third])
    (found,) = looked_at(theirs, project.path, Kind.ANNOTATION)
    assert (found.count, found.uids) == (3, [second.uid])
    assert found.meant == set(keys_referred_to(second))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(gaps=st.sets(st.integers(1, 40)), at_once=st.integers(1, 7))
def test_all_rows_are_gone_through_once(tmp_path: Path, gaps: set[int], at_once: int) -> None:
    connection = sqlite3.connect(":memory:", factory=Connection)
    connection.execute("CREATE TABLE annotation (id INTEGER PRIMARY KEY)")
    ids = [number for number in range(-5, 41) if number not in gaps]
    connection.executemany("INSERT INTO annotation VALUES (?)", [(number,) for number in ids])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(alike, "AT_ONCE", at_once)
        found = list(alike.stretches(connection, Kind.ANNOTATION))
    connection.close()
    assert [number for one in found for number in ids if one.first <= number <= one.last] == ids
    assert [one.count for one in found] == [len(ids[at : at + at_once]) for at in range(0, len(ids), at_once)]


def test_what_fails_there_is_raised_here_and_the_file_is_let_go(both: tuple[Project, Path]) -> None:
    project, theirs = both
    with pytest.raises(ProjectError), Scout(theirs, project.path) as scout:
        scout.begin(lambda connection: connection.execute("SELECT * FROM main.nothing")).result()
    assert [one.name for one in threading.enumerate() if one.name.startswith("annotator-beside")] == []
    theirs.rename(theirs.with_suffix(".moved"))


def test_neither_file_can_be_changed_by_it(both: tuple[Project, Path]) -> None:
    project, theirs = both
    for name in ("main", "mine"):
        with Scout(theirs, project.path) as scout, pytest.raises(ProjectError, match="read-only"):
            scout.begin(lambda connection, name=name: connection.execute(f"DELETE FROM {name}.link")).result()
