"""Quotations: marks paired per paragraph, the quotation at a caret, and whether words stand inside marks."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.base.late_pattern import late_pattern
from annotator.model.boundaries.paragraphs import paragraph_after, paragraph_at, paragraph_before, trimmed
from annotator.model.boundaries.singles import single_pairs
from annotator.model.boundaries.vocabulary import CONTRAST, saying_count
from annotator.model.boundaries.words import graphemes_whole, words
from annotator.model.span import Span

CLOSERS = {"“": "”", "„": "“”", "«": "»", "»": "«", "「": "」", "『": "』", '"': '"”', "‘": "’", "'": "'’"}
"""Which marks close a quotation, by the mark that opens it."""
OPENING = "“„«‹「『\"‘'"

_MARK = late_pattern(r"[“”„«»「」『』\"]")
_END = late_pattern(r"[.!?\n“\"]")
_ALWAYS_OPEN = "“„«「『"
_OPENING_DOUBLE = '“„«»「『"'
_BEFORE_OPENING = "([{—–-/“„«‘'>"
_CUE_LENGTH = 150
_PARAGRAPHS = 20
"""A quotation may run over so many paragraphs to each side."""


def quotations(text: str, paragraph: Span) -> tuple[Span, ...]:
    """Return the outermost quotations of a paragraph with their marks, ordered and disjoint.

    Curly marks pair by shape, straight ones by shape and turn; a second opening mark closes the first. An unclosed
    mark runs to the paragraph's end and on to the closing mark with which the next paragraph begins its count.
    """
    pairs, _ = _double_pairs(text, paragraph)
    first = _MARK.search(text, paragraph.start, paragraph.stop)
    if first and not _opens(text, first.start(), None) and (not pairs or pairs[0].start > first.start()):
        earlier = paragraph_before(text, paragraph.start)
        if earlier is not None and (mark := _double_pairs(text, earlier)[1]) and first.group() in CLOSERS[mark]:
            pairs.insert(0, Span(paragraph.start, first.end()))
    found = _outermost(pairs, single_pairs(text, paragraph))
    # A mark can be part of a grapheme cluster (behind an Arabic number sign): a quotation never cuts one.
    return tuple(graphemes_whole(text, span) for span in found)


def quotation_at(text: str, position: int) -> tuple[Span, ...]:
    """Return the quotation around a caret with its marks, as ordered fragments; empty when there is none.

    A cue that interrupts it (“A,” she said, “B.”) parts it into fragments, and so does a paragraph's end.
    """
    paragraph = paragraph_at(text, position)
    if paragraph is None:
        return ()
    found = quotations(text, paragraph)
    index = _index_at(found, position)
    if index is None:
        return ()
    first = last = index
    while first > 0 and interrupted(text, found[first - 1], found[first]):
        first -= 1
    while last + 1 < len(found) and interrupted(text, found[last], found[last + 1]):
        last += 1
    result = list(found[first : last + 1])
    if first == 0:
        result = _earlier_paragraphs(text, paragraph) + result if _may_continue(paragraph, result[0]) else result
    if last == len(found) - 1 and not _closed(text, result[-1]):
        result += _later_paragraphs(text, paragraph)
    return tuple(result)


def quote_type(text: str, spans: Iterable[Span]) -> str:
    """Return ``direct`` when all words stand inside quotation marks, ``indirect`` when none do, else ``mixed``."""
    inside = outside = False
    for span in spans:
        position = span.start
        while position < span.stop:
            paragraph = paragraph_at(text, position)
            if paragraph is None or paragraph.stop <= position:
                position += 1
                continue
            here, away = _inside_and_outside(text, Span(position, span.stop), paragraph)
            inside, outside = inside or here, outside or away
            position = paragraph.stop
    if inside:
        return "mixed" if outside else "direct"
    return "indirect"


def interior(text: str, quotation: Span) -> Span | None:
    """Return a quotation without its marks and the white space inside them, or None when nothing is left."""
    start, stop = quotation.start, quotation.stop
    if _closed(text, quotation):
        stop -= 1
    if text[start] in CLOSERS and not _begun_before(text, quotation):
        start += 1
    return trimmed(text, start, stop) if start < stop else None


def interrupted(text: str, first: Span, second: Span) -> bool:
    """Tell whether two neighbouring quotations are one, interrupted by its cue: “A,” she said, “B.”."""
    if second.start - first.stop > _CUE_LENGTH or not (_closed(text, first) and first.stop < second.start):
        return False
    between = text[first.stop : second.start].strip()
    end = text[first.stop - 2]
    comma = end in ",，、—–-" or between.startswith(",") or (end in "?!…" and between.endswith((",", ".")))
    if not comma or not between.endswith((",", ".", ":", "—", "–")):
        return False
    if CONTRAST.search(between) or saying_count(between) != 1:
        return False
    return not between.endswith(".") or _goes_on(text, second)


def _goes_on(text: str, second: Span) -> bool:
    """Tell whether a quotation that begins a sentence has no cue of its own, so belongs to the one before."""
    if text[second.stop - 2] not in ".!?…,":
        return False
    behind = _END.split(text[second.stop : second.stop + _CUE_LENGTH], maxsplit=1)[0]
    return text[second.stop - 2] != "," and not saying_count(behind)


def _index_at(found: tuple[Span, ...], position: int) -> int | None:
    ending = None
    for index, span in enumerate(found):
        if position in span:
            return index
        if span.stop == position:
            ending = index
    return ending


def _closed(text: str, quotation: Span) -> bool:
    paired = len(quotation) > 1 and text[quotation.stop - 1] in CLOSERS.get(text[quotation.start], "")
    return paired or _begun_before(text, quotation)


def _begun_before(text: str, quotation: Span) -> bool:
    """Tell whether it was opened in an earlier paragraph: then only its last mark is its own, whatever it begins with.

    Single marks never run over paragraphs, so one at its start opens a quotation inside it.
    """
    return text[quotation.start] not in _OPENING_DOUBLE and bool(_MARK.match(text, quotation.stop - 1))


def _may_continue(paragraph: Span, quotation: Span) -> bool:
    return quotation.start == paragraph.start


def _earlier_paragraphs(text: str, paragraph: Span) -> list[Span]:
    result: list[Span] = []
    for _ in range(_PARAGRAPHS):
        earlier = paragraph_before(text, paragraph.start)
        found = quotations(text, earlier) if earlier else ()
        if earlier is None or not found or _closed(text, found[-1]) or found[-1].stop != earlier.stop:
            break
        result.insert(0, found[-1])
        if found[-1].start != earlier.start:
            break
        paragraph = earlier
    return result


def _later_paragraphs(text: str, paragraph: Span) -> list[Span]:
    result: list[Span] = []
    for _ in range(_PARAGRAPHS):
        later = paragraph_after(text, paragraph.stop)
        found = quotations(text, later) if later else ()
        if later is None or not found or found[0].start != later.start:
            break
        result.append(found[0])
        if found[0].stop != later.stop or _closed(text, found[0]):
            break
        paragraph = later
    return result


def _double_pairs(text: str, paragraph: Span) -> tuple[list[Span], str]:
    """Return the pairs and the mark that is still open at the paragraph's end (empty when none)."""
    pairs: list[Span] = []
    opened: int | None = None
    for match in _MARK.finditer(text, paragraph.start, paragraph.stop):
        at, mark = match.start(), match.group()
        if opened is not None and mark in CLOSERS[text[opened]] and not _opens(text, at, opened):
            if not _inches(text, at, paragraph.stop):
                pairs.append(Span(opened, at + 1))
                opened = None
        elif _opens(text, at, opened):
            if opened is not None:
                pairs.append(trimmed(text, opened, at) or Span(opened, opened + 1))
            opened = at
    if opened is None:
        return pairs, ""
    pairs.append(trimmed(text, opened, paragraph.stop) or Span(opened, opened + 1))
    return pairs, text[opened]


