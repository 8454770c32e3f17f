from __future__ import annotations

import pytest
from analysis.made import CODEBOOK, TEXT, article, articles, tagged
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.analysis.corpus import ArticleAnnotations, corpus


def kept(one: ArticleAnnotations) -> list[int]:
    return [at for at in range(len(one.text)) if not any(at in cut for cut in one.furniture)]


@settings(max_examples=50)
@given(st.lists(articles(3), max_size=3))
def test_units_lie_on_one_line_without_furniture(several: list[ArticleAnnotations]) -> None:
    made = corpus(several, CODEBOOK)
    line = [(number, at) for number, one in enumerate(several) for at in kept(one)]
    covered = {
        (unit, line[at]) for unit, start, stop in zip(*made.line.pieces, strict=True) for at in range(start, stop)
    }
    assert covered == {
        (number, (made.unit_article[number], at))
        for number, annotation in enumerate(made.annotations)
        for at in kept(several[made.unit_article[number]])
        if annotation.covers(at)
    }
    assert made.line.bases[-1] == len(line)
    assert made.line.lengths.tolist() == [sum(u == unit for u, _ in covered) for unit in range(len(made.annotations))]


@settings(max_examples=50)
@given(st.lists(articles(), max_size=3))
def test_pieces_of_a_unit_never_touch(several: list[ArticleAnnotations]) -> None:
    unit, start, stop = corpus(several, CODEBOOK).line.pieces
    assert ((unit[1:] > unit[:-1]) | (start[1:] > stop[:-1])).all()
    assert (start < stop).all()


def test_units_know_their_article_annotator_and_tag() -> None:
    one = article(TEXT, [tagged(TEXT, "q", (0, 4))], [tagged(TEXT, "s", (4, 8), (9, 10))])
    made = corpus([one, one], CODEBOOK)
    assert made.unit_article.tolist() == [0, 0, 1, 1]
    assert made.unit_coder.tolist() == [0, 1, 0, 1]
    assert made.unit_tag.tolist() == [0, 1, 0, 1]
    assert made.fragment_unit.tolist() == [0, 1, 1, 2, 3, 3]
    assert made.pairs == [(0, 1)]
    assert corpus([article("x", [], [], [])], CODEBOOK).pairs == [(0, 1), (0, 2), (1, 2)]


def test_different_annotators_are_refused() -> None:
    for wrong in ([article("x", [])], [article("x", [], []), article("x", [], [], [])]):
        with pytest.raises(ValueError, match="two or more"):
            corpus(wrong, CODEBOOK)


def test_a_tag_type_must_be_in_the_codebook() -> None:
    with pytest.raises(KeyError):
        corpus([article(TEXT, [tagged(TEXT, "unknown", (0, 1))], [])], CODEBOOK)
