"""All measures of agreement of two or more annotators on some articles: per tag and over all tags.

Which articles are compared, and that entities are merged before, is the caller's choice. The agreement of one article
is that of a list with one. Measures that are defined for two annotators are means over all pairs when there are more;
``Measure.pairs`` says so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

import numpy as np
from msgspec import Struct

from annotator.analysis import matched_links, matched_values
from annotator.analysis.alpha_u import alpha_u_tallies
from annotator.analysis.bootstrap import REPLICATES, SEED, Estimate, Tally, estimates
from annotator.analysis.corpus import ArticleAnnotations, Corpus, corpus
from annotator.analysis.gamma import PRECISION, gamma_counts, gamma_of
from annotator.analysis.result import Level, Measure, Reason
from annotator.analysis.spans import STATISTICS, Matched, matched, span_tallies
from annotator.analysis.token_measures import PAIRWISE, token_tallies
from annotator.model.codebook import Codebook

ALL_LEVELS = frozenset(Level)
_KAPPA_AND_ALPHA = ("cohen_kappa", "alpha_nominal")


class _Row(Struct, frozen=True):
    """Some measures of one thing, before they are computed.

    ``undefined`` is the reason when one has no number, ``empty`` tells that none has, for nobody has anything there.
    ``averaged`` are the names of those that are means over pairs of annotators.
    """

    level: Level
    tag: int | None
    attribute: str | None
    tally: Tally
    n: int
    undefined: Reason
    matched: float | None = None
    empty: bool = False
    averaged: Collection[str] = ()


def agreement(
    articles: Sequence[ArticleAnnotations],
    codebook: Codebook,
    *,
    levels: Collection[Level] = ALL_LEVELS,
    with_alpha_u: bool = True,
    with_gamma: bool = True,
    replicates: int = REPLICATES,
    seed: int = SEED,
    after_each: Callable[[], None] = lambda: None,
) -> tuple[Measure, ...]:
    """Compute the measures of the given levels; raises as ``corpus`` and otherwise does as ``agreement_of``."""
    return agreement_of(
        corpus(articles, codebook),
        codebook,
        levels=levels,
        with_alpha_u=with_alpha_u,
        with_gamma=with_gamma,
        replicates=replicates,
        seed=seed,
        after_each=after_each,
    )


def agreement_of(
    of: Corpus,
    codebook: Codebook,
    *,
    levels: Collection[Level] = ALL_LEVELS,
    with_alpha_u: bool = True,
    with_gamma: bool = True,
    replicates: int = REPLICATES,
    seed: int = SEED,
    after_each: Callable[[], None] = lambda: None,
) -> tuple[Measure, ...]:
    """Compute the measures of the given levels from arrays.

    ``after_each`` is called as work goes on, often enough to show progress; what it raises ends the computation. Gamma
    takes some milliseconds for each article and tag, all else together far less. The levels span and token need no
    ``annotations`` in the corpus, only the arrays.
    """
    rows: list[_Row] = []
    if Level.TOKEN in levels:
        rows += _token_rows(of)
    pairs = matched(of) if set(levels) - {Level.TOKEN} else []
    after_each()
    if Level.SPAN in levels:
        rows += _span_rows(of, pairs)
        rows += _alpha_u_rows(of) if with_alpha_u else []
        rows += _gamma_rows(of, seed, after_each) if with_gamma else []
    if Level.ATTRIBUTE in levels:
        rows += _attribute_rows(of, pairs, codebook)
        rows += _article_rows(of, codebook)
    if Level.ENTITY in levels:
        rows += _entity_rows(of, pairs)
    if Level.LINK in levels:
        rows += _link_rows(of, pairs, codebook)
    after_each()
    names = [tag.name for tag in codebook.tag_types]
    found = estimates([row.tally for row in rows], replicates=replicates, seed=seed)
    return tuple(
        _measure(row, None if row.tag is None else names[row.tag], name, one, len(of.pairs))
        for row, each in zip(rows, found, strict=True)
        for name, one in each.items()
    )


def _measure(row: _Row, tag: str | None, name: str, one: Estimate, pairs: int) -> Measure:
    averaged = pairs if name in row.averaged else 1
    if row.empty or one.value is None:
        reason = Reason.EMPTY if row.empty else row.undefined
        one = Estimate(None)
    else:
        reason = None
    return Measure(
        row.level, tag, row.attribute, name, one.value, one.low, one.high, row.n, reason, row.matched, averaged
    )


def _units(of: Corpus, tag: int | None) -> int:
    """How many annotations, of all annotators, are not wholly in furniture."""
    there = of.line.lengths > 0
    return int(there.sum() if tag is None else (there & (of.unit_tag == tag)).sum())


def _token_rows(of: Corpus) -> Iterator[_Row]:
    for tag, tally in token_tallies(of):
        sums = np.asarray(tally.counts.sum(axis=0)).ravel()
        n = int(sums[len(of.pairs) :].sum()) // of.coders
        undefined = Reason.ONE_CATEGORY if n else Reason.NOTHING_COMPARED
        yield _Row(Level.TOKEN, tag, None, tally, n, undefined, empty=not _units(of, tag), averaged=PAIRWISE)


def _span_rows(of: Corpus, pairs: Sequence[Matched]) -> Iterator[_Row]:
    for tag, tally in span_tallies(of, list(pairs)):
        n = _units(of, tag)
        yield _Row(Level.SPAN, tag, None, tally, n, Reason.ONE_SIDE, empty=not n, averaged=STATISTICS)


def _alpha_u_rows(of: Corpus) -> Iterator[_Row]:
    for tag, tally in alpha_u_tallies(of):
        n = _units(of, tag)
        undefined = Reason.NO_CHANCE if tally else Reason.OVERLAPPING
        yield _Row(Level.SPAN, tag, None, tally or _without_value(of, "alpha_u"), n, undefined, empty=not n)


def _without_value(of: Corpus, name: str) -> Tally:
    return Tally(np.zeros((len(of.articles), 1)), {name: lambda sums: np.full(len(sums), np.nan)})


def _gamma_rows(of: Corpus, seed: int, after_each: Callable[[], None]) -> Iterator[_Row]:
    # One article alone needs many random continua; of many articles the errors even out.
    precision = PRECISION if len(of.articles) == 1 else None
    for tag in (*range(of.tags), None):
        n = _units(of, tag)
        counts = gamma_counts(of, tag, precision=precision, seed=seed, goes_on=after_each)
        yield _Row(Level.SPAN, tag, None, Tally(counts, {"gamma": gamma_of}), n, Reason.NO_CHANCE, empty=not n)


def _matched_share(of: Corpus, pairs: Sequence[Matched], tag: int | None) -> float | None:
    """Share of annotations that found a counterpart, over all pairs of annotators."""
    there = _units(of, tag) * (of.coders - 1)
    first = np.concatenate([pair.first for pair in pairs])
    found = len(first) if tag is None else int((of.unit_tag[first] == tag).sum())
    return 2 * found / there if there else None


def _compared_row(
    of: Corpus, pairs: Sequence[Matched], level: Level, tag: int | None, name: str | None, *,
    compared: list[matched_values.Compared],
) -> _Row:  # fmt: skip
    tally = matched_values.compared_tally(compared, len(of.articles), len(of.pairs), _KAPPA_AND_ALPHA)
    return _matched_row(level, tag, name, tally, len(compared), _matched_share(of, pairs, tag))


def _matched_row(level: Level, tag: int | None, name: str | None, tally: Tally, n: int, share: float | None) -> _Row:
    undefined = Reason.ONE_CATEGORY if n else Reason.NOTHING_COMPARED
    return _Row(level, tag, name, tally, n, undefined, share, averaged=_KAPPA_AND_ALPHA)


def _attribute_rows(of: Corpus, pairs: Sequence[Matched], codebook: Codebook) -> Iterator[_Row]:
    for tag, attribute in matched_values.attributes_by_tag(codebook):
        compared = matched_values.attribute_answers(of, pairs, tag, attribute)
        yield _compared_row(of, pairs, Level.ATTRIBUTE, tag, attribute.name, compared=compared)


def _article_rows(of: Corpus, codebook: Codebook) -> Iterator[_Row]:
    for attribute in filter(matched_values.comparable, codebook.attributes_of(None)):
        compared = matched_values.article_answers(of.articles, attribute)
        kappa = matched_values.compared_tally(compared, len(of.articles), len(of.pairs), ("cohen_kappa",))
        alpha = matched_values.article_alpha_tally(of.articles, attribute)
        n = len({one.article for one in compared})
        undefined = Reason.ONE_CATEGORY if n else Reason.NOTHING_COMPARED
        yield _Row(Level.ATTRIBUTE, None, attribute.name, kappa, n, undefined, averaged=("cohen_kappa",))
        yield _Row(Level.ATTRIBUTE, None, attribute.name, alpha, n, undefined)


def _entity_rows(of: Corpus, pairs: Sequence[Matched]) -> Iterator[_Row]:
    for tag in (*matched_values.tags_with_entities(of), None):
        compared = matched_values.entity_answers(of, pairs, tag)
        yield _compared_row(of, pairs, Level.ENTITY, tag, None, compared=compared)


def _link_rows(of: Corpus, pairs: Sequence[Matched], codebook: Codebook) -> Iterator[_Row]:
    for tag, role, tally in matched_links.link_tallies(of, pairs, codebook):
        share = _matched_share(of, pairs, tag)
        yield _matched_row(Level.LINK, tag, role, tally, matched_links.items(tally), share)
