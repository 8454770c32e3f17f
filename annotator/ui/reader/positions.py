"""UTF-16 code units ↔ code points: the only place of the program's own texts that converts."""

from __future__ import annotations

import re
from bisect import bisect_left

from annotator.model.span import Span

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Positions:
    """Maps places of one text; the characters outside the basic plane are found once and then looked up.

    *Positions* count code points as everywhere in the program, *units* count UTF-16 as Qt does.
    """

    def __init__(self, text: str) -> None:
        # Most texts have none, which their length in UTF-16 tells in a fifth of the time.
        plain = 2 * len(text) == len(text.encode("utf-16-le", "surrogatepass"))
        self._astral = [] if plain else [match.start() for match in _ASTRAL.finditer(text)]
        self._astral_units = [position + before for before, position in enumerate(self._astral)]
        self.length = len(text)
        """Length of the text in code points."""
        self.units = self.length + len(self._astral)
        """Length of the text in UTF-16 code units."""

    def to_units(self, position: int) -> int:
        """Return the code unit at which a code point begins; positions outside the text go to its ends."""
        position = min(max(position, 0), self.length)
        return position + bisect_left(self._astral, position)

    def from_units(self, unit: int) -> int:
        """Return the code point that a unit belongs to: inside a surrogate pair the pair's own position."""
        unit = min(max(unit, 0), self.units)
        return unit - bisect_left(self._astral_units, unit)

    def units_of(self, span: Span) -> tuple[int, int]:
        """Return a span's half-open range in code units."""
        return self.to_units(span.start), self.to_units(span.stop)

    def span_of(self, start: int, stop: int) -> Span | None:
        """Return the span of a half-open range in code units given in either order; None when it is empty."""
        low, high = sorted((self.from_units(start), self.from_units(stop)))
        return Span(low, high) if low < high else None
