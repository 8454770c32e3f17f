"""Agreement on attributes and entities, over matched annotations only, and on the attributes of articles.

What nobody matched has no counterpart to compare with, so each measure stands beside the share of annotations that
found one. A value that one of the two did not give is missing: the pair is left out, as Krippendorff's alpha has it. Of
an attribute with several choices the set of choices is one category. Attributes of free text are not compared. With
more than two annotators kappa and alpha are means over the pairs of annotators, each with matches of its own; only the
attributes of articles need no matching, so there alpha takes all annotators and missing values at once.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

import numpy as np
from msgspec import Struct

from annotator.analysis import nominal
from annotator.analysis.assignment import Numbers
from annotator.analysis.bootstrap import Statistic, Tally, sparse
from annotator.analysis.corpus import ArticleAnnotations, Corpus
from annotator.analysis.spans import Matched
from annotator.model.codebook import Attribute, AttributeKind, Codebook
from annotator.model.marks import Tagged
from annotator.model.values import value_of

Answer = Callable[[Tagged], Hashable]
"""What of an annotation is compared; None when it is missing."""


class Compared(Struct, frozen=True):
    """Two annotators' answers to one question: article, pair of annotators, and both labels."""

    article: int
    pair: int
    first: Hashable
    second: Hashable


def comparable(attribute: Attribute) -> bool:
    """Tell whether agreement is computed on an attribute: on all but free text."""
    return attribute.kind is not AttributeKind.TEXT


def attribute_answers(of: Corpus, pairs: Sequence[Matched], tag: int, attribute: Attribute) -> list[Compared]:
    """Return what both annotators answered of one attribute, over the matched annotations of its tag."""
    return list(_answers(of, pairs, tag, lambda annotation: value_of(annotation.values, attribute.uid)))


def entity_answers(of: Corpus, pairs: Sequence[Matched], tag: int | None) -> list[Compared]:
    """Return which entities both annotators chose, over the matched annotations of one tag or (None) of all."""
    return list(_answers(of, pairs, tag, lambda annotation: annotation.entity))


def _answers(of: Corpus, pairs: Sequence[Matched], tag: int | None, answer: Answer) -> Iterator[Compared]:
    for number, pair in enumerate(pairs):
        kept = slice(None) if tag is None else of.unit_tag[pair.first] == tag
        for one, other in zip(pair.first[kept].tolist(), pair.second[kept].tolist(), strict=True):
            first, second = answer(of.annotations[one]), answer(of.annotations[other])
            if first is not None and second is not None:
                yield Compared(int(of.unit_article[one]), number, first, second)


def article_answers(articles: Sequence[ArticleAnnotations], attribute: Attribute) -> list[Compared]:
    """Return what each pair of annotators answered of an attribute of articles."""
    return [
        Compared(number, pair, first, second)
        for number, labels in enumerate(_labels(articles, attribute))
        for pair, (first, second) in enumerate((a, b) for at, a in enumerate(labels) for b in labels[at + 1 :])
        if first is not None and second is not None
    ]


def _labels(articles: Sequence[ArticleAnnotations], attribute: Attribute) -> Iterator[list[Hashable]]:
    for article in articles:
        yield [value_of(values, attribute.uid) for values in article.values]


def compared_tally(compared: Iterable[Compared], articles: int, pairs: int, names: Iterable[str]) -> Tally:
    """Make the tally of named measures of ``nominal``, each the mean over the pairs of annotators.

    Cells are, for each pair, the number of agreements, then how often each of the two used each label.
    """
    labels: dict[Hashable, int] = {}
    rows: list[tuple[int, int, int, int]] = [
        (one.article, one.pair, labels.setdefault(one.first, len(labels)), labels.setdefault(one.second, len(labels)))
        for one in compared
    ]
    article, pair, first, second = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    width, known = 1 + 2 * len(labels), len(labels)
    same, base = first == second, pair * width
    cells = np.concatenate([base[same], base + 1 + first, base + 1 + known + second])
    where = np.concatenate([article[same], article, article])
    counts = sparse(where, cells, np.ones(len(cells)), (articles, pairs * width))
    return Tally(counts, paired_statistics(names, pairs, known))


def paired_statistics(names: Iterable[str], pairs: int, known: int) -> dict[str, Statistic]:
    """Return measures of ``nominal`` by name that read the cells of ``compared_tally``, with so many labels known."""
    return {name: _mean(getattr(nominal, name), pairs, known) for name in names}


def _mean(statistic: nominal.Statistic, pairs: int, known: int) -> Statistic:
    def mean(sums: Numbers) -> Numbers:
        cells = sums.reshape(len(sums), pairs, 1 + 2 * known)
        found = nominal.Counts(cells[..., :1], cells[..., 1:].reshape(len(sums), pairs, 2, known))
        return np.asarray(statistic(found).mean(axis=-1))

    return mean


def article_alpha_tally(articles: Sequence[ArticleAnnotations], attribute: Attribute) -> Tally:
    """Make the tally of nominal alpha over all annotators, missing values allowed (Krippendorff 2011).

    Cells are the sum of the coincidence matrix's diagonal, then its margins.
    """
    known: dict[Hashable, int] = {}
    rows: list[tuple[int, int, float]] = []
    for number, given in enumerate(_labels(articles, attribute)):
        labels = [known.setdefault(label, len(known)) for label in given if label is not None]
        if len(labels) > 1:
            same = sum(labels.count(label) - 1 for label in labels)
            rows += [(number, 0, same / (len(labels) - 1)), *((number, 1 + label, 1.0) for label in labels)]
    article, cell, weight = np.array(rows, dtype=np.float64).reshape(-1, 3).T
    shape = (len(articles), 1 + len(known))
    counts = sparse(article.astype(np.int64), cell.astype(np.int64), weight, shape)

    def alpha(sums: Numbers) -> Numbers:
        return nominal.from_coincidences(sums[:, 0], sums[:, 1:], sums[:, 1:].sum(axis=1))

    return Tally(counts, {"alpha_nominal": alpha})


def unshared_entities(articles: Sequence[ArticleAnnotations]) -> frozenset[str]:
    """Return the uids of entities that one annotator only refers to: what stayed unmatched after merging."""
    coders = range(len(articles[0].annotations)) if articles else ()
    used = [{a.entity for article in articles for a in article.annotations[coder] if a.entity} for coder in coders]
    return frozenset(uid for uid in set().union(*used) if sum(uid in mine for mine in used) == 1)


def tags_with_entities(of: Corpus) -> list[int]:
    """Return the tags, by place in the codebook, of which any annotation refers to an entity."""
    referring = [unit for unit, entity in enumerate(of.entities) if entity]
    return sorted(set(of.unit_tag[referring].tolist()))


def attributes_by_tag(codebook: Codebook) -> Iterator[tuple[int, Attribute]]:
    """Yield each comparable attribute of annotations with its tag's place in the codebook."""
    for number, tag in enumerate(codebook.tag_types):
        for attribute in codebook.attributes_of(tag.uid):
            if comparable(attribute):
                yield number, attribute