def _opens(text: str, at: int, opened: int | None) -> bool:
    """Tell whether the mark opens a quotation. While another is open only a mark of the same kind does."""
    mark = text[at]
    if opened is not None and mark != text[opened]:
        return False
    if mark in _ALWAYS_OPEN:
        return True
    if mark not in '"»':
        return False
    before, after = text[max(0, at - 1) : at], text[at + 1 : at + 2]
    starts = not before or before.isspace() or before in _BEFORE_OPENING
    if opened is not None:
        return starts and before.isspace() and after.isalnum()
    return starts and (mark == '"' or after.isalnum())


def _inches(text: str, at: int, stop: int) -> bool:
    """Tell whether a straight mark behind a digit is a measure, because a better closing mark follows."""
    if text[at] != '"' or not text[at - 1].isdigit():
        return False
    later = text.find('"', at + 1, min(stop, at + 500))
    return later > 0 and not text[later - 1].isspace() and not text[later + 1 : later + 2].isalnum()


def _outermost(doubles: list[Span], singles: list[Span]) -> tuple[Span, ...]:
    """Merge both kinds: nested ones go, and where two cross the single one, for it may be an apostrophe."""
    result: list[Span] = []
    order = sorted([(span, False) for span in doubles] + [(span, True) for span in singles])
    kinds: list[bool] = []
    for span, single in sorted(order, key=lambda item: (item[0].start, -item[0].stop)):
        if result and span.overlaps(result[-1]):
            if not (kinds[-1] and not single and span.stop > result[-1].stop):
                continue
            result.pop()
            kinds.pop()
        result.append(span)
        kinds.append(single)
    return tuple(result)


def _inside_and_outside(text: str, span: Span, paragraph: Span) -> tuple[bool, bool]:
    """Tell whether any word of the span in this paragraph is inside marks, and whether any is outside."""
    inside = outside = False
    found, at = quotations(text, paragraph), 0
    for word in words(text, max(span.start, paragraph.start), min(span.stop, paragraph.stop)):
        while at < len(found) and found[at].stop <= word.start:
            at += 1
        if at < len(found) and word.start in found[at]:
            inside = True
        else:
            outside = True
    return inside, outside
