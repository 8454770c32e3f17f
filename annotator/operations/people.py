"""The people of a project."""

from __future__ import annotations

from msgspec.structs import replace

from annotator.base.errors import RuleError
from annotator.model.annotation import Annotation, AnnotationSet, Annotator, Link
from annotator.model.article import ArticleWork, Status
from annotator.model.changes import Origin
from annotator.model.review import Verdict
from annotator.project.edit import Edit
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


def take_over(project: Project, before: Annotator) -> None:
    """Put all that somebody has done here under the person who works now: they are one, and the former record goes.

    Not a step that can be undone: nothing of anybody's is lost by it.
    """
    own, me = own_set(project), project.annotator
    if own is None or before.uid == me.uid or before.uid not in project.cache.annotators or project.read_only:
        return
    sets = [one for one in project.cache.sets.values() if one.annotator == before.uid]
    with project.edit("Take over", origin=Origin.SYSTEM) as edit:
        _put_under(project, edit, before, sets, own)
        _join_standings(project, edit, before)
        for one in sets:
            edit.remove(one)
        edit.remove(before)


def _put_under(project: Project, edit: Edit, before: Annotator, sets: list[AnnotationSet], own: AnnotationSet) -> None:
    me, theirs = project.annotator.uid, {one.uid for one in sets}
    for annotation in project.read.all(Annotation):
        if annotation.annotator == before.uid or annotation.annotation_set in theirs:
            home = own.uid if annotation.annotation_set in theirs else annotation.annotation_set
            who = me if annotation.annotator == before.uid else annotation.annotator
            edit.replace(annotation, replace(annotation, annotation_set=home, annotator=who))
    for link in project.read.all(Link):
        if link.annotator == before.uid:
            edit.replace(link, replace(link, annotator=me))
    for verdict in project.read.all(Verdict):
        if verdict.reviewer == before.uid:
            edit.replace(verdict, replace(verdict, reviewer=me))


def _join_standings(project: Project, edit: Edit, before: Annotator) -> None:
    """Make one standing of two with the same article: what was said under the former name is the later word."""
    for work in [one for one in project.read.all(ArticleWork) if one.annotator == before.uid]:
        mine = project.read.work(work.article, project.annotator.uid)
        if mine is None:
            edit.replace(work, replace(work, annotator=project.annotator.uid))
            continue
        joined = replace(
            mine,
            status=mine.status if work.status is Status.TODO else work.status,
            assigned=mine.assigned or work.assigned,
            memo="\n".join(filter(None, (mine.memo, work.memo))),
            values=tuple(sorted({**dict(mine.values), **dict(work.values)}.items())),
            reviewed=mine.reviewed or work.reviewed,
        )
        edit.remove(work)
        if joined != mine:
            edit.replace(mine, joined)
