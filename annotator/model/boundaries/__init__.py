"""What a caret or a rough selection means in a text: words, sentences, quotations and name phrases.

Pure functions of the text. Positions and spans are code points of the whole text; what is looked at around a caret
is bounded, so that a text of one giant line costs no more than an article.
"""

from __future__ import annotations

from annotator.model.boundaries.names import name_phrase_at
from annotator.model.boundaries.paragraphs import paragraph_at
from annotator.model.boundaries.quotations import quotation_at, quotations, quote_type
from annotator.model.boundaries.sentences import sentence_at
from annotator.model.boundaries.words import (
    graphemes_whole,
    moved_start,
    moved_stop,
    same_texts,
    snapped,
    word_at,
)
from annotator.model.codebook import Unit
from annotator.model.span import Span

__all__ = [
    "graphemes_whole",
    "moved_start",
    "moved_stop",
    "name_phrase_at",
    "paragraph_at",
    "quotation_at",
    "quotations",
    "quote_type",
    "same_texts",
    "sentence_at",
    "snapped",
    "units_at",
    "word_at",
]


def units_at(unit: Unit, text: str, position: int, place: bool = False) -> tuple[Span, ...]:
    """Return what a tag key takes at a caret when nothing is selected, as fragments; empty when there is none.

    ``place`` asks for the name alone, as locations want it. No quotation at the caret gives nothing: guessing at an
    indirect quote would tag words that were not meant.
    """
    if unit is Unit.QUOTATION:
        return quotation_at(text, position)
    if unit is Unit.SENTENCE:
        span = sentence_at(text, position)
    elif unit is Unit.NAME:
        span = name_phrase_at(text, position, place)
    else:
        span = word_at(text, position)
    return (span,) if span else ()
