"""The articles of the list in their groups: by status, each in the list's order, found without searching."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

from annotator.model.article import Status
from annotator.project.listings import Listing
from annotator.project.ranking import RankedUids, marked_places

ORDER = (Status.TODO, Status.IN_PROGRESS, Status.DONE)


class Place(NamedTuple):
    """Where an article stands: its group and its number within it, from 0."""

    status: Status
    at: int


class Groups:
    """Places in the ranking by status. An article's rank is its number in it, whatever its group and the filter."""

    def __init__(self, listing: Listing | None = None) -> None:
        listing = listing or Listing()
        self._ranking = listing.ranking
        self._marks = {status: listing.marks(status) for status in ORDER}
        """The ranks of each group when the list was made: quick to count, and put in a row when one is looked at."""
        self._counts = {status: marks.count(1) for status, marks in self._marks.items()}
        self._ranks: dict[Status, array[int]] = {}
        self._now: dict[int, Status] = {}
        self._was = listing.status
        """Each rank's status when the list was made; those of articles that have moved since are in ``_now``."""

    def _group(self, status: Status) -> array[int]:
        if status not in self._ranks:
            self._ranks[status] = marked_places(self._marks[status])
        return self._ranks[status]

    def __len__(self) -> int:
        return sum(map(self.count, ORDER))

    def __contains__(self, uid: str) -> bool:
        return self.place(uid) is not None

    def count(self, status: Status) -> int:
        """Return how many articles a group has."""
        return self._counts[status]

    def uid(self, place: Place) -> str:
        """Return the article of a place, empty when the file holds it no longer."""
        return self._ranking.uid(self._group(place.status)[place.at])

    def some(self, place: Place, count: int) -> list[str]:
        """Return the uids of so many articles of a group from a place on."""
        return self._ranking.uids(self._group(place.status)[place.at : place.at + count])

    def status(self, uid: str) -> Status | None:
        """Return an article's status, or None when it is not in the list."""
        place = self.place(uid)
        return None if place is None else place.status

    def place(self, uid: str) -> Place | None:
        """Return where an article stands, or None when it is not in the list."""
        rank = self._ranking.place(uid)
        if rank is None:
            return None
        place = self._place(rank, self._status_of(rank))
        group = self._group(place.status)
        return place if place.at < len(group) and group[place.at] == rank else None

    def target(self, uid: str, status: Status) -> Place:
        """Return where an article of the list would stand in a group."""
        return self._place(self._rank(uid), status)

    def _status_of(self, rank: int) -> Status:
        return self._now.get(rank) or self._was(rank)

    def _place(self, rank: int, status: Status) -> Place:
        return Place(status, bisect_left(self._group(status), rank))

    def _rank(self, uid: str) -> int:
        """Return an article's rank; an unknown one ranks first."""
        rank = self._ranking.place(uid)
        return -1 if rank is None else rank

    def move(self, uid: str, status: Status) -> None:
        """Give an article of the list another status."""
        rank = self._rank(uid)
        before, after = self._place(rank, self._status_of(rank)), self._place(rank, status)
        del self._group(before.status)[before.at]
        self._group(after.status).insert(after.at, rank)
        self._counts[before.status] -= 1
        self._counts[after.status] += 1
        self._now[rank] = status

    def _after(self, rank: int) -> int | None:
        """Return the first rank behind another that is not done, or None."""
        found = [self._next_in(status, rank) for status in (Status.TODO, Status.IN_PROGRESS)]
        return min((one for one in found if one >= 0), default=None)

    def _next_in(self, status: Status, rank: int) -> int:
        """Return the first rank of a group behind another, -1 when there is none."""
        if status not in self._ranks:  # nobody has looked at the group, nor has it changed: its marks will do
            return self._marks[status].find(1, rank + 1)
        ranks = self._group(status)
        at = bisect_left(ranks, rank + 1)
        return ranks[at] if at < len(ranks) else -1

    def next_not_done(self, uid: str) -> str | None:
        """Return the next article in rank that is not done, from the first again behind the last, but not itself."""
        rank = self._rank(uid)
        found = self._after(rank)
        if found is None:
            found = self._after(-1)
        return None if found is None or found == rank else self._ranking.uid(found)

    def first(self, statuses: Iterable[Status]) -> str | None:
        """Return the first article of some groups, or None when they are empty."""
        return next((self.uid(Place(status, 0)) for status in statuses if self.count(status)), None)

    def in_display_order(self, statuses: Iterable[Status]) -> RankedUids:
        """Return the uids of some groups, group after group, as they are now."""
        places = array("q")
        for status in statuses:
            places.extend(self._group(status))
        return RankedUids(self._ranking, places)
