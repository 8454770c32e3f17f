"""What the window shows of one article at a time, and of many in a list."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct, field

from annotator.model.annotation import Annotation, Link
from annotator.model.article import Article, Status
from annotator.model.review import Verdict
from annotator.model.span import Span


class ArticleContent(Struct, frozen=True):
    """One article with its frozen text and everything that refers to it, as one state of the file."""

    article: Article
    text: str
    annotations: dict[str, Annotation]
    links: dict[str, Link]
    verdicts: dict[str, Verdict]


class ArticleRow(Struct, frozen=True, gc=False):
    """One line of the article list; ``tags`` counts annotations by tag type uid, of all sets."""

    uid: str
    title: str
    source: str
    published: str
    words: int
    status: Status
    tags: dict[str, int]


class Order(StrEnum):
    """How the article list is sorted; an article without a date stands behind all that have one."""

    IMPORTED = "imported"
    TITLE = "title"
    SOURCE = "source"
    PUBLISHED = "published"


class ArticleFilter(Struct, frozen=True):
    """Which articles a list shows; an empty field does not narrow.

    ``words`` is searched in title and text. ``published_from`` and ``published_to`` are ISO dates, both included.
    ``assigned_only`` keeps those assigned to the annotator. ``reviewed`` keeps those that somebody has marked reviewed,
    or those that nobody has.
    """

    words: str = ""
    statuses: frozenset[Status] = frozenset()
    sources: frozenset[str] = frozenset()
    tag_types: frozenset[str] = frozenset()
    annotators: frozenset[str] = frozenset()
    published_from: str = ""
    published_to: str = ""
    assigned_only: bool = False
    reviewed: bool | None = None

    @property
    def narrows(self) -> bool:
        """Tell whether anything is filtered out."""
        return self != ArticleFilter()


class SearchHit(Struct, frozen=True):
    """One place where the searched words stand.

    ``where`` is ``title``, ``text``, ``note``, ``attribute``, ``entity`` or ``tag``; ``span`` lies in the text and
    is None for a title. ``before``, ``words`` and ``after`` are the hit in its context.
    """

    article: str
    title: str
    where: str
    span: Span | None
    before: str
    words: str
    after: str
    annotation: str | None = None


class ProjectCounts(Struct, frozen=True):
    """How much a project holds."""

    articles: int
    annotations: int
    links: int
    entities: int
    by_tag: dict[str, int] = field(default_factory=dict)
    by_annotator: dict[str, int] = field(default_factory=dict)
    by_set: dict[str, int] = field(default_factory=dict)
    by_status: dict[str, int] = field(default_factory=dict)
