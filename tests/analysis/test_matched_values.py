from __future__ import annotations

import pytest
from analysis.made import CODEBOOK, GENRE, TEXT, TYPE, article, tagged
from hypothesis import given
from hypothesis import strategies as st

from annotator.analysis import krippendorff, nominal
from annotator.analysis.bootstrap import estimates
from annotator.analysis.corpus import ArticleAnnotations, corpus
from annotator.analysis.matched_values import (
    Compared,
    article_alpha_tally,
    article_answers,
    attribute_answers,
    attributes_by_tag,
    comparable,
    compared_tally,
    entity_answers,
    tags_with_entities,
    unshared_entities,
)
from annotator.analysis.spans import matched
from annotator.model.annotation import Annotation
from annotator.model.codebook import Attribute, AttributeKind, Codebook

BOTH = ("cohen_kappa", "alpha_nominal")


def quote(start: int, value: str | None = None, entity: str | None = None) -> Annotation:
    values = ((TYPE.uid, value),) if value else ()
    return tagged(TEXT, "q", (start, start + 5), values=values, entity=entity)


FIRST = [quote(0, "direct", "e1"), quote(10, "mixed"), quote(20, None, "e2"), quote(30, "indirect")]
SECOND = [quote(0, "direct", "e1"), quote(12, "direct"), quote(20, "mixed", "e3"), quote(60, "indirect")]


def test_attributes_are_compared_over_matched_annotations_where_both_answered() -> None:
    of = corpus([article(TEXT, FIRST, SECOND)], CODEBOOK)
    assert attribute_answers(of, matched(of), 0, TYPE) == [
        Compared(0, 0, "direct", "direct"),
        Compared(0, 0, "mixed", "direct"),
    ]
    assert attribute_answers(of, matched(of), 1, TYPE) == []


def test_entities_are_compared_over_matched_annotations() -> None:
    several = [article(TEXT, FIRST, SECOND)]
    of = corpus(several, CODEBOOK)
    expected = [Compared(0, 0, "e1", "e1"), Compared(0, 0, "e2", "e3")]
    assert entity_answers(of, matched(of), None) == entity_answers(of, matched(of), 0) == expected
    assert tags_with_entities(of) == [0]
    assert unshared_entities(several) == {"e2", "e3"}
    assert unshared_entities([]) == frozenset()


@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from("abc"), st.sampled_from("abc")), max_size=8))
def test_the_tally_gives_kappa_and_alpha_of_the_labels(items: list[tuple[int, str, str]]) -> None:
    tally = compared_tally([Compared(number, 0, a, b) for number, a, b in items], 3, 1, BOTH)
    of = nominal.counts([[a for _, a, _ in items], [b for _, _, b in items]])
    [found] = estimates([tally], replicates=0)
    for name in BOTH:
        value = float(getattr(nominal, name)(of)) if items else float("nan")
        assert found[name].value == (None if value != value else pytest.approx(value))


def test_the_mean_over_pairs_of_three_annotators() -> None:
    apart = [[("a", "a"), ("b", "b")], [("a", "a"), ("b", "a"), ("b", "b")], [("a", "b"), ("b", "a")]]
    compared = [Compared(0, pair, a, b) for pair, items in enumerate(apart) for a, b in items]
    [found] = estimates([compared_tally(compared, 1, 3, BOTH)])
    kappas = [float(nominal.cohen_kappa(nominal.counts(list(zip(*items, strict=True))))) for items in apart]
    assert found["cohen_kappa"].value == pytest.approx(sum(kappas) / 3)


labels = st.none() | st.sampled_from(["news", "opinion"])


def coded(*values: str | None) -> ArticleAnnotations:
    given_values = tuple(((GENRE.uid, value),) if value else () for value in values)
    return ArticleAnnotations("x", ((),) * len(values), values=given_values)


@given(st.lists(st.tuples(labels, labels, labels), min_size=1, max_size=8))
def test_attributes_of_articles_have_alpha_with_missing_values(rows: list[tuple[str | None, ...]]) -> None:
    expected = krippendorff.alpha(list(zip(*rows, strict=True)))
    [found] = estimates([article_alpha_tally([coded(*row) for row in rows], GENRE)], replicates=0)
    assert found["alpha_nominal"].value == (None if expected is None else pytest.approx(expected))


def test_attributes_of_articles_by_pair_of_annotators() -> None:
    several = [coded("news", "news", None), coded("news", "opinion", "opinion"), ArticleAnnotations("x", ((), (), ()))]
    assert article_answers(several, GENRE) == [
        Compared(0, 0, "news", "news"),
        Compared(1, 0, "news", "opinion"),
        Compared(1, 1, "news", "opinion"),
        Compared(1, 2, "opinion", "opinion"),
    ]


def test_free_text_is_not_compared() -> None:
    text = Attribute("t", "q", "claim_text", "Claim", AttributeKind.TEXT)
    assert not comparable(text)
    assert list(attributes_by_tag(Codebook(CODEBOOK.tag_types, (text, TYPE, GENRE)))) == [(0, TYPE)]
