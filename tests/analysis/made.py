"""Annotations made for tests of measures: a small codebook, sets by ranges, and strategies for them."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import strategies as st

from annotator.analysis.corpus import ArticleAnnotations
from annotator.model.annotation import Annotation, Link
from annotator.model.codebook import Attribute, AttributeKind, Codebook, LinkRule, TagType
from annotator.model.span import Span, fragments, joined

QUOTE = TagType("q", "quote", "Quote", "#112233")
SPEAKER = TagType("s", "speaker", "Speaker", "#332211")
TYPE = Attribute("qt", "q", "quote_type", "Type", AttributeKind.ONE, ("direct", "indirect", "mixed"))
GENRE = Attribute("g", None, "genre", "Genre", AttributeKind.ONE, ("news", "opinion"))
CODEBOOK = Codebook((QUOTE, SPEAKER), (TYPE, GENRE), (LinkRule("r", "speaker", "Speaker", "q", "s"),))
TEXT = "Mr. Peskov said: “We wait, we don’t act.” Ann O’Neil agreed – in 2025."


def tagged(text: str, tag: str, *ranges: tuple[int, int], uid: str = "", **fields: object) -> Annotation:
    """Make one annotation of the given tag type uid over the ranges."""
    pieces = fragments(text, [Span(*ends) for ends in ranges])
    uid = uid or f"{tag}{ranges}"
    return Annotation(uid, "article", tag, "set", pieces, "person", **fields)  # type: ignore[arg-type]


def linked(source: str, target: str, role: str = "speaker") -> Link:
    return Link(f"{source}-{role}-{target}", "article", source, target, role, "person")


def article(text: str, *sets: Iterable[Annotation], furniture: Iterable[tuple[int, int]] = ()) -> ArticleAnnotations:
    return ArticleAnnotations(text, tuple(map(tuple, sets)), joined(Span(*ends) for ends in furniture))


def _span(text: str, start: int, length: int) -> Span:
    return Span(min(start, len(text) - 1), min(start + length, len(text)))


@st.composite
def articles(
    draw: st.DrawFn, coders: int = 2, *, furniture: bool = True, text: str | None = None
) -> ArticleAnnotations:
    """An article with any text, overlapping annotations and fragments, and perhaps furniture."""
    words = draw(st.text(st.sampled_from("ab1_ .,’\u00a0é🙂\n"), min_size=1, max_size=25)) if text is None else text
    spans = st.builds(_span, st.just(words), st.integers(0, len(words) - 1), st.integers(1, 9))
    one = st.tuples(st.sampled_from("qs"), st.lists(spans, min_size=1, max_size=2).map(joined))
    sets = [
        [
            tagged(words, tag, *((s.start, s.stop) for s in places), uid=f"{coder}-{number}")
            for number, (tag, places) in enumerate(draw(st.lists(one, max_size=4)))
        ]
        for coder in range(coders)
    ]
    cut = draw(st.lists(spans, max_size=2)) if furniture else []
    return article(words, *sets, furniture=[(s.start, s.stop) for s in cut])
