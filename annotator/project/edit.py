"""One gesture being put together: changes are collected, nothing is written before the block ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar, cast

from annotator.base.errors import RuleError
from annotator.model.article import text_hash
from annotator.model.changes import KINDS, Change, Kind, Record, differ

R = TypeVar("R", bound=Record)
Get = Callable[[Any, str], Any]


class Edit:
    """Collects the changes of one gesture; each record at most once, first before and last after."""

    def __init__(self, stored: Get) -> None:
        self._stored = stored
        self._changes: dict[tuple[Kind, str], Change] = {}
        self.texts: dict[str, str] = {}

    def get(self, record_type: type[R], uid: str) -> R | None:
        """Return a record as this edit leaves it, or None."""
        change = self._changes.get((KINDS[record_type], uid))
        return cast("R | None", self._stored(record_type, uid) if change is None else change.after)

    def add(self, record: Record) -> None:
        """Add a new record; raises RuleError when its uid is taken."""
        kind = KINDS[type(record)]
        known = self._changes.get((kind, record.uid))
        if known is not None and known.after is not None:
            raise RuleError(f"There is already a {kind} {record.uid}; nothing was written.")
        self._put(kind, record.uid, None, record)

    def replace(self, before: R, after: R) -> None:
        """Replace a record by one with the same uid; ``before`` is what it is known to be.

        Raises RuleError when this edit has removed the record: it would come back with its references in the air.
        """
        kind = KINDS[type(before)]
        known = self._changes.get((kind, before.uid))
        if known is not None and known.after is None:
            raise RuleError(f"The {kind} {before.uid} was removed in the same step; nothing was written.")
        self._put(kind, before.uid, before, after)

    def remove(self, record: Record) -> None:
        """Remove a record; what refers to it must be removed in the same edit."""
        self._put(KINDS[type(record)], record.uid, record, None)

    def take(self, changes: Iterable[Change]) -> None:
        """Take over changes that somebody has worked out, each as ``add``, ``replace`` or ``remove`` would."""
        for change in changes:
            if self._changes.setdefault((change.kind, change.uid), change) is change:
                continue
            if change.before is None:
                self.add(cast("Record", change.after))
            elif change.after is None:
                self.remove(change.before)
            else:
                self.replace(change.before, change.after)

    def _put(self, kind: Kind, uid: str, before: Record | None, after: Record | None) -> None:
        known = self._changes.get((kind, uid))
        self._changes[kind, uid] = Change(kind, uid, before if known is None else known.before, after)

    def add_text(self, text: str) -> str:
        """Hand in an article text, already normalised, and return the SHA-256 it is found by."""
        sha256 = text_hash(text)
        self.texts[sha256] = text
        return sha256

    def added(self, record_type: type[R]) -> list[R]:
        """Return the records of a type that this edit adds or replaces, as it leaves them."""
        kind = KINDS[record_type]
        return [cast("R", c.after) for (k, _), c in self._changes.items() if k is kind and c.after is not None]

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes so far, in order, without those that change nothing."""
        return tuple([change for change in self._changes.values() if differ(change.before, change.after)])
