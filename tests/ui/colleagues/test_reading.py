from __future__ import annotations

from annotator.model.changes import Kind
from annotator.model.merge_plan import Fate, Side
from annotator.operations.bringing_in import apply
from annotator.ui.colleagues.reading import joining, reading, seen, settling, tells


def none(_done: int, _all: int) -> None:
    """Nobody is told."""


def test_what_is_to_be_decided_comes_first_then_what_comes_in(study) -> None:
    read = study.read()
    assert [one.title for one in read.articles] == ["Both", "Gone", "Found", "New", "Same"]
    assert [one.title for one in read.telling] == ["Both", "Gone", "Found", "New"]
    assert not tells(read.articles[-1])
    found = next(one for one in read.articles if one.title == "Found")
    assert read.fate_of(found.uid) is Fate.NEW
    assert [(fate, key[0]) for fate, key in read.records[study.articles["Both"].uid]] == [
        (Fate.CONFLICT, Kind.ANNOTATION)
    ]  # fmt: skip


def test_a_worker_reads_beside_the_open_project(study) -> None:
    read = reading(study.project.path, study.path)(none, lambda: False)
    assert read.plan.merge.changes == study.plan().merge.changes
    decisions = read.plan.all_decided(Side.MINE)
    assert apply(study.project, read.plan, decisions).changed_anything


def test_names_are_joined_and_decisions_settled_by_workers(study) -> None:
    plan = study.plan()
    ((theirs, mine),) = plan.merge.same_names
    joined = joining(plan, frozenset({theirs.uid}))(none, lambda: False)
    changes = {(one.kind, one.uid) for one in joined.plan.merge.changes}
    assert (Kind.ENTITY, theirs.uid) not in changes
    assert (Kind.ENTITY, theirs.uid) in {(one.kind, one.uid) for one in plan.merge.changes}
    assert (theirs.name, mine.name) == ("Dmitry Peskov", "Dmitry Peskov")
    merged = settling(plan, plan.all_decided(Side.THEIRS))(none, lambda: False)
    assert len(merged.changes) > len(plan.merge.changes)
    assert seen(plan.joining(False)).articles == seen(plan).articles
