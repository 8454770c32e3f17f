"""A project in the hands of a worker thread: what is to be told waits until it is back."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import TypeVar

from msgspec.structs import replace

from annotator.base.errors import BusyError, ProjectError
from annotator.model.changes import ChangeSet, composed

T = TypeVar("T")


class Lending:
    """One lending: the commits made meanwhile, in order (None: everything is to be read anew), wait to be told."""

    def __init__(self) -> None:
        self._untold: list[ChangeSet | None] = []
        self._at_work = threading.Lock()
        self._borrower = 0
        self._over = False

    def borrowed(self, job: Callable[[], T]) -> T:
        """Do the work; called on the worker's thread."""
        with self._at_work:
            if self._over:
                raise ProjectError("The project was closed before this began; nothing was changed.")
            self._borrower = threading.get_ident()
            try:
                return job()
            finally:
                self._untold = list(self._joined())  # here, for it can take a moment
                self._borrower = 0

    def leave_untold(self, change_set: ChangeSet | None) -> None:
        """Keep a commit until the project is back."""
        self._untold.append(change_set)

    def _joined(self) -> Iterator[ChangeSet | None]:
        """Yield what is to be told, sorted out for those who are: steps that undo together as one.

        Each telling takes every view a moment, and what is told is long perhaps.
        """
        for key, some in groupby(self._untold, key=lambda one: (one.merge_key, one.annotator) if one else ("", "")):
            steps = list(some)
            last = steps[-1]
            if last is None or not key[0] or len(steps) == 1:
                told = steps
            else:
                told = [replace(last, changes=composed(one.changes for one in steps if one is not None))]
            for one in told:
                if one is not None:
                    one.sort_out()
                yield one

    def told(self) -> list[ChangeSet | None]:
        """Return what is to be told, in order."""
        return self._untold

    def forget(self) -> None:
        """Tell nobody anything."""
        self._untold.clear()

    @property
    def is_mine(self) -> bool:
        """Whether the thread that asks is the borrower."""
        return self._borrower == threading.get_ident()

    def refuse_others(self) -> None:
        """Raise BusyError for whoever is not the borrower."""
        if not self.is_mine:
            raise BusyError(
                "A longer change is being written at the moment; nothing was changed. Wait until it is done."
            )

    def end(self) -> None:
        """Wait until the worker is through; one that has not begun never does."""
        with self._at_work:
            self._over = True
