"""A codebook file taken into a project that has a codebook already. Nothing here depends on Qt."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from msgspec.structs import replace

from annotator.base.uuid7 import uuid7
from annotator.model.codebook import Attribute, Codebook, LinkRule


def joined(known: Codebook, file: Codebook, used: Collection[str | None]) -> Codebook:
    """Return the file's codebook with the uids of what the project knows already, and what of the project is in use."""
    names = {tag.name: tag.uid for tag in known.tag_types}
    uids = {tag.uid for tag in known.tag_types}
    # A name stands for a tag type of the project unless the file has that one under its uid.
    for tag in file.tag_types:
        names = {name: uid for name, uid in names.items() if uid != tag.uid}
    at: dict[str | None, str | None] = {None: None}
    at.update({tag.uid: tag.uid if tag.uid in uids else names.get(tag.name, tag.uid) for tag in file.tag_types})
    tags = [replace(tag, uid=str(at[tag.uid])) for tag in file.tag_types]
    present = {tag.uid for tag in tags}
    keys = {tag.key for tag in tags}
    kept = [tag for tag in known.tag_types if tag.uid in used and tag.uid not in present]
    tags += [replace(tag, key="" if tag.key in keys else tag.key) for tag in kept]
    there = {one.uid for one in file.attributes}
    attributes = [_same_attribute(known, replace(one, tag_type=at[one.tag_type]), there) for one in file.attributes]
    met = {(one.tag_type, one.name) for one in attributes} | {one.uid for one in attributes}
    attributes += [
        one for one in known.attributes
        if one.tag_type in used and one.uid not in met and (one.tag_type, one.name) not in met
    ]  # fmt: skip
    return Codebook(tuple(tags), tuple(attributes), _joined_rules(known, file, at, {tag.uid for tag in tags}))


def _same_attribute(known: Codebook, one: Attribute, there: Collection[str]) -> Attribute:
    same = known.attribute_named(one.tag_type, one.name)
    if same is None or same.uid in there or any(other.uid == one.uid for other in known.attributes):
        return one
    return replace(one, uid=same.uid)


def _joined_rules(
    known: Codebook, file: Codebook, at: Mapping[str | None, str | None], tags: Collection[str]
) -> tuple[LinkRule, ...]:
    uids = {(rule.role, rule.from_type, rule.to_type): rule.uid for rule in known.link_rules}
    rules: dict[tuple[str, str, str], LinkRule] = {}
    for rule in file.link_rules:
        ends = (rule.role, str(at[rule.from_type]), str(at[rule.to_type]))
        rules[ends] = replace(rule, uid=uids.get(ends, rule.uid), from_type=ends[1], to_type=ends[2])
    taken = {rule.uid for rule in rules.values()}
    for rule in known.link_rules:
        ends = (rule.role, rule.from_type, rule.to_type)
        if ends not in rules and {rule.from_type, rule.to_type} <= set(tags):
            rules[ends] = replace(rule, uid=uuid7()) if rule.uid in taken else rule
    return tuple(rules.values())
