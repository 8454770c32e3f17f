"""Which entities a search finds, and in what order a table shows them. Nothing here depends on Qt."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from enum import IntEnum

from msgspec import Struct

from annotator.exchange.gazetteer import fold
from annotator.model.entity import Entity, EntityKind
from annotator.model.values import as_text
from annotator.operations.entities import names_of

FEW = 8
"""With fewer literal hits than this, similar names are looked for too."""
_LEAST_LETTERS, _LEAST_SCORE, _SIMILAR, _MANY = 4, 78.0, 40, 10_000


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


_TEXTS: dict[Column, Callable[[Entity], str]] = {
    Column.NAME: lambda entity: entity.name,
    Column.ALIASES: lambda entity: "; ".join(entity.aliases),
    Column.ROLE: lambda entity: entity.role,
    Column.AFFILIATION: lambda entity: entity.affiliation,
    Column.PLACE: place_text,
}


def cell_text(entity: Entity, column: Column, uses: int) -> str:
    """Return what a cell shows."""
    return f"{uses:,}" if column is Column.USES else _TEXTS[column](entity)


def compared(name: str) -> str:
    """Return a name as gazetteer.fold() would, in a tenth of the time for the many that are plain ASCII."""
    if not name.isascii():
        return fold(name)
    return " ".join(name.lower().translate(_ASCII).split())


_ASCII = str.maketrans({"'": None, "`": None, ".": None, "-": " "})


class Known(Struct, frozen=True):
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
        wanted = compared(words)
        if not wanted:
            return chosen
        known = [self._compared(entity) for entity in chosen]
        parts = wanted.split()
        literal = [one.entity for one in known if all(part in one.all_names for part in parts)]
        if len(literal) < FEW and len(wanted) >= _LEAST_LETTERS:
            there = {entity.uid for entity in literal}
            literal += [entity for entity in _similar(wanted, known) if entity.uid not in there]
        return literal

    def learn(self, entities: Iterable[Entity]) -> None:
        """Note how the names of some entities are compared, so that the first search need not."""
        for entity in entities:
            self._compared(entity)

    def _compared(self, entity: Entity) -> Known:
        one = self._known.get(entity.uid)
        if one is None or one.entity is not entity:
            names = tuple(compared(name) for name in names_of(entity))
            one = self._known[entity.uid] = Known(entity, names, "\n".join(names))
        return one


def _similar(wanted: str, known: Iterable[Known]) -> list[Entity]:
    from rapidfuzz import fuzz, process

    named = [(name, one.entity) for one in known for name in one.names]
    # The better scorer takes 8 µs a name: among very many, while one types, whole names are compared.
    scorer = fuzz.WRatio if len(named) <= _MANY else fuzz.ratio
    hits = process.extract(
        wanted, [name for name, _ in named], scorer=scorer, score_cutoff=_LEAST_SCORE, limit=_SIMILAR
    )
    return list({named[at][1].uid: named[at][1] for _, _, at in hits}.values())


def ordered(
    entities: Collection[Entity], uses: Mapping[str, int], column: Column, *, descending: bool = False
) -> list[Entity]:
    """Return the entities in the order of a column; what has nothing there comes last, names decide between equals."""
    by_name = sorted(entities, key=lambda entity: entity.name.casefold(), reverse=descending and column is Column.NAME)
    if column is Column.NAME:
        return by_name
    if column is Column.USES:
        return sorted(by_name, key=lambda entity: uses.get(entity.uid, 0), reverse=descending)
    text = _TEXTS[column]
    keyed = [(text(entity).casefold(), entity) for entity in by_name]
    filled = sorted((pair for pair in keyed if pair[0]), key=lambda pair: pair[0], reverse=descending)
    return [entity for _, entity in filled] + [entity for key, entity in keyed if not key]
