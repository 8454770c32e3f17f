"""The project's entities, read one by one as long as nobody asks for all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from annotator.model.entity import Entity
from annotator.storage.reader import Reader

if TYPE_CHECKING:
    from _collections_abc import dict_items, dict_values

_STEP = 500
"""How many are read in one step: a few milliseconds."""


class KnownEntities(Mapping[str, Entity]):
    """By uid, in the order of their adding.

    An article bears a few; reading 50,000 before the first paint would take a third of a second.
    """

    def __init__(self, read: Reader) -> None:
        self._read = read
        self._all: dict[str, Entity] | None = None
        self._some: dict[str, Entity | None] = {}
        self.moves = 0
        """How often an entity has changed: as long as it stays the same, so do they."""

    def put(self, uid: str, entity: Entity | None) -> None:
        """Keep in step with a change: None takes an entity out."""
        self.moves += 1
        self._some.pop(uid, None)
        if self._all is None:
            return
        self._all.pop(uid, None)
        if entity is not None:
            self._all[uid] = entity

    def _loaded(self) -> dict[str, Entity]:
        if self._all is None:
            self._all = self._read.entities()
            self._some.clear()
        return self._all

    def in_steps(self) -> Iterator[Sequence[Entity]]:
        """Yield all entities, some hundred at a time; once through they are kept.

        Where one is changed in between, whoever goes on after that gets what was, and nothing is kept.
        """
        if self._all is not None:
            known = tuple(self._all.values())
            yield from (known[start : start + _STEP] for start in range(0, len(known), _STEP))
            return
        found: dict[str, Entity] = {}
        seen = self.moves
        last = ""
        while part := self._read.entities_after(last, _STEP):
            found.update((entity.uid, entity) for entity in part)
            last = part[-1].uid
            yield part
        if self._all is None and self.moves == seen:
            self._all = found
            self._some.clear()

    def __getitem__(self, uid: str) -> Entity:
        if self._all is not None:
            return self._all[uid]
        if uid not in self._some:
            self._some[uid] = self._read.get(Entity, uid) if uid else None
        found = self._some[uid]
        if found is None:
            raise KeyError(uid)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._loaded())

    def values(self) -> dict_values[str, Entity]:
        """Return all entities."""
        return self._loaded().values()

    def items(self) -> dict_items[str, Entity]:
        """Return all of them with their uids."""
        return self._loaded().items()

    def __len__(self) -> int:
        return len(self._loaded())
