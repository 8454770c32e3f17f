"""People, organisations and places that annotations refer to, shared by the whole project."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class EntityKind(StrEnum):
    """What an entity is; ``place`` is for locations, the others for sources."""

    NAMED_PERSON = "named_person"
    ANONYMOUS_PERSON = "anonymous_person"
    COLLECTIVE = "collective"
    ORGANISATION = "organisation"
    DOCUMENT = "document"
    UNKNOWN = "unknown"
    PLACE = "place"


SOURCE_KINDS = tuple(kind for kind in EntityKind if kind is not EntityKind.PLACE)


class Entity(Struct, frozen=True, gc=False):
    """One person, body or place. Coordinates are WGS 84 degrees, both or neither, as given, never rounded.

    An id without coordinates and coordinates without an id are both legal.
    ``gazetteer`` is ``geonames``, ``wikidata``, ``manual`` or empty.
    """

    uid: str
    kind: EntityKind
    name: str
    aliases: tuple[str, ...] = ()
    role: str = ""
    affiliation: str = ""
    wikidata: str = ""
    note: str = ""
    latitude: float | None = None
    longitude: float | None = None
    gazetteer: str = ""
    gazetteer_id: str = ""
    country: str = ""
    admin1: str = ""
    feature_class: str = ""
    given: bool = False
