"""Annotations written by hand as text: words instead of offsets, names instead of uids."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID, uuid5

from msgspec import Struct

from annotator.exchange.toml_table import TomlTable
from annotator.model.annotation import Annotation, Confidence, Link
from annotator.model.codebook import Attribute, AttributeKind, Codebook, LinkRule, Part, TagType
from annotator.model.entity import Entity, EntityKind
from annotator.model.span import Fragment, Span, fragments, joined
from annotator.model.values import Value, Values, from_mapping

MADE = "2025-07-16T12:00:00.000Z"
"""The moment that every sample record bears, so that they are the same in every run."""
_NAMESPACE = UUID("01900000-0000-7000-8000-000000000400")


def sample_uid(*names: str) -> str:
    """Return the uid (RFC 9562, version 5) that these names always lead to."""
    return str(uuid5(_NAMESPACE, "\n".join(names)))


class TaggedArticle(Struct, frozen=True):
    """What the entries of one annotation file refer to: article uid and text, entities by id, and whose they are."""

    article: str
    text: str
    codebook: Codebook
    entities: Mapping[str, Entity]
    annotator: str
    annotation_set: str

    def uid(self, *names: str) -> str:
        """Return the uid of one of this article's records in this annotation set."""
        return sample_uid(self.article, self.annotation_set, *names)


def read_annotations(file: TomlTable, of: TaggedArticle) -> tuple[tuple[Annotation, ...], tuple[Link, ...]]:
    """Return the annotations and links of an annotation file, in its order.

    Raises ImportRefusedError naming file and entry for words that are not found or found more than once without an
    ``occurrence``, for what the codebook does not know or allow, and for ids that lead nowhere.
    """
    tables = file.tables("annotations", "annotation")
    file.done()
    by_id: dict[str, Annotation] = {}
    for table in tables:
        if (name := table.text("id")) in by_id:
            table.refuse("there are two entries with this id")
        by_id[name] = _annotation(table, of, name)
    links = [link for table in tables for link in _links(table, of, by_id)]
    _check_circles(file, of, by_id, links)
    return tuple(by_id.values()), tuple(links)


def _annotation(table: TomlTable, of: TaggedArticle, name: str) -> Annotation:
    tag = of.codebook.tag_named(table.text("tag"))
    if tag is None:
        table.refuse(f"‘{table.text('tag')}’ is not a tag type of the codebook")
    annotation = Annotation(
        uid=of.uid(name),
        article=of.article,
        tag_type=tag.uid,
        annotation_set=of.annotation_set,
        fragments=_fragments(table, of.text),
        annotator=of.annotator,
        entity=_entity(table, of, tag),
        values=read_values(table, table.table("attributes"), of.codebook, tag.uid),
        note=table.text("note", ""),
        confidence=table.one_of("confidence", Confidence, Confidence.UNSAID),
        created=MADE,
        modified=MADE,
    )
    table.raw("links")
    table.done()
    return annotation


def _entity(table: TomlTable, of: TaggedArticle, tag: TagType) -> str | None:
    name = table.text("entity", "")
    if not name:
        return None
    if name not in of.entities:
        table.refuse(f"there is no entity ‘{name}’")
    entity = of.entities[name]
    if (entity.kind is EntityKind.PLACE) != (tag.part is Part.LOCATION):
        table.refuse(f"a {tag.name} cannot refer to ‘{name}’, which is a {entity.kind}")
    return entity.uid


def _fragments(table: TomlTable, text: str) -> tuple[Fragment, ...]:
    """Find the words; the first fragment is the ``occurrence`` asked for, each further one the next behind it."""
    words = table.texts("fragments") if table.has("fragments") else (table.text("text"),)
    if not words or (table.has("fragments") and table.has("text")):
        table.refuse("give either ‘text’ or a list of ‘fragments’")
    spans = [_first(table, text, words[0])]
    for further in words[1:]:
        found = _found(text, further, spans[-1].stop)
        if not found:
            table.refuse(f"the words ‘{further}’ do not follow in the article")
        spans.append(found[0])
    if len(joined(spans)) != len(spans):
        table.refuse("two fragments touch each other; write them as one")
    return fragments(text, spans)


def _first(table: TomlTable, text: str, words: str) -> Span:
    found = _found(text, words, 0)
    occurrence = table.whole("occurrence", 0)
    if not found:
        table.refuse(f"the words ‘{words}’ are not in the article")
    if len(found) > 1 and not occurrence:
        table.refuse(f"the words ‘{words}’ are in the article {len(found)} times; say which by ‘occurrence’")
    if occurrence > len(found):
        table.refuse(f"the words ‘{words}’ are in the article only {len(found)} times, not {occurrence}")
    return found[max(occurrence, 1) - 1]


