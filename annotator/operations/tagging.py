"""Tagging: add, retype, reshape and remove annotations, and say more about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from annotator.base.clock import now
from annotator.base.errors import RuleError
from annotator.base.uuid7 import uuid7
from annotator.model import rules
from annotator.model.annotation import Annotation, AnnotationSet, Confidence, Link, SetKind
from annotator.model.article import ArticleWork, Status
from annotator.model.article_index import ArticleIndex
from annotator.model.boundaries import quote_type, same_texts
from annotator.model.codebook import Codebook, Part, TagType
from annotator.model.content import ArticleContent
from annotator.model.review import Verdict
from annotator.model.span import Fragment, Span, fragments
from annotator.model.values import Value, Values, value_of, with_value
from annotator.project.edit import Edit
from annotator.project.opening import own_set
from annotator.project.project import Project


class Lost(Struct, frozen=True):
    """What a retyped annotation could not keep: labels of attributes with values, roles of links, its entity's name."""

    attributes: tuple[str, ...]
    links: tuple[str, ...]
    entity: str = ""

    @property
    def names(self) -> list[str]:
        """Everything lost by its name."""
        roles = (role.replace("_", " ") for role in self.links)
        return [*self.attributes, *roles, *([self.entity] if self.entity else [])]


def tag(
    project: Project, content: ArticleContent, tag_type: str, spans: Iterable[Span],
    annotation_set: AnnotationSet | None = None,
) -> Annotation:  # fmt: skip
    """Add an annotation of a tag type and return it; the same tag on the same spans by the same person is not doubled.

    It goes to one's own set, or to the adjudicated set when that is given. Raises RuleError when the spans lie outside
    the text or are empty, and for anybody else's set.
    """
    tag_record = project.cache.codebook.tag(tag_type)
    with project.edit(f"Tag {tag_record.label.lower()}") as edit:
        return tag_within(edit, project, content, tag_record, tuple(spans), annotation_set)


def tag_within(
    edit: Edit, project: Project, content: ArticleContent, tag_record: TagType, spans: Sequence[Span],
    annotation_set: AnnotationSet | None = None,
) -> Annotation:  # fmt: skip
    """Do what tag() does within an edit that does more."""
    target = _home(project, annotation_set)
    if not spans or max(span.stop for span in spans) > len(content.text):
        raise RuleError("There is nothing to tag here: select some words, or put the caret into a word.")
    cut = fragments(content.text, spans)
    start, pieces = cut[0].start, tuple(piece.span for piece in cut)
    known = project.read.annotations_from(content.article.uid, tag_record.uid, start)
    for other in (*known, *edit.added(Annotation)):
        if (other.spans, other.tag_type, other.annotation_set) == (pieces, tag_record.uid, target.uid):
            return other
    annotation = _new(project, content, tag_record, target, cut)
    edit.add(annotation)
    if target.kind is SetKind.PERSON:
        start_work(edit, project, content.article.uid)
    return annotation


def _home(project: Project, annotation_set: AnnotationSet | None) -> AnnotationSet:
    """Return the set that a new annotation goes to; raises RuleError for anybody else's."""
    own = own_set(project)
    target = annotation_set or own
    if target is None:
        raise RuleError("This project has no annotation set for you; open it for writing first.")
    if target != own and target.kind is not SetKind.ADJUDICATED:
        raise RuleError(f"Only {target.name} tags in the set of {target.name}.")
    return target


def _new(
    project: Project, content: ArticleContent, tag_record: TagType, home: AnnotationSet, cut: tuple[Fragment, ...]
) -> Annotation:
    moment = now()
    values = _first_values(project.cache.codebook, tag_record, content.text, [piece.span for piece in cut])
    return Annotation(
        uuid7(), content.article.uid, tag_record.uid, home.uid, cut, project.annotator.uid,
        values=values, created=moment, modified=moment,
    )  # fmt: skip


def _first_values(codebook: Codebook, tag_record: TagType, text: str, spans: Sequence[Span]) -> Values:
    values = rules.default_values(codebook, tag_record.uid)
    asked = codebook.attribute_named(tag_record.uid, "quote_type")
    if tag_record.part is Part.QUOTE and asked is not None:
        found = quote_type(text, spans)
        if found in asked.choices:
            values = with_value(values, asked.uid, found)
    return values


def start_work(edit: Edit, project: Project, article: str) -> None:
    """Let the first tag take an article from "to do" to "in progress"."""
    work = project.read.work(article, project.annotator.uid)
    if work is None:
        if not any(w.article == article for w in edit.added(ArticleWork)):
            edit.add(ArticleWork(uuid7(), article, project.annotator.uid, Status.IN_PROGRESS))
    elif work.status is Status.TODO:
        edit.replace(work, replace(work, status=Status.IN_PROGRESS))


