"""The codebook: save an edited one as one step, re-tagging what its changes touch."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from annotator.base.clock import now
from annotator.base.errors import RuleError
from annotator.model import rules
from annotator.model.annotation import Annotation, Link
from annotator.model.article import ArticleWork
from annotator.model.changes import Record
from annotator.model.codebook import Attribute, AttributeKind, Codebook, TagType
from annotator.model.values import Value, Values, as_text, from_mapping
from annotator.operations import tagging
from annotator.project.edit import Edit
from annotator.project.project import Project

REMOVE = ""
"""Where the annotations of a removed tag type go when they are to go for good."""


def uses(project: Project, tag_type: str) -> int:
    """Return how many annotations bear a tag type."""
    return project.read.count_tagged(tag_type)


def problems(codebook: Codebook) -> list[str]:
    """List, one line each, what makes a codebook unusable; empty when it can be saved."""
    found: list[str] = []
    _twice(found, "tag name", [tag.name for tag in codebook.tag_types])
    _twice(found, "key", [tag.key for tag in codebook.tag_types if tag.key])
    for owner in (None, *(tag.uid for tag in codebook.tag_types)):
        _twice(found, "attribute", [a.name for a in codebook.attributes_of(owner)])
    known = {tag.uid for tag in codebook.tag_types}
    found.extend(f"The tag type “{t.label or t.uid}” needs a name." for t in codebook.tag_types if not t.name.strip())
    for attribute in codebook.attributes:
        if not attribute.name.strip():
            found.append("An attribute needs a name.")
        if attribute.tag_type is not None and attribute.tag_type not in known:
            found.append(f"The attribute “{attribute.name}” belongs to a tag type that is not there.")
        if attribute.kind in (AttributeKind.ONE, AttributeKind.SEVERAL) and not attribute.choices:
            found.append(f"The attribute “{attribute.name}” needs choices.")
        if attribute.default:
            try:
                rules.check_value(attribute, rules.parse_default(attribute))
            except RuleError as error:
                found.append(f"The default of “{attribute.name}”: {error}")
    found.extend(
        f"The link “{rule.role}” names a tag type that is not there."
        for rule in codebook.link_rules
        if not {rule.from_type, rule.to_type} <= known
    )
    return found


def _twice(found: list[str], what: str, names: list[str]) -> None:
    doubled = sorted({name for name in names if names.count(name) > 1})
    found.extend(f"The {what} “{name}” is there twice." for name in doubled)


def save(
    project: Project,
    codebook: Codebook,
    *,
    moved: Mapping[str, str] | None = None,
    renamed_choices: Mapping[tuple[str, str], str] | None = None,
    label: str = "Edit codebook",
) -> int:
    """Put an edited codebook in the place of the project's, as one step; return how many annotations changed.

    ``moved`` says for each removed tag type that is used where its annotations go: another tag type's uid, or REMOVE.
    ``renamed_choices`` maps (attribute uid, old choice) to the new wording. Raises RuleError when the codebook is not
    sound, or a removed tag type is used and ``moved`` does not say where its annotations go.
    """
    wrong = problems(codebook)
    if wrong:
        raise RuleError(wrong[0])
    before = project.cache.codebook
    targets, renamed = dict(moved or {}), dict(renamed_choices or {})
    with project.edit(label) as edit:
        gone = [tag for tag in before.tag_types if tag.uid not in {t.uid for t in codebook.tag_types}]
        for tag in gone:
            _move(edit, project, codebook, tag, targets, renamed)
        _carry_values(edit, project, before, codebook, renamed)
        _drop_ruled_out_links(edit, project, before, codebook)
        _replace_records(edit, before, codebook)
        return len(edit.added(Annotation))


def reach(project: Project, codebook: Codebook) -> int:
    """Return how many records saving an edited codebook looks at, at most; each costs about as much as a change."""
    before = project.cache.codebook
    kept = {tag.uid for tag in codebook.tag_types}
    owners = {a.tag_type for a in _revalued(before, codebook)}
    looked_at = sum(uses(project, tag.uid) for tag in before.tag_types if tag.uid not in kept or tag.uid in owners)
    looked_at += project.read.count_articles() if None in owners else 0
    return looked_at + (project.read.count_links() if _ruled_out_roles(before, codebook) else 0)


def _move(
    edit: Edit,
    project: Project,
    codebook: Codebook,
    tag: TagType,
    targets: Mapping[str, str],
    renamed: Mapping[tuple[str, str], str],
) -> None:
    bearers = project.read.annotations_with_tag(tag.uid)
    if bearers and tag.uid not in targets:
        raise RuleError(f"{len(bearers)} annotations are tagged {tag.label}: say where they go first.")
    target = targets.get(tag.uid, REMOVE)
    for annotation in bearers:
        if target == REMOVE:
            tagging.remove_within(edit, project, annotation)
        else:
            values = _carried(project.cache.codebook, codebook, annotation, target, renamed)
            entity = project.cache.entities.get(annotation.entity or "")
            keeps = entity is not None and rules.keeps_entity(tag, codebook.tag(target), entity)
            kept = annotation.entity if keeps else None
            edit.replace(annotation, replace(annotation, tag_type=target, values=values, entity=kept, modified=now()))
    if bearers and target != REMOVE:
        _drop_broken_links(edit, project, codebook, bearers)


def _carried(
    before: Codebook, after: Codebook, annotation: Annotation, target: str, renamed: Mapping[tuple[str, str], str]
) -> Values:
    kept: dict[str, Value | None] = {}
    for uid, value in annotation.values:
        same = after.attribute_named(target, before.attribute(uid).name)
        if same is not None:
            # A choice may be renamed under the attribute it comes from or under the one it goes to.
            kept[same.uid] = _fitted(same, _reworded(_reworded(value, uid, renamed), same.uid, renamed))
    return from_mapping(kept)


def _drop_ruled_out_links(edit: Edit, project: Project, before: Codebook, after: Codebook) -> None:
    """Remove the links whose rule is there no longer: the codebook would not know what they mean."""
    roles = _ruled_out_roles(before, after)
    for link in (link for role in sorted(roles) for link in project.read.links_with_role(role)):
        if edit.get(Link, link.uid) is not None and not _allowed(edit, after, link):
            edit.remove(link)


def _ruled_out_roles(before: Codebook, after: Codebook) -> set[str]:
    kept = {(rule.role, rule.from_type, rule.to_type) for rule in after.link_rules}
    return {r.role for r in before.link_rules if (r.role, r.from_type, r.to_type) not in kept}


def _drop_broken_links(edit: Edit, project: Project, codebook: Codebook, bearers: list[Annotation]) -> None:
    seen: set[str] = set()
    for annotation in bearers:
        for link in project.read.links_at(annotation.uid):
            if link.uid not in seen and not _allowed(edit, codebook, link):
                seen.add(link.uid)
                edit.remove(link)


def _allowed(edit: Edit, codebook: Codebook, link: Link) -> bool:
    source, target = edit.get(Annotation, link.from_annotation), edit.get(Annotation, link.to_annotation)
    return (
        source is not None
        and target is not None
        and codebook.link_rule(link.role, source.tag_type, target.tag_type) is not None
    )


def _carry_values(
    edit: Edit, project: Project, before: Codebook, after: Codebook, renamed: Mapping[tuple[str, str], str]
) -> None:
    """Keep stored values true to attributes that went, changed kind or had choices renamed or removed."""
    known = {attribute.uid: attribute for attribute in after.attributes}
    touched = _revalued(before, after)
    for owner in {a.tag_type for a in touched}:
        uids = {a.uid for a in touched if a.tag_type == owner}
        records: list[Annotation | ArticleWork] = (
            list(project.read.all(ArticleWork)) if owner is None else list(project.read.annotations_with_tag(owner))
        )
        for stored in records:
            record = edit.get(type(stored), stored.uid)
            if record is None or not uids & {uid for uid, _ in record.values}:
                continue
            values = from_mapping({uid: _kept(known, uid, value, renamed) for uid, value in record.values})
            if values != record.values:
                edit.replace(record, replace(record, values=values))


def _revalued(before: Codebook, after: Codebook) -> list[Attribute]:
    """Return the attributes that went or may now have other values; what is only said of one touches no value."""
    known = {a.uid: (a.tag_type, a.kind, a.choices) for a in after.attributes}
    return [a for a in before.attributes if known.get(a.uid) != (a.tag_type, a.kind, a.choices)]


def _kept(
    known: Mapping[str, Attribute], uid: str, value: Value, renamed: Mapping[tuple[str, str], str]
) -> Value | None:
    attribute = known.get(uid)
    return None if attribute is None else _fitted(attribute, _reworded(value, uid, renamed))


def _reworded(value: Value, uid: str, renamed: Mapping[tuple[str, str], str]) -> Value:
    if isinstance(value, tuple):
        return tuple(renamed.get((uid, choice), choice) for choice in value)
    return renamed.get((uid, value), value) if isinstance(value, str) else value


def _fitted(attribute: Attribute, value: Value) -> Value | None:
    """Return the value as an attribute of another kind can keep it, or None where it cannot."""
    if attribute.kind is AttributeKind.SEVERAL and isinstance(value, str):
        value = (value,)
    elif attribute.kind is AttributeKind.TEXT:
        value = as_text(value)
    elif isinstance(value, tuple) and len(value) == 1:
        value = value[0]
    try:
        return rules.check_value(attribute, value)
    except RuleError:
        return None


def _replace_records(edit: Edit, before: Codebook, after: Codebook) -> None:
    old = {record.uid: record for record in before.records}
    new = {record.uid: record for record in after.records}
    for uid, record in old.items():
        if uid not in new:
            edit.remove(record)
    for uid, record in new.items():
        known: Record | None = old.get(uid)
        if known is None:
            edit.add(record)
        elif known != record:
            edit.replace(known, record)
