"""What the list of articles asks for first, read on a thread of its own while the window is still being made."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress

from annotator.base.errors import ProjectError
from annotator.model.article import Status
from annotator.model.content import Order
from annotator.storage.reader import Reader

Found = tuple[Sequence[int], dict[Status, list[int]]]
"""The row numbers of all articles as they were imported, and of those that an annotator has begun (see Reader)."""


class Ahead:
    """One reading ahead, with a connection of its own. It counts only as long as nobody has written to the file."""

    def __init__(self, reader: Callable[[], AbstractContextManager[Reader]], annotator: str) -> None:
        self.annotator = annotator
        self._reader = reader
        self._found: tuple[int, Found] | None = None
        self._thread = threading.Thread(target=self._read, name="annotator-ahead")
        self._thread.start()

    def _read(self) -> None:
        # What cannot be read now is read by whoever needs it, who is told then what is wrong.
        with suppress(ProjectError), self._reader() as read:
            before = read.last_sequence()
            found = read.ordered(Order.IMPORTED), read.begun(self.annotator)
            if read.last_sequence() == before:
                self._found = before, found

    def found(self, sequence: int) -> Found | None:
        """Wait until it is read and return it; None where it could not be, or the file's last step is another now."""
        self.end()
        return self._found[1] if self._found is not None and self._found[0] == sequence else None

    def end(self) -> None:
        """Wait until the thread is through and its connection closed."""
        self._thread.join()
