"""What review goes through: the differences of two sets, or every annotation of one set alone."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from annotator.analysis.comparison import Comparison, Difference, DifferenceKind
from annotator.model.annotation import Annotation, Link, text_order
from annotator.model.changes import ChangeSet, Kind
from annotator.model.content import ArticleContent
from annotator.model.review import Verdict
from annotator.operations import adjudicating
from annotator.operations.verdicts import Latest
from annotator.project.project import Project

Key = tuple[str, str, str, str, str, str]
NO_KEY: Key = ("", "", "", "", "", "")


class Item(Struct, frozen=True, dict=True):
    """One row: a difference, and whether verdicts have decided it. ``alone``: there is no second set."""

    difference: Difference
    decided: bool
    alone: bool = False

    @cached_property
    def key(self) -> Key:
        """What tells the difference from all others, also after the annotations were changed.

        Made once: among thousands of differences it is asked for at every step.
        """
        d = self.difference
        return (str(d.kind), _uid(d.a), _uid(d.b), d.attribute or "", _uid(d.link_a), _uid(d.link_b))

    @property
    def sides(self) -> tuple[Annotation, ...]:
        """The annotations that it is about: one or two."""
        return tuple(one for one in (self.difference.a, self.difference.b) if one is not None)

    @property
    def tags(self) -> tuple[str | None, str | None]:
        """The tag types of both sides, None on a side that has nothing."""
        a, b = self.difference.a, self.difference.b
        return (a.tag_type if a is not None else None, b.tag_type if b is not None else None)

    def is_about(self, uid: str) -> bool:
        """Tell whether it is about an annotation."""
        return any(one.uid == uid for one in self.sides)


class Compared(Struct, frozen=True):
    """Everything there is to say of two sets (or of one alone) in one article."""

    items: tuple[Item, ...] = ()
    agreed: int = 0
    first: frozenset[str] = frozenset()
    second: frozenset[str] = frozenset()
    judged: frozenset[str] = frozenset()
    """The annotations on which a verdict holds."""
    sets: tuple[str, str] = ("", "")
    """The uids of the two sets; the second is empty for one alone."""

    @property
    def differing(self) -> frozenset[str]:
        """The uids of the annotations that a difference is about."""
        return frozenset(one.uid for item in self.items for one in item.sides)


def compared(project: Project, content: ArticleContent, first: str, second: str) -> Compared:
    """Compare two sets (uids); without a second every annotation of the first is an item."""
    mine, theirs = (_of(content, uid) for uid in (first, second))
    latest = Latest(content.verdicts.values())
    judged = frozenset(a.uid for a in (*mine, *theirs) if latest.standing(a) is not None)
    if not second:
        return Compared(tuple(_alone(mine, judged)), 0, frozenset(a.uid for a in mine), judged=judged, sets=(first, ""))
    found: Comparison = adjudicating.comparison(content, first, second)
    items = tuple(Item(one, adjudicating.is_decided(project, latest, one)) for one in found.differences)
    a, b = (frozenset(one.uid for one in side) for side in (mine, theirs))
    return Compared(items, len(found.agreed), a, b, judged, (first, second))


def judged_between(found: Compared, change_set: ChangeSet) -> frozenset[str] | None:
    """Return the annotations that a step passed a verdict on; None when it changed what was compared, or may have."""
    sides = found.first | found.second
    judged: set[str] = set()
    for change in change_set.changes:
        records = [one for one in (change.before, change.after) if one is not None]
        if change.kind is Kind.VERDICT:
            judged.update(one.annotation for one in records if isinstance(one, Verdict))
        elif change.kind is Kind.ANNOTATION:
            if any(isinstance(one, Annotation) and one.annotation_set in found.sets for one in records):
                return None
        elif change.kind is Kind.LINK:
            if any(isinstance(one, Link) and one.from_annotation in sides for one in records):
                return None
        elif change.kind is not Kind.ARTICLE_WORK:
            return None
    return frozenset(judged)


def judged_anew(project: Project, content: ArticleContent, found: Compared, judged: frozenset[str]) -> Compared:
    """Return the same differences, decided or not by what verdicts say now of some annotations (uids)."""
    latest = Latest(content.verdicts.values())
    here = judged & (found.first | found.second)
    standing = frozenset(uid for uid in here if latest.standing(content.annotations[uid]) is not None)
    known = found.judged - here | standing

    def anew(item: Item) -> Item:
        if not any(one.uid in here for one in item.sides):
            return item
        if item.alone:
            return replace(item, decided=item.sides[0].uid in known)
        return replace(item, decided=adjudicating.is_decided(project, latest, item.difference))

    return replace(found, items=tuple(map(anew, found.items)), judged=known)


def _of(content: ArticleContent, uid: str) -> list[Annotation]:
    return [a for a in content.annotations.values() if uid and a.annotation_set == uid]


def _alone(annotations: Iterable[Annotation], judged: frozenset[str]) -> Iterable[Item]:
    for one in sorted(annotations, key=text_order):
        yield Item(Difference(DifferenceKind.ONLY_A, one, None), one.uid in judged, alone=True)


def _uid(record: Annotation | Link | None) -> str:
    return record.uid if record is not None else ""
