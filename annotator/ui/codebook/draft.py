"""The codebook while it is edited: pure steps from one draft to the next, and all that saving needs to know.

Nothing here depends on Qt. A draft never changes; every step returns another, so that the editor's undo is the drafts
before.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any, Self, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from annotator.model.codebook import Attribute, AttributeKind, Codebook, LinkRule, Part, TagType
from annotator.operations.codebook import REMOVE, problems
from annotator.ui.codebook.joining import joined
from annotator.ui.codebook.naming import LEAST_DIFFERENCE, apart, export_name, new_colour

R = TypeVar("R", TagType, Attribute, LinkRule)
CHOOSING = (AttributeKind.ONE, AttributeKind.SEVERAL)
_KEYS = "123456789"


class Trouble(StrEnum):
    """What keeps a draft from being saved, besides what the rules of codebooks name."""

    LABEL_MISSING = "label_missing"
    CHOICE_TWICE = "choice_twice"
    CHOICE_MISSING = "choice_missing"
    ROLE_MISSING = "role_missing"
    LINK_TWICE = "link_twice"


class Draft(Struct, frozen=True):
    """``before`` is the project's codebook, ``codebook`` what it is to become.

    In ``codebook`` an attribute keeps its choices while another kind is tried; ``result`` is what is saved.
    ``moved`` and ``renamed`` are what ``operations.codebook.save`` takes by these names.
    """

    before: Codebook
    codebook: Codebook
    moved: Mapping[str, str] = field(default_factory=dict)
    renamed: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def of(cls, codebook: Codebook) -> Self:
        """Begin with a codebook as it is."""
        return cls(codebook, codebook)

    # -- what it comes to ---------------------------------------------------------------------------------

    @property
    def result(self) -> Codebook:
        """The codebook to save: numbered in its order, choices only where there is something to choose."""
        tags = tuple(replace(tag, position=at) for at, tag in enumerate(self.codebook.tag_types))
        attributes = tuple(
            replace(one, position=at, choices=one.choices if one.kind in CHOOSING else ())
            for at, one in enumerate(self.codebook.attributes)
        )
        rules = tuple(replace(rule, position=at) for at, rule in enumerate(self.codebook.link_rules))
        return Codebook(tags, attributes, rules)

    @property
    def changed(self) -> bool:
        """Whether saving would change anything."""
        return self.result != Draft.of(self.before).result

    def problems(self) -> list[str]:
        """List, one line each, what the rules of codebooks forbid."""
        return problems(self.result)

    def troubles(self) -> list[tuple[Trouble, str]]:
        """List what else keeps the draft from being saved, each with the label or role it concerns."""
        labels = [(tag.label, tag.name) for tag in self.codebook.tag_types]
        labels += [(one.label, one.name) for one in self.codebook.attributes]
        found = [(Trouble.LABEL_MISSING, name) for label, name in labels if not label.strip()]
        for one in self.result.attributes:
            if len(set(one.choices)) < len(one.choices):
                found.append((Trouble.CHOICE_TWICE, one.label))
            if not all(choice.strip() for choice in one.choices):
                found.append((Trouble.CHOICE_MISSING, one.label))
        met: set[tuple[str, str, str]] = set()
        for rule in self.codebook.link_rules:
            if not rule.role.strip() or not rule.label.strip():
                found.append((Trouble.ROLE_MISSING, self.codebook.tag(rule.from_type).label))
            if (rule.role, rule.from_type, rule.to_type) in met:
                found.append((Trouble.LINK_TWICE, rule.label))
            met.add((rule.role, rule.from_type, rule.to_type))
        return found

    def is_new(self, record: TagType | Attribute | LinkRule) -> bool:
        """Tell whether the project does not have this record yet."""
        return all(record.uid != known.uid for known in self.before.records)

    def name_before(self, record: TagType | Attribute) -> str:
        """Return the export name that the project has for it, or nothing for a new one."""
        names = {tag.uid: tag.name for tag in self.before.tag_types}
        names.update({one.uid: one.name for one in self.before.attributes})
        return names.get(record.uid, "")

    def homes(self, uid: str) -> tuple[str, ...]:
        """Return the tag types of the project whose annotations will bear this one."""
        own = (uid,) if any(tag.uid == uid for tag in self.before.tag_types) else ()
        return (*own, *(source for source, target in self.moved.items() if target == uid))

    def key_taken_by(self, uid: str, key: str) -> TagType | None:
        """Return the other tag type that has this key, or None."""
        return next((tag for tag in self.codebook.tag_types if key and tag.key == key and tag.uid != uid), None)

    def alike(self, uid: str) -> tuple[TagType, ...]:
        """Return the tag types whose colour is too like this one's for some eyes."""
        colour = self.codebook.tag(uid).colour
        others = (tag for tag in self.codebook.tag_types if tag.uid != uid)
        return tuple(tag for tag in others if apart(colour, tag.colour) < LEAST_DIFFERENCE)

    # -- tag types ----------------------------------------------------------------------------------------

    def add_tag(self, uid: str, label: str) -> Draft:
        """Add a tag type at the end, with the first free key and a colour apart from the others."""
        known = self.codebook.tag_types
        name = export_name(label, [tag.name for tag in known])
        key = next((key for key in _KEYS if all(tag.key != key for tag in known)), "")
        tag = TagType(uid, name, label, new_colour(tag.colour for tag in known), key, Part.OTHER)
        return self._with(tag_types=(*known, tag))

    def edit_tag(self, uid: str, **fields: Any) -> Draft:
        """Change fields of a tag type."""
        return self._with(tag_types=_edited(self.codebook.tag_types, uid, fields))

    def label_tag(self, uid: str, label: str) -> Draft:
        """Change a label; the export name of a new tag type follows as long as it was made of the label."""
        tag = self.codebook.tag(uid)
        taken = [other.name for other in self.codebook.tag_types if other.uid != uid]
        return self.edit_tag(uid, label=label, name=self._following(tag, label, taken, "tag"))

    def move_tag(self, uid: str, to: int) -> Draft:
        """Put a tag type in another place of the order."""
        return self._with(tag_types=_placed(self.codebook.tag_types, uid, to))

    def remove_tag(self, uid: str, target: str = REMOVE, *, take_over: bool = False) -> Draft:
        """Remove a tag type; its annotations go to ``target``, or for good with REMOVE.

        With ``take_over`` the target gets the attributes and links that it has none of that name for.
        """
        attributes, rules = self.codebook.attributes, self.codebook.link_rules
        if take_over and target != REMOVE:
            attributes = _taken_attributes(self.codebook, uid, target)
            rules = _taken_rules(self.codebook, uid, target)
        moved = {source: target if to == uid else to for source, to in self.moved.items()}
        if any(tag.uid == uid for tag in self.before.tag_types):
            moved[uid] = target
        codebook = Codebook(
            tuple(tag for tag in self.codebook.tag_types if tag.uid != uid),
            tuple(one for one in attributes if one.tag_type != uid),
            tuple(rule for rule in rules if uid not in (rule.from_type, rule.to_type)),
        )
        return replace(self, codebook=codebook, moved=moved)

    # -- attributes ---------------------------------------------------------------------------------------

    def add_attribute(self, uid: str, owner: str | None, label: str) -> Draft:
        """Add a text attribute to a tag type, or to articles for None."""
        taken = [one.name for one in self.codebook.attributes_of(owner)]
        made = Attribute(uid, owner, export_name(label, taken, "attribute"), label, AttributeKind.TEXT)
        return self._with(attributes=(*self.codebook.attributes, made))

    def edit_attribute(self, uid: str, **fields: Any) -> Draft:
        """Change fields of an attribute; a default that the new kind cannot have goes."""
        if "kind" in fields and fields["kind"] is not self.codebook.attribute(uid).kind:
            fields = {"default": "", **fields}
        return self._with(attributes=_edited(self.codebook.attributes, uid, fields))

    def label_attribute(self, uid: str, label: str) -> Draft:
        """Change a label; the export name of a new attribute follows as long as it was made of the label."""
        one = self.codebook.attribute(uid)
        taken = [other.name for other in self.codebook.attributes_of(one.tag_type) if other.uid != uid]
        return self.edit_attribute(uid, label=label, name=self._following(one, label, taken, "attribute"))

    def move_attribute(self, uid: str, to: int) -> Draft:
        """Put an attribute in another place among those of the same owner."""
        owner = self.codebook.attribute(uid).tag_type
        order = iter(_placed(self.codebook.attributes_of(owner), uid, to))
        placed = tuple(next(order) if one.tag_type == owner else one for one in self.codebook.attributes)
        return self._with(attributes=placed)

    def remove_attribute(self, uid: str) -> Draft:
        """Remove an attribute; the values that are stored go with it when the draft is saved."""
        return self._with(attributes=tuple(one for one in self.codebook.attributes if one.uid != uid))

    # -- choices ------------------------------------------------------------------------------------------

    def add_choice(self, uid: str, choice: str) -> Draft:
        """Add a choice at the end; the same wording is not added twice."""
        one, choice = self.codebook.attribute(uid), choice.strip()
        if not choice or choice in one.choices:
            return self
        return self.edit_attribute(uid, choices=(*one.choices, choice))

    def rename_choice(self, uid: str, old: str, new: str) -> Draft:
        """Reword a choice; values that are stored follow. A wording that is there already is refused."""
        one, new = self.codebook.attribute(uid), new.strip()
        if not new or new in one.choices or old not in one.choices:
            return self
        choices = tuple(new if choice == old else choice for choice in one.choices)
        draft = self.edit_attribute(uid, choices=choices, default=_reworded(one, old, new))
        renamed = dict(self.renamed)
        stored = self._stored(uid, old)
        if stored:
            renamed.pop((uid, stored), None)
            if stored != new:
                renamed[uid, stored] = new
        return replace(draft, renamed=renamed)

    def _stored(self, uid: str, choice: str) -> str:
        """Return the wording that a choice has in the file, or nothing for one that the file does not know."""
        for (attribute, stored), wording in self.renamed.items():
            if attribute == uid and wording == choice:
                return stored
        known = next((one.choices for one in self.before.attributes if one.uid == uid), ())
        return choice if choice in known and (uid, choice) not in self.renamed else ""

    def move_choice(self, uid: str, choice: str, to: int) -> Draft:
        """Put a choice in another place of the order."""
        one = self.codebook.attribute(uid)
        rest = [other for other in one.choices if other != choice]
        rest.insert(max(to, 0), choice)
        return self.edit_attribute(uid, choices=tuple(rest))

    def remove_choice(self, uid: str, choice: str) -> Draft:
        """Remove a choice; values that are stored lose it when the draft is saved."""
        one = self.codebook.attribute(uid)
        kept = tuple(other for other in one.choices if other != choice)
        draft = self.edit_attribute(uid, choices=kept, default=_reworded(one, choice, ""))
        renamed = {at: new for at, new in self.renamed.items() if not (at[0] == uid and new == choice)}
        return replace(draft, renamed=renamed)

    # -- links --------------------------------------------------------------------------------------------

    def add_rule(self, uid: str, from_type: str, to_type: str, label: str) -> Draft:
        """Let annotations of one tag type be linked to those of another, any number of times."""
        taken = [rule.role for rule in self.codebook.rules_from(from_type)]
        made = LinkRule(uid, export_name(label, taken, "link"), label, from_type, to_type)
        return self._with(link_rules=(*self.codebook.link_rules, made))

    def edit_rule(self, uid: str, **fields: Any) -> Draft:
        """Change fields of a link rule."""
        return self._with(link_rules=_edited(self.codebook.link_rules, uid, fields))

    def label_rule(self, uid: str, label: str) -> Draft:
        """Change a label; the role of a new rule follows as long as it was made of the label."""
        rule = next(rule for rule in self.codebook.link_rules if rule.uid == uid)
        taken = [other.role for other in self.codebook.rules_from(rule.from_type) if other.uid != uid]
        follows = self.is_new(rule) and rule.role == export_name(rule.label, taken, "link")
        role = export_name(label, taken, "link") if follows else rule.role
        return self.edit_rule(uid, label=label, role=role)

    def remove_rule(self, uid: str) -> Draft:
        """Forbid a link."""
        return self._with(link_rules=tuple(rule for rule in self.codebook.link_rules if rule.uid != uid))

    # -- a codebook file ----------------------------------------------------------------------------------

    def imported(self, file: Codebook, used: Collection[str | None]) -> Draft:
        """Take a codebook file: what has the same uid or name is the same, what is in use stays, the rest goes.

        ``used`` are the tag types with annotations, and None when article-level attributes have values.
        """
        return replace(self, codebook=joined(self.codebook, file, used))

    # -- inside -------------------------------------------------------------------------------------------

    def _with(self, **parts: Any) -> Draft:
        known = self.codebook
        codebook = Codebook(
            parts.get("tag_types", known.tag_types),
            parts.get("attributes", known.attributes),
            parts.get("link_rules", known.link_rules),
        )
        return replace(self, codebook=codebook)

    def _following(self, record: TagType | Attribute, label: str, taken: list[str], otherwise: str) -> str:
        follows = self.is_new(record) and record.name == export_name(record.label, taken, otherwise)
        return export_name(label, taken, otherwise) if follows else record.name


