"""Single quotation marks, told apart from apostrophes."""

from __future__ import annotations

from annotator.base.late_pattern import late_pattern
from annotator.model.span import Span

_MARK = late_pattern(r"[‘’']")
_BEFORE_OPENING = '([{—–-/“„«">'
_ELIDED = late_pattern(r"(?i)(?:em|tis|twas|til|cause|bout|n|\d0s)\b")


def single_pairs(text: str, paragraph: Span) -> list[Span]:
    """Return the pairs of single marks in a paragraph; an opening mark that is never closed was an apostrophe."""
    marks = [
        (match.start(), kind)
        for match in _MARK.finditer(text, paragraph.start, paragraph.stop)
        if (kind := _kind(text, match.start(), paragraph))
    ]
    pairs: list[Span] = []
    opened: int | None = None
    for index, (at, kind) in enumerate(marks):
        if kind == "open":
            opened = at
        elif opened is not None and not (kind == "possessive" and _closes_later(marks, index)):
            pairs.append(Span(opened, at + 1))
            opened = None
    return pairs


def _closes_later(marks: list[tuple[int, str]], index: int) -> bool:
    return index + 1 < len(marks) and marks[index + 1][1] != "open"


def _kind(text: str, at: int, paragraph: Span) -> str:
    """Return ``open``, ``close``, ``possessive`` (officials’ views, or a close) or empty for an apostrophe."""
    before = text[at - 1] if at > paragraph.start else ""
    after = text[at + 1] if at + 1 < paragraph.stop else ""
    free = not before or before.isspace() or before in _BEFORE_OPENING
    if text[at] != "’" and free and after.strip():
        return "" if _ELIDED.match(text, at + 1) else "open"
    if text[at] == "‘" or free or after.isalnum():
        return ""
    if before in "sS" and after == " " and text[at + 2 : at + 3].islower():
        return "possessive"
    return "close"
