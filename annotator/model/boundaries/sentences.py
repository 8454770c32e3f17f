"""The sentence at a caret, cut by pysbd within its paragraph."""

from __future__ import annotations

from functools import cache
from typing import Any

from annotator.model.boundaries.paragraphs import paragraph_at, trimmed
from annotator.model.boundaries.quotations import interior, quotations
from annotator.model.boundaries.words import graphemes_whole, words
from annotator.model.span import Span

_REACH = 2_000
"""Code points looked at on each side: pysbd needs about 30 ms for a thousand words."""
_BULLETS = "•·‣▪◦●*–—-"
_ENDS = ".,!?…。！？，"


def sentence_at(text: str, position: int) -> Span | None:
    """Return the sentence at a caret without white space around it; None on an empty line.

    Within a quotation it is the sentence of the quotation, without the marks and without the comma before the
    closing mark. Longer sentences are cut off 2,000 code points from the caret.
    """
    paragraph = paragraph_at(text, position, _REACH)
    if paragraph is None:
        return None
    found = quotations(text, paragraph)
    quoted = next((span for span in found if position in span and _speaks(text, span)), None)
    inside = interior(text, quoted) if quoted else None
    region = inside or paragraph
    sentence = _cut_at(text, region, position, () if inside else found)
    sentence = _without_marks(text, sentence, found)
    if inside and sentence.stop == inside.stop and text[sentence.stop - 1] in ",，" and len(sentence) > 1:
        sentence = Span(sentence.start, sentence.stop - 1)
    return graphemes_whole(text, sentence)


def _speaks(text: str, quotation: Span) -> bool:
    """Tell a quoted sentence from a word or two in marks (“hasty”)."""
    inside = interior(text, quotation)
    if inside is None:
        return False
    return text[inside.stop - 1] in _ENDS or sum(1 for _ in words(text, inside.start, inside.stop)) >= 6


def _cut_at(text: str, region: Span, position: int, found: tuple[Span, ...]) -> Span:
    starts = [start for start in _starts(region.of(text), region.start) if not any(_splits(q, start) for q in found)]
    start = max((place for place in starts if place <= position), default=region.start)
    stop = min((place for place in starts if place > max(position, start)), default=region.stop)
    return trimmed(text, start, stop) or region


def _splits(quotation: Span, start: int) -> bool:
    return quotation.start < start < quotation.stop


def _starts(words: str, offset: int) -> list[int]:
    """Return where pysbd's sentences begin; line breaks of wrapped text would otherwise end sentences."""
    flat = words.replace("\n", " ")
    return [offset, *sorted(offset + sentence.start for sentence in _segmenter().segment(flat) if sentence.start > 0)]


@cache
def _segmenter() -> Any:
    """Import pysbd when first needed: it costs the start of the program otherwise."""
    import pysbd

    return pysbd.Segmenter(language="en", clean=False, char_span=True)


def _without_marks(text: str, sentence: Span, found: tuple[Span, ...]) -> Span:
    """Take away the marks of a quotation that is the whole sentence, and a list bullet."""
    if sentence in found:
        return interior(text, sentence) or sentence
    start = sentence.start
    if text[start] in _BULLETS and text[start + 1 : start + 2].isspace():
        start += 1
    return trimmed(text, start, sentence.stop) or sentence
