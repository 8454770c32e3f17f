"""The codebook: tag types, attributes and link rules, with what a project owner may edit."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property

from msgspec import Struct


class Unit(StrEnum):
    """What a tag key takes at the caret when nothing is selected."""

    QUOTATION = "quotation"
    SENTENCE = "sentence"
    NAME = "name"
    WORD = "word"


class Part(StrEnum):
    """What a tag type is in the structure of a report: this, never the name, decides the program's behaviour."""

    SPEAKER = "speaker"
    QUOTE = "quote"
    CUE = "cue"
    LOCATION = "location"
    CLAIM = "claim"
    OTHER = "other"


class AttributeKind(StrEnum):
    """What values an attribute takes."""

    ONE = "one"
    SEVERAL = "several"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes_no"


class TagType(Struct, frozen=True):
    """One kind of annotation. ``name`` is what exports write (``speaker``), ``label`` what the window shows.

    ``key`` is a digit ``1`` to ``9`` or empty. ``colour`` is ``#rrggbb`` as on the light theme.
    ``auxiliary`` types serve links and are not counted as a topic.
    """

    uid: str
    name: str
    label: str
    colour: str
    key: str = ""
    part: Part = Part.OTHER
    unit: Unit = Unit.WORD
    auxiliary: bool = False
    definition: str = ""
    examples: tuple[str, ...] = ()
    position: int = 0


class Attribute(Struct, frozen=True):
    """A question asked of every annotation of one tag type, or of every article when ``tag_type`` is None."""

    uid: str
    tag_type: str | None
    name: str
    label: str
    kind: AttributeKind
    choices: tuple[str, ...] = ()
    default: str = ""
    mandatory: bool = False
    definition: str = ""
    position: int = 0


class LinkRule(Struct, frozen=True):
    """Which tag types a role may link, from and to; ``at_most`` 0 means any number; ``acyclic`` forbids circles."""

    uid: str
    role: str
    label: str
    from_type: str
    to_type: str
    at_most: int = 0
    acyclic: bool = False
    position: int = 0


class Codebook(Struct, frozen=True, dict=True):
    """Everything in the codebook, in its own order, with the look-ups that the program needs."""

    tag_types: tuple[TagType, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    link_rules: tuple[LinkRule, ...] = ()

    @cached_property
    def _types(self) -> dict[str, TagType]:
        return {tag.uid: tag for tag in self.tag_types}

    @cached_property
    def _attributes(self) -> dict[str, Attribute]:
        return {attribute.uid: attribute for attribute in self.attributes}

    @cached_property
    def _attributes_of(self) -> dict[str | None, tuple[Attribute, ...]]:
        found: dict[str | None, list[Attribute]] = {}
        for attribute in self.attributes:
            found.setdefault(attribute.tag_type, []).append(attribute)
        return {tag_type: tuple(attributes) for tag_type, attributes in found.items()}

    @property
    def records(self) -> tuple[TagType | Attribute | LinkRule, ...]:
        """Everything in the codebook: tag types, then attributes, then link rules."""
        return (*self.tag_types, *self.attributes, *self.link_rules)

    def tag(self, uid: str) -> TagType:
        """Return the tag type; raises KeyError when it is not in the codebook."""
        return self._types[uid]

    def tag_named(self, name: str) -> TagType | None:
        """Return the tag type of that name, or None."""
        return next((tag for tag in self.tag_types if tag.name == name), None)

    def tag_keyed(self, key: str) -> TagType | None:
        """Return the tag type with that digit key, or None."""
        return next((tag for tag in self.tag_types if tag.key and tag.key == key), None)

    def tag_of_part(self, part: Part) -> TagType | None:
        """Return the first tag type that plays that part, or None."""
        return next((tag for tag in self.tag_types if tag.part is part), None)

    def attribute(self, uid: str) -> Attribute:
        """Return the attribute; raises KeyError when it is not in the codebook."""
        return self._attributes[uid]

    def attributes_of(self, tag_type: str | None) -> tuple[Attribute, ...]:
        """Return the attributes of a tag type, or of articles when tag_type is None, in order."""
        return self._attributes_of.get(tag_type, ())

    def attribute_named(self, tag_type: str | None, name: str) -> Attribute | None:
        """Return a tag type's attribute of that name, or None."""
        return next((a for a in self.attributes if a.tag_type == tag_type and a.name == name), None)

    def link_rule(self, role: str, from_type: str, to_type: str) -> LinkRule | None:
        """Return the rule that allows such a link, or None when it is not allowed."""
        wanted = (role, from_type, to_type)
        return next((r for r in self.link_rules if (r.role, r.from_type, r.to_type) == wanted), None)

    def rules_from(self, tag_type: str) -> tuple[LinkRule, ...]:
        """Return the rules of links that start at a tag type, in order."""
        return tuple(rule for rule in self.link_rules if rule.from_type == tag_type)
