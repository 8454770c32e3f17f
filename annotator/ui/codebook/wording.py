"""How the codebook's own words are said to people: parts, units, kinds of attribute, kinds of entity, troubles."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from annotator.model.codebook import AttributeKind, Part, Unit
from annotator.model.entity import EntityKind
from annotator.ui.codebook.draft import Trouble


def _tr(text: str) -> str:
    return QCoreApplication.translate("codebook", text)


def annotation_count(count: int) -> str:
    """Return how many annotations, in words."""
    return _tr("1 annotation") if count == 1 else _tr("{0} annotations").format(f"{count:,}")


def part_label(part: Part) -> str:
    """Return what a part is called."""
    return {
        Part.SPEAKER: _tr("Speaker"), Part.QUOTE: _tr("Quote"), Part.CUE: _tr("Cue"),
        Part.LOCATION: _tr("Location"), Part.CLAIM: _tr("Claim"), Part.OTHER: _tr("Something else"),
    }[part]  # fmt: skip


def part_explained(part: Part) -> str:
    """Return in a sentence what the program does with a tag type of that part."""
    return {
        Part.SPEAKER: _tr("Who says something. Bears a person or body; quotes and claims are linked to it."),
        Part.QUOTE: _tr("What is said. The program proposes who says it, and tells when nobody is named."),
        Part.CUE: _tr("The words that attribute, such as “said”. They help to find who says a quote."),
        Part.LOCATION: _tr("Where something is. Bears a place with coordinates, found in the gazetteer."),
        Part.CLAIM: _tr("What could be checked. The program proposes the claimant from the quote around it."),
        Part.OTHER: _tr("Plain tagging: no person, no place, nothing proposed."),
    }[part]


def unit_label(unit: Unit) -> str:
    """Return what a key takes at the caret."""
    return {
        Unit.QUOTATION: _tr("the quotation, with its marks"), Unit.SENTENCE: _tr("the sentence"),
        Unit.NAME: _tr("the name with its title"), Unit.WORD: _tr("the word"),
    }[unit]  # fmt: skip


def kind_label(kind: AttributeKind) -> str:
    """Return what a kind of attribute is called."""
    return {
        AttributeKind.ONE: _tr("one of several choices"), AttributeKind.SEVERAL: _tr("any of several choices"),
        AttributeKind.TEXT: _tr("text"), AttributeKind.NUMBER: _tr("number"), AttributeKind.DATE: _tr("date"),
        AttributeKind.YES_NO: _tr("yes or no"),
    }[kind]  # fmt: skip


def trouble_told(trouble: Trouble, name: str) -> str:
    """Return one line that says what to mend."""
    return {
        Trouble.LABEL_MISSING: _tr("“{0}” needs a label."), Trouble.CHOICE_TWICE: _tr("“{0}” has a choice twice."),
        Trouble.CHOICE_MISSING: _tr("“{0}” has a choice without words."),
        Trouble.ROLE_MISSING: _tr("A link from “{0}” needs a label and an export name."),
        Trouble.LINK_TWICE: _tr("The link “{0}” is there twice between the same tag types."),
    }[trouble].format(name)  # fmt: skip


def entity_kind_label(kind: EntityKind) -> str:
    """Return what a kind of entity is called."""
    return {
        EntityKind.NAMED_PERSON: _tr("Person"), EntityKind.ANONYMOUS_PERSON: _tr("Unnamed person"),
        EntityKind.COLLECTIVE: _tr("Group"), EntityKind.ORGANISATION: _tr("Organisation"),
        EntityKind.DOCUMENT: _tr("Document"), EntityKind.UNKNOWN: _tr("Unknown"), EntityKind.PLACE: _tr("Place"),
    }[kind]  # fmt: skip


def entity_icon(kind: EntityKind) -> str:
    """Return the name of the icon of a kind of entity."""
    return {
        EntityKind.NAMED_PERSON: "person", EntityKind.ANONYMOUS_PERSON: "person", EntityKind.COLLECTIVE: "entity",
        EntityKind.ORGANISATION: "organisation", EntityKind.DOCUMENT: "document", EntityKind.UNKNOWN: "help",
        EntityKind.PLACE: "place",
    }[kind]  # fmt: skip
