"""The names of very many entities, found by what somebody types while they type it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from itertools import accumulate

from annotator.model.entity import Entity

_BLANK = re.compile(r"\s")
Named = tuple[str, Entity]
"""A name in lower case, and whose it is."""


class EntityNames:
    """All names and aliases in one long string, a line each, in which Python's own search is quick.

    What is searched for is given in lower case (``str.casefold``). Everything is found in the entities' order.
    """

    def __init__(self, entities: Iterable[Entity]) -> None:
        named = ((name, entity) for entity in entities for name in (entity.name, *entity.aliases))
        self.named: list[Named] = [(name.casefold(), entity) for name, entity in named]
        lines = [_line(name) for name, _ in self.named]
        self._text = "\n" + "\n".join(lines) + "\n"
        self._starts = list(accumulate((len(line) + 1 for line in lines), initial=1))
        self._at: dict[str, list[int]] = {}
        for at, (name, _) in enumerate(self.named):
            self._at.setdefault(name, []).append(at)

    def __len__(self) -> int:
        return len(self.named)

    def beginning(self, words: str) -> Iterator[Named]:
        """Yield the names that begin with the words."""
        return self._found([f"\n{_line(words)}"], after=1)

    def with_words(self, words: str) -> Iterator[Named]:
        """Yield the names in which a word begins with the first of the words; the other words are not looked at."""
        first = _first(words)
        return self._found([f"\n{first}", f" {first}"], after=1) if first else iter(())

    def holding(self, words: str) -> Iterator[Named]:
        """Yield the names that hold the words, and those that are some of the words in a row."""
        yield from self._found([_line(words)], after=0)
        parts = words.split(" ")
        runs = {" ".join(parts[low:high]) for low in range(len(parts)) for high in range(low + 1, len(parts) + 1)}
        for at in sorted(at for run in runs for at in self._at.get(run, ())):
            yield self.named[at]

    def _found(self, needles: Collection[str], after: int) -> Iterator[Named]:
        """Yield each name that a needle is found in; ``after`` letters of the needle it begins."""
        found: set[int] = set()
        for needle in needles:
            place = self._text.find(needle)
            while place >= 0:
                # A needle's line break stands before the name that it is about.
                line = bisect_right(self._starts, place + after) - 1
                found.add(line)
                place = self._text.find(needle, max(self._starts[line + 1] - 1, place + 1))
        return (self.named[line] for line in sorted(found) if 0 <= line < len(self.named))


def _line(words: str) -> str:
    return _BLANK.sub(" ", words)


def _first(words: str) -> str:
    return next(iter(words.split()), "")
