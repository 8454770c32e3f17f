"""Adjudicating: decide the final version of what two sets say, and write it to the adjudicated set.

A decision is a verdict on each annotation that it is about. One on a single aspect of a pair (where it begins and
ends, its tag, one attribute, its entity, the links of one role) names the aspect as its reason; one without a reason
decides the whole, and so does a rejection. Either set compared may be the adjudicated one: its annotations are changed
or removed as decided and no verdicts are written on them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from annotator.analysis.comparison import Comparison, Difference, DifferenceKind, compare
from annotator.base.errors import RuleError
from annotator.model.annotation import Annotation, AnnotationSet
from annotator.model.codebook import Codebook
from annotator.model.content import ArticleContent
from annotator.model.review import Decision
from annotator.model.span import Span, fragments
from annotator.model.values import value_of, with_value
from annotator.operations import adjudicated_set as adjudicated
from annotator.operations import tagging
from annotator.operations.adjudicated_set import FinalAnnotations, link_aspect, sources_of
from annotator.operations.reviewing import judge_within
from annotator.operations.verdicts import NOTHING_HERE, Latest, still_holds
from annotator.project.project import Project

__all__ = [
    "accept_all_agreed", "adjudicated_set", "comparison", "decide_nothing", "is_decided", "sources_of", "tag_final",
    "take", "take_first", "take_merged_extent", "take_second", "undecided",
]  # fmt: skip


def adjudicated_set(project: Project) -> AnnotationSet | None:
    """Return the adjudicated set, or None as long as nothing has been taken into it."""
    return adjudicated.adjudicated_set(project)


def comparison(content: ArticleContent, set_a: str, set_b: str) -> Comparison:
    """Compare what two sets (uids) say of an article."""
    sides = [[a for a in content.annotations.values() if a.annotation_set == uid] for uid in (set_a, set_b)]
    homes = [{a.uid for a in side} for side in sides]
    links = [[link for link in content.links.values() if link.from_annotation in home] for home in homes]
    return compare(sides[0], sides[1], (links[0], links[1]))


def take(
    project: Project, content: ArticleContent, annotation: Annotation, decision: Decision = Decision.ACCEPTED,
    reason: str = "", comment: str = "",
) -> Annotation:  # fmt: skip
    """Take an annotation into the adjudicated set and return the final one; its author's note stays behind.

    What is there already with the same tag on the same code points comes back as it is, with a further reference.
    Links come along when both ends are in the set, now or later. With ``Decision.REVISED`` the copy is about to be
    changed by the reviewer, by the ordinary tagging operations.
    """
    if decision not in (Decision.ACCEPTED, Decision.REVISED):
        raise RuleError("What is taken is accepted or revised.")
    label = project.cache.codebook.tag(annotation.tag_type).label.lower()
    with project.edit(f"{'Accept' if decision is Decision.ACCEPTED else 'Revise'} {label}") as edit:
        finals = FinalAnnotations(edit, project, content)
        if finals.holds(annotation):
            return annotation
        final = _taken(finals, annotation)
        finals.say(annotation, decision, reason, comment, final)
        finals.bring_links()
        return final


def _taken(finals: FinalAnnotations, annotation: Annotation) -> Annotation:
    known = finals.taken(annotation.uid)
    if known is not None:
        # Taken before: what its author has changed since then is taken now.
        return known if finals.latest.standing(annotation) else finals.change(known, **_version(annotation))
    alike = finals.alike(annotation)
    return finals.add(annotation) if alike is None else finals.refer(alike, annotation.uid)


def _version(annotation: Annotation) -> dict[str, Any]:
    """Return the fields that make an annotation's version of a place."""
    names = ("fragments", "tag_type", "values", "entity", "confidence")
    return {name: getattr(annotation, name) for name in names}


def tag_final(project: Project, content: ArticleContent, tag_type: str, spans: Iterable[Span]) -> Annotation:
    """Tag in the adjudicated set what neither side has; it has no source, and its tag type names the step."""
    record = project.cache.codebook.tag(tag_type)
    with project.edit(f"Tag {record.label.lower()}") as edit:
        home = adjudicated.ensure_within(edit, project)
        return tagging.tag_within(edit, project, content, record, tuple(spans), home)


def take_first(project: Project, content: ArticleContent, difference: Difference) -> Annotation | None:
    """Decide a difference for the first set; None when that set has nothing there.

    Of a pair the first decision takes the whole version of one side; the next ones change what they are about.
    """
    return _take_side(project, content, difference, difference.a, difference.b)


def take_second(project: Project, content: ArticleContent, difference: Difference) -> Annotation | None:
    """Decide a difference for the second set, as take_first() does for the first."""
    return _take_side(project, content, difference, difference.b, difference.a)


