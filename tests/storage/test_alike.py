"""What is said to stand just so in two files does, and nothing else; every row is looked at once."""

from __future__ import annotations

import json
import shutil
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import colleagues, projects

from annotator.base.errors import ProjectError
from annotator.model.annotation import Annotation, Link
from annotator.model.changes import Kind
from annotator.model.references import keys_referred_to
from annotator.model.span import Span
from annotator.operations import tagging
from annotator.project.project import Project
from annotator.storage import alike, records
from annotator.storage.alike import Cells, Scout, Stretch
from annotator.storage.connection import Connection, connect

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
    with closing(Scout(theirs, mine)) as scout:
        return list(scout.coming(lambda connection: alike.compared(connection, kind)))


def rows(lots: Iterable[list[Cells]]) -> list[Cells]:
    return [row for lot in lots for row in lot]


@pytest.mark.parametrize("kind", TYPES)
def test_a_copy_stands_just_so(both: tuple[Project, Path], kind: Kind) -> None:
    project, theirs = both
    (found,) = looked_at(theirs, project.path, kind)
    records = list(project.read.all(TYPES[kind]))
    assert found.count == len(records) == len(found.ids)
    assert found.uids == [one.uid for one in records]
    assert found.articles == [one.article for one in records]
    assert found.meant == {key for one in records for key in keys_referred_to(one)}
    assert list(alike.cells(kind, found.others)) == []


def test_what_differs_in_anything_is_told_with_its_cells(both: tuple[Project, Path]) -> None:
    project, theirs = both
    first, second, third = project.read.all(Annotation)
    tagging.set_note(project, first, "seen")
    tagging.remove(project, [third])
    (found,) = looked_at(theirs, project.path, Kind.ANNOTATION)
    assert (found.count, found.uids) == (3, [second.uid])
    assert found.meant == set(keys_referred_to(second))
    others = rows(alike.cells(Kind.ANNOTATION, found.others))
    assert [(row[0], row[-1]) for row in others] == [(first.uid, 0), (third.uid, None)]


@pytest.mark.parametrize("kind", TYPES)
def test_rows_come_with_all_their_cells(both: tuple[Project, Path], kind: Kind) -> None:
    project, theirs = both
    stored, records_there = records.table(kind), list(project.read.all(TYPES[kind]))
    (found,) = looked_at(theirs, project.path, kind)
    with connect(theirs, read_only=True) as connection:
        cells = rows(alike.chosen(connection, kind, found.ids[::-1]))
    connection.close()
    plain = [stored.row(one) for one in reversed(records_there)]
    written = [[json.loads(cell) if at == 4 and kind is Kind.ANNOTATION else cell for at, cell in enumerate(row)]
               for row in plain]  # fmt: skip
    assert json.loads(json.dumps(cells)) == [[*row, 1] for row in written]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    gaps=st.sets(st.integers(1, 40)),
    known=st.sets(st.integers(-5, 40)),
    at_once=st.integers(1, 7),
    in_a_lot=st.integers(1, 3),
)
def test_all_rows_are_gone_through_once(
    tmp_path: Path, gaps: set[int], known: set[int], at_once: int, in_a_lot: int
) -> None:
    connection = sqlite3.connect(":memory:", factory=Connection)
    connection.execute("ATTACH ':memory:' AS mine")
    columns = ("uid", "article", "from_annotation", "to_annotation", "role", "annotator", "note")
    for name in ("main", "mine"):
        declared = ", ".join(f'"{column}" TEXT' for column in columns)
        connection.execute(f"CREATE TABLE {name}.link (id INTEGER PRIMARY KEY, {declared})")
    ids = [number for number in range(-5, 41) if number not in gaps]
    for name, some in (("main", ids), ("mine", sorted(known))):
        made = [(number, *(f"{column}{number}" for column in columns)) for number in some]
        connection.executemany(f"INSERT INTO {name}.link VALUES ({', '.join('?' * 8)})", made)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(alike, "AT_ONCE", at_once)
        patch.setattr(alike, "IN_A_LOT", in_a_lot)
        found = list(alike.compared(connection, Kind.LINK))
        others = [row[0] for one in found for row in rows(alike.cells(Kind.LINK, one.others))]
    connection.close()
    assert [one.count for one in found] == [len(ids[at : at + at_once]) for at in range(0, len(ids), at_once)]
    assert [at for one in found for at in one.ids] == [number for number in ids if number in known]
    assert others == [f"uid{number}" for number in ids if number not in known]


