"""The history of what was added in large numbers, which SQLite writes, is what we would write."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from support import model, projects

from annotator.base.errors import RuleError, StaleError
from annotator.base.uuid7 import uuid7
from annotator.model.annotation import Annotation, Link
from annotator.model.article import Article
from annotator.model.changes import KINDS, Change, Kind, Record
from annotator.model.entity import Entity, EntityKind
from annotator.model.span import Span, fragments
from annotator.project.opening import own_set
from annotator.project.project import Project
from annotator.storage import filling, records, writer

SAID = st.text(st.characters(exclude_categories=("Cs",)))
STEPS = st.lists(st.tuples(st.sampled_from(["annotation", "link", "entity"]), SAID, st.integers(0, 5)), max_size=14)


@pytest.fixture(params=["at once", "in lots"])
def few(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[list[Kind]]:
    """Let two be many, put in at once or some at a time, and tell of which kinds SQLite wrote the history."""
    told: list[Kind] = []
    copy = writer._copy_to_history

    def telling(connection: sqlite3.Connection, sequence: int, kind: Kind, first: int, count: int) -> None:
        told.append(kind)
        copy(connection, sequence, kind, first, count)

    monkeypatch.setattr(writer, "_MANY", 2)
    if request.param == "in lots":
        monkeypatch.setattr(writer, "_VERY_MANY", 1)
        monkeypatch.setattr(filling, "IN_A_LOT", 2)
    monkeypatch.setattr(writer, "_copy_to_history", telling)
    return told


def made(project: Project, article: Article, steps: list[tuple[str, str, int]]) -> list[Record]:
    """Return new records in any order of kinds; links join annotations of the same step or of an earlier one."""
    home, tag = own_set(project), projects.tag_uid(project, "quote")
    attribute = projects.attribute_uid(project, "quote", "quote_type")
    assert home is not None
    ends = [projects.tag(project, article, "speaker", "Peskov")]
    found: list[Record] = []
    for kind, said, number in steps:
        if kind == "entity":
            found.append(Entity(uuid7(), EntityKind.PLACE, said or "Nowhere", latitude=number / 3, longitude=0.1))
        elif kind == "link":
            link = (ends[number % len(ends)].uid, ends[-1].uid, "speaker", project.annotator.uid, said)
            found.append(Link(uuid7(), article.uid, *link))
        else:
            spans = [Span(number, number + 3), Span(number + 5, number + 9)][: 1 + number % 2]
            values = ((attribute, said),) if number > 2 else ()
            one = Annotation(
                uuid7(), article.uid, tag, home.uid, fragments(projects.TEXT, spans), project.annotator.uid,
                None, values, said, origin=said, created="2026-01-01T00:00:00Z",
            )  # fmt: skip
            ends.append(one)
            found.append(one)
    return found


@given(steps=STEPS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_added_the_history_says_it_in_order(
    project: Project, article: Article, few: list[Kind], steps: list[tuple[str, str, int]]
) -> None:
    new = made(project, article, steps)
    before = model.stored(project)
    with project.edit("Add") as edit:
        for record in new:
            edit.add(record)
    if not new:
        return
    expected = tuple(Change(KINDS[type(one)], one.uid, None, one) for one in new)
    assert project.read.changes_of(project.read.last_sequence()) == expected
    after = model.stored(project)
    assert after == {**before, **{one.uid: one for one in new}}
    project.undo()
    assert model.stored(project) == before
    project.redo()
    assert model.stored(project) == after
    project.undo()


def test_many_of_a_kind_in_pieces_between_others(project: Project, article: Article, few: list[Kind]) -> None:
    steps = [("annotation", f"“{n}”\t\\\x00\x1f\x7f", n % 6) for n in range(5)]
    new = made(project, article, [*steps, ("entity", "x", 1), *steps[:1], ("link", "y", 0), ("link", "\u2028", 1)])
    with project.edit("Add") as edit:
        for record in new:
            edit.add(record)
    assert few == [Kind.ANNOTATION, Kind.ANNOTATION, Kind.LINK]
    assert [one.after for one in project.read.changes_of(project.read.last_sequence())] == new
    cells = project.read._connection.execute("SELECT kind, after FROM history ORDER BY id DESC LIMIT ?", (len(new),))
    assert [(kind, after) for kind, after in cells.fetchall()][::-1] == [
        (KINDS[type(one)], records.to_json(KINDS[type(one)], one)) for one in new
    ]


def test_row_ids_that_do_not_follow_each_other_do_no_harm(project: Project, article: Article, few: list[Kind]) -> None:
    last = projects.tag(project, article, "cue", "told")
    project.close()
    at_the_end(project.path, last.uid)
    again = projects.reopened(project)
    new = made(again, article, [("annotation", "one", 1), ("annotation", "two", 2)])
    with again.edit("Add") as edit:
        for record in new:
            edit.add(record)
    assert few == []
    assert [one.after for one in again.read.changes_of(again.read.last_sequence())] == new
    again.close()


def test_in_lots_too_all_or_nothing_is_written(project: Project, article: Article, few: list[Kind]) -> None:
    new = made(project, article, [("annotation", str(number), 1) for number in range(9)])
    known = projects.tag(project, article, "cue", "told")
    before = model.stored(project)
    with pytest.raises(StaleError), project.edit("Add") as edit:
        for record in new:
            edit.add(record if record is not new[6] else replace(record, uid=known.uid))
    assert model.stored(project) == before
    with pytest.raises(RuleError, match="half a character"), project.edit("Add") as edit:
        for record in new:
            edit.add(record if record is not new[6] else replace(record, note="\ud800"))
    assert model.stored(project) == before
    with pytest.raises(RuleError, match="refers"), project.edit("Add") as edit:
        for record in new:
            edit.add(record if record is not new[6] else replace(record, entity="nobody"))
    assert model.stored(project) == before
    with project.edit("Add") as edit:
        for record in new:
            edit.add(record)
    assert model.stored(project) == {**before, **{one.uid: one for one in new}}


def at_the_end(path: Path, uid: str) -> None:
    """Give an annotation the greatest row id that there is: SQLite chooses the next ones by chance."""
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE annotation SET id = ? WHERE uid = ?", (2**63 - 1, uid))
    connection.close()
