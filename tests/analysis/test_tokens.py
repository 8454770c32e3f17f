from __future__ import annotations

import pytest
from analysis.made import CODEBOOK, TEXT, article, articles, tagged
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.analysis import tokens as module
from annotator.analysis.corpus import ArticleAnnotations, corpus
from annotator.analysis.tokens import segments, tokens
from annotator.model.span import Span


def bearing(one: ArticleAnnotations, coder: int, tag: str) -> list[bool]:
    """Whether each token outside furniture bears the tag, token by token."""
    spans = [s for a in one.annotations[coder] if a.tag_type == tag for s in a.spans]
    kept = [t for t in tokens(one.text) if not any(t.overlaps(cut) for cut in one.furniture)]
    return [any(t.overlaps(s) for s in spans) for t in kept]


def expanded(several: list[ArticleAnnotations], coder: int, tag: int) -> list[list[bool]]:
    """The same from the segments, article by article."""
    cut = segments(corpus(several, CODEBOOK))
    result: list[list[bool]] = [[] for _ in several]
    for number, times, yes in zip(cut.article, cut.weight, cut.tagged(coder, tag), strict=True):
        result[number] += [bool(yes)] * int(times)
    return result


def test_tokens_are_runs_of_word_characters_and_single_marks() -> None:
    words = [span.of(TEXT) for span in tokens(TEXT)]
    assert words[:12] == ["Mr", ".", "Peskov", "said", ":", "“", "We", "wait", ",", "we", "don", "’"]
    assert words[-5:] == ["agreed", "–", "in", "2025", "."]


def test_a_token_bears_a_tag_when_any_of_it_is_covered() -> None:
    one = article(TEXT, [tagged(TEXT, "s", (6, 8))], [tagged(TEXT, "s", (3, 4))])
    assert expanded([one], 0, 1)[0].index(True) == 2
    assert sum(expanded([one], 0, 1)[0]) == 1
    # Nothing but a space is covered.
    assert sum(expanded([one], 1, 1)[0]) == 0


def test_furniture_takes_its_tokens_out() -> None:
    one = article(TEXT, [tagged(TEXT, "s", (0, 10))], [], furniture=[(5, 6)])
    assert expanded([one], 0, 1)[0][:4] == [True, True, False, False]
    assert len(expanded([one], 0, 1)[0]) == len(tokens(TEXT)) - 1


@settings(max_examples=50)
@given(st.lists(articles(), min_size=1, max_size=4), st.integers(1, 30))
def test_segments_hold_the_same_as_token_by_token(several: list[ArticleAnnotations], chunk: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "CHUNK", chunk)
        for coder in (0, 1):
            for number, tag in enumerate("qs"):
                assert expanded(several, coder, number) == [bearing(one, coder, tag) for one in several]


@given(st.text(max_size=20))
def test_any_character_is_classed_as_the_rule_does(text: str) -> None:
    empty = ArticleAnnotations(text, ((), ()))
    assert segments(corpus([empty], CODEBOOK)).weight.sum() == len(tokens(text))


def test_no_articles_have_no_tokens() -> None:
    assert segments(corpus([], CODEBOOK)).weight.tolist() == []


def test_spans_are_half_open() -> None:
    assert tokens("ab, c") == [Span(0, 2), Span(2, 3), Span(4, 5)]
