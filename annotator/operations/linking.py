"""Linking quotes and claims to who says them, to cues, to each other and to places."""

from __future__ import annotations

from msgspec.structs import replace

from annotator.base.clock import now
from annotator.base.errors import RuleError
from annotator.base.uuid7 import uuid7
from annotator.model import rules
from annotator.model.annotation import Annotation, Link
from annotator.model.codebook import Codebook, Part
from annotator.model.content import ArticleContent
from annotator.model.entity import EntityKind
from annotator.model.span import Span
from annotator.model.values import value_of, with_value
from annotator.operations import entities, tagging
from annotator.project.edit import Edit
from annotator.project.project import Project
from annotator.suggest import SpeakerProposal, mention_form


def link(project: Project, content: ArticleContent, source: Annotation, target: Annotation, role: str) -> Link:
    """Link two annotations of the open article and return the link; one that is there already comes back as it is.

    Raises RuleError when the codebook does not allow it.
    """
    rule = project.cache.codebook.link_rule(role, source.tag_type, target.tag_type)
    label = rule.label.lower() if rule else role
    with project.edit(f"Link {label}") as edit:
        return link_within(edit, project, content, source, target, role)


def link_within(
    edit: Edit, project: Project, content: ArticleContent, source: Annotation, target: Annotation, role: str
) -> Link:
    """Do what link() does within an edit that does more."""
    tagging.require_own(project, source, target)
    if source.annotation_set != target.annotation_set:
        raise RuleError("Links join annotations of one annotation set only.")
    for known in (*content.links.values(), *edit.added(Link)):
        if (known.from_annotation, known.to_annotation, known.role) == (source.uid, target.uid, role):
            return known
    rules.check_link(content, project.cache.codebook, source, target, role)
    made = Link(uuid7(), content.article.uid, source.uid, target.uid, role, project.annotator.uid)
    edit.add(made)
    return made


def unlink(project: Project, content: ArticleContent, doomed: Link) -> None:
    """Take a link away; both ends stay."""
    tagging.require_own(project, content.annotations[doomed.from_annotation])
    with project.edit(f"Unlink {doomed.role.replace('_', ' ')}") as edit:
        edit.remove(doomed)


def set_link_note(project: Project, content: ArticleContent, known: Link, note: str, *, merge_key: str = "") -> None:
    """Set a link's note."""
    tagging.require_own(project, content.annotations[known.from_annotation])
    if note != known.note:
        with project.edit("Edit link note", merge_key=merge_key) as edit:
            edit.replace(known, replace(known, note=note))


def link_mention(project: Project, content: ArticleContent, source: Annotation, mention: Span, role: str) -> Annotation:
    """Tag the words of a mention (unless they are tagged) and link a quote or claim to it, as one step."""
    codebook = project.cache.codebook
    rule = next((r for r in codebook.rules_from(source.tag_type) if r.role == role), None)
    if rule is None:
        raise RuleError(f"The codebook knows no link “{role}” from {codebook.tag(source.tag_type).label}.")
    with project.edit(f"Link {rule.label.lower()}") as edit:
        home = project.cache.sets[source.annotation_set]
        target = tagging.tag_within(edit, project, content, codebook.tag(rule.to_type), [mention], home)
        link_within(edit, project, content, source, target, role)
    return target


def accept_speaker(
    project: Project, content: ArticleContent, source: Annotation, proposal: SpeakerProposal
) -> Annotation:
    """Take a proposed speaker: its annotation, its entity and the link, whatever of them is missing, as one step.

    A claim within a quote becomes that quote's content in the same step.
    """
    codebook = project.cache.codebook
    rule = rules.speaker_rule(codebook, codebook.tag(source.tag_type))
    if rule is None:
        raise RuleError(f"A {codebook.tag(source.tag_type).label} has no speaker in this codebook.")
    with project.edit(f"Link {rule.label.lower()}") as edit:
        known, home = content.annotations.get(proposal.annotation or ""), project.cache.sets[source.annotation_set]
        if known is None or known.annotation_set != home.uid:
            known = tagging.tag_within(edit, project, content, codebook.tag(rule.to_type), [proposal.mention], home)
        mention = _name_mention(edit, project, known, proposal.name)
        link_within(edit, project, content, source, mention, rule.role)
        _link_content(edit, project, content, source)
    return mention


