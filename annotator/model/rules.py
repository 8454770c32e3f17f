"""What the codebook allows, and what an annotation still lacks: errors and quiet warnings, as pure functions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from enum import StrEnum

from msgspec import Struct

from annotator.base.errors import RuleError
from annotator.model.annotation import Annotation, Link
from annotator.model.changes import ChangeSet, Kind
from annotator.model.codebook import Attribute, AttributeKind, Codebook, LinkRule, Part, TagType
from annotator.model.content import ArticleContent
from annotator.model.entity import Entity, EntityKind
from annotator.model.values import Value, Values, from_mapping, value_of

SPEAKER_ROLES = {Part.QUOTE: "speaker", Part.CLAIM: "claimant"}
"""The link role that names the source, by the part of the tag type that has one."""
CONTENT_ROLE = "content_of"
"""The link role from a claim to the quote that holds it."""


class Lack(StrEnum):
    """What an annotation may still lack; a warning, never an error."""

    SPEAKER = "speaker"
    CLAIMANT = "claimant"
    MARKS = "marks"
    COORDINATES = "coordinates"
    MANDATORY = "mandatory"


class ToCheck(Struct, frozen=True):
    """One thing to check: what an annotation lacks; ``attribute`` is the mandatory attribute without a value."""

    annotation: str
    lack: Lack
    attribute: str = ""


def to_check(
    content: ArticleContent, codebook: Codebook, entities: Mapping[str, Entity], only: Collection[str] | None = None
) -> list[ToCheck]:
    """List what the article's annotations lack, or ``only`` those of these uids, in text order."""
    sourced = {link.from_annotation for link in content.links.values() if link.role in SPEAKER_ROLES.values()}
    known = content.annotations
    judged = known.values() if only is None else [known[uid] for uid in only if uid in known]
    found: list[ToCheck] = []
    for annotation in sorted(judged, key=lambda a: (a.fragments[0].start, -a.fragments[-1].stop, a.uid)):
        found.extend(_lacks(annotation, codebook, entities, sourced=annotation.uid in sourced))
    return found


def touched(content: ArticleContent, change_set: ChangeSet) -> set[str]:
    """Return the annotations that may lack something else now: changed, linked anew, or of an entity that changed."""
    found = {change.uid for change in change_set.of(Kind.ANNOTATION)}
    for change in change_set.of(Kind.LINK):
        for link in (change.before, change.after):
            if isinstance(link, Link):
                found.add(link.from_annotation)
    entities = {change.uid for change in change_set.of(Kind.ENTITY)}
    if entities:
        found |= {a.uid for a in content.annotations.values() if a.entity in entities}
    return found


def _lacks(
    annotation: Annotation, codebook: Codebook, entities: Mapping[str, Entity], *, sourced: bool
) -> Iterable[ToCheck]:
    tag = codebook.tag(annotation.tag_type)
    if tag.part in SPEAKER_ROLES and not sourced and annotation.entity is None:
        yield ToCheck(annotation.uid, Lack.SPEAKER if tag.part is Part.QUOTE else Lack.CLAIMANT)
    values = _named(annotation, codebook) if annotation.values else {}
    if tag.part is Part.QUOTE and values.get("quote_type") == "direct" and not has_marks(annotation):
        yield ToCheck(annotation.uid, Lack.MARKS)
    if tag.part is Part.LOCATION and values.get("usage") == "literal" and not _placed(annotation, entities, values):
        yield ToCheck(annotation.uid, Lack.COORDINATES)
    for attribute in codebook.attributes_of(tag.uid):
        if attribute.mandatory and value_of(annotation.values, attribute.uid) is None:
            yield ToCheck(annotation.uid, Lack.MANDATORY, attribute.uid)


def _named(annotation: Annotation, codebook: Codebook) -> dict[str, Value]:
    known = {a.uid: a.name for a in codebook.attributes_of(annotation.tag_type)}
    return {known[uid]: value for uid, value in annotation.values if uid in known}


def _placed(annotation: Annotation, entities: Mapping[str, Entity], values: Mapping[str, Value]) -> bool:
    # A place that was looked at and cannot be resolved is no lack.
    if values.get("resolution") in ("unresolvable", "fictional"):
        return True
    entity = entities.get(annotation.entity or "")
    return entity is not None and entity.latitude is not None


def has_marks(annotation: Annotation) -> bool:
    """Tell whether every fragment begins or ends with a quotation mark or dash."""
    return all(f.exact[:1] in OPENING_MARKS or f.exact[-1:] in CLOSING_MARKS for f in annotation.fragments)


OPENING_MARKS = "\"'“‘«‹„‚「『”’»›—–-"
CLOSING_MARKS = "\"'”’»›“‘«‹」』"


