"""Which articles a list shows: the whole order is kept, so that a search only has to pick from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from annotator.model.article import ArticleWork, Status
from annotator.model.changes import Change, Kind
from annotator.model.content import ArticleFilter, Order
from annotator.project.ranking import Ranking
from annotator.storage.reader import Reader


@dataclass(frozen=True)
class Listing:
    """Articles in order, by their places in the ranking of all.

    ``begun`` holds the annotator's own statuses by row number, of those that are no longer to do; it may know of more
    articles than are listed, and is not to be changed.
    """

    ranking: Ranking = field(default_factory=Ranking)
    places: Sequence[int] = ()
    begun: Mapping[int, Status] = field(default_factory=dict)

    @property
    def uids(self) -> list[str]:
        """The listed articles, looked up."""
        return self.ranking.uids(self.places)

    def status(self, place: int) -> Status:
        """Return the annotator's own status of the article at a place."""
        return self.begun.get(self.ranking.row(place), Status.TODO)


class Listings:
    """Keeps one order and one annotator's statuses at a time, in step with each commit.

    Sorting 100,000 articles takes a tenth of a second and more, picking from an order takes as long as its picks.
    """

    def __init__(self, read: Reader) -> None:
        self._read = read
        self._key: tuple[Order, bool] | None = None
        self._ranking = Ranking()
        self._annotator: str | None = None
        self._begun: dict[int, Status] = {}

    def clear(self) -> None:
        """Forget everything; it is read anew when asked for."""
        self._key = self._annotator = None

    def take_in(self, changes: Iterable[Change]) -> None:
        """Keep in step with what was committed."""
        for change in changes:
            if change.kind is Kind.ARTICLE:
                self._key = None
                if change.after is None or change.before is None:
                    self._annotator = None  # row numbers are given anew
            elif change.kind is Kind.ARTICLE_WORK and self._annotator is not None:
                self._follow(change)

    def _follow(self, change: Change) -> None:
        for work in (change.before, change.after):
            if isinstance(work, ArticleWork) and work.annotator == self._annotator:
                row = self._read.article_row(work.article)
                if row is not None:
                    self._begun.pop(row, None)
                    if work is change.after and work.status is not Status.TODO:
                        self._begun[row] = work.status

    def count(self) -> int:
        """Return how many articles there are."""
        return self._read.count_articles() if self._key is None else len(self._ranking)

    def count_done(self, annotator: str) -> int:
        """Return how many articles an annotator has marked done."""
        self._work_as(annotator)
        return sum(status is Status.DONE for status in self._begun.values())

    def _work_as(self, annotator: str) -> None:
        if annotator != self._annotator:
            self._begun, self._annotator = self._read.begun(annotator), annotator

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
        if self._key != (order, descending):
            self._ranking = Ranking(self._read, self._read.ordered(order, descending=descending))
            self._key = order, descending
        self._work_as(annotator)
        if not chosen.narrows:
            return Listing(self._ranking, range(len(self._ranking)), self._begun)
        passing = self._read.passing(annotator, chosen) if rows is None else rows
        return Listing(self._ranking, self._ranking.places(passing), self._begun)
