from __future__ import annotations

from pathlib import Path

import pytest
from support.two_annotators import A, B, reviewed_project

from annotator.analysis.agreement import agreement
from annotator.analysis.article_by_article import STRETCHES, article_by_article
from annotator.analysis.confusion import heat
from annotator.analysis.corpus import ArticleAnnotations
from annotator.analysis.loaded import Loaded
from annotator.operations.agreement import compared


@pytest.fixture
def loaded(tmp_path: Path) -> Loaded:
    project = reviewed_project(tmp_path / "a.annot")
    found = compared(project.read, sets=(A, B), only_done=False)
    project.close()
    return found


def test_each_article_has_the_numbers_that_it_has_alone(loaded: Loaded) -> None:
    passage, codebook = loaded.articles[0], loaded.codebook
    same = ArticleAnnotations(passage.text, (passage.annotations[0], passage.annotations[0]))
    one_sided = ArticleAnnotations(passage.text, (passage.annotations[0][:3], ()))
    nobody = ArticleAnnotations("Nothing.", ((), ()))
    articles = [passage, same, one_sided, nobody]
    found = article_by_article(articles, codebook)
    for article, one in zip(articles, found, strict=True):
        alone = {
            (m.level, m.measure): m.value
            for m in agreement([article], codebook, with_gamma=False, replicates=0)
            if m.tag is None and m.attribute is None
        }
        assert one.f1_exact == alone["span", "f1_exact"]
        assert one.f1_overlap == alone["span", "f1_overlap"]
        kappa = alone["token", "cohen_kappa"]
        assert one.kappa == (None if kappa is None else pytest.approx(kappa))
        assert one.length == len(article.text)
        assert one.heat == heat(article, STRETCHES)
        assert one.share == heat(article, 1)[0]
    assert found[1].share == 0
    assert found[1].f1_exact == 1
    assert found[3].f1_exact is None
    assert found[3].kappa is None


def test_three_annotators_have_a_heat_for_every_pair_and_their_mean(loaded: Loaded) -> None:
    a, b = loaded.articles[0].annotations
    (found,) = article_by_article([ArticleAnnotations(loaded.articles[0].text, (a, b, a))], loaded.codebook)
    assert len(found.heats) == len(found.shares) == 3
    assert found.shares[1] == 0  # first and third are the same
    assert found.shares[0] == found.shares[2] > 0
    assert found.share == pytest.approx(found.shares[0] * 2 / 3)


def test_no_articles(loaded: Loaded) -> None:
    assert article_by_article([], loaded.codebook) == ()
