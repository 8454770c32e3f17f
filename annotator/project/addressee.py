"""Whom a copy was handed out to, and the colleague saying once that it is them."""

from __future__ import annotations

from msgspec.structs import replace

from annotator.model.annotation import AnnotationSet, Annotator
from annotator.model.changes import Origin
from annotator.model.hand_out import HandOut
from annotator.project.opening import work_as
from annotator.project.project import Project


def own_hand_out(project: Project) -> HandOut | None:
    """Return the handing out by which this file came into being, or None when it is nobody's copy."""
    here = project.cache.info.uid
    found = [one for one in project.read.all(HandOut) if one.origin != here]
    return max(found, key=lambda one: one.uid, default=None)


def addressee(project: Project) -> Annotator | None:
    """Return whom this file was handed out to, or None when it is nobody's copy."""
    made = own_hand_out(project)
    return None if made is None else project.cache.annotators.get(made.annotator)


def is_to_be_asked(project: Project, annotator: Annotator) -> bool:
    """Tell whether somebody who opens the file is to be asked if they are its addressee.

    Not when they are known to be: by their uid, by their name, or because they, or somebody else, have said so.
    """
    made, person = own_hand_out(project), addressee(project)
    if made is None or person is None or made.accepted or project.read_only:
        return False
    return annotator.uid != person.uid and annotator.name != person.name


def work_as_addressee(project: Project, annotator: Annotator) -> AnnotationSet | None:
    """Let somebody who says that the file was handed out to them work on it as its addressee, now and from now on.

    ``annotator`` is who they are on their own computer: from then on ``work_as`` knows them by that. Returns the
    addressee's annotation set. Raises ValueError when the file is nobody's copy.
    """
    made, person = own_hand_out(project), addressee(project)
    if made is None or person is None:
        raise ValueError("this file was handed out to nobody")
    if made.accepted != annotator.uid and not project.read_only:
        with project.edit("Take up hand-out", origin=Origin.SYSTEM) as edit:
            edit.replace(made, replace(made, accepted=annotator.uid))
    return work_as(project, person)
