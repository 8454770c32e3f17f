"""Making very many objects at once."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_within = 0
_was_on = False
"""How many blocks are under way, and whether collecting was on when the first of them began."""
_shown = False


@contextmanager
def without_collections() -> Iterator[None]:
    """Leave the collector of cyclic garbage off, in all threads, while hundreds of thousands of records are made.

    Records form no cycles, but it would go through all that are there again and again: a third to half of the time.
    May be nested, and used by several threads at once. Where collecting was off before it stays off.
    """
    global _within, _was_on  # noqa: PLW0603  the collector is one for the whole process
    with _lock:
        if not _within:
            _was_on = gc.isenabled()
        _within += 1
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _within -= 1
            if _was_on and not _within:
                # Straight among what has been there for long: the next look at what is new would go through it all.
                gc.freeze()
                gc.unfreeze()
                gc.enable()


def much_may_stay() -> None:
    """Say that something has been opened that stays for a while, and may be made of very many objects."""
    global _shown  # noqa: PLW0603  as above
    _shown = True


def may_much_stay() -> bool:
    """Tell whether that has been said since this was asked last."""
    global _shown
    said, _shown = _shown, False
    return said


def under_way() -> bool:
    """Tell whether somebody is making very many objects at the moment, in whatever thread."""
    return _within > 0
