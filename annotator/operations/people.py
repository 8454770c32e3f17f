"""The people of a project."""

from __future__ import annotations

from dataclasses import replace

from annotator.base.errors import RuleError
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
