"""The people of a project."""

from __future__ import annotations

from dataclasses import replace

from annotator.base.errors import RuleError
from annotator.model.annotation import Annotator
from annotator.model.changes import Origin
from annotator.project.opening import own_set
from annotator.project.project import Project


def rename_annotator(project: Project, name: str) -> None:
    """Give the person who works now another name, and their annotation set with them.

    Raises RuleError for an empty name, or one that somebody else of the project bears.
    """
    wanted = " ".join(name.split())
    if not wanted:
        raise RuleError("A name needs at least one letter.")
    me = project.cache.annotators.get(project.annotator.uid)
    if me is None or me.name == wanted:
        return
    if any(other.name == wanted for other in project.cache.annotators.values()):
        raise RuleError(f"Somebody else of this project is called {wanted}: choose a name that tells you apart.")
    mine = own_set(project)
    renamed = replace(me, name=wanted)
    with project.edit("Rename annotator") as edit:
        edit.replace(me, renamed)
        if mine is not None and mine.name == me.name:
            edit.replace(mine, replace(mine, name=wanted))
    project.annotator = renamed


def has_work(project: Project, annotator: Annotator) -> bool:
    """Tell whether anything in the project was made by this person, or says something of them."""
    return project.read.has_work(annotator.uid)


def remove_unused(project: Project, annotator: Annotator) -> bool:
    """Remove a person who has done nothing here, with their empty set; tell whether they went.

    Not a step that can be undone: nobody's work is touched.
    """
    if annotator.uid == project.annotator.uid or has_work(project, annotator):
        return False
    with project.edit("Remove unused annotator", origin=Origin.SYSTEM) as edit:
        for own in [s for s in project.cache.sets.values() if s.annotator == annotator.uid]:
            edit.remove(own)
        edit.remove(annotator)
    return True
