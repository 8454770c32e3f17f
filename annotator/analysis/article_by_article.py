"""How far annotators agree in each article by itself: the few numbers that a list of articles shows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from msgspec import Struct

from annotator.analysis.assignment import Numbers
from annotator.analysis.bootstrap import Tally
from annotator.analysis.confusion import heat
from annotator.analysis.corpus import ArticleAnnotations, Corpus, corpus
from annotator.analysis.spans import matched, span_tallies
from annotator.analysis.token_measures import token_tallies
from annotator.model.codebook import Codebook

STRETCHES = 120
"""In how many pieces an article is cut to show where people disagree."""


class OneArticle(Struct, frozen=True):
    """An article's numbers, None where undefined; ``length`` is that of its text in code points.

    ``heats`` has, for every pair of annotators in the order of ``Corpus.pairs``, how much of each stretch is tagged
    differently, 0 to 1; ``shares`` the same of the whole article.
    """

    f1_exact: float | None
    f1_overlap: float | None
    kappa: float | None
    length: int
    heats: tuple[tuple[float, ...], ...]
    shares: tuple[float, ...]

    @property
    def heat(self) -> tuple[float, ...]:
        """How much of each stretch is tagged differently, the mean over pairs."""
        return tuple(sum(values) / len(self.heats) for values in zip(*self.heats, strict=True))

    @property
    def share(self) -> float:
        """How much of the article is tagged differently, the mean over pairs."""
        return sum(self.shares) / len(self.shares)


def article_by_article(articles: Sequence[ArticleAnnotations], codebook: Codebook) -> tuple[OneArticle, ...]:
    """Compute every article's numbers over all tags of the codebook; raises as ``corpus``."""
    return article_by_article_of(corpus(articles, codebook))


def article_by_article_of(of: Corpus) -> tuple[OneArticle, ...]:
    """Compute every article's numbers from arrays and the articles beside them.

    F1 and kappa (on tokens) are what ``agreement`` finds for the article alone.
    """
    articles = of.articles
    if not articles:
        return ()
    spans = dict(span_tallies(of, matched(of)))[None]
    tokens = dict(token_tallies(of))[None]
    exact, overlap = (_each(spans, name) for name in ("f1_exact", "f1_overlap"))
    kappa = _each(tokens, "cohen_kappa")
    there = np.bincount(of.unit_article[of.line.lengths > 0], minlength=len(articles)) > 0
    pairs = list(combinations(range(of.coders), 2))
    return tuple(
        OneArticle(
            exact[at],
            overlap[at],
            kappa[at] if there[at] else None,
            len(article.text),
            tuple(heat(article, STRETCHES, pair) for pair in pairs),
            tuple(heat(article, 1, pair)[0] for pair in pairs),
        )
        for at, article in enumerate(articles)
    )


def _each(tally: Tally, name: str) -> list[float | None]:
    """Compute a measure from every article's counts instead of from their sum."""
    counts = tally.counts
    rows: Numbers = counts if isinstance(counts, np.ndarray) else counts.toarray()
    values = tally.statistics[name](rows)
    return [None if np.isnan(value) else float(value) for value in values]
