"""What the list of annotations is narrowed to."""

from __future__ import annotations

from msgspec import Struct


class Narrowing(Struct, frozen=True):
    """Which annotations the list shows: those that hold the words, of these types, of one set, lacking something.

    ``reviewed`` keeps those of which something was said in review.
    """

    words: str = ""
    tag_types: frozenset[str] = frozenset()
    annotation_set: str = ""
    lacking: bool = False
    reviewed: bool = False

    @property
    def flat(self) -> bool:
        """Whether what is found stands in one list without nesting."""
        return bool(self.words or self.tag_types or self.lacking or self.reviewed)