def _take_side(
    project: Project, content: ArticleContent, difference: Difference, chosen: Annotation | None,
    other: Annotation | None,
) -> Annotation | None:  # fmt: skip
    first = chosen is difference.a
    with project.edit("Take the first's version" if first else "Take the second's version") as edit:
        finals = FinalAnnotations(edit, project, content)
        final = _side_taken(finals, content, project.cache.codebook, difference, chosen, other)
        finals.bring_links()
        return final


def _side_taken(
    finals: FinalAnnotations, content: ArticleContent, codebook: Codebook, difference: Difference,
    chosen: Annotation | None, other: Annotation | None,
) -> Annotation | None:  # fmt: skip
    if chosen is None:
        if other is not None:
            _drop(finals, other)
        return None
    final = finals.settled(chosen.uid) or (finals.settled(other.uid) if other else None)
    if final is None or other is None:
        final = chosen if finals.holds(chosen) else _taken(finals, chosen)
    else:
        final = _named(finals, finals.change(final, **_aspect(difference, chosen, final)), chosen)
    _say(finals, codebook, difference, chosen, final)
    if other is not None:
        _say(finals, codebook, difference, other, final, links_left=difference.kind is DifferenceKind.LINK)
    if difference.kind is DifferenceKind.LINK and not finals.holds(chosen):
        _take_links(finals, content, difference, chosen, final)
    return final


def _named(finals: FinalAnnotations, final: Annotation, source: Annotation) -> Annotation:
    """Name a source of a final annotation, unless it is one itself."""
    if finals.holds(source):
        return final
    known = finals.taken(source.uid)
    if known is not None and known.uid != final.uid:
        finals.release(source.uid)
    return finals.refer(final, source.uid)


def _drop(finals: FinalAnnotations, annotation: Annotation) -> None:
    if finals.holds(annotation):
        finals.remove(annotation)
    else:
        judge_within(finals, annotation, Decision.REJECTED, NOTHING_HERE)


def _aspect(difference: Difference, chosen: Annotation, final: Annotation) -> dict[str, Any]:
    """Return the fields of the chosen version that a difference is about."""
    match difference.kind:
        case DifferenceKind.BOUNDARY:
            return {"fragments": chosen.fragments}
        case DifferenceKind.TAG:
            return {"tag_type": chosen.tag_type, "values": chosen.values}
        case DifferenceKind.ENTITY:
            return {"entity": chosen.entity}
        case DifferenceKind.ATTRIBUTE:
            uid = difference.attribute or ""
            return {"values": with_value(final.values, uid, value_of(chosen.values, uid))}
        case _:
            return {}


def _take_links(
    finals: FinalAnnotations, content: ArticleContent, difference: Difference, chosen: Annotation, final: Annotation
) -> None:
    """Give the final annotation the chosen one's links of the role in question, their other ends taken along."""
    role = _role(difference)
    kept: dict[str, Annotation] = {}
    for link in finals.links_from(chosen.uid, role):
        target = content.annotations[link.to_annotation]
        end = finals.settled(target.uid)
        if end is None and not _rejected(finals, target):
            end = _taken(finals, target)
            finals.say(target, Decision.ACCEPTED, final=end)
        if end is not None:
            kept[end.uid] = end
    for link in finals.links_from(final.uid, role):
        if link.to_annotation not in kept:
            finals.unlink(link)
    for end in kept.values():
        finals.link(final, end, role)


def _rejected(finals: FinalAnnotations, annotation: Annotation) -> bool:
    verdict = finals.latest.standing(annotation)
    return verdict is not None and verdict.decision is Decision.REJECTED


def _role(difference: Difference) -> str:
    link = difference.link_a or difference.link_b
    return link.role if link else ""


def _say(
    finals: FinalAnnotations, codebook: Codebook, difference: Difference, about: Annotation, final: Annotation,
    *, links_left: bool = False,
) -> None:  # fmt: skip
    """Accept what the final version says in all, revise what it says otherwise; the reason is what differs."""
    if finals.holds(about):
        return
    asked = aspect_of(difference, codebook)
    differing = [asked] if links_left else list(_differing(about, final, codebook))
    reason = asked if asked in differing else next(iter(differing), "")
    known = finals.taken(about.uid)
    if known is not None and known.uid != final.uid:
        finals.release(about.uid)
    if finals.taken(about.uid) is None:
        finals.stand_for(final, about.uid)
    finals.say(about, Decision.REVISED if reason else Decision.ACCEPTED, reason, final=final)