def _link_content(edit: Edit, project: Project, content: ArticleContent, claim: Annotation) -> None:
    """Let a claim be the content of the quote around it, where the codebook knows that link and it has none yet."""
    codebook = project.cache.codebook
    for quote in quotes_around(content, codebook, claim)[:1]:
        known = codebook.link_rule(rules.CONTENT_ROLE, claim.tag_type, quote.tag_type)
        linked = any((k.from_annotation, k.role) == (claim.uid, rules.CONTENT_ROLE) for k in content.links.values())
        if known is not None and not linked:
            link_within(edit, project, content, claim, quote, rules.CONTENT_ROLE)


def quotes_around(content: ArticleContent, codebook: Codebook, claim: Annotation) -> list[Annotation]:
    """Return the quotes of its own set that hold a claim, the shortest first; none for what is no claim."""
    if codebook.tag(claim.tag_type).part is not Part.CLAIM:
        return []
    home, start, stop = claim.annotation_set, claim.start, claim.stop
    around = [
        a
        for a in content.annotations.values()
        if a.annotation_set == home and a.fragments[0].start <= start and stop <= a.fragments[-1].stop
    ]
    quotes = [a for a in around if codebook.tag(a.tag_type).part is Part.QUOTE]
    return sorted(quotes, key=lambda quote: quote.stop - quote.start)


def _name_mention(edit: Edit, project: Project, mention: Annotation, name: str) -> Annotation:
    if mention.entity is not None or not name:
        return mention
    entity = entities.ensure_within(edit, project, name, _kind_of(mention))
    named = replace(mention, entity=entity.uid, modified=now())
    form = project.cache.codebook.attribute_named(mention.tag_type, "mention_form")
    guess = mention_form(mention.text)
    if form is not None and value_of(named.values, form.uid) is None and guess in form.choices:
        named = replace(named, values=with_value(named.values, form.uid, guess))
    edit.replace(mention, named)
    return named


def _kind_of(mention: Annotation) -> EntityKind:
    kinds = {
        "name": EntityKind.NAMED_PERSON,
        "organisation": EntityKind.ORGANISATION,
        "nominal": EntityKind.COLLECTIVE,
        "pronoun": EntityKind.NAMED_PERSON,
    }
    return kinds.get(mention_form(mention.text), EntityKind.UNKNOWN)


def set_source(project: Project, source: Annotation, entity: str | None) -> None:
    """Say that a quote or claim comes from an entity that the article does not mention."""
    tagging.set_entity(project, source, entity)


def speaker_links(content: ArticleContent, source: Annotation) -> list[Link]:
    """Return the links that name a quote's speakers or a claim's claimants, in the text order of the mentions."""
    found = [
        known
        for known in content.links.values()
        if known.from_annotation == source.uid and known.role in rules.SPEAKER_ROLES.values()
    ]
    return sorted(found, key=lambda known: content.annotations[known.to_annotation].start)


def same_speaker_as_before(project: Project, content: ArticleContent, source: Annotation) -> Annotation:
    """Link a quote to the speaker of the quote before it; raises RuleError when that one has none."""
    codebook = project.cache.codebook
    before = [
        a
        for a in content.annotations.values()
        if codebook.tag(a.tag_type).part is Part.QUOTE
        and a.annotation_set == source.annotation_set
        and a.start < source.start
    ]
    for quote in sorted(before, key=lambda a: a.start, reverse=True)[:1]:
        for known in speaker_links(content, quote):
            mention = content.annotations[known.to_annotation]
            rule = rules.speaker_rule(codebook, codebook.tag(source.tag_type))
            link(project, content, source, mention, rule.role if rule else known.role)
            return mention
        if quote.entity is not None:
            set_source(project, source, quote.entity)
            return quote
    raise RuleError("The quote before this one has no speaker yet.")
