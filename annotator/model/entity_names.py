"""The names of very many entities, found by what somebody types while they type it."""

from __future__ import annotations

import re
from bisect import insort_right
from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from annotator.model.entity import Entity, EntityKind

_BLANK = re.compile(r"\s")
_AT_ONCE = 4096
"""So many lines are put in order in two milliseconds."""
Named = tuple[str, Entity]
"""A name in lower case, and whose it is."""


class _Line(NamedTuple):
    order: str  # the entity's own name in lower case, also where this is an alias
    words: str  # a line break before all of them, a blank before each
    named: Named


_order = itemgetter(0)  # ``order`` of a line; a function of ours would take twice as long for 50,000


class EntityNames:
    """All names and aliases, in lower case. What is searched for is given so too (``str.casefold``), stripped.

    Everything is found in the order of the entities' names, those of the same name in the order of their adding: who
    wants the first few may stop after them, and that is what makes the first letter as quick as the others.
    """

    def __init__(self, entities: Iterable[Entity] = ()) -> None:
        self._named: list[Named] = []
        self._lines: list[_Line] = []
        self._words: list[str] = []
        self._by_name: dict[str, list[Named]] = {}
        self._of_kinds: dict[frozenset[EntityKind], tuple[list[str], list[Entity]]] = {}
        self.learn(entities)
        self.arrange()

    def learn(self, entities: Iterable[Entity]) -> None:
        """Take in entities, which are found once everything has been arranged: so many can come a part at a time."""
        for entity in entities:
            self._lines += self._learn(entity)

    def arrange(self) -> None:
        """Put into order what was learnt."""
        for _ in self.arranging():
            pass

    def arranging(self) -> Iterator[None]:
        """Do the same in steps of some milliseconds; nothing may be changed in between."""
        runs = []
        for part in _parts(self._lines):
            runs.append(sorted(part, key=_order))
            yield
        while len(runs) > 1:
            pairs, runs = [runs[at : at + 2] for at in range(0, len(runs), 2)], []
            for pair in pairs:
                # Of two runs behind each other Python's sort makes one as it goes through them.
                runs.append(sorted(chain(*pair), key=_order))
                yield
        lines, words = runs[0] if runs else [], list[str]()
        for part in _parts(lines):
            words += [line.words for line in part]
            yield
        self._lines, self._words = lines, words
        self._of_kinds.clear()

    def __len__(self) -> int:
        return len(self._named)

    @property
    def named(self) -> list[Named]:
        """All names, in the order of the entities' adding; not to be changed."""
        return self._named

    def of_kinds(self, kinds: Collection[EntityKind]) -> tuple[list[str], list[Entity]]:
        """Return the names of entities of these kinds (none given: all), and whose they are; not to be changed."""
        key = frozenset(kinds)
        if key not in self._of_kinds:
            chosen = [pair for pair in self._named if not key or pair[1].kind in key]
            self._of_kinds[key] = [name for name, _ in chosen], [entity for _, entity in chosen]
        return self._of_kinds[key]

    def put(self, uid: str, entity: Entity | None) -> None:
        """Keep in step with a change: what is put stands behind all others, None takes an entity out."""
        before = {name for name, known in self._named if known.uid == uid}
        if before:
            for name in before:
                self._by_name[name] = [named for named in self._by_name[name] if named[1].uid != uid]
            self._named = [named for named in self._named if named[1].uid != uid]
            self._lines = [line for line in self._lines if line.named[1].uid != uid]
        for line in self._learn(entity) if entity is not None else ():
            insort_right(self._lines, line, key=_order)
        self._words = [line.words for line in self._lines]
        self._of_kinds.clear()

    def _learn(self, entity: Entity) -> list[_Line]:
        """Note an entity's names; return their lines."""
        order, made = entity.name.casefold(), []
        for name in (entity.name, *entity.aliases):
            named = (name.casefold(), entity)
            self._named.append(named)
            self._by_name.setdefault(named[0], []).append(named)
            made.append(_Line(order, f"\n {_line(named[0])}", named))
        return made

    def equal(self, words: str) -> Iterator[Named]:
        """Yield the names that are the words."""
        yield from self._by_name.get(words, ())

    def beginning(self, words: str) -> Iterator[Named]:
        """Yield the names that begin with the words."""
        return self._holding(f"\n {_line(words)}")

    def with_words(self, words: str) -> Iterator[Named]:
        """Yield the names in which a word begins with the first of the words; the other words are not looked at."""
        first = _first(words)
        return self._holding(f" {first}") if first else iter(())

    def holding(self, words: str) -> Iterator[Named]:
        """Yield the names that hold the words."""
        return self._holding(_line(words))

    def within(self, words: str) -> Iterator[Named]:
        """Yield the names that are some of the words in a row."""
        parts = words.split(" ")
        runs = {" ".join(parts[low:high]) for low in range(len(parts)) for high in range(low + 1, len(parts) + 1)}
        for run in sorted(runs):
            yield from self._by_name.get(run, ())

    def _holding(self, part: str) -> Iterator[Named]:
        # As a list: Python goes through one of these in a quarter of the time that a generator takes.
        found = [at for at, words in enumerate(self._words) if part in words]
        return (self._lines[at].named for at in found)


def _parts(lines: list[_Line]) -> Iterator[list[_Line]]:
    return (lines[at : at + _AT_ONCE] for at in range(0, len(lines), _AT_ONCE))


def _line(words: str) -> str:
    return _BLANK.sub(" ", words)


def _first(words: str) -> str:
    return next(iter(words.split()), "")
