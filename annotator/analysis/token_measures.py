"""Agreement on tokens: tagged or not for each tag, and the set of tags on a token for all tags together."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from annotator.analysis import nominal
from annotator.analysis.assignment import Booleans, Numbers
from annotator.analysis.bootstrap import Statistic, Tally, sparse
from annotator.analysis.corpus import Corpus
from annotator.analysis.overlaps import Integers
from annotator.analysis.tokens import Segments, segments

STATISTICS: dict[str, nominal.Statistic] = {
    "observed": nominal.observed,
    "cohen_kappa": nominal.cohen_kappa,
    "scott_pi": nominal.scott_pi,
    "fleiss_kappa": nominal.fleiss_kappa,
    "alpha_nominal": nominal.alpha_nominal,
}
"""The measures of categories by name."""
PAIRWISE = ("observed", "cohen_kappa", "scott_pi")
"""Those that are means over pairs of annotators; the others take all annotators at once."""
_BITS = 40
_TABLE = 1 << 22


def counted(counts: object, coders: int, categories: int) -> Tally:
    """Make a tally of categories: counts of agreement by pair, then of each annotator's use of each category."""
    pairs = coders * (coders - 1) // 2

    def read(sums: Numbers) -> nominal.Counts:
        return nominal.Counts(sums[:, :pairs], sums[:, pairs:].reshape(-1, coders, categories))

    def of(statistic: nominal.Statistic) -> Statistic:
        return lambda sums: statistic(read(sums))

    return Tally(counts, {name: of(statistic) for name, statistic in STATISTICS.items()})


def token_tallies(of: Corpus) -> Iterator[tuple[int | None, Tally]]:
    """Yield the tally of each tag, by its place in the codebook, then with None that of all tags together."""
    cut = segments(of)
    kinds = np.zeros((of.coders, len(cut.weight)), dtype=np.int64)
    for tag in range(of.tags):
        tagged = np.stack([cut.tagged(coder, tag) for coder in range(of.coders)])
        yield tag, counted(_binary(of, cut, tagged), of.coders, 2)
        kinds = kinds * 2 + tagged
        if tag % _BITS == _BITS - 1:
            kinds = _numbered(kinds)
    kinds = _numbered(kinds)
    categories = int(kinds.max(initial=0)) + 1
    yield None, counted(_sets(of, cut, kinds, categories), of.coders, categories)


def _numbered(kinds: Integers) -> Integers:
    """Number anew, without gaps, so that there is room for more bits; by a table while that is small, for speed."""
    if int(kinds.max(initial=0)) >= _TABLE:
        return np.unique(kinds, return_inverse=True)[1].reshape(kinds.shape)
    there = np.bincount(kinds.ravel()) > 0
    return np.asarray((np.cumsum(there) - 1)[kinds])


def _binary(of: Corpus, cut: Segments, tagged: Booleans) -> Numbers:
    """Count by article: agreement of each pair, then for each annotator tokens not tagged and tagged."""
    articles = len(of.articles)

    def total(where: Booleans) -> Numbers:
        return np.bincount(cut.article[where], cut.weight[where], articles).astype(np.float64)

    everything = total(np.ones(len(cut.weight), dtype=np.bool_))
    used = [column for mine in map(total, tagged) for column in (everything - mine, mine)]
    return np.stack([*(everything - total(tagged[i] != tagged[j]) for i, j in of.pairs), *used], axis=1)


def _sets(of: Corpus, cut: Segments, kinds: Integers, categories: int) -> object:
    rows, columns, weights = [], [], []
    for number, (i, j) in enumerate(of.pairs):
        same = kinds[i] == kinds[j]
        rows.append(cut.article[same])
        columns.append(np.full(int(same.sum()), number))
        weights.append(cut.weight[same])
    for coder in range(of.coders):
        rows.append(cut.article)
        columns.append(len(of.pairs) + coder * categories + kinds[coder])
        weights.append(cut.weight)
    shape = (len(of.articles), len(of.pairs) + of.coders * categories)
    return sparse(np.concatenate(rows), np.concatenate(columns), np.concatenate(weights), shape)
