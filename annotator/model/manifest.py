"""Manifests: one line for each record that two files agreed on, with a hash that tells whether it has changed since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from msgspec import NODEFAULT, Struct
from msgspec.json import Encoder
from msgspec.structs import asdict, replace

from annotator.model.annotation import Annotation, Confidence, Link
from annotator.model.article import Article
from annotator.model.changes import KINDS, Kind, Record
from annotator.model.references import Key, references
from annotator.model.values import Value, Values

Hashes = Mapping[Key, str]
_DIGITS = 32


_encode = Encoder().encode
_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=asdict).encode


_quote = json.encoder.encode_basestring
"""Writes one text as JSON, as ``_dump`` does."""


def key_of(record: Record) -> Key:
    """Return a record's kind and uid."""
    return KINDS[type(record)], record.uid


def digest(record: Record) -> str:
    """Return a hash of everything a record says: the first 128 bits of a SHA-256, as 32 hexadecimal digits.

    Fields that hold their default are left out, so that a field added by a later version changes no hash.
    """
    said = _annotation(record) if type(record) is Annotation else _plainly(record)
    return hashlib.sha256(said.encode()).hexdigest()[:_DIGITS]


def _plainly(record: Record) -> str:
    """Write a record as the JSON of its fields would be with sorted keys, those left out that hold their default."""
    pieces = []
    for name, default, head in _sorted(type(record)):
        value = getattr(record, name)
        if value != default:
            # Most fields are texts: quoted alone each takes a fifth of the time.
            pieces.append(head + (_quote(value) if value.__class__ is str else _dump(value)))
    return f"{{{','.join(pieces)}}}"


@cache
def _sorted(record_type: Any) -> tuple[tuple[str, object, str], ...]:
    names, defaults = record_type.__struct_fields__, record_type.__struct_defaults__
    usual = dict(zip(reversed(names), reversed(defaults), strict=False))
    return tuple((name, usual.get(name, NODEFAULT), f"{_quote(name)}:") for name in sorted(names))


def _annotation(one: Annotation) -> str:
    """Write an annotation as ``_plainly`` does, in a third of the time: nearly all records of a project are some."""
    quote = _quote
    pieces = ",".join([
        f'{{"exact":{quote(f.exact)},"prefix":{quote(f.prefix)},"start":{f.start:d},"stop":{f.stop:d},'
        f'"suffix":{quote(f.suffix)}}}'
        for f in one.fragments
    ])  # fmt: skip
    confidence = f'"confidence":{quote(one.confidence)},' if one.confidence else ""
    created = f'"created":{quote(one.created)},' if one.created != "" else ""
    entity = f'"entity":{quote(one.entity)},' if one.entity is not None else ""
    modified = f'"modified":{quote(one.modified)},' if one.modified != "" else ""
    note = f'"note":{quote(one.note)},' if one.note != "" else ""
    origin = f'"origin":{quote(one.origin)},' if one.origin != "" else ""
    values = f',"values":[{",".join([_value(*pair) for pair in one.values])}]' if one.values != () else ""
    return (
        f'{{"annotation_set":{quote(one.annotation_set)},"annotator":{quote(one.annotator)},'
        f'"article":{quote(one.article)},{confidence}{created}{entity}"fragments":[{pieces}],{modified}{note}{origin}'
        f'"tag_type":{quote(one.tag_type)},"uid":{quote(one.uid)}{values}}}'
    )


_WRITTEN_ALIKE = (str, bool, tuple)
"""Kinds of values that both ways of writing JSON write alike: numbers are not."""


class _Piece(Struct, gc=False):
    """A fragment, its fields in the order in which they are hashed."""

    exact: str
    prefix: str
    start: int
    stop: int
    suffix: str


class _Said(Struct, omit_defaults=True, gc=False):
    """An annotation, its fields in the order in which they are hashed, with the defaults that are left out."""

    annotation_set: str | None = None
    annotator: str | None = None
    article: str | None = None
    confidence: str = Confidence.UNSAID
    created: str = ""
    entity: str | None = None
    fragments: Sequence[_Piece] = ()
    modified: str = ""
    note: str = ""
    origin: str = ""
    tag_type: str | None = None
    uid: str | None = None
    values: Values = ()


class _SaidOfLink(Struct, omit_defaults=True, gc=False):
    """The same of a link."""

    annotator: str | None = None
    article: str | None = None
    from_annotation: str | None = None
    note: str = ""
    role: str | None = None
    to_annotation: str | None = None
    uid: str | None = None


def quick_digest(one: Annotation | Link) -> str:
    """Return ``digest`` in half the time, for a record each field of which is known to have its type."""
    said: _Said | _SaidOfLink
    if isinstance(one, Link):
        said = _SaidOfLink(
            one.annotator, one.article, one.from_annotation, one.note, one.role, one.to_annotation, one.uid
        )
    elif one.values and not all(value.__class__ in _WRITTEN_ALIKE for _, value in one.values):
        return digest(one)
    else:
        said = _Said(
            one.annotation_set, one.annotator, one.article, one.confidence, one.created, one.entity,
            [_Piece(f.exact, f.prefix, f.start, f.stop, f.suffix) for f in one.fragments],
            one.modified, one.note, one.origin, one.tag_type, one.uid, one.values,
        )  # fmt: skip
    return hashlib.sha256(_encode(said)).hexdigest()[:_DIGITS]


def _value(attribute: str, value: Value) -> str:
    return f"[{_quote(attribute)},{_quote(value) if value.__class__ is str else _dump(value)}]"


def hashes_of(records: Iterable[Record]) -> dict[Key, str]:
    """Return the hash of each record."""
    return {key_of(record): digest(record) for record in records}


def written(hashes: Hashes) -> str:
    """Write a manifest: a line ``kind uid hash`` for each record, sorted."""
    names = {kind: str(kind) for kind in Kind}  # to write a member takes longer than to write its name
    # Lines sort as their kinds and uids do, in half the time: a blank comes before whatever these are made of.
    return "".join(sorted([f"{names[kind]} {uid} {one}\n" for (kind, uid), one in hashes.items()]))


def read(text: str) -> dict[Key, str]:
    """Read a manifest; raises ValueError when it is none."""
    found: dict[Key, str] = {}
    kinds = {str(kind): kind for kind in Kind}
    for line in text.splitlines():
        kind, uid, one = line.split(" ")
        # Asked of the class itself, what is no kind raises its ValueError.
        found[kinds[kind] if kind in kinds else Kind(kind), uid] = one
    return found


def without_hidden(record: Record, given: Iterable[Key]) -> Record:
    """Return a record as a blind copy holds it: an article without its memo, and no reference to what is not given."""
    if isinstance(record, Article):
        return replace(record, memo="")
    hidden = {one.field: None for one in references(record) if one.optional and one.key not in given}
    return replace(record, **hidden) if hidden else record


def with_hidden(theirs: Record, mine: Record, given: Iterable[Key]) -> Record:
    """Return a record of a blind copy with what was hidden from it, as it stands in my version."""
    if isinstance(theirs, Article) and isinstance(mine, Article):
        return replace(theirs, memo=theirs.memo or mine.memo)
    hidden = {
        one.field: one.key[1]
        for one in references(mine)
        if one.optional and one.key not in given and getattr(theirs, one.field, "") is None
    }
    return replace(theirs, **hidden) if hidden else theirs
