"""What review goes through: the differences of two sets, or every annotation of one set alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from annotator.analysis.comparison import Comparison, Difference, DifferenceKind
from annotator.model.annotation import Annotation, text_order
from annotator.model.content import ArticleContent
from annotator.operations import adjudicating
from annotator.operations.verdicts import Latest
from annotator.project.project import Project

Key = tuple[str, str, str, str, str, str]
NO_KEY: Key = ("", "", "", "", "", "")


@dataclass(frozen=True, slots=True)
class Item:
    """One row: a difference, and whether verdicts have decided it. ``alone``: there is no second set."""

    difference: Difference
    decided: bool
    alone: bool = False

    @property
    def key(self) -> Key:
        """What tells this difference from all others, also after the annotations were changed."""
        d = self.difference
        parts = (d.kind, _uid(d.a), _uid(d.b), d.attribute or "", _uid(d.link_a), _uid(d.link_b))
        return tuple(map(str, parts))  # type: ignore[return-value]

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


@dataclass(frozen=True, slots=True)
class Compared:
    """Everything there is to say of two sets (or of one alone) in one article."""

    items: tuple[Item, ...] = ()
    agreed: int = 0
    first: frozenset[str] = frozenset()
    second: frozenset[str] = frozenset()
    judged: frozenset[str] = frozenset()
    """The annotations on which a verdict holds."""

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
        return Compared(tuple(_alone(mine, judged)), 0, frozenset(a.uid for a in mine), judged=judged)
    found: Comparison = adjudicating.comparison(content, first, second)
    items = tuple(Item(one, adjudicating.is_decided(project, latest, one)) for one in found.differences)
    a, b = (frozenset(one.uid for one in side) for side in (mine, theirs))
    return Compared(items, len(found.agreed), a, b, judged)


def _of(content: ArticleContent, uid: str) -> list[Annotation]:
    return [a for a in content.annotations.values() if uid and a.annotation_set == uid]


def _alone(annotations: Iterable[Annotation], judged: frozenset[str]) -> Iterable[Item]:
    for one in sorted(annotations, key=text_order):
        yield Item(Difference(DifferenceKind.ONLY_A, one, None), one.uid in judged, alone=True)


def _uid(record: object) -> str:
    return getattr(record, "uid", "")
