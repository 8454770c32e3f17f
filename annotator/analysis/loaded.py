"""What a comparison of annotators is made of, once it has been read: people, articles, and what was left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from annotator.analysis.corpus import ArticleAnnotations
from annotator.analysis.matched_values import unshared_entities
from annotator.model.article import Article
from annotator.model.codebook import Codebook, TagType


@dataclass(frozen=True)
class Loaded:
    """Two or more annotation sets over the same articles.

    ``names`` say whose the sets are, in the order that every article's ``annotations`` have; no two are the same.
    ``records`` are the articles' own records, one for each of ``articles``. ``left_out`` counts the articles that not
    everybody has marked done; with ``only_done`` False none is. ``tag`` is the one that alone is compared, or None.
    """

    project: str
    codebook: Codebook
    names: tuple[str, ...]
    records: tuple[Article, ...]
    articles: tuple[ArticleAnnotations, ...]
    left_out: int = 0
    only_done: bool = True
    tag: TagType | None = None

    @property
    def shown(self) -> tuple[ArticleAnnotations, ...]:
        """The articles with the annotations of the one tag only, or with all when all tags are compared."""
        return self.articles if self.tag is None else of_tag(self.articles, self.tag.uid)

    @property
    def entities(self) -> int:
        """How many entities the annotations refer to."""
        return len({a.entity for article in self.shown for made in article.annotations for a in made if a.entity})

    @property
    def unmatched_entities(self) -> int:
        """How many of the entities one annotator only refers to: perhaps two that were not made one yet."""
        return len(unshared_entities(self.shown))


def of_tag(articles: Sequence[ArticleAnnotations], tag: str) -> tuple[ArticleAnnotations, ...]:
    """Leave only the annotations of one tag type, by its uid; links and values stay."""
    return tuple(
        replace(one, annotations=tuple(tuple(a for a in made if a.tag_type == tag) for made in one.annotations))
        for one in articles
    )
