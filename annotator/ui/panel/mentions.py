"""What the inspector's type-ahead fields offer: mentions in the article, nearest first, entities, and places."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from annotator.model.annotation import Annotation, SetKind
from annotator.model.codebook import LinkRule
from annotator.model.content import ArticleContent
from annotator.model.entity import Entity, EntityKind
from annotator.model.span import Span
from annotator.operations import entities
from annotator.project.opening import own_set
from annotator.suggest import mention_form
from annotator.ui.panel import summary
from annotator.ui.state import UiState
from annotator.ui.widgets.choices import Choice

NEAR = 2000
"""Code points around a quote within which typed words are taken for a mention of its speaker."""
_KINDS = {
    "name": EntityKind.NAMED_PERSON,
    "organisation": EntityKind.ORGANISATION,
    "nominal": EntityKind.COLLECTIVE,
    "pronoun": EntityKind.NAMED_PERSON,
}


def record(state: UiState, uid: str) -> Annotation | None:
    """Return an annotation as it is now, also one of an article that is no longer open."""
    if state.content is not None and uid in state.content.annotations:
        return state.content.annotations[uid]
    return state.project.read.get(Annotation, uid) if state.project is not None and uid else None


def is_own(state: UiState, annotation: Annotation) -> bool:
    """Tell whether the annotation can be edited here: one's own or an adjudicated one, in a writable project."""
    mine = own_set(state.project) if state.project is not None and state.writable else None
    if mine is None or state.project is None:
        return False
    home = state.project.cache.sets.get(annotation.annotation_set)
    return annotation.annotation_set == mine.uid or (home is not None and home.kind is SetKind.ADJUDICATED)


def entity_of(state: UiState, annotation: Annotation) -> Entity | None:
    """Return the entity that an annotation refers to."""
    return state.project.cache.entities.get(annotation.entity or "") if state.project is not None else None


def named(state: UiState, annotation: Annotation) -> str:
    """Return the name of what an annotation refers to, or its words."""
    entity = entity_of(state, annotation)
    return entity.name if entity is not None else summary.one_line(annotation.text)


def distance(one: Annotation, other: Annotation) -> int:
    """Return the code points between two annotations, 0 when they touch or overlap."""
    return max(0, one.start - other.stop, other.start - one.stop)


def mentions(state: UiState, source: Annotation, rule: LinkRule, words: str = "") -> list[Annotation]:
    """Return what a link of this rule could lead to from ``source``, nearest first, matching the words typed."""
    content = state.content
    if content is None:
        return []
    linked = {k.to_annotation for k in content.links.values() if (k.from_annotation, k.role) == (source.uid, rule.role)}
    found = [
        a
        for a in content.annotations.values()
        if a.tag_type == rule.to_type
        and a.annotation_set == source.annotation_set
        and a.uid not in linked
        and a.uid != source.uid
        and matches(state, a, words)
    ]
    return sorted(found, key=lambda a: (distance(a, source), a.start))


def matches(state: UiState, annotation: Annotation, words: str) -> bool:
    """Tell whether every word typed begins or lies in the annotation's words or its entity's names."""
    if not words:
        return True
    entity = entity_of(state, annotation)
    hay = " ".join((annotation.text, *(entities.names_of(entity) if entity else ()))).casefold()
    return all(part in hay for part in words.casefold().split())


def distinct(found: Iterable[Annotation], limit: int) -> list[Annotation]:
    """Keep the nearest of the mentions that read alike and mean the same."""
    kept: dict[tuple[str, str | None], Annotation] = {}
    for annotation in found:
        kept.setdefault((annotation.text, annotation.entity), annotation)
        if len(kept) == limit:
            break
    return list(kept.values())


def mention_choice(state: UiState, annotation: Annotation) -> Choice:
    """Return the row that offers a mention; its key is ``mention:`` and the uid."""
    entity, words = entity_of(state, annotation), summary.one_line(annotation.text)
    detail = entity.name if entity is not None and entity.name != words else ""
    tag = state.codebook.tag(annotation.tag_type)
    name = tag.part.value if tag.part.value != "other" else "tag"
    return Choice(f"mention:{annotation.uid}", words, detail, name)


def entity_choices(
    state: UiState, words: str, kinds: Collection[EntityKind], limit: int = 8, without: Collection[str] = ()
) -> list[Choice]:
    """Return the rows that offer the project's entities; their keys are ``entity:`` and the uid."""
    if state.project is None:
        return []
    found = entities.candidates(state.project, words, kinds, limit + len(without))
    return [
        Choice(f"entity:{e.uid}", e.name, summary.entity_detail(e), summary.entity_icon(e))
        for e, _ in found
        if e.uid not in without
    ][:limit]


def kind_of(name: str) -> EntityKind:
    """Guess what a new entity of that name is."""
    return _KINDS.get(mention_form(name), EntityKind.UNKNOWN)


def nearest_text(content: ArticleContent, source: Annotation, words: str) -> Span | None:
    """Return where the words stand nearest to an annotation and outside of it, as whole words; None if not near."""
    low, high = max(0, source.start - NEAR), source.stop + NEAR
    pattern = rf"(?<!\w){re.escape(words)}(?!\w)"
    found = [Span(low + m.start(), low + m.end()) for m in re.finditer(pattern, content.text[low:high])]
    outside = [span for span in found if not any(span.overlaps(own) for own in source.spans)]
    return min(outside, key=lambda s: max(0, source.start - s.stop, s.start - source.stop), default=None)
