"""Entities: find, make, rename, merge and place them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from heapq import nsmallest
from itertools import islice

from msgspec.structs import replace

from annotator.base.clock import now
from annotator.base.errors import RuleError
from annotator.base.uuid7 import uuid7
from annotator.model.annotation import Annotation
from annotator.model.entity import Entity, EntityKind
from annotator.model.entity_names import EntityNames, Named
from annotator.operations import tagging
from annotator.project.edit import Edit
from annotator.project.project import Project

_LOCATION = ("latitude", "longitude", "gazetteer", "gazetteer_id", "country", "admin1", "feature_class")
_LEAST = 60.0
"""Lowest rapidfuzz score (0 to 100) at which a name is still proposed."""
_MANY, _LEAST_LETTERS = 10_000, 4
"""Among more names than this only words of so many letters are looked for in similar ones."""


def names_of(entity: Entity) -> tuple[str, ...]:
    """Return the entity's name and aliases."""
    return (entity.name, *entity.aliases)


def candidates(
    project: Project, words: str, kinds: Collection[EntityKind] = (), limit: int = 12
) -> list[tuple[Entity, float]]:
    """Return the entities that words may mean with their scores (0 to 100), best first.

    A name that holds every word typed comes before one that is only similar, so "Peskov" finds "Dmitry Peskov".
    Without words, the most recently made come first.
    """
    wanted = words.strip().casefold()
    if not wanted:
        newest = (e for e in reversed(project.cache.entities.values()) if not kinds or e.kind in kinds)
        return [(entity, 100.0) for entity in islice(newest, limit)]
    names, best = project.cache.names, _Best(wanted, kinds, limit)
    # What a later search finds scores lower than all that an earlier one does, but for the last two, which score alike.
    best.take(names.equal(wanted))
    best.take(names.beginning(wanted), enough=95.0)
    if len(best.found) < limit:
        best.take(names.with_words(wanted), enough=90.0)
    if len(best.found) < limit:
        best.take(names.holding(wanted), enough=80.0)
        best.take(names.within(wanted))
    if len(best.found) < limit:
        for entity, score in _similar(wanted, names, kinds, limit * 2):
            best.found.setdefault(entity.uid, (entity, min(score, 79.0)))
    return nsmallest(limit, best.found.values(), key=lambda pair: (-pair[1], pair[0].name.casefold()))


class _Best:
    """The entities found so far with their scores, by uid."""

    def __init__(self, wanted: str, kinds: Collection[EntityKind], limit: int) -> None:
        self._wanted, self._kinds, self._limit = wanted, kinds, limit
        self.found: dict[str, tuple[Entity, float]] = {}

    def take(self, names: Iterable[Named], *, enough: float | None = None) -> None:
        """Take in names; with a score that is ``enough`` they come in the order of their entities' names.

        Behind as many new ones of that score as are wanted the others of a search have no chance: none scores higher,
        and those that score alike stand further down.
        """
        left = self._limit
        for name, entity in names:
            if self._kinds and entity.kind not in self._kinds:
                continue
            score = _contained(self._wanted, name)
            known = self.found.get(entity.uid)
            if score > (known[1] if known is not None else 0.0):
                self.found[entity.uid] = (entity, score)
                left -= score == enough and known is None
                if not left:
                    return


def _similar(
    wanted: str, names: EntityNames, kinds: Collection[EntityKind], limit: int
) -> Iterator[tuple[Entity, float]]:
    """Yield entities of these kinds (none given: all) with a name that is only similar, best first."""
    from rapidfuzz import fuzz, process

    many = len(names) > _MANY
    if many and len(wanted) < _LEAST_LETTERS:
        return
    known, bearers = names.of_kinds(kinds)
    # The better scorer takes 8 µs a name: among very many, while one types, whole names are compared.
    scorer = fuzz.ratio if many else fuzz.WRatio
    found = process.extract(wanted, known, scorer=scorer, limit=limit, score_cutoff=_LEAST)
    for _, score, at in found:
        yield bearers[at], score


def _contained(wanted: str, name: str) -> float:
    """Score a literal match: equal 100, begins 95, every word begins a word of the name 90, contained 80, else 0."""
    if wanted == name:
        return 100.0
    if name.startswith(wanted):
        return 95.0
    words = name.split()
    if all(any(word.startswith(part) for word in words) for part in wanted.split()):
        return 90.0
    # The other way round: the mention says more than the name ("Kremlin spokesman Dmitry Peskov").
    if wanted in name or (len(name) > 3 and f" {name} " in f" {wanted} "):
        return 80.0
    return 0.0


def create(project: Project, name: str, kind: EntityKind) -> Entity:
    """Add an entity; raises RuleError when it has no name."""
    with project.edit("Add entity") as edit:
        return create_within(edit, name, kind)


def create_within(edit: Edit, name: str, kind: EntityKind) -> Entity:
    """Do what create() does within an edit that does more."""
    if not name.strip():
        raise RuleError("An entity needs a name.")
    entity = Entity(uuid7(), kind, " ".join(name.split()))
    edit.add(entity)
    return entity


def ensure_within(edit: Edit, project: Project, name: str, kind: EntityKind) -> Entity:
    """Return the entity that a name certainly means, else a new one.

    Certain is: the same name or alias, or a surname that exactly one person of the project bears.
    """
    wanted = name.casefold()
    people = [e for e in project.cache.entities.values() if (e.kind is EntityKind.PLACE) == (kind is EntityKind.PLACE)]
    for entity in people:
        if any(known.casefold() == wanted for known in names_of(entity)):
            return entity
    if len(name.split()) == 1:
        bearers = [e for e in people if wanted in e.name.casefold().split()[-1:]]
        if len(bearers) == 1:
            return bearers[0]
    return create_within(edit, name, kind)


