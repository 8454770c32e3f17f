"""Agreement on links, over matched annotations only: of all that could be linked, what is linked?

For two annotators and one role the items are all pairs of a matched annotation that the role may start from and another
of the same article that it may lead to; each annotator linked such a pair or did not. (Stab & Gurevych 2014, Annotating
argument components and relations, compare relations over all possible pairs in this way.) Links with an end that nobody
matched have no counterpart and are left out. With more than two annotators, means over the pairs of annotators.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from annotator.analysis.assignment import Numbers
from annotator.analysis.bootstrap import Tally
from annotator.analysis.corpus import ArticleAnnotations, Corpus
from annotator.analysis.matched_values import paired_statistics
from annotator.analysis.spans import Matched
from annotator.model.annotation import Link
from annotator.model.codebook import Codebook

Ends = dict[str, tuple[int, int]]
"""By annotation uid the number of its match in the article, and its tag's place in the codebook."""


def roles(codebook: Codebook) -> Iterator[tuple[int, str, frozenset[int]]]:
    """Yield, for each tag (place in the codebook) and role that starts from it, the tags that the role may lead to."""
    places = {tag.uid: number for number, tag in enumerate(codebook.tag_types)}
    for number, tag in enumerate(codebook.tag_types):
        rules = codebook.rules_from(tag.uid)
        for role in dict.fromkeys(rule.role for rule in rules):
            yield number, role, frozenset(places[rule.to_type] for rule in rules if rule.role == role)


def link_tallies(of: Corpus, pairs: Sequence[Matched], codebook: Codebook) -> Iterator[tuple[int, str, Tally]]:
    """Yield the tally of each tag (place in the codebook) and role; a pair's cells are of two labels, no and yes."""
    ends = [list(_ends(of, pair)) for pair in pairs]
    statistics = paired_statistics(("cohen_kappa", "alpha_nominal"), len(pairs), 2)
    for tag, role, targets in roles(codebook):
        counts = np.zeros((len(of.articles), len(pairs), 5))
        for number, (pair, known) in enumerate(zip(pairs, ends, strict=True)):
            for article, both in enumerate(known):
                counts[article, number] = _counted(of.articles[article], pair, both, tag, role, targets)
        yield tag, role, Tally(counts.reshape(len(of.articles), 5 * len(pairs)), statistics)


def items(tally: Tally) -> int:
    """Return how many pairs of annotations could be linked, over all pairs of annotators."""
    cells = tally.counts.sum(axis=0).reshape(-1, 5)
    return int(cells[:, 1:3].sum())


def _ends(of: Corpus, pair: Matched) -> Iterator[tuple[Ends, Ends]]:
    order = np.argsort(of.unit_article[pair.first], kind="stable")
    first, second = pair.first[order], pair.second[order]
    edges = np.searchsorted(of.unit_article[first], np.arange(len(of.articles) + 1))
    for article in range(len(of.articles)):
        mine = slice(edges[article], edges[article + 1])
        tags = of.unit_tag[first[mine]].tolist()
        yield _numbered(of, first[mine], tags), _numbered(of, second[mine], tags)


def _numbered(of: Corpus, units: Iterable[int], tags: Sequence[int]) -> Ends:
    return {of.annotations[unit].uid: (number, tags[number]) for number, unit in enumerate(units)}


def _counted(
    article: ArticleAnnotations, pair: Matched, ends: tuple[Ends, Ends], tag: int, role: str, targets: frozenset[int]
) -> Numbers:
    tags = [tag_of for _, tag_of in ends[0].values()]
    # An annotation is never linked to itself.
    possible = tags.count(tag) * sum(one in targets for one in tags) - (tags.count(tag) if tag in targets else 0)
    first, second = (
        _linked(article.links[coder] if article.links else (), known, tag, role, targets)
        for coder, known in zip(pair.coders, ends, strict=True)
    )
    agreed = possible - len(first ^ second)
    return np.array([agreed, possible - len(first), len(first), possible - len(second), len(second)], dtype=np.float64)


def _linked(links: Iterable[Link], known: Ends, tag: int, role: str, targets: frozenset[int]) -> set[tuple[int, int]]:
    found = set()
    for link in links:
        if link.role == role and link.from_annotation in known and link.to_annotation in known:
            (source, source_tag), (target, target_tag) = known[link.from_annotation], known[link.to_annotation]
            if source_tag == tag and target_tag in targets:
                found.add((source, target))
    return found
