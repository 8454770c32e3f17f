"""Which other records a record refers to: what must be there for it, and what it can do without."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter

from msgspec import Struct

from annotator.model.changes import KINDS, Kind, Record

Key = tuple[Kind, str]
"""A record's kind and uid."""

_FIELDS: dict[Kind, tuple[tuple[str, Kind], ...]] = {
    Kind.ANNOTATION_SET: (("annotator", Kind.ANNOTATOR),),
    Kind.ATTRIBUTE: (("tag_type", Kind.TAG_TYPE),),
    Kind.LINK_RULE: (("from_type", Kind.TAG_TYPE), ("to_type", Kind.TAG_TYPE)),
    Kind.ARTICLE_WORK: (("article", Kind.ARTICLE), ("annotator", Kind.ANNOTATOR)),
    Kind.ANNOTATION: (
        ("article", Kind.ARTICLE),
        ("tag_type", Kind.TAG_TYPE),
        ("annotation_set", Kind.ANNOTATION_SET),
        ("annotator", Kind.ANNOTATOR),
        ("entity", Kind.ENTITY),
    ),
    Kind.LINK: (
        ("article", Kind.ARTICLE),
        ("from_annotation", Kind.ANNOTATION),
        ("to_annotation", Kind.ANNOTATION),
        ("annotator", Kind.ANNOTATOR),
    ),
    Kind.VERDICT: (
        ("article", Kind.ARTICLE),
        ("annotation", Kind.ANNOTATION),
        ("reviewer", Kind.ANNOTATOR),
        ("adjudicated", Kind.ANNOTATION),
        ("reply_to", Kind.VERDICT),
    ),
    Kind.HAND_OUT: (("annotator", Kind.ANNOTATOR),),
}
_OPTIONAL = {(Kind.ANNOTATION, "entity"), (Kind.VERDICT, "adjudicated"), (Kind.VERDICT, "reply_to")}


def fields_referring(kind: Kind) -> tuple[tuple[str, Kind], ...]:
    """Return the fields in which a kind of record refers to others, each with the kind that it refers to."""
    return _FIELDS.get(kind, ())


class Reference(Struct, frozen=True):
    """One reference: the field it stands in, what it refers to, and whether the record can do without."""

    field: str
    key: Key
    optional: bool


def references(record: Record) -> Iterator[Reference]:
    """Yield what a record refers to, without the fields that are empty."""
    kind = KINDS[type(record)]
    for field, target in _FIELDS.get(kind, ()):
        uid = getattr(record, field)
        if uid is not None:
            yield Reference(field, (target, uid), (kind, field) in _OPTIONAL)


def keys_referred_to(record: Record) -> list[Key]:
    """Return the keys of ``references``, for those who ask it of every record of a project."""
    return [
        (target, uid)
        for field, target in _FIELDS.get(KINDS[type(record)], ())
        if (uid := getattr(record, field)) is not None
    ]


def keys_referred_to_by(records: Iterable[Record | None]) -> set[Key]:
    """Return the keys that any of these records refers to; each is told once, in a fraction of the time."""
    by_kind: dict[Kind, list[Record]] = {}
    for record in records:
        if record is not None:
            by_kind.setdefault(KINDS[type(record)], []).append(record)
    found: set[Key] = set()
    for kind, alike in by_kind.items():
        for field, target in _FIELDS.get(kind, ()):
            found.update((target, uid) for uid in set(map(attrgetter(field), alike)) if uid is not None)
    return found
