"""A window of text with its quotations masked, so that cues are looked for outside them only."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from annotator.base.late_pattern import late_pattern
from annotator.model.boundaries.names import Token, tokens
from annotator.model.boundaries.paragraphs import paragraph_at
from annotator.model.boundaries.quotations import interior, quotations
from annotator.model.boundaries.words import words
from annotator.model.span import Span

REACH = 2_000
"""Code points of a paragraph looked at on each side of a quote."""

_MASK = "\ue000"
_BOUNDARY = late_pattern(rf"[.!?…][{_MASK}\"')\]]*\s+(?=[^\s\p{{Ll}}])")
_ABBREVIATION = late_pattern(r"(?i)\b(?:mr|mrs|ms|dr|prof|gen|sen|rep|gov|st|lt|col|rev|capt|sgt|hon|jr|no|vs|\p{L})$")
_SPEAKING = 4
"""A quotation without a mark at its end speaks from so many words on; fewer are a word or two in marks."""


class Masked(Struct, frozen=True):
    """A paragraph inside a text: ``text`` has the same length as the original, quotations replaced."""

    text: str
    paragraph: Span
    quotes: tuple[Span, ...]

    def tokens(self, start: int, stop: int) -> list[Token]:
        """Return the words outside quotations within ``[start, stop)``."""
        return tokens(self.text, Span(start, stop)) if start < stop else []

    def sentence_start(self, at: int) -> int:
        """Return where the sentence begins that reaches up to a position."""
        return max(self.sentence_starts(at))

    def sentence_stop(self, at: int) -> int:
        """Return where the sentence ends that goes on at a position: its last mark, or the next quotation."""
        stop = min(self.paragraph.stop, at + 300)
        quote = self.text.find(_MASK, at, stop)
        stop = stop if quote < 0 else quote
        ends = (m.start() + 1 for m in _BOUNDARY.finditer(self.text, at, stop) if not self._abbreviated(m.start()))
        return next(ends, max(at, stop))

    def sentence_starts(self, until: int) -> list[int]:
        """Return where the paragraph's sentences begin, up to a position."""
        found = _BOUNDARY.finditer(self.text, self.paragraph.start, max(self.paragraph.start, until))
        starts = [self.paragraph.start, *(m.end() for m in found if not self._abbreviated(m.start()))]
        last = _BOUNDARY.search(self.text, max(self.paragraph.start, until - 8), min(len(self.text), until + 2))
        if last and last.end() == until and until not in starts and not self._abbreviated(last.start()):
            starts.append(until)
        return starts

    def _abbreviated(self, stop: int) -> bool:
        return self.text[stop] == "." and bool(_ABBREVIATION.search(self.text, max(0, stop - 6), stop))


def masked(text: str, position: int, also: Iterable[Span] = ()) -> Masked | None:
    """Mask the quotations, and the spans given, in the paragraph at a position; None on an empty line."""
    paragraph = paragraph_at(text, position, REACH)
    if paragraph is None:
        return None
    found = quotations(text, paragraph)
    hidden = [*found, *(span for span in also if span.overlaps(paragraph))]
    pieces, at = [], 0
    for span in sorted(hidden):
        if span.stop > at:
            start = max(at, span.start)
            pieces += [text[at:start], _cover(text, Span(start, span.stop))]
            at = span.stop
    return Masked("".join([*pieces, text[at:]]), paragraph, found)


def speaks(text: str, quotation: Span) -> bool:
    """Tell a quoted sentence from a word or two in marks (“hasty”)."""
    inside = interior(text, quotation)
    if inside is None:
        return False
    return text[inside.stop - 1] in ".,!?…" or sum(1 for _ in words(text, inside.start, inside.stop)) >= _SPEAKING


def _cover(text: str, span: Span) -> str:
    """Return the mask for a span; a sentence's end inside the closing mark still ends the sentence."""
    ends = len(span) > 2 and text[span.stop - 2] in ".!?…"
    return _MASK * (len(span) - 2) + "." + _MASK if ends else _MASK * len(span)
