"""The articles of the list in their groups: uids by status, each in the list's order, found without searching."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from annotator.model.article import Status
from annotator.project.listings import Listing

ORDER = (Status.TODO, Status.IN_PROGRESS, Status.DONE)


class Place(NamedTuple):
    """Where an article stands: its group and its number within it, from 0."""

    status: Status
    at: int


class Groups:
    """Uids by status. An article's rank is its number in the whole order, whatever its group and the filter."""

    def __init__(self, listing: Listing | None = None) -> None:
        listing = listing or Listing()
        self._rank = listing.rank
        self._status = dict(listing.statuses)  # moved on by itself, after the list has been told
        self._uids: dict[Status, list[str]] = {status: [] for status in ORDER}
        if not self._status:
            self._uids[Status.TODO] = list(listing.uids)
            return
        known, groups = self._status.get, self._uids
        for uid in listing.uids:
            groups[known(uid, Status.TODO)].append(uid)

    def __len__(self) -> int:
        return sum(map(len, self._uids.values()))

    def __contains__(self, uid: str) -> bool:
        return self.place(uid) is not None

    def of(self, status: Status) -> list[str]:
        """Return a group's uids; not to be changed."""
        return self._uids[status]

    def status(self, uid: str) -> Status | None:
        """Return an article's status, or None when it is not in the list."""
        place = self.place(uid)
        return None if place is None else place.status

    def place(self, uid: str) -> Place | None:
        """Return where an article stands, or None when it is not in the list."""
        if uid not in self._rank:
            return None
        place = self.target(uid, self._status.get(uid, Status.TODO))
        group = self._uids[place.status]
        return place if place.at < len(group) and group[place.at] == uid else None

    def target(self, uid: str, status: Status) -> Place:
        """Return where an article of the list would stand in a group."""
        return Place(status, bisect_left(self._uids[status], self._rank[uid], key=self._rank.__getitem__))

    def move(self, uid: str, status: Status) -> None:
        """Give an article of the list another status."""
        before, after = self.target(uid, self._status.get(uid, Status.TODO)), self.target(uid, status)
        del self._uids[before.status][before.at]
        self._uids[after.status].insert(after.at, uid)
        self._status[uid] = status

    def after(self, uid: str, status: Status) -> str | None:
        """Return the first article of a group that ranks behind another, or None; an unknown one ranks first."""
        found = self._uids[status]
        rank = self._rank.get(uid, -1)
        at = bisect_left(found, rank + 1, key=self._rank.__getitem__)
        return found[at] if at < len(found) else None

    def next_not_done(self, uid: str) -> str | None:
        """Return the next article in rank that is not done, from the first again behind the last, but not itself."""
        open_ones = (Status.TODO, Status.IN_PROGRESS)
        found = self._first(self.after(uid, status) for status in open_ones)
        if found is None:
            found = self._first(self.after("", status) for status in open_ones)
        return None if found == uid else found

    def _first(self, uids: Iterable[str | None]) -> str | None:
        return min((uid for uid in uids if uid is not None), key=self._rank.__getitem__, default=None)

    def in_display_order(self, statuses: Iterable[Status]) -> Iterator[str]:
        """Yield the uids of some groups, group after group."""
        for status in statuses:
            yield from self._uids[status]
