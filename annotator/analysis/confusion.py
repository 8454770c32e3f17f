"""Which tags two annotators confuse, and where in an article they disagree."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from annotator.analysis.corpus import ArticleAnnotations
from annotator.analysis.matching import match_across_tags, unit_of
from annotator.model.codebook import Codebook

Cell = tuple[str | None, str | None]
"""Tag type uids of the first and the second annotator; None where one has no counterpart."""


class Confusion(Struct, frozen=True):
    """``tags`` are tag type uids in the codebook's order; ``cells`` hold pairs of annotation uids, None for nobody's.

    A cell that nobody fell into is absent. There is none for (None, None).
    """

    tags: tuple[str, ...]
    cells: dict[Cell, tuple[tuple[str | None, str | None], ...]]

    def count(self, first: str | None, second: str | None) -> int:
        """How many fell into a cell."""
        return len(self.cells.get((first, second), ()))


def confusion(
    articles: Sequence[ArticleAnnotations], codebook: Codebook, coders: tuple[int, int] = (0, 1)
) -> Confusion:
    """Pair the annotations of two annotators across tags (``matching.match_across_tags``) and sort them by tags."""
    cells: dict[Cell, list[tuple[str | None, str | None]]] = {}
    for article in articles:
        a, b = (article.annotations[coder] for coder in coders)
        found = match_across_tags([unit_of(one) for one in a], [unit_of(one) for one in b])
        for i, j in found.pairs:
            cells.setdefault((a[i].tag_type, b[j].tag_type), []).append((a[i].uid, b[j].uid))
        for i in found.only_a:
            cells.setdefault((a[i].tag_type, None), []).append((a[i].uid, None))
        for j in found.only_b:
            cells.setdefault((None, b[j].tag_type), []).append((None, b[j].uid))
    tags = tuple(tag.uid for tag in codebook.tag_types)
    return Confusion(tags, {cell: tuple(pairs) for cell, pairs in cells.items()})


def heat(article: ArticleAnnotations, stretches: int, coders: tuple[int, int] = (0, 1)) -> tuple[float, ...]:
    """Cut the text into so many stretches and tell how much of each two annotators tagged differently, 0 to 1.

    A code point counts as different when the sets of tags on it differ; furniture never does. Stretches are
    as even in length as code points allow; where there are more of them than code points, empty ones are 0.
    """
    length = len(article.text)
    differs = np.zeros(length, dtype=np.bool_)
    tags = {annotation.tag_type for coder in coders for annotation in article.annotations[coder]}
    for tag in sorted(tags):
        first, second = (_covered(article, coder, tag) for coder in coders)
        differs |= first != second
    for span in article.furniture:
        differs[span.start : span.stop] = False
    edges = np.ceil(np.linspace(0, length, stretches + 1)).astype(np.int64)
    total = np.concatenate([[0], np.cumsum(differs)])
    size = np.diff(edges)
    return tuple((np.diff(total[edges]) / np.maximum(size, 1)).tolist())


def _covered(article: ArticleAnnotations, coder: int, tag: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    steps = np.zeros(len(article.text) + 1, dtype=np.int64)
    for annotation in article.annotations[coder]:
        if annotation.tag_type == tag:
            for span in annotation.spans:
                steps[span.start] += 1
                steps[span.stop] -= 1
    return np.asarray(np.cumsum(steps)[:-1] > 0)
