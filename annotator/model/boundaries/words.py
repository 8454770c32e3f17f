"""Words and grapheme clusters: what is at a caret, and edges that snap and move by them."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.base.late_pattern import late_pattern
from annotator.model.boundaries.paragraphs import REACH, trimmed
from annotator.model.span import Span

_NEAR = 1_000
"""Code points a word may reach to each side; a longer run without white space is no word."""
_CLUSTER = 512
"""Code points looked back for a place that is surely between two grapheme clusters."""

# Scripts written without spaces have no words that rules could find: there each character stands for itself.
_ALONE = r"[\p{Han}\p{Hiragana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
_CHARACTER = rf"[[\p{{L}}\p{{N}}\p{{M}}_]--{_ALONE}]"
_FIRST = rf"[[\p{{L}}\p{{N}}_]--{_ALONE}]"
_INNER = r"(?:['’\-‐‑]|(?<=\p{N})[.,:](?=\p{N}))"
_PATTERN = rf"{_ALONE}\p{{M}}*|(?:\p{{Lu}}\.){{2,}}(?:-{_CHARACTER}+)*|{_FIRST}{_CHARACTER}*(?:{_INNER}{_CHARACTER}+)*"
WORD = late_pattern(rf"(?V1){_PATTERN}")
"""A word: letters, digits and marks with inner apostrophes and hyphens (haven’t, state-run, U.S., 1,000)."""
_SEPARATORS = frozenset(":;,.!?…")
"""Marks that end what is before them: nothing begins with one."""
_TOKEN = late_pattern(rf"(?V1){_PATTERN}|(?!\s)\X")
_GRAPHEME = late_pattern(r"\X")
# UAX 29: between two characters without a grapheme property there always is a border; and a word is cut only
# between two characters of these.
_FREE = late_pattern(r"\p{GCB=Other}{2}")
_JOINT = late_pattern(r"[\p{L}\p{N}\p{M}_][\p{L}\p{N}\p{M}_'’\-‐‑.,:]|['’\-‐‑.,:][\p{L}\p{N}\p{M}_]")
_POSSESSIVE = late_pattern(r"['’][sS]$")


def word_at(text: str, position: int) -> Span | None:
    """Return the word at a position; a position at a word's end counts as in it where no word starts."""
    if not 0 <= position <= len(text):
        return None
    ending: Span | None = None
    for word in words(text, *_around(text, position, position)):
        if position in word:
            return graphemes_whole(text, word)
        if word.stop == position:
            ending = word
    return graphemes_whole(text, ending) if ending else None


def words(text: str, start: int, stop: int) -> Iterator[Span]:
    """Yield the words within ``[start, stop)``; edges that cut a word cut it there too."""
    for match in WORD.finditer(text, start, stop):
        yield Span(match.start(), match.end())


def snapped(text: str, span: Span) -> Span:
    """Return the span grown to whole words, white space at its edges left out.

    Marks that were selected stay. An end before a possessive ’s stays (“Russia” of “Russia’s”). No edge lies inside
    a grapheme cluster. White space alone is returned as it is.
    """
    span = _within(text, span)
    kept = trimmed(text, span.start, span.stop)
    if kept is None:
        return graphemes_whole(text, span)
    start, stop = kept.start, kept.stop
    for word in words(text, *_around(text, start, start)):
        if word.start < start < word.stop:
            start = word.start
    for word in words(text, *_around(text, stop, stop)):
        if word.start < stop < word.stop and stop != _stem_stop(text, word):
            stop = word.stop
    return graphemes_whole(text, Span(start, stop))


def graphemes_whole(text: str, span: Span) -> Span:
    """Return the span grown so that no edge lies inside a grapheme cluster (an accent, a flag, a family emoji)."""
    span = _within(text, span)
    start, last = _cluster_start(text, span.start), _cluster_start(text, span.stop)
    stop = span.stop if last == span.stop else _GRAPHEME.match(text, last).end()
    return Span(start, stop)


def moved_start(text: str, span: Span, steps: int, by_character: bool = False) -> Span | None:
    """Return the span with its start moved by so many words or marks (or grapheme clusters); negative steps go back.

    None when there are not so many, or when nothing of the span would be left.
    """
    span = _within(text, span)
    start = _moved(text, span.start, steps, by_character, stops=False)
    return _changed(text, span, start, span.stop)


