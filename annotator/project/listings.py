"""Which articles a list shows: the whole order is kept, so that a search only has to pick from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from annotator.model.article import ArticleWork, Status
from annotator.model.changes import Change, Kind
from annotator.model.content import ArticleFilter, Order
from annotator.storage.reader import Reader


@dataclass(frozen=True)
class Listing:
    """Articles in order. ``statuses`` are the annotator's own, TODO where none is; ``rank`` is the place in the order.

    Both may know of more articles than are listed, and are not to be changed.
    """

    uids: Sequence[str] = ()
    statuses: Mapping[str, Status] = field(default_factory=dict)
    rank: Mapping[str, int] = field(default_factory=dict)


class Listings:
    """Keeps one order and one annotator's statuses at a time, in step with each commit.

    Sorting 100,000 articles takes a tenth of a second and more, picking from an order takes as long as its picks.
    """

    def __init__(self, read: Reader) -> None:
        self._read = read
        self._key: tuple[Order, bool] | None = None
        self._uids: list[str] = []
        self._places: dict[int, int] = {}
        self._rank: dict[str, int] = {}
        self._annotator: str | None = None
        self._statuses: dict[str, Status] = {}

    def clear(self) -> None:
        """Forget everything; it is read anew when asked for."""
        self._key = self._annotator = None

    def take_in(self, changes: Iterable[Change]) -> None:
        """Keep in step with what was committed."""
        for change in changes:
            if change.kind is Kind.ARTICLE:
                self._key = None
            elif change.kind is Kind.ARTICLE_WORK:
                self._follow(change)

    def _follow(self, change: Change) -> None:
        for work in (change.before, change.after):
            if isinstance(work, ArticleWork) and work.annotator == self._annotator:
                self._statuses.pop(work.article, None)
        after = change.after
        if isinstance(after, ArticleWork) and after.annotator == self._annotator and after.status is not Status.TODO:
            self._statuses[after.article] = after.status

    def listing(
        self,
        annotator: str,
        chosen: ArticleFilter,
        order: Order = Order.IMPORTED,
        *,
        descending: bool = False,
        rows: Iterable[int] | None = None,
    ) -> Listing:
        """Return the articles that pass the filter, in order; ``rows`` are those that pass, where they are known."""
        self._sort(order, descending)
        self._work_as(annotator)
        if not chosen.narrows:
            return Listing(self._uids, self._statuses, self._rank)
        known = self._places_of_rows(order, descending)
        passing = self._read.passing(annotator, chosen) if rows is None else rows
        places = sorted(known[row] for row in passing if row in known)
        return Listing([self._uids[place] for place in places], self._statuses, self._rank)

    def count_done(self, annotator: str) -> int:
        """Return how many articles an annotator has marked done."""
        self._work_as(annotator)
        return sum(status is Status.DONE for status in self._statuses.values())

    def _work_as(self, annotator: str) -> None:
        if annotator != self._annotator:
            self._statuses, self._annotator = self._read.begun(annotator), annotator

    def _places_of_rows(self, order: Order, descending: bool) -> dict[int, int]:
        """Return the place in the order by row number: read when somebody filters first, not before the first paint."""
        if not self._places:
            rows = self._read.ordered_rows(order, descending=descending)
            if len(rows) != len(self._uids):  # another program was at the file, which will be told soon
                self._key = None
                self._sort(order, descending)
            self._places = {row: place for place, row in enumerate(rows[: len(self._uids)])}
        return self._places

    def _sort(self, order: Order, descending: bool) -> None:
        if self._key == (order, descending):
            return
        self._uids, self._places = self._read.ordered(order, descending=descending), {}
        self._rank = {uid: place for place, uid in enumerate(self._uids)}
        self._key = order, descending
