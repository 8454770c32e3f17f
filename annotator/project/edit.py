"""One gesture being put together: changes are collected, nothing is written before the block ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from annotator.base.errors import RuleError
from annotator.model.article import text_hash
from annotator.model.changes import KINDS, Change, Kind, Record

R = TypeVar("R", bound=Record)
Get = Callable[[Any, str], Any]


class Edit:
    """Collects the changes of one gesture; each record at most once, first before and last after."""

    def __init__(self, stored: Get) -> None:
        self._stored = stored
        self._before: dict[tuple[Kind, str], Record | None] = {}
        self._after: dict[tuple[Kind, str], Record | None] = {}
        self.texts: dict[str, str] = {}

    def get(self, record_type: type[R], uid: str) -> R | None:
        """Return a record as this edit leaves it, or None."""
        key = (KINDS[record_type], uid)
        if key in self._after:
            return cast("R | None", self._after[key])
        return cast("R | None", self._stored(record_type, uid))

    def add(self, record: Record) -> None:
        """Add a new record; raises RuleError when its uid is taken."""
        key = (KINDS[type(record)], record.uid)
        if self._after.get(key) is not None:
            raise RuleError(f"There is already a {key[0]} {record.uid}; nothing was written.")
        self._before.setdefault(key, None)
        self._after[key] = record

    def replace(self, before: R, after: R) -> None:
        """Replace a record by one with the same uid; ``before`` is what it is known to be.

        Raises RuleError when this edit has removed the record: it would come back with its references in the air.
        """
        key = (KINDS[type(before)], before.uid)
        if key in self._after and self._after[key] is None:
            raise RuleError(f"The {key[0]} {before.uid} was removed in the same step; nothing was written.")
        if key not in self._after:
            self._before[key] = before
        self._after[key] = after

    def remove(self, record: Record) -> None:
        """Remove a record; what refers to it must be removed in the same edit."""
        key = (KINDS[type(record)], record.uid)
        if key not in self._after:
            self._before[key] = record
        self._after[key] = None

    def add_text(self, text: str) -> str:
        """Hand in an article text, already normalised, and return the SHA-256 it is found by."""
        sha256 = text_hash(text)
        self.texts[sha256] = text
        return sha256

    def added(self, record_type: type[R]) -> list[R]:
        """Return the records of a type that this edit adds or replaces, as it leaves them."""
        kind = KINDS[record_type]
        return [cast("R", record) for (k, _), record in self._after.items() if k is kind and record is not None]

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes so far, in order, without those that change nothing."""
        return tuple(
            Change(kind, uid, before, self._after[kind, uid])
            for (kind, uid), before in self._before.items()
            if _differ(before, self._after[kind, uid])
        )


def _differ(before: Record | None, after: Record | None) -> bool:
    # Asked whether it equals None, a record takes longer than all the rest of its change.
    return before is not after if before is None or after is None else before != after