def _found(text: str, words: str, start: int) -> list[Span]:
    """Return where the words stand as whole words from a position on, in code points: ``he`` is not in ``the``."""
    before = r"(?<!\w)" if re.match(r"\w", words) else ""
    behind = r"(?!\w)" if re.search(r"\w\Z", words) else ""
    whole = re.compile(before + re.escape(words) + behind)
    return [Span(match.start(), match.end()) for match in whole.finditer(text, start)]


def read_values(entry: TomlTable, given: TomlTable, codebook: Codebook, tag_type: str | None) -> Values:
    """Return the values given by attribute name, the codebook's defaults filled in.

    Raises ImportRefusedError for unknown attributes, values that are not among the choices, and missing mandatory ones.
    """
    values: dict[str, Value | None] = {}
    for name in given.names():
        attribute = codebook.attribute_named(tag_type, name)
        if attribute is None:
            entry.refuse(f"the codebook has no attribute ‘{name}’ for this")
        values[attribute.uid] = _value(given, attribute)
    for attribute in codebook.attributes_of(tag_type):
        if attribute.default and attribute.uid not in values:
            values[attribute.uid] = _value(TomlTable({attribute.name: _written(attribute)}, entry.where), attribute)
        if attribute.mandatory and attribute.uid not in values:
            entry.refuse(f"the attribute ‘{attribute.name}’ is mandatory")
    return from_mapping(values)


def _written(attribute: Attribute) -> object:
    """Return a default as an annotation file would write it."""
    if attribute.kind is AttributeKind.SEVERAL:
        return attribute.default.split("; ")
    if attribute.kind is AttributeKind.YES_NO:
        return attribute.default == "yes"
    return float(attribute.default) if attribute.kind is AttributeKind.NUMBER else attribute.default


def _value(given: TomlTable, attribute: Attribute) -> Value | None:
    if attribute.kind is AttributeKind.YES_NO:
        return given.flag(attribute.name)
    if attribute.kind is AttributeKind.NUMBER:
        return given.number(attribute.name)
    several = attribute.kind is AttributeKind.SEVERAL
    value = given.texts(attribute.name) if several else given.text(attribute.name)
    chosen = (value,) if isinstance(value, str) else value
    unknown = [choice for choice in chosen if attribute.choices and choice not in attribute.choices]
    if unknown:
        given.refuse(f"{attribute.name} ‘{unknown[0]}’ is not one of {', '.join(attribute.choices)}")
    return value


def _links(table: TomlTable, of: TaggedArticle, by_id: Mapping[str, Annotation]) -> Sequence[Link]:
    name, roles = table.text("id"), table.table("links")
    pairs = [(role, target) for role in roles.names() for target in roles.texts(role)]
    for (role, target), times in Counter(pairs).items():
        if target not in by_id or target == name or times > 1:
            table.refuse(f"the link ‘{role}’ leads to ‘{target}’, which is no other entry or is named twice")
        rule = _rule(of.codebook, role, by_id[name], by_id[target])
        if rule is None:
            table.refuse(f"the codebook allows no link ‘{role}’ from here to ‘{target}’")
        if rule.at_most and len(roles.texts(role)) > rule.at_most:
            table.refuse(f"at most {rule.at_most} link ‘{role}’ may leave one annotation")
    return [
        Link(of.uid(name, role, target), of.article, by_id[name].uid, by_id[target].uid, role, of.annotator)
        for role, target in pairs
    ]


def _rule(codebook: Codebook, role: str, start: Annotation, target: Annotation) -> LinkRule | None:
    return codebook.link_rule(role, start.tag_type, target.tag_type)


def _check_circles(file: TomlTable, of: TaggedArticle, by_id: Mapping[str, Annotation], links: Sequence[Link]) -> None:
    """Refuse circles of links whose rule is acyclic: leaves are taken off until none is left, a circle never is one."""
    for role in {rule.role for rule in of.codebook.link_rules if rule.acyclic}:
        pairs = {(link.from_annotation, link.to_annotation) for link in links if link.role == role}
        while pairs:
            starts = {start for start, _ in pairs}
            inner = {(start, target) for start, target in pairs if target in starts}
            if inner == pairs:
                names = [name for name, annotation in by_id.items() if annotation.uid in starts]
                file.refuse(f"the links ‘{role}’ of {', '.join(names)} go round in a circle")
            pairs = inner
