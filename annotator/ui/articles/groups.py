"""The articles of the list in their groups: uids by status, each in the list's order, found without searching."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from annotator.model.article import Status

ORDER = (Status.TODO, Status.IN_PROGRESS, Status.DONE)


class Place(NamedTuple):
    """Where an article stands: its group and its number within it, from 0."""

    status: Status
    at: int


class Groups:
    """Uids by status. An article's rank is its number in the whole list, whatever its group."""

    def __init__(self, articles: Mapping[str, Status] | None = None) -> None:
        self._uids: dict[Status, list[str]] = {status: [] for status in ORDER}
        self._status: dict[str, Status] = dict(articles or {})
        for uid, status in self._status.items():
            self._uids[status].append(uid)
        self._rank: dict[str, int] = {uid: rank for rank, uid in enumerate(self._status)}

    def __len__(self) -> int:
        return len(self._status)

    def __contains__(self, uid: str) -> bool:
        return uid in self._status

    def of(self, status: Status) -> list[str]:
        """Return a group's uids; not to be changed."""
        return self._uids[status]

    def status(self, uid: str) -> Status | None:
        """Return an article's status, or None when it is not in the list."""
        return self._status.get(uid)

    def place(self, uid: str) -> Place | None:
        """Return where an article stands, or None when it is not in the list."""
        status = self._status.get(uid)
        return None if status is None else self.target(uid, status)

    def target(self, uid: str, status: Status) -> Place:
        """Return where an article of the list would stand in a group."""
        return Place(status, bisect_left(self._uids[status], self._rank[uid], key=self._rank.__getitem__))

    def move(self, uid: str, status: Status) -> None:
        """Give an article of the list another status."""
        before, after = self.target(uid, self._status[uid]), self.target(uid, status)
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
