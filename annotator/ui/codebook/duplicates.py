"""Entities that may be one and the same: proposals, never more than that. Nothing here depends on Qt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator

from msgspec import Struct

from annotator.model.entity import Entity, EntityKind
from annotator.operations.entities import names_of
from annotator.ui.codebook.entity_index import compared

LEAST = 90.0
"""The rapidfuzz ratio (0 to 100) from which two names are alike."""
_CROWD = 24
"""A word that more entities of one kind bear than this (a common surname) says nothing."""
_BEARERS = 3
"""A single word is taken for a short form only when no more longer names hold it than this."""


class Pair(Struct, frozen=True):
    """Two entities that may be the same, the fuller name second."""

    short: Entity
    full: Entity

    @property
    def uids(self) -> frozenset[str]:
        """Both uids."""
        return frozenset((self.short.uid, self.full.uid))


def likely(entities: Collection[Entity], limit: int = 50, stopped: Callable[[], bool] = lambda: False) -> list[Pair]:
    """Return up to ``limit`` pairs of one kind of which one name holds the other, or whose names are nearly the same.

    Entities that are known to differ (by Wikidata, gazetteer id or coordinates) are no pair.
    """
    by_kind: dict[EntityKind, list[Entity]] = defaultdict(list)
    for entity in entities:
        by_kind[entity.kind].append(entity)
    found: dict[frozenset[str], Pair] = {}
    for group in by_kind.values():
        for pair in _within(group):
            if stopped():
                return []
            found.setdefault(pair.uids, pair)
            if len(found) >= limit:
                return list(found.values())
    return list(found.values())


def _within(group: list[Entity]) -> Iterator[Pair]:
    names = [[compared(name) for name in names_of(entity)] for entity in group]
    words = [frozenset(folded[0].split()) for folded in names]
    bearers: dict[str, list[int]] = defaultdict(list)
    beginnings: dict[str, list[int]] = defaultdict(list)
    for at, folded in enumerate(names):
        for word in set(" ".join(folded).split()):
            bearers[word].append(at)
        beginnings[folded[0][:4]].append(at)
    for at, entity in enumerate(group):
        yield from _contained(at, entity, group, words, bearers)
        yield from _alike(at, entity, group, names, (*(bearers[w] for w in words[at]), beginnings[names[at][0][:4]]))


def _contained(
    at: int, entity: Entity, group: list[Entity], words: list[frozenset[str]], bearers: dict[str, list[int]]
) -> Iterator[Pair]:
    if not words[at] or all(len(word) < 3 for word in words[at]):
        return
    rarest = min((bearers[word] for word in words[at]), key=len)
    if len(rarest) > _CROWD:
        return
    longer = [other for other in rarest if other != at and words[at] < words[other]]
    if len(longer) <= _BEARERS:
        yield from (Pair(entity, group[other]) for other in longer if not _differ(entity, group[other]))


def _alike(
    at: int, entity: Entity, group: list[Entity], names: list[list[str]], blocks: tuple[list[int], ...]
) -> Iterator[Pair]:
    from rapidfuzz import fuzz

    near = {other for block in blocks if len(block) <= _CROWD for other in block if other > at}
    for other in sorted(near):
        best = max(fuzz.ratio(first, second) for first in names[at] for second in names[other])
        if best >= LEAST and not _differ(entity, group[other]):
            pair = sorted((entity, group[other]), key=lambda one: len(one.name))
            yield Pair(pair[0], pair[1])


def _differ(first: Entity, second: Entity) -> bool:
    """Tell whether two entities are known to be two."""
    for field in ("wikidata", "gazetteer_id"):
        mine, other = getattr(first, field), getattr(second, field)
        if mine and other and mine != other:
            return True
    if first.latitude is None or second.latitude is None:
        return False
    return (first.latitude, first.longitude) != (second.latitude, second.longitude)
