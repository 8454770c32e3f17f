"""A lead and their colleagues: files handed out, worked on and brought in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from support import projects

from annotator.model.annotation import Annotation, Annotator, Link
from annotator.model.changes import Record
from annotator.model.hand_out import HandOut
from annotator.operations import linking
from annotator.operations.bringing_in import Plan, Summary, apply, prepare
from annotator.operations.checking import check_project
from annotator.operations.handing_out import hand_out
from annotator.project.opening import open_project, work_as
from annotator.project.project import Project

BEN = projects.BEN
CARLA = Annotator("01900000-0000-7000-8000-00000000000c", "Carla")


def out(project: Project, name: str = "ben.annot", who: Annotator = BEN, *, blind: bool = False) -> Path:
    """Hand everything out and return the copy."""
    path = project.path.with_name(name)
    hand_out(project, path, who, blind=blind)
    return path


@contextmanager
def at_work(path: Path, who: Annotator = BEN) -> Iterator[Project]:
    """Open a copy and work on it."""
    project = open_project(path)
    try:
        work_as(project, who)
        yield project
    finally:
        project.close()
    assert check_project(path) == []


def bring(project: Project, path: Path, *, merge_same_names: bool = False) -> Summary:
    """Bring a file in that raises no conflicts, and see that doing it again changes nothing."""
    plan = prepare(project, path, merge_same_names=merge_same_names)
    assert plan.conflicts == ()
    summary = apply(project, plan)
    assert nothing_left(project, path)
    return summary


def nothing_left(project: Project, path: Path) -> bool:
    """Tell whether bringing a file in once more would change nothing, and the project is sound."""
    sequence = project.read.last_sequence()
    plan = prepare(project, path)
    assert plan.is_empty, (plan.merge.changes, plan.conflicts)
    apply(project, plan)
    assert check_project(project.path) == []
    return project.read.last_sequence() == sequence


def records(project: Project) -> dict[str, Record]:
    """Read everything that two files can have in common."""
    from support import model

    stored = model.stored(project)
    info = project.cache.info.uid
    return {uid: one for uid, one in stored.items() if uid != info and not isinstance(one, HandOut)}


def annotations(project: Project) -> list[str]:
    """Return the words of every annotation, sorted."""
    return sorted(one.text for one in project.read.all(Annotation))


def link(project: Project, source: Annotation, target: Annotation, role: str = "speaker") -> Link:
    """Link two annotations."""
    return linking.link(project, projects.content(project, source.article), source, target, role)


def plan_of(project: Project, path: Path) -> Plan:
    """Prepare."""
    return prepare(project, path)