def tag_all_same(project: Project, content: ArticleContent, tag_type: str, span: Span) -> list[Annotation]:
    """Tag every same text in the article (whole words, same case) as one step; return those that are new.

    Left alone is what lies within an annotation that bears the tag already: "Kursk" in a tagged "Kursk region".
    """
    tag_record, home = project.cache.codebook.tag(tag_type), _home(project, None)
    alike = [a for a in content.annotations.values() if (a.tag_type, a.annotation_set) == (tag_type, home.uid)]
    tagged, exactly = ArticleIndex(alike), {a.spans for a in alike}
    made = []
    for same in same_texts(content.text, span):
        within = any(place.stop >= same.stop for place in tagged.at(same.start))
        if (same == span and (same,) not in exactly) or not within:
            made.append(_new(project, content, tag_record, home, fragments(content.text, [same])))
    if made:
        with project.edit(f"Tag all same as {tag_record.label.lower()}") as edit:
            for annotation in made:
                edit.add(annotation)
            start_work(edit, project, content.article.uid)
    return made


def require_own(project: Project, *annotations: Annotation) -> None:
    """Raise RuleError when an annotation belongs to somebody else's set: nobody edits another's.

    The adjudicated set belongs to nobody and is edited by whoever adjudicates.
    """
    mine = own_set(project)
    for annotation in annotations:
        owner = project.cache.sets.get(annotation.annotation_set)
        if mine is None or (owner != mine and (owner is None or owner.kind is not SetKind.ADJUDICATED)):
            name = owner.name if owner else "somebody else"
            raise RuleError(f"This annotation belongs to {name}; say what you think of it in review instead.")


def _changed(annotation: Annotation, **fields: object) -> Annotation:
    return replace(annotation, modified=now(), **fields)


def retype(project: Project, content: ArticleContent, annotation: Annotation, tag_type: str) -> Lost:
    """Give an annotation another tag type; what the new type cannot have is taken away and named."""
    require_own(project, annotation)
    codebook = project.cache.codebook
    target = codebook.tag(tag_type)
    kept, lost = _carried_values(codebook, annotation, target)
    broken = _broken_links(content, codebook, annotation, target)
    entity = project.cache.entities.get(annotation.entity or "")
    if entity is not None and not rules.keeps_entity(codebook.tag(annotation.tag_type), target, entity):
        annotation_entity, name = None, entity.name
    else:
        annotation_entity, name = annotation.entity, ""
    with project.edit(f"Retype to {target.label.lower()}") as edit:
        for link in broken:
            edit.remove(link)
        edit.replace(annotation, _changed(annotation, tag_type=tag_type, values=kept, entity=annotation_entity))
    return Lost(tuple(lost), tuple(sorted({link.role for link in broken})), name)


def _carried_values(codebook: Codebook, annotation: Annotation, target: TagType) -> tuple[Values, list[str]]:
    """Carry values over to attributes of the same name and kind; the labels of the others come back second."""
    values = rules.default_values(codebook, target.uid)
    defaults = dict(rules.default_values(codebook, annotation.tag_type))
    lost: list[str] = []
    for uid, value in annotation.values:
        attribute = codebook.attribute(uid)
        same = codebook.attribute_named(target.uid, attribute.name)
        try:
            if same is None or same.kind is not attribute.kind:
                raise RuleError(attribute.label)
            values = with_value(values, same.uid, rules.check_value(same, value))
        except RuleError:
            if defaults.get(uid) != value:
                lost.append(attribute.label)
    return values, lost


def _broken_links(content: ArticleContent, codebook: Codebook, annotation: Annotation, target: TagType) -> list[Link]:
    broken = []
    for link in content.links.values():
        if annotation.uid not in (link.from_annotation, link.to_annotation):
            continue
        from_type = target.uid if link.from_annotation == annotation.uid else _type_of(content, link.from_annotation)
        to_type = target.uid if link.to_annotation == annotation.uid else _type_of(content, link.to_annotation)
        if codebook.link_rule(link.role, from_type, to_type) is None:
            broken.append(link)
    return broken


def _type_of(content: ArticleContent, annotation: str) -> str:
    return content.annotations[annotation].tag_type


