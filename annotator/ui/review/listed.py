"""The differences that a filter lets through, found by their keys without a search: there may be thousands."""

from __future__ import annotations

from annotator.analysis.comparison import DifferenceKind
from annotator.ui.review.items import Compared, Item, Key

Cell = tuple[str | None, str | None]
"""Tag type uids of the first and the second set; None where one has no counterpart."""


class Listed:
    """The list that one comparison and one filter make; another of either makes another list."""

    def __init__(
        self,
        found: Compared | None = None,
        kinds: frozenset[DifferenceKind] = frozenset(),
        tag_types: frozenset[str] = frozenset(),
        cell: Cell | None = None,
    ) -> None:
        self._found, self._filter = found, (kinds, tag_types, cell)
        items = found.items if found is not None else ()
        narrows = bool(kinds or tag_types or cell is not None)
        self.items = tuple(filter(self._lets_through, items)) if narrows else items
        self._places = {item.key: place for place, item in enumerate(self.items)}

    def is_of(
        self, found: Compared, kinds: frozenset[DifferenceKind], tag_types: frozenset[str], cell: Cell | None
    ) -> bool:
        """Tell whether this is the list of just this comparison (the object, not its equal) and filter."""
        return self._found is found and self._filter == (kinds, tag_types, cell)

    def place(self, key: Key) -> int:
        """Return where a difference stands, or -1."""
        return self._places.get(key, -1)

    def item(self, key: Key) -> Item | None:
        """Return the difference of a key, or None when it is not listed."""
        place = self._places.get(key)
        return self.items[place] if place is not None else None

    def _lets_through(self, item: Item) -> bool:
        kinds, tag_types, cell = self._filter
        if kinds and item.difference.kind not in kinds:
            return False
        if cell is not None and item.tags != cell:
            return False
        return not tag_types or any(one.tag_type in tag_types for one in item.sides)
