"""Which entities a search finds, and in what order a table shows them. Nothing here depends on Qt."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from annotator.exchange.gazetteer import fold
from annotator.model.entity import Entity, EntityKind
from annotator.model.values import as_text
from annotator.operations.entities import names_of

FEW = 8
"""With fewer literal hits than this, similar names are looked for too."""
_LEAST_LETTERS, _LEAST_SCORE, _SIMILAR = 4, 78.0, 40


class Column(IntEnum):
    """The columns of the table."""

    NAME = 0
    ALIASES = 1
    ROLE = 2
    AFFILIATION = 3
    PLACE = 4
    USES = 5


def place_text(entity: Entity) -> str:
    """Return where an entity lies: region and country, else its coordinates as given."""
    named = ", ".join(part for part in (entity.admin1, entity.country) if part)
    return named or coordinates_text(entity)


def coordinates_text(entity: Entity) -> str:
    """Return latitude and longitude as given, or nothing."""
    if entity.latitude is None or entity.longitude is None:
        return ""
    return f"{as_text(entity.latitude)}, {as_text(entity.longitude)}"


def cell_text(entity: Entity, column: Column, uses: int) -> str:
    """Return what a cell shows."""
    return {
        Column.NAME: entity.name, Column.ALIASES: "; ".join(entity.aliases), Column.ROLE: entity.role,
        Column.AFFILIATION: entity.affiliation, Column.PLACE: place_text(entity), Column.USES: f"{uses:,}",
    }[column]  # fmt: skip


@dataclass(frozen=True)
class Known:
    """An entity with its names as they are compared."""

    entity: Entity
    names: tuple[str, ...]
    all_names: str


class EntityIndex:
    """Remembers how names are compared, so that a search among very many answers while one types."""

    def __init__(self) -> None:
        self._known: dict[str, Known] = {}

    def found(self, entities: Collection[Entity], words: str, kinds: Collection[EntityKind] = ()) -> list[Entity]:
        """Return the entities of these kinds (none given: all) with every word in a name, then those named alike."""
        chosen = [entity for entity in entities if not kinds or entity.kind in kinds]
        wanted = fold(words)
        if not wanted:
            return chosen
        known = [self._compared(entity) for entity in chosen]
        parts = wanted.split()
        literal = [one.entity for one in known if all(part in one.all_names for part in parts)]
        if len(literal) < FEW and len(wanted) >= _LEAST_LETTERS:
            there = {entity.uid for entity in literal}
            literal += [entity for entity in _similar(wanted, known) if entity.uid not in there]
        return literal

    def _compared(self, entity: Entity) -> Known:
        one = self._known.get(entity.uid)
        if one is None or one.entity is not entity:
            names = tuple(fold(name) for name in names_of(entity))
            one = self._known[entity.uid] = Known(entity, names, "\n".join(names))
        return one


def _similar(wanted: str, known: Iterable[Known]) -> list[Entity]:
    from rapidfuzz import fuzz, process

    named = [(name, one.entity) for one in known for name in one.names]
    hits = process.extract(
        wanted, [name for name, _ in named], scorer=fuzz.WRatio, score_cutoff=_LEAST_SCORE, limit=_SIMILAR
    )
    return list({named[at][1].uid: named[at][1] for _, _, at in hits}.values())


def ordered(
    entities: Collection[Entity], uses: Mapping[str, int], column: Column, *, descending: bool = False
) -> list[Entity]:
    """Return the entities in the order of a column; what has nothing there comes last, names decide between equals."""
    by_name = sorted(entities, key=lambda entity: entity.name.casefold())
    key: Callable[[Entity], int | str]
    if column is Column.USES:
        return sorted(by_name, key=lambda entity: uses.get(entity.uid, 0), reverse=descending)
    key = lambda entity: cell_text(entity, column, 0).casefold()  # noqa: E731
    filled = [entity for entity in by_name if key(entity)]
    return sorted(filled, key=key, reverse=descending) + [entity for entity in by_name if not key(entity)]
