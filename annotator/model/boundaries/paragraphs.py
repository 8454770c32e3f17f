"""Paragraphs around a caret, always within a bounded reach, so that a text of one giant line stays quick."""

from __future__ import annotations

from annotator.model.span import Span

REACH = 20_000
"""Code points looked at on each side of a caret, at most."""

_GAP = 1_000
"""Code points of white space that may lie between two paragraphs."""


def paragraph_at(text: str, position: int, reach: int = REACH) -> Span | None:
    """Return the paragraph around a position, without white space at its edges, cut off after ``reach`` code points.

    A line break inside a sentence (hard-wrapped text) does not end the paragraph. A position at the paragraph's end
    counts as in it. None on an empty line and outside the text.
    """
    if not 0 <= position <= len(text):
        return None
    return trimmed(text, _line_start(text, position, reach), _line_stop(text, position, reach))


def paragraph_before(text: str, position: int, reach: int = REACH) -> Span | None:
    """Return the last paragraph that ends before the paragraph starting at position, or None."""
    low = max(0, position - _GAP)
    for index in range(position - 1, low - 1, -1):
        if not text[index].isspace():
            return paragraph_at(text, index, reach)
    return None


def paragraph_after(text: str, position: int, reach: int = REACH) -> Span | None:
    """Return the first paragraph behind the paragraph ending at position, or None."""
    for index in range(position, min(len(text), position + _GAP)):
        if not text[index].isspace():
            return paragraph_at(text, index, reach)
    return None


def trimmed(text: str, start: int, stop: int) -> Span | None:
    """Return ``[start, stop)`` without white space at its edges, or None when nothing is left."""
    words = text[start:stop]
    start += len(words) - len(words.lstrip())
    stop -= len(words) - len(words.rstrip())
    return Span(start, stop) if start < stop else None


def _line_start(text: str, position: int, reach: int) -> int:
    low, start = max(0, position - reach), position
    while (newline := text.rfind("\n", low, start)) >= 0:
        if not _wrapped(text, newline):
            return newline + 1
        start = newline
    space = text.find(" ", low, position) if low else -1
    return space + 1 if space >= 0 else low


def _line_stop(text: str, position: int, reach: int) -> int:
    high, stop = min(len(text), position + reach), position
    while (newline := text.find("\n", stop, high)) >= 0:
        if not _wrapped(text, newline):
            return newline
        stop = newline + 1
    space = text.rfind(" ", position, high) if high < len(text) else -1
    return space if space >= 0 else high


def _wrapped(text: str, newline: int) -> bool:
    """Tell whether a line break stands inside a sentence: the next line goes on in lower case, or after a comma."""
    before, after = text[max(0, newline - 1) : newline], text[newline + 1 : newline + 2]
    if not before or before.isspace() or not after or after.isspace():
        return False
    return after.islower() or (before == "," and after.isalnum())
