"""What a comparison of annotators is made of, once it has been read: people, articles, and what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from annotator.analysis.corpus import ArticleAnnotations, Corpus, corpus, corpus_of
from annotator.analysis.matched_values import unshared_entities
from annotator.model.article import Article
from annotator.model.codebook import Codebook, TagType
from annotator.model.marks import Marks


class Loaded(Struct, frozen=True, dict=True):
    """Two or more annotation sets over the same articles.

    ``names`` say whose the sets are, in the order that every article's ``annotations`` have; no two are the same.
    ``records`` are the articles' own records, one for each of ``articles``. ``left_out`` counts the articles that not
    everybody has marked done; with ``only_done`` False none is. ``tag`` is the one that alone is compared, or None.
    ``marks`` are the annotations of exactly these articles in columns, None where they were not read so; when they are
    not ``detailed`` they can be measured as spans and as tokens, and not be looked at.
    """

    project: str
    codebook: Codebook
    names: tuple[str, ...]
    records: tuple[Article, ...]
    articles: tuple[ArticleAnnotations, ...]
    left_out: int = 0
    only_done: bool = True
    tag: TagType | None = None
    marks: Marks | None = None

    @property
    def detailed(self) -> bool:
        """Whether attributes, entities and links were read too."""
        return self.marks is None or self.marks.detailed

    @cached_property
    def corpus(self) -> Corpus:
        """The annotations of all tags in arrays."""
        if self.marks is None:
            return corpus(self.articles, self.codebook)
        return corpus_of(self.marks, self.articles)

    @property
    def shown(self) -> tuple[ArticleAnnotations, ...]:
        """The articles with the annotations of the one tag only, or with all when all tags are compared."""
        return self.articles if self.tag is None else of_tag(self.articles, self.tag.uid)

    @property
    def shown_corpus(self) -> Corpus:
        """The same in arrays."""
        return self.corpus if self.tag is None else corpus(self.shown, self.codebook)

    @property
    def entities(self) -> int:
        """How many entities the annotations refer to; 0 without details."""
        if not self.detailed:
            return 0
        if self.marks is not None and self.tag is None:
            return len(set(self.marks.entity) - {None})
        return len({a.entity for article in self.shown for made in article.annotations for a in made if a.entity})

    @property
    def unmatched_entities(self) -> int:
        """How many of the entities one annotator only refers to: perhaps two that were not made one yet."""
        if not self.detailed:
            return 0
        if self.marks is not None and self.tag is None:
            coders = self.corpus.unit_coder.tolist()
            used = Counter(entity for _, entity in set(zip(coders, self.marks.entity, strict=True)) if entity)
            return sum(owners == 1 for owners in used.values())
        return len(unshared_entities(self.shown))


def of_tag(articles: Sequence[ArticleAnnotations], tag: str) -> tuple[ArticleAnnotations, ...]:
    """Leave only the annotations of one tag type, by its uid; links and values stay."""
    return tuple(
        replace(one, annotations=tuple(tuple(a for a in made if a.tag_type == tag) for made in one.annotations))
        for one in articles
    )
