"""The articles that are compared, read some at a time in columns."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.analysis.corpus import ArticleAnnotations, by_source
from annotator.model.annotation import AnnotationSet, Link, SetKind
from annotator.model.article import Article
from annotator.model.codebook import Codebook
from annotator.model.marks import MarkedArticles, Marks
from annotator.model.values import Values
from annotator.storage.reader import Reader


class Reading:
    """What has been read so far of some sets; ``marks`` are whole once the ``articles`` have been asked for."""

    def __init__(self, read: Reader, sets: Sequence[AnnotationSet], codebook: Codebook, *, detailed: bool) -> None:
        self.codebook = codebook
        self.records: list[Article] = []
        self._read, self._sets = read, [one.uid for one in sets]
        self.marks = Marks(tuple(tag.uid for tag in codebook.tag_types), len(sets), detailed)
        self._parts: list[Marks] = []
        self._texts: list[str] = []
        self._people = {one.annotator: owner for owner, one in enumerate(sets) if one.kind is SetKind.PERSON}
        # By the numbers of article and set.
        self._links: dict[tuple[int, int], list[Link]] = {}
        self._values: dict[tuple[int, int], Values] = {}

    def take(self, articles: Sequence[str]) -> None:
        """Read some more articles, in one state of the file."""
        first = len(self.records)
        found = self._read.marked(
            articles, self._sets, self.marks.tag_types, first=first, detailed=self.marks.detailed
        )  # fmt: skip
        self._parts.append(found.marks)
        self._texts += found.texts
        self.records += found.records
        self._sort_links(found)
        numbers = {record.uid: number for number, record in enumerate(found.records, first)}
        for work in found.works:
            if work.annotator in self._people:
                self._values[numbers[work.article], self._people[work.annotator]] = work.values

    def _sort_links(self, found: MarkedArticles) -> None:
        """Give each link to the set of the annotation that it starts from; those of other sets are let go."""
        starts = {link.from_annotation for link in found.links}
        sources = {uid: found.marks.source(at) for at, uid in enumerate(found.marks.uid) if uid in starts}
        for link in found.links:
            if link.from_annotation in sources:
                self._links.setdefault(sources[link.from_annotation], []).append(link)

    def articles(self) -> tuple[ArticleAnnotations, ...]:
        """Return all articles that were read, with what each set has of them."""
        self.marks.extend(self._parts)
        self._parts.clear()
        made = by_source(self.marks, len(self.records))
        owners = range(len(self._sets))
        without_links: tuple[tuple[Link, ...], ...] = ((),) * len(owners)
        without_values: tuple[Values, ...] = ((),) * len(owners)
        linked, valued = ({number for number, _ in known} for known in (self._links, self._values))
        return tuple(
            ArticleAnnotations(
                text,
                annotations,
                record.furniture,
                tuple(tuple(self._links.get((number, owner), ())) for owner in owners)
                if number in linked
                else without_links,
                tuple(self._values.get((number, owner), ()) for owner in owners)
                if number in valued
                else without_values,
            )
            for number, (record, text, annotations) in enumerate(zip(self.records, self._texts, made, strict=True))
        )
