"""Where two texts differ: what they begin and end with alike is set apart, word by word. Nothing here depends on Qt."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PIECES = re.compile(r"\w+|\s+|[^\w\s]")
_KEPT, _MOST = 60, 500
"""Code points kept of what is alike beside a difference, and of a difference itself."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A text in three runs: as the other's, otherwise, as the other's again."""

    before: str
    differs: str
    after: str

    @property
    def plain(self) -> str:
        """The text as a screen reader is to say it, what differs in brackets."""
        return f"{self.before}[{self.differs}]{self.after}" if self.differs else f"{self.before}{self.after}"


def marked(mine: str, theirs: str) -> tuple[Marked, Marked]:
    """Return both texts with what differs set apart; long runs that are alike are cut."""
    if mine == theirs:
        whole = Marked(_cut(mine, _MOST), "", "")
        return whole, whole
    ours, others = _PIECES.findall(mine), _PIECES.findall(theirs)
    most = min(len(ours), len(others))
    head = next((at for at in range(most) if ours[at] != others[at]), most)
    tail = next((at for at in range(most - head) if ours[-1 - at] != others[-1 - at]), most - head)
    return _parted(ours, head, tail), _parted(others, head, tail)


def _parted(pieces: list[str], head: int, tail: int) -> Marked:
    before, after = "".join(pieces[:head]), "".join(pieces[len(pieces) - tail :])
    differs = "".join(pieces[head : len(pieces) - tail])
    if len(before) > _KEPT:
        before = f"…{before[-_KEPT:]}"
    if len(after) > _KEPT:
        after = f"{after[:_KEPT]}…"
    return Marked(before, _cut(differs, _MOST), after)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
