"""Half-open ranges of code points, and fragments that carry their own words for re-anchoring."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

CONTEXT = 32
"""Code points of context kept before and after each fragment."""


class Span(Struct, frozen=True, gc=False, order=True):
    """``[start, stop)`` in Unicode code points of an article's frozen text; never empty.

    Raises ValueError when start is negative or stop is not behind start.
    """

    start: int
    stop: int

    def __post_init__(self) -> None:
        """Refuse empty and reversed ranges."""
        if not 0 <= self.start < self.stop:
            raise ValueError(f"not a span: {self.start}-{self.stop}")

    def __len__(self) -> int:
        return self.stop - self.start

    def __contains__(self, position: int) -> bool:
        return self.start <= position < self.stop

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share at least one code point."""
        return self.start < other.stop and other.start < self.stop

    def covers(self, other: Span) -> bool:
        """Tell whether other lies wholly inside this span (equal counts)."""
        return self.start <= other.start and other.stop <= self.stop

    def shifted(self, by: int) -> Span:
        """Return the same length, moved by so many code points."""
        return Span(self.start + by, self.stop + by)

    def of(self, text: str) -> str:
        """Return the words the span covers."""
        return text[self.start : self.stop]


class Fragment(Struct, frozen=True, gc=False, order=True):
    """One piece of an annotation: a span with its exact words and up to 32 code points of context.

    ``exact == text[start:stop]`` of the article; checked on import and by ``annotator check``.
    """

    start: int
    stop: int
    exact: str
    prefix: str = ""
    suffix: str = ""

    @property
    def span(self) -> Span:
        """The half-open range in code points."""
        return Span(self.start, self.stop)


def fragment(text: str, span: Span) -> Fragment:
    """Cut a fragment with its context out of the article's text.

    Raises ValueError when the span reaches behind the end of the text.
    """
    if span.stop > len(text):
        raise ValueError(f"span {span.start}-{span.stop} is outside the text of {len(text)} characters")
    return Fragment(
        span.start,
        span.stop,
        text[span.start : span.stop],
        text[max(0, span.start - CONTEXT) : span.start],
        text[span.stop : span.stop + CONTEXT],
    )


def fragments(text: str, spans: Iterable[Span]) -> tuple[Fragment, ...]:
    """Cut several fragments; touching and overlapping spans are joined, so the result is ordered and disjoint."""
    return tuple(fragment(text, span) for span in joined(spans))


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans in order, those that overlap or touch made one."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.start <= result[-1].stop:
            result[-1] = Span(result[-1].start, max(result[-1].stop, span.stop))
        else:
            result.append(span)
    return tuple(result)