def _edited(records: tuple[R, ...], uid: str, fields: Mapping[str, Any]) -> tuple[R, ...]:
    return tuple(replace(one, **fields) if one.uid == uid else one for one in records)


def _placed(records: tuple[R, ...], uid: str, to: int) -> tuple[R, ...]:
    rest = [one for one in records if one.uid != uid]
    rest.insert(max(to, 0), next(one for one in records if one.uid == uid))
    return tuple(rest)


def _reworded(attribute: Attribute, old: str, new: str) -> str:
    """Return the default with one choice in other words, or without it."""
    if attribute.kind is not AttributeKind.SEVERAL:
        return new if attribute.default == old else attribute.default
    parts = [part.strip() for part in attribute.default.split(";") if part.strip()]
    return "; ".join(filter(None, (new if part == old else part for part in parts)))


def _taken_attributes(codebook: Codebook, uid: str, target: str) -> tuple[Attribute, ...]:
    there = {one.name for one in codebook.attributes_of(target)}
    return tuple(
        replace(one, tag_type=target) if one.tag_type == uid and one.name not in there else one
        for one in codebook.attributes
    )


def _taken_rules(codebook: Codebook, uid: str, target: str) -> tuple[LinkRule, ...]:
    there = {(rule.role, rule.from_type, rule.to_type) for rule in codebook.link_rules}
    taken: list[LinkRule] = []
    for rule in codebook.link_rules:
        ends = [target if end == uid else end for end in (rule.from_type, rule.to_type)]
        if uid in (rule.from_type, rule.to_type) and (rule.role, *ends) not in there:
            there.add((rule.role, ends[0], ends[1]))
            taken.append(replace(rule, from_type=ends[0], to_type=ends[1]))
        else:
            taken.append(rule)
    return tuple(taken)
