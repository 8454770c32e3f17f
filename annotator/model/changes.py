"""Changes and change sets: what one gesture did, and everything that saving, undo and merging need."""

from __future__ import annotations

from collections.abc import Iterable, Set
from enum import StrEnum
from functools import cached_property

from msgspec import Struct

from annotator.model.annotation import Annotation, AnnotationSet, Annotator, Link
from annotator.model.article import Article, ArticleWork
from annotator.model.codebook import Attribute, LinkRule, TagType
from annotator.model.entity import Entity
from annotator.model.hand_out import HandOut
from annotator.model.project_info import ProjectInfo
from annotator.model.review import Verdict

Record = (
    ProjectInfo | Annotator | AnnotationSet | TagType | Attribute | LinkRule
    | Article | ArticleWork | Entity | Annotation | Link | Verdict | HandOut
)  # fmt: skip


class Kind(StrEnum):
    """A record kind; each is one table of that name."""

    PROJECT = "project"
    ANNOTATOR = "annotator"
    ANNOTATION_SET = "annotation_set"
    TAG_TYPE = "tag_type"
    ATTRIBUTE = "attribute"
    LINK_RULE = "link_rule"
    ARTICLE = "article"
    ARTICLE_WORK = "article_work"
    ENTITY = "entity"
    ANNOTATION = "annotation"
    LINK = "link"
    VERDICT = "verdict"
    HAND_OUT = "hand_out"


RECORD_TYPES: dict[Kind, type[Record]] = {
    Kind.PROJECT: ProjectInfo,
    Kind.ANNOTATOR: Annotator,
    Kind.ANNOTATION_SET: AnnotationSet,
    Kind.TAG_TYPE: TagType,
    Kind.ATTRIBUTE: Attribute,
    Kind.LINK_RULE: LinkRule,
    Kind.ARTICLE: Article,
    Kind.ARTICLE_WORK: ArticleWork,
    Kind.ENTITY: Entity,
    Kind.ANNOTATION: Annotation,
    Kind.LINK: Link,
    Kind.VERDICT: Verdict,
    Kind.HAND_OUT: HandOut,
}
KINDS: dict[type, Kind] = {record_type: kind for kind, record_type in RECORD_TYPES.items()}


class Origin(StrEnum):
    """Why a change set was made. USER steps are the ones a person can undo."""

    USER = "user"
    UNDO = "undo"
    REDO = "redo"
    SYSTEM = "system"


class Change(Struct, frozen=True, gc=False):
    """One record added (before None), removed (after None) or replaced."""

    kind: Kind
    uid: str
    before: Record | None
    after: Record | None

    @property
    def inverse(self) -> Change:
        """The change that takes this one back."""
        return Change(self.kind, self.uid, self.after, self.before)


class ChangeSet(Struct, frozen=True, dict=True):
    """All that one gesture changed, each record at most once.

    ``reverts`` names the step that an UNDO took back or a REDO did again. ``sequence`` is given by the
    file at COMMIT, 0 before. Consecutive steps of one annotator with the same ``merge_key`` undo together.
    """

    uid: str
    label: str
    changes: tuple[Change, ...]
    annotator: str
    time: str
    origin: Origin = Origin.USER
    merge_key: str = ""
    reverts: str = ""
    sequence: int = 0

    def of(self, *kinds: Kind) -> tuple[Change, ...]:
        """Return the changes of these kinds, in order."""
        places = sorted([place for kind in kinds for place in self._by_kind.get(kind, ())])
        return tuple([self.changes[place] for place in places])

    def on(self, article: str) -> tuple[Change, ...]:
        """Return the changes of an article and of what stands on it, in order."""
        return tuple(self._by_article.get(article, ()))

    @property
    def kinds(self) -> Set[Kind]:
        """The kinds of which anything has changed."""
        return self._by_kind.keys()

    @property
    def articles(self) -> Set[str]:
        """The articles that have changed, or something that stands on them."""
        return self._by_article.keys()

    def sort_out(self) -> None:
        """Do what those who ask would wait for: a step can hold hundreds of thousands of changes."""
        self._by_kind, self._by_article  # noqa: B018  kept from now on

    @cached_property
    def _by_kind(self) -> dict[Kind, list[int]]:
        found: dict[Kind, list[int]] = {}
        for place, change in enumerate(self.changes):
            found.setdefault(change.kind, []).append(place)
        return found

    @cached_property
    def _by_article(self) -> dict[str, list[Change]]:
        found: dict[str, list[Change]] = {}
        for change in self.changes:
            record = change.after or change.before
            article = change.uid if isinstance(record, Article) else getattr(record, "article", None)
            if article is not None:
                found.setdefault(article, []).append(change)
        return found


def differ(before: Record | None, after: Record | None) -> bool:
    """Tell whether a record was added, removed or changed."""
    # Asked whether it equals None, a record takes longer than all the rest of its change.
    return before is not after if before is None or after is None else before != after


def composed(steps: Iterable[Iterable[Change]]) -> tuple[Change, ...]:
    """Make one sequence of changes of several done one after another: first before, last after, no-ops left out."""
    first: dict[tuple[Kind, str], Record | None] = {}
    last: dict[tuple[Kind, str], Record | None] = {}
    for step in steps:
        for change in step:
            first.setdefault((change.kind, change.uid), change.before)
            last[change.kind, change.uid] = change.after
    return tuple(
        Change(kind, uid, before, last[kind, uid])
        for (kind, uid), before in first.items()
        if differ(before, last[kind, uid])
    )


def inverted(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return the changes that take these back, in the opposite order."""
    return tuple(change.inverse for change in reversed(tuple(changes)))
