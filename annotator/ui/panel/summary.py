"""What a row, a chip or a choice says of an annotation: its words in one line, and a few words more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QCoreApplication

from annotator.model.annotation import Annotation
from annotator.model.codebook import AttributeKind, Codebook, Part
from annotator.model.entity import Entity, EntityKind
from annotator.model.rules import Lack, ToCheck
from annotator.model.values import as_text

_CONTEXT = "summary"
_SILENT = frozenset({"yes", "no", "unsure", "other"})
_FEW = 2


def one_line(text: str) -> str:
    """Return the text with every run of white space, line breaks among them, as one space."""
    return " ".join(text.split())


def readable(choice: str) -> str:
    """Return a choice as the window shows it: ``mostly_true`` is "mostly true"."""
    return choice.replace("_", " ")


def detail(annotation: Annotation, codebook: Codebook, entities: Mapping[str, Entity], *, by_name: bool = False) -> str:
    """Return what stands dimmed behind the words: the entity's name, its coordinates, the values chosen.

    ``by_name`` says that the entity's name stands there already; then the words follow.
    """
    entity = entities.get(annotation.entity or "")
    words = one_line(annotation.text)
    parts: list[str] = []
    if entity is not None and entity.name.casefold() != words.casefold():
        parts.append(words if by_name else entity.name)
    if entity is not None and entity.latitude is not None:
        parts.append(coordinates(entity))
    if entity is None or codebook.tag(annotation.tag_type).part in (Part.QUOTE, Part.CLAIM):
        parts += _values(annotation, codebook)
    return " · ".join(parts)


def _values(annotation: Annotation, codebook: Codebook) -> list[str]:
    """Return the first choices that are not the default and speak for themselves: not "yes", not "other"."""
    given = dict(annotation.values)
    found = [
        readable(as_text(given[attribute.uid]))
        for attribute in codebook.attributes_of(annotation.tag_type)
        if attribute.kind is AttributeKind.ONE and given.get(attribute.uid, attribute.default) != attribute.default
    ]
    return [value for value in found if value not in _SILENT][:_FEW]


def coordinates(entity: Entity) -> str:
    """Return latitude and longitude as given, or nothing."""
    if entity.latitude is None or entity.longitude is None:
        return ""
    return f"{as_text(entity.latitude)}, {as_text(entity.longitude)}"


def entity_detail(entity: Entity) -> str:
    """Return what tells an entity from its namesakes: role and affiliation, or where a place lies."""
    if entity.kind is EntityKind.PLACE:
        return ", ".join(filter(None, (entity.admin1, entity.country, coordinates(entity))))
    return ", ".join(filter(None, (entity.role, entity.affiliation)))


def entity_icon(entity: Entity) -> str:
    """Return the name of the icon of an entity's kind."""
    icons = {EntityKind.PLACE: "place", EntityKind.ORGANISATION: "organisation", EntityKind.DOCUMENT: "document"}
    return icons.get(entity.kind, "person")


def reasons(checks: Iterable[ToCheck], codebook: Codebook) -> str:
    """Return in words what an annotation lacks."""
    return " ".join(_reason(check, codebook) for check in checks)


def _reason(check: ToCheck, codebook: Codebook) -> str:
    translate = QCoreApplication.translate
    if check.lack is Lack.MANDATORY:
        return translate(_CONTEXT, "“{attribute}” is not set.").format(
            attribute=codebook.attribute(check.attribute).label
        )
    return {
        Lack.SPEAKER: translate(_CONTEXT, "No speaker is named."),
        Lack.CLAIMANT: translate(_CONTEXT, "Nobody is named who claims it."),
        Lack.MARKS: translate(_CONTEXT, "A direct quote without quotation marks."),
        Lack.COORDINATES: translate(_CONTEXT, "A place without coordinates."),
    }[check.lack]