def moved_stop(text: str, span: Span, steps: int, by_character: bool = False) -> Span | None:
    """Return the span with its stop moved by so many words or marks (or grapheme clusters); negative steps go back.

    None when there are not so many, or when nothing of the span would be left.
    """
    span = _within(text, span)
    stop = _moved(text, span.stop, steps, by_character, stops=True)
    return _changed(text, span, span.start, stop)


def same_texts(text: str, span: Span) -> tuple[Span, ...]:
    """Return every place where the span's words stand as whole words in the same case, the span itself included.

    The places are ordered and disjoint. Searches the whole text.
    """
    span = _within(text, span)
    needle, found = span.of(text), [span]
    at = text.find(needle)
    while at >= 0:
        place = Span(at, at + len(needle))
        wanted = not place.overlaps(span) and _whole(text, place)
        if wanted:
            found.append(place)
        at = text.find(needle, place.stop if wanted else at + 1)
    return tuple(sorted(found))


def _whole(text: str, place: Span) -> bool:
    """Tell whether no edge cuts a word or a cluster; most edges are told by their two neighbours alone."""
    edges = [edge for edge in (place.start, place.stop) if 0 < edge < len(text)]
    if all(_FREE.match(text, edge - 1) and not _JOINT.match(text, edge - 1) for edge in edges):
        return True
    return snapped(text, place) == place


def _within(text: str, span: Span) -> Span:
    """Refuse spans outside the text: a silent clamp would tag other words than were meant."""
    if span.stop > len(text):
        raise ValueError(f"span {span.start}-{span.stop} is outside the text of {len(text)} characters")
    return span


def _changed(text: str, span: Span, start: int | None, stop: int | None) -> Span | None:
    if start is None or stop is None or start >= stop:
        return None
    result = graphemes_whole(text, Span(start, stop))
    return None if result == span else result


def _moved(text: str, edge: int, steps: int, by_character: bool, *, stops: bool) -> int | None:
    room = min(REACH, _NEAR + 100 * abs(steps))
    low, high = max(0, edge - room), min(len(text), edge + room)
    if by_character:
        low = _cluster_start(text, low)
        edges = [low, *(match.end() for match in _GRAPHEME.finditer(text, low, high))]
    else:
        low, high = _around(text, low, high)
        edges = list(_token_edges(text, low, high, stops=stops))
    back = [place for place in edges if place < edge]
    ahead = [place for place in edges if place > edge]
    if steps < 0:
        return back[steps] if len(back) >= -steps else None
    return ahead[steps - 1] if 0 < steps <= len(ahead) else None


def _token_edges(text: str, low: int, high: int, *, stops: bool) -> Iterator[int]:
    for match in _TOKEN.finditer(text, low, high):
        if not stops:
            if match.group() not in _SEPARATORS:
                yield match.start()
            continue
        stem = _stem_stop(text, Span(match.start(), match.end()))
        if stem is not None:
            yield stem
        yield match.end()


def _stem_stop(text: str, word: Span) -> int | None:
    """Return where a possessive ’s begins, or None."""
    return word.stop - 2 if len(word) > 2 and _POSSESSIVE.search(text, word.stop - 2, word.stop) else None


def _around(text: str, start: int, stop: int) -> tuple[int, int]:
    """Return a range around ``[start, stop)`` whose edges are at white space, if there is any near."""
    low, high = max(0, start - _NEAR), min(len(text), stop + _NEAR)
    before = max(text.rfind(" ", low, start), text.rfind("\n", low, start))
    after = [place for place in (text.find(" ", stop, high), text.find("\n", stop, high)) if place >= 0]
    return (before if before >= 0 else low), (min(after) if after else high)


def _cluster_start(text: str, position: int) -> int:
    """Return the start of the grapheme cluster that covers a position (the position itself at a border)."""
    if position and _FREE.match(text, position - 1):
        return position
    for match in _GRAPHEME.finditer(text, _certain_border(text, position), min(len(text), position + 2)):
        if match.end() > position:
            return int(match.start())
    return position


def _certain_border(text: str, position: int) -> int:
    """Return a cluster border at or before position: two ASCII characters never join, but for CR LF (UAX 29)."""
    low = max(0, position - _CLUSTER)
    if position >= len(text):
        position = len(text) - 1
    for place in range(position, low, -1):
        if text[place].isascii() and text[place - 1].isascii() and text[place - 1 : place + 1] != "\r\n":
            return place
    return low
