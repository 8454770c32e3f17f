"""Where two texts differ, word by word. Nothing here depends on Qt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from msgspec import Struct

_PIECES = re.compile(r"\w+|\s+|[^\w\s]")
_KEPT, _MOST = 60, 500
"""Code points kept of what is alike beside a difference, and of a difference itself."""
_FEW = 600
"""Words and marks up to which the longest common ones are looked for; the work grows with the square."""

_ALIKE = 0.4
"""The share of words and marks in common below which two texts are simply other ones."""


class Run(Struct, frozen=True):
    """A piece of a text; ``differs`` where the other text has something else."""

    text: str
    differs: bool


def marked(mine: str, theirs: str) -> tuple[list[Run], list[Run]]:
    """Return both texts in runs, what differs apart; long runs that are alike are cut."""
    ours, others = _PIECES.findall(mine), _PIECES.findall(theirs)
    most = min(len(ours), len(others))
    head = next((at for at in range(most) if ours[at] != others[at]), most)
    tail = next((at for at in range(most - head) if ours[-1 - at] != others[-1 - at]), most - head)
    a, b = ours[head : len(ours) - tail], others[head : len(others) - tail]
    found: tuple[list[Run], list[Run]] = ([Run("".join(ours[:head]), False)], [Run("".join(ours[:head]), False)])
    for tag, a_start, a_stop, b_start, b_stop in _blocks(a, b):
        found[0].append(Run("".join(a[a_start:a_stop]), tag != "equal"))
        found[1].append(Run("".join(b[b_start:b_stop]), tag != "equal"))
    end = "".join(ours[len(ours) - tail :])
    return _tidied([*found[0], Run(end, False)]), _tidied([*found[1], Run(end, False)])


def _blocks(a: Sequence[str], b: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    if len(a) <= _FEW and len(b) <= _FEW:
        matcher = SequenceMatcher(None, a, b, autojunk=False)
        if matcher.ratio() >= _ALIKE:
            return matcher.get_opcodes()
    return [("replace", 0, len(a), 0, len(b))]


def _tidied(runs: list[Run]) -> list[Run]:
    """Leave out empty runs; a blank alone that is alike between two differences belongs to them."""
    there: list[Run] = []
    for run in [one for one in runs if one.text]:
        if len(there) > 1 and run.differs and there[-2].differs and not there[-1].text.strip():
            there[-2:] = [Run(f"{there[-2].text}{there[-1].text}{run.text}", True)]
        else:
            there.append(run)
    return [Run(_cut(run, at == 0, at == len(there) - 1), run.differs) for at, run in enumerate(there)]


def _cut(run: Run, first: bool, last: bool) -> str:
    text = run.text
    if run.differs or (first and last):
        return text if len(text) <= _MOST else f"{text[: _MOST - 1]}…"
    if len(text) <= 2 * _KEPT:
        return text
    return f"{'' if first else text[:_KEPT]}…{'' if last else text[-_KEPT:]}"


def plain(runs: Sequence[Run]) -> str:
    """Return a text as a screen reader is to say it, what differs in brackets."""
    return "".join(f"[{run.text}]" if run.differs else run.text for run in runs)