def reshape(
    project: Project, content: ArticleContent, annotation: Annotation, spans: Iterable[Span], label: str
) -> Annotation:
    """Give an annotation other fragments; its links, values and entity stay. ``label`` names the step.

    Raises RuleError when nothing would be left or the spans lie outside the text.
    """
    require_own(project, annotation)
    wanted = tuple(spans)
    if not wanted or max(span.stop for span in wanted) > len(content.text):
        raise RuleError("An annotation needs at least one word; remove it with Delete instead.")
    reshaped = _changed(annotation, fragments=fragments(content.text, wanted))
    if reshaped.spans == annotation.spans:
        return annotation
    with project.edit(label) as edit:
        edit.replace(annotation, reshaped)
    return reshaped


def add_fragment(project: Project, content: ArticleContent, annotation: Annotation, span: Span) -> Annotation:
    """Add a span as a further fragment; one that touches or overlaps another joins it."""
    return reshape(project, content, annotation, (*annotation.spans, span), "Add fragment")


def remove_fragment(project: Project, content: ArticleContent, annotation: Annotation, position: int) -> Annotation:
    """Take away the fragment at a position; raises RuleError when there is none or it is the only one."""
    kept = [span for span in annotation.spans if not span.start <= position <= span.stop]
    if len(kept) == len(annotation.spans):
        raise RuleError("The caret is in no fragment of the selected annotation.")
    return reshape(project, content, annotation, kept, "Remove fragment")


def remove(project: Project, annotations: Iterable[Annotation], *, label: str = "") -> int:
    """Remove annotations with their links and verdicts, never what is at the other end; return how many."""
    doomed = list(annotations)
    require_own(project, *doomed)
    if not doomed:
        return 0
    name = project.cache.codebook.tag(doomed[0].tag_type).label.lower()
    with project.edit(label or (f"Remove {name}" if len(doomed) == 1 else f"Remove {len(doomed)} annotations")) as edit:
        for annotation in doomed:
            remove_within(edit, project, annotation)
    return len(doomed)


def remove_within(edit: Edit, project: Project, annotation: Annotation) -> None:
    """Do what remove() does for one annotation within an edit that does more."""
    for link in project.read.links_at(annotation.uid):
        edit.remove(link)
    for stored in project.read.verdicts_on(annotation.uid):
        # As this edit leaves it: another annotation that goes too may have changed or removed it.
        verdict = edit.get(Verdict, stored.uid)
        if verdict is not None and verdict.annotation == annotation.uid:
            _remove_verdict(edit, project, verdict)
        elif verdict is not None:
            edit.replace(verdict, replace(verdict, adjudicated=None))
    edit.remove(annotation)


def _remove_verdict(edit: Edit, project: Project, verdict: Verdict) -> None:
    for stored in project.read.replies_to(verdict.uid):
        reply = edit.get(Verdict, stored.uid)
        if reply is not None:
            edit.replace(reply, replace(reply, reply_to=None))
    edit.remove(verdict)


def set_value(project: Project, annotation: Annotation, attribute: str, value: Value | None) -> None:
    """Set one attribute of an annotation, or take its value away with None. Raises RuleError for a wrong value."""
    require_own(project, annotation)
    record = project.cache.codebook.attribute(attribute)
    if record.tag_type != annotation.tag_type:
        raise RuleError(f"“{record.label}” is not asked of this kind of annotation.")
    kept = None if value is None or value in ("", ()) else rules.check_value(record, value)
    if value_of(annotation.values, attribute) == kept:
        return
    with project.edit(f"Set {record.label.lower()}") as edit:
        edit.replace(annotation, _changed(annotation, values=with_value(annotation.values, attribute, kept)))


def set_note(project: Project, annotation: Annotation, note: str, *, merge_key: str = "") -> None:
    """Set an annotation's note; steps of one visit to the field share a ``merge_key`` and undo together."""
    require_own(project, annotation)
    if note != annotation.note:
        with project.edit("Edit note", merge_key=merge_key) as edit:
            edit.replace(annotation, _changed(annotation, note=note))


def set_confidence(project: Project, annotation: Annotation, confidence: Confidence) -> None:
    """Say how sure the annotator is."""
    require_own(project, annotation)
    if confidence is not annotation.confidence:
        with project.edit("Set confidence") as edit:
            edit.replace(annotation, _changed(annotation, confidence=confidence))


def set_entity(project: Project, annotation: Annotation, entity: str | None) -> None:
    """Let an annotation refer to an entity, or to none."""
    require_own(project, annotation)
    if entity != annotation.entity:
        with project.edit("Set entity" if entity else "Take entity away") as edit:
            edit.replace(annotation, _changed(annotation, entity=entity))