@pytest.mark.parametrize(
    ("longest", "large", "counts"),
    [(10**9, 10**9, [8, 8, 4]), (10**9, 1_000, [8, 4, 2, *[1] * 6]), (4_000, 10**9, [1] * 20), (4_000, 1, [1] * 20)],
)
def test_long_rows_are_looked_at_a_few_at_a_time(
    project: Project, tmp_path: Path, longest: int, large: int, counts: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    article = projects.add(project, "The talks go on. " * 100)
    shutil.copy(project.path, tmp_path / "theirs.annot")
    with colleagues.at_work(tmp_path / "theirs.annot") as other:
        content = projects.content(other, article)
        kind = other.cache.codebook.tag_types[0].uid
        made = [tagging.tag(other, content, kind, [Span(at, at + 900)]) for at in range(0, 60, 3)]
    monkeypatch.setattr(alike, "LARGE", large)
    monkeypatch.setattr(alike, "AT_ONCE", 8)
    connection = connect(tmp_path / "theirs.annot", read_only=True)
    alike.attach(connection, project.path)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, longest)
    found = list(alike.compared(connection, Kind.ANNOTATION))
    ids = [number for (number,) in connection.execute("SELECT id FROM main.annotation ORDER BY id")]
    assert [row[0] for row in rows(alike.chosen(connection, Kind.ANNOTATION, ids))] == [one.uid for one in made]
    connection.close()
    others = [row for one in found for row in rows(alike.cells(Kind.ANNOTATION, one.others))]
    assert [row[0] for row in others] == [one.uid for one in made]
    assert [one.count for one in found] == counts


def test_a_row_too_long_for_any_text_is_told(project: Project, tmp_path: Path) -> None:
    article = projects.add(project, "The talks go on. " * 100)
    shutil.copy(project.path, tmp_path / "theirs.annot")
    with colleagues.at_work(tmp_path / "theirs.annot") as other:
        tagging.tag(other, projects.content(other, article), other.cache.codebook.tag_types[0].uid, [Span(0, 900)])
    connection = connect(tmp_path / "theirs.annot", read_only=True)
    alike.attach(connection, project.path)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 1_500)
    with pytest.raises(ValueError, match="too big"):
        list(alike.compared(connection, Kind.ANNOTATION))
    connection.close()


def stretch(number: int, others: bytes = b"") -> Stretch:
    return Stretch(number, 1, [], [], [], frozenset(), others)


@pytest.mark.parametrize(("megabytes", "waiting"), [(0, 8), (1, 4), (3, 2), (100, 1)])
def test_no_more_than_so_much_waits_to_be_asked_for(
    both: tuple[Project, Path], monkeypatch: pytest.MonkeyPatch, megabytes: int, waiting: int
) -> None:
    project, theirs = both
    monkeypatch.setattr(alike, "AHEAD", 8)
    made: list[int] = []
    others = bytes(megabytes * 1_000_000)

    def numbers(_: Connection) -> Iterator[Stretch]:
        for number in range(50):
            made.append(number)
            yield stretch(number, others)

    with closing(Scout(theirs, project.path)) as scout:
        coming = scout.coming(numbers)
        first = [next(coming).last for _ in range(10)]
        assert len(made) <= 10 + waiting + 1  # one more is held until there is room
    assert first == list(range(10))
    assert len(made) < 50, "it went on though nobody asks any more"


def test_what_fails_on_the_way_is_raised_in_its_place(both: tuple[Project, Path]) -> None:
    project, theirs = both

    def failing(connection: Connection) -> Iterator[Stretch]:
        yield stretch(1)
        connection.execute("SELECT * FROM main.nothing")

    with closing(Scout(theirs, project.path)) as scout:
        coming = scout.coming(failing)
        assert next(coming).last == 1
        with pytest.raises(ProjectError):
            next(coming)


def test_what_fails_there_is_raised_here_and_the_file_is_let_go(both: tuple[Project, Path]) -> None:
    project, theirs = both
    with pytest.raises(ProjectError), closing(Scout(theirs, project.path)) as scout:
        scout.begin(lambda connection: connection.execute("SELECT * FROM main.nothing")).result()
    assert [one.name for one in threading.enumerate() if one.name.startswith("annotator-beside")] == []
    theirs.rename(theirs.with_suffix(".moved"))


def test_neither_file_can_be_changed_by_it(both: tuple[Project, Path]) -> None:
    project, theirs = both
    for name in ("main", "mine"):
        with closing(Scout(theirs, project.path)) as scout, pytest.raises(ProjectError, match="read-only"):
            scout.begin(lambda connection, name=name: connection.execute(f"DELETE FROM {name}.link")).result()