def _differing(about: Annotation, final: Annotation, codebook: Codebook) -> Iterator[str]:
    """Yield the aspects in which a final version is another than the annotation, but for links."""
    if about.spans != final.spans:
        yield str(DifferenceKind.BOUNDARY)
    if about.tag_type != final.tag_type:
        yield str(DifferenceKind.TAG)
    else:
        for uid in sorted({uid for uid, _ in (*about.values, *final.values)}):
            if value_of(about.values, uid) != value_of(final.values, uid):
                yield _attribute_aspect(codebook, uid)
    if about.entity != final.entity:
        yield str(DifferenceKind.ENTITY)


def _attribute_aspect(codebook: Codebook, uid: str) -> str:
    return f"attribute {codebook.attribute(uid).name}"


def aspect_of(difference: Difference, codebook: Codebook) -> str:
    """Name what a difference is about, as its verdicts give it for their reason: ``attribute quote_type``."""
    if difference.attribute is not None:
        return _attribute_aspect(codebook, difference.attribute)
    return link_aspect(_role(difference)) if difference.kind is DifferenceKind.LINK else str(difference.kind)


def take_merged_extent(project: Project, content: ArticleContent, difference: Difference) -> Annotation:
    """Take what both sides cover together; all else is the first's, or as it was decided before.

    Raises RuleError when the difference is not about a pair.
    """
    a, b = difference.a, difference.b
    if a is None or b is None:
        raise RuleError("There is only one version here: take it or leave it.")
    with project.edit("Take the merged extent") as edit:
        finals = FinalAnnotations(edit, project, content)
        final = finals.settled(a.uid) or finals.settled(b.uid) or _taken(finals, a)
        final = finals.change(final, fragments=fragments(content.text, (*a.spans, *b.spans)))
        for one in (a, b):
            final = _named(finals, final, one)
        for one in (a, b):
            _say(finals, project.cache.codebook, difference, one, final)
        finals.bring_links()
        return final


def decide_nothing(
    project: Project, content: ArticleContent, annotations: Sequence[Annotation], reason: str = NOTHING_HERE
) -> None:
    """Decide that nothing is to be tagged here: reject all of these, and take them out of the adjudicated set."""
    with project.edit("Nothing to tag here") as edit:
        finals = FinalAnnotations(edit, project, content)
        settled = [one for one in annotations if finals.holds(one)]
        for annotation in annotations:
            if annotation not in settled:
                judge_within(finals, annotation, Decision.REJECTED, reason)
        for annotation in settled:
            if finals.holds(annotation):
                finals.remove(annotation)


def accept_all_agreed(project: Project, content: ArticleContent, set_a: str, set_b: str) -> int:
    """Take everything that two sets (uids) agree on in every way, as one step; return how many places are new.

    What was rejected or revised before stays so.
    """
    count = 0
    with project.edit("Accept all agreed") as edit:
        finals = FinalAnnotations(edit, project, content)
        for pair in comparison(content, set_a, set_b).agreed:
            count += _accept_agreed(finals, pair)
        finals.bring_links()
    return count


def _accept_agreed(finals: FinalAnnotations, pair: tuple[Annotation, Annotation]) -> bool:
    sides = [one for one in pair if not finals.holds(one)]
    standing = [finals.latest.standing(one) for one in sides]
    if any(verdict is not None and verdict.decision is not Decision.ACCEPTED for verdict in standing):
        return False
    waiting = [
        one for one, verdict in zip(sides, standing, strict=True)
        if verdict is None or finals.settled(one.uid) is None
    ]  # fmt: skip
    final = next((known for one in pair if (known := finals.settled(one.uid))), None)
    for one in waiting:
        final = _taken(finals, one) if final is None else _named(finals, final, one)
        finals.say(one, Decision.ACCEPTED, final=final)
    return bool(waiting)


def undecided(project: Project, content: ArticleContent, set_a: str, set_b: str) -> list[Difference]:
    """Return the differences of two sets (uids) that no verdict has decided, in text order."""
    latest = Latest(content.verdicts.values())
    return [one for one in comparison(content, set_a, set_b).differences if not is_decided(project, latest, one)]


def is_decided(project: Project, latest: Latest, difference: Difference) -> bool:
    """Tell whether a difference has been decided by verdicts that still hold.

    It has when one side has a verdict on just this aspect, or every side one on the whole.
    """
    settled = adjudicated.adjudicated_set(project)
    sides = [one for one in (difference.a, difference.b) if one and one.annotation_set != getattr(settled, "uid", "")]
    if difference.kind in (DifferenceKind.ONLY_A, DifferenceKind.ONLY_B):
        return bool(sides) and latest.standing(sides[0]) is not None
    aspect = aspect_of(difference, project.cache.codebook)
    by_itself = ((latest.aspects.get((one.uid, aspect)), one) for one in sides)
    return any(verdict and still_holds(verdict, one) for verdict, one in by_itself) or all(
        (verdict := latest.whole.get(one.uid)) is not None and still_holds(verdict, one) for one in sides
    )