def create_for(project: Project, annotation: Annotation, name: str, kind: EntityKind) -> Entity:
    """Add an entity and let an annotation refer to it, as one step."""
    tagging.require_own(project, annotation)
    with project.edit("Add entity") as edit:
        entity = create_within(edit, name, kind)
        edit.replace(annotation, replace(annotation, entity=entity.uid, modified=now()))
    return entity


def put_for(project: Project, annotation: Annotation, entity: Entity) -> Entity:
    """Let an annotation refer to a ready entity (a place of the gazetteer), added unless the project has it.

    A place with the same gazetteer id is the same place.
    """
    tagging.require_own(project, annotation)
    known = next(
        (
            e
            for e in project.cache.entities.values()
            if entity.gazetteer_id and (e.gazetteer, e.gazetteer_id) == (entity.gazetteer, entity.gazetteer_id)
        ),
        None,
    )
    with project.edit("Set place") as edit:
        if known is None:
            edit.add(entity)
        edit.replace(annotation, replace(annotation, entity=(known or entity).uid, modified=now()))
    return known or entity


def update(project: Project, before: Entity, after: Entity, *, label: str = "", merge_key: str = "") -> None:
    """Change what is known of an entity. Raises RuleError for an empty name or impossible coordinates."""
    if not after.name.strip():
        raise RuleError("An entity needs a name.")
    check_coordinates(after.latitude, after.longitude)
    if before != after:
        renamed = "Rename entity" if before.name != after.name else "Edit entity"
        with project.edit(label or renamed, merge_key=merge_key) as edit:
            edit.replace(before, after)


def namesake(project: Project, entity: Entity) -> Entity | None:
    """Return another entity of the same name, a place for a place and somebody or something else for the others."""
    place = entity.kind is EntityKind.PLACE
    wanted = entity.name.casefold()
    return next(
        (
            other
            for other in project.cache.entities.values()
            if other.uid != entity.uid and (other.kind is EntityKind.PLACE) is place and other.name.casefold() == wanted
        ),
        None,
    )


def rename(project: Project, entity: Entity, name: str) -> None:
    """Give an entity another name; the old one stays as an alias."""
    aliases = tuple(dict.fromkeys((*entity.aliases, entity.name)))
    update(project, entity, replace(entity, name=name, aliases=tuple(a for a in aliases if a != name)))


def give(project: Project, chosen: Iterable[Entity], *, given: bool) -> None:
    """Mark entities as given to colleagues, or take the mark away, as one step: a blind file holds only given ones."""
    with project.edit("Mark as given" if given else "Mark as not given") as edit:
        for entity in chosen:
            if entity.given is not given:
                edit.replace(entity, replace(entity, given=given))


def check_coordinates(latitude: float | None, longitude: float | None) -> None:
    """Raise RuleError unless both are None or both are WGS 84 degrees."""
    if (latitude is None) != (longitude is None):
        raise RuleError("A place needs both latitude and longitude, or neither.")
    if latitude is None or longitude is None:
        return
    if not -90 <= latitude <= 90:
        raise RuleError(f"A latitude lies between -90 and 90 degrees, not {latitude}.")
    if not -180 <= longitude <= 180:
        raise RuleError(f"A longitude lies between -180 and 180 degrees, not {longitude}.")


def take_place(project: Project, entity: Entity, place: Entity) -> None:
    """Give an entity the coordinates and gazetteer id of a place; its own name stays, the place's becomes an alias.

    What is known of it besides (role, note, Wikidata id …) stays too.
    """
    aliases = dict.fromkeys((*entity.aliases, place.name))
    aliases.pop(entity.name, None)
    located = {field: getattr(place, field) for field in _LOCATION}
    after = replace(entity, kind=place.kind, aliases=tuple(aliases), **located)
    update(project, entity, after, label="Set place")


def merge(project: Project, keep: Entity, gone: Iterable[Entity]) -> Entity:
    """Make several entities one: every annotation refers to ``keep``, every name stays as an alias. One step."""
    others = [entity for entity in gone if entity.uid != keep.uid]
    names = dict.fromkeys((*keep.aliases, *(name for entity in others for name in names_of(entity))))
    names.pop(keep.name, None)
    merged = replace(keep, aliases=tuple(names), **_filled(keep, others))
    with project.edit("Merge entities") as edit:
        edit.replace(keep, merged)
        for entity in others:
            for annotation in project.read.annotations_of_entity(entity.uid):
                edit.replace(annotation, replace(annotation, entity=keep.uid, modified=now()))
            edit.remove(entity)
    return merged


def _filled(keep: Entity, others: list[Entity]) -> dict[str, object]:
    """Take over what the kept one does not know yet."""
    filled: dict[str, object] = {}
    for field in ("role", "affiliation", "wikidata", "note"):
        filled[field] = getattr(keep, field) or next((getattr(e, field) for e in others if getattr(e, field)), "")
    if keep.latitude is None and not keep.gazetteer_id:
        placed = next((e for e in others if e.latitude is not None or e.gazetteer_id), None)
        if placed is not None:
            for field in _LOCATION:
                filled[field] = getattr(placed, field)
    return filled


def remove(project: Project, *doomed: Entity) -> int:
    """Remove entities as one step; annotations that bear them stay without one. Returns how many these were."""
    bearers = [annotation for entity in doomed for annotation in project.read.annotations_of_entity(entity.uid)]
    with project.edit("Remove entity" if len(doomed) == 1 else f"Remove {len(doomed)} entities") as edit:
        for annotation in bearers:
            edit.replace(annotation, replace(annotation, entity=None, modified=now()))
        for entity in doomed:
            edit.remove(entity)
    return len(bearers)