def check_value(attribute: Attribute, value: Value) -> Value:
    """Return the value as the attribute keeps it; raises RuleError when it cannot have it."""
    label = attribute.label
    if attribute.kind is AttributeKind.ONE and value in attribute.choices:
        return value
    if attribute.kind is AttributeKind.SEVERAL and isinstance(value, tuple) and set(value) <= set(attribute.choices):
        return tuple(choice for choice in attribute.choices if choice in value)
    if attribute.kind is AttributeKind.TEXT and isinstance(value, str):
        return value
    if attribute.kind is AttributeKind.YES_NO and isinstance(value, bool):
        return value
    if attribute.kind is AttributeKind.NUMBER:
        return _number(label, value)
    if attribute.kind is AttributeKind.DATE and isinstance(value, str):
        return check_date(label, value)
    raise RuleError(f"“{label}” cannot be {value!r}: choose one of {', '.join(attribute.choices) or attribute.kind}.")


def _number(label: str, value: Value) -> float:
    try:
        if isinstance(value, bool | tuple):
            raise ValueError
        number = float(value)
        if number - number != 0:  # infinite or not a number
            raise ValueError
    except ValueError:
        raise RuleError(f"“{label}” must be a number, not {value!r}.") from None
    return number


def check_date(label: str, value: str) -> str:
    """Return an ISO date, or as much of one as is known (``2025-03``); raises RuleError when it is none."""
    parts = value.split("-")
    try:
        if [len(part) for part in parts] not in ([4], [4, 2], [4, 2, 2]):
            raise ValueError
        date.fromisoformat("-".join([*parts, "01", "01"][:3]))
    except ValueError:
        raise RuleError(f"“{label}” must be a date such as 2025-03-13, not {value!r}.") from None
    return value


def default_values(codebook: Codebook, tag_type: str | None) -> Values:
    """Return the values that a new annotation of a tag type (or an article, for None) starts with."""
    found: dict[str, Value | None] = {}
    for attribute in codebook.attributes_of(tag_type):
        if attribute.default:
            found[attribute.uid] = check_value(attribute, parse_default(attribute))
    return from_mapping(found)


def parse_default(attribute: Attribute) -> Value:
    """Return an attribute's default as a value of its kind."""
    if attribute.kind is AttributeKind.SEVERAL:
        return tuple(part.strip() for part in attribute.default.split(";"))
    if attribute.kind is AttributeKind.YES_NO:
        return attribute.default.lower() in ("yes", "true", "1")
    return attribute.default


def check_link(content: ArticleContent, codebook: Codebook, source: Annotation, target: Annotation, role: str) -> None:
    """Raise RuleError when the codebook does not allow this link, or there is no room for it."""
    rule = codebook.link_rule(role, source.tag_type, target.tag_type)
    from_tag, to_tag = codebook.tag(source.tag_type), codebook.tag(target.tag_type)
    if rule is None:
        raise RuleError(f"The codebook knows no link “{role}” from {from_tag.label} to {to_tag.label}.")
    if source.uid == target.uid:
        raise RuleError(f"A {from_tag.label} cannot be linked to itself.")
    if source.article != target.article:
        raise RuleError("Links join annotations of one article only.")
    outgoing = [k for k in content.links.values() if k.from_annotation == source.uid and k.role == role]
    if rule.at_most and len(outgoing) >= rule.at_most:
        raise RuleError(f"This {from_tag.label} has its “{rule.label}” already; take that link away first.")
    if rule.acyclic and _reaches(content.links.values(), target.uid, source.uid, role):
        raise RuleError(f"That would close a circle of “{rule.label}” links.")


def _reaches(links: Iterable[Link], start: str, goal: str, role: str) -> bool:
    following: dict[str, list[str]] = {}
    for link in links:
        if link.role == role:
            following.setdefault(link.from_annotation, []).append(link.to_annotation)
    waiting, seen = [start], set()
    while waiting:
        uid = waiting.pop()
        if uid == goal:
            return True
        if uid not in seen:
            seen.add(uid)
            waiting.extend(following.get(uid, ()))
    return False


def may_bear(tag: TagType, entity: Entity) -> bool:
    """Tell whether an annotation of a tag type may refer to an entity: a location to a place, a source to no place."""
    if tag.part is Part.LOCATION:
        return entity.kind is EntityKind.PLACE
    return tag.part is Part.OTHER or (tag.part is not Part.CUE and entity.kind is not EntityKind.PLACE)


def keeps_entity(before: TagType, after: TagType, entity: Entity) -> bool:
    """Tell whether a retyped annotation keeps its entity: who is meant by a mention is not who says a quote."""
    return may_bear(after, entity) and (before.part in SPEAKER_ROLES) is (after.part in SPEAKER_ROLES)


def speaker_rule(codebook: Codebook, tag: TagType) -> LinkRule | None:
    """Return the rule by which a tag type's source is linked, or None when it has none."""
    role = SPEAKER_ROLES.get(tag.part)
    return next((rule for rule in codebook.rules_from(tag.uid) if rule.role == role), None)
