"""What a project knows of itself."""

from __future__ import annotations

from msgspec import Struct


class ProjectInfo(Struct, frozen=True):
    """The project's one record of its own: name, memo and the settings that belong to the work, not to a person.

    ``snap_to_words`` is off where words are not the unit, as in Chinese or with Arabic prefixes.
    """

    uid: str
    name: str
    memo: str = ""
    snap_to_words: bool = True
    created: str = ""
