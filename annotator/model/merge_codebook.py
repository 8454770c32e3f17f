"""What a record asks of the codebook, and how much of another file's codebook comes over when a person wants it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from msgspec.structs import replace

from annotator.base.errors import RuleError
from annotator.model import rules
from annotator.model.annotation import Annotation
from annotator.model.article import ArticleWork
from annotator.model.changes import Kind, Record
from annotator.model.codebook import Attribute, Codebook, LinkRule, TagType
from annotator.model.merge_plan import State
from annotator.model.references import Key, references
from annotator.model.values import Value

CodebookRecord = TagType | Attribute | LinkRule


def codebook_of(records: Iterable[Record]) -> Codebook:
    """Return the codebook among some records."""
    every = tuple(records)
    return Codebook(
        tuple(r for r in every if isinstance(r, TagType)),
        tuple(r for r in every if isinstance(r, Attribute)),
        tuple(r for r in every if isinstance(r, LinkRule)),
    )


def unfit_values(record: Annotation | ArticleWork, codebook: Codebook) -> list[str]:
    """Return the attributes whose value in a record the codebook does not ask for or does not allow."""
    owner = record.tag_type if isinstance(record, Annotation) else None
    asked = {attribute.uid: attribute for attribute in codebook.attributes_of(owner)}
    return [uid for uid, value in record.values if uid not in asked or not _allows(asked[uid], value)]


def _allows(attribute: Attribute, value: Value) -> bool:
    try:
        rules.check_value(attribute, value)
    except RuleError:
        return False
    return True


def without_values(record: Annotation | ArticleWork, attributes: Collection[str]) -> Annotation | ArticleWork:
    """Return a record without the values of some attributes."""
    return replace(record, values=tuple((uid, value) for uid, value in record.values if uid not in attributes))


def belonging(key: Key, theirs: State, here: Collection[Key]) -> Iterator[CodebookRecord]:
    """Yield a codebook record of theirs with what comes over with it.

    A tag type with its attributes and the link rules whose ends are then here; an attribute and a rule alone.
    """
    record = theirs[key]
    if isinstance(record, TagType | Attribute | LinkRule):
        yield record
    if not isinstance(record, TagType):
        return
    types = {uid for kind, uid in here if kind is Kind.TAG_TYPE} | {record.uid}
    for other_key, other in theirs.items():
        if isinstance(other, Attribute | LinkRule) and other_key not in here:
            needed = {one.key[1] for one in references(other)}
            if record.uid in needed and needed <= types:
                yield other


def fitted(record: CodebookRecord, mine: Codebook, known: Record | None) -> CodebookRecord:
    """Return their codebook record as mine can take it in: at my place, or last and under a name and key that are free.

    ``known`` is my own version of it, None when it is new.
    """
    match record:
        case _ if isinstance(known, TagType | Attribute | LinkRule):
            return replace(record, position=known.position)
        case TagType():
            key = "" if mine.tag_keyed(record.key) else record.key
            name = _free(record.name, {tag.name for tag in mine.tag_types})
            return replace(record, name=name, key=key, position=_last(mine.tag_types))
        case Attribute():
            name = _free(record.name, {one.name for one in mine.attributes_of(record.tag_type)})
            return replace(record, name=name, position=_last(mine.attributes))
        case _:
            return replace(record, position=_last(mine.link_rules))


def _free(name: str, taken: Collection[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}_{number}"
    return free


def _last(records: Iterable[CodebookRecord]) -> int:
    return max((record.position for record in records), default=-1) + 1
