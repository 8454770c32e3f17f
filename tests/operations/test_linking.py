from __future__ import annotations

import pytest
from msgspec.structs import replace
from support import projects

from annotator.base.errors import RuleError
from annotator.base.uuid7 import uuid7
from annotator.model.annotation import Annotation, AnnotationSet, SetKind
from annotator.model.article import Article
from annotator.model.codebook import Codebook
from annotator.model.entity import EntityKind
from annotator.model.span import Span
from annotator.model.values import value_of
from annotator.operations import codebook, entities, linking, tagging
from annotator.project.opening import work_as
from annotator.project.project import Project
from annotator.suggest import SpeakerProposal

QUOTE = "“The talks go on,”"


@pytest.fixture
def quote(project: Project, article: Article) -> Annotation:
    return projects.tag(project, article, "quote", QUOTE)


@pytest.fixture
def speaker(project: Project, article: Article) -> Annotation:
    return projects.tag(project, article, "speaker", "Peskov")


def proposal(words: str, name: str, annotation: str | None = None) -> SpeakerProposal:
    start = projects.TEXT.index(words)
    fields = dict.fromkeys(SpeakerProposal.__struct_fields__)
    fields.update(mention=Span(start, start + len(words)), annotation=annotation, name=name)  # type: ignore[call-overload]
    return SpeakerProposal(**fields)  # type: ignore[arg-type]


def test_linking_and_unlinking(project: Project, article: Article, quote: Annotation, speaker: Annotation) -> None:
    made = linking.link(project, projects.content(project, article), quote, speaker, "speaker")
    assert (made.from_annotation, made.to_annotation, made.article) == (quote.uid, speaker.uid, article.uid)
    assert project.undo_label == "Link speaker"
    shown = projects.content(project, article)
    assert linking.link(project, shown, quote, speaker, "speaker") == made, "it is there already"
    assert linking.speaker_links(shown, quote) == [made]
    linking.set_link_note(project, shown, made, "sure")
    noted = projects.content(project, article).links[made.uid]
    assert noted.note == "sure"
    linking.set_link_note(project, shown, noted, "sure")
    assert project.undo_label == "Edit link note"
    linking.unlink(project, shown, noted)
    after = projects.content(project, article)
    assert (after.links, len(after.annotations)) == ({}, 2)
    assert project.undo_label == "Unlink speaker"


def test_what_is_not_allowed(project: Project, article: Article, quote: Annotation, speaker: Annotation) -> None:
    shown = projects.content(project, article)
    with pytest.raises(RuleError, match="The codebook knows no link “speaker” from Speaker to Quote"):
        linking.link(project, shown, speaker, quote, "speaker")
    work_as(project, projects.BEN)
    with pytest.raises(RuleError, match="This annotation belongs to Anna"):
        linking.link(project, shown, quote, speaker, "speaker")


def test_linking_words_that_are_not_tagged_yet(project: Project, article: Article, quote: Annotation) -> None:
    shown = projects.content(project, article)
    mention = linking.link_mention(project, shown, quote, Span(0, 6), "speaker")
    assert (mention.text, mention.tag_type) == ("Peskov", projects.tag_uid(project, "speaker"))
    (link,) = projects.content(project, article).links.values()
    assert link.to_annotation == mention.uid
    project.undo()
    assert list(projects.content(project, article).annotations) == [quote.uid]
    with pytest.raises(RuleError, match="knows no link “claimant” from Quote"):
        linking.link_mention(project, shown, quote, Span(0, 6), "claimant")


def test_accepting_a_speaker_makes_what_is_missing_as_one_step(
    project: Project, article: Article, quote: Annotation
) -> None:
    shown = projects.content(project, article)
    mention = linking.accept_speaker(project, shown, quote, proposal("Peskov", "Dmitry Peskov"))
    after = projects.content(project, article)
    named = after.annotations[mention.uid]
    (entity,) = project.cache.entities.values()
    assert (named.entity, entity.name, entity.kind) == (entity.uid, "Dmitry Peskov", EntityKind.NAMED_PERSON)
    assert value_of(named.values, projects.attribute_uid(project, "speaker", "mention_form")) == "name"
    assert len(after.links) == 1
    project.undo()
    assert projects.content(project, article) == shown
    assert project.cache.entities == {}


def test_accepting_a_speaker_uses_what_is_there(
    project: Project, article: Article, quote: Annotation, speaker: Annotation
) -> None:
    known = entities.create_for(project, speaker, "Somebody", EntityKind.UNKNOWN)
    shown = projects.content(project, article)
    mention = linking.accept_speaker(project, shown, quote, proposal("Peskov", "Peskov", speaker.uid))
    assert mention.uid == speaker.uid
    assert mention.entity == known.uid, "who it is was said already"
    assert len(project.cache.entities) == 1


def test_accepting_a_speaker_whom_somebody_else_has_tagged_tags_it_oneself(
    project: Project, article: Article, speaker: Annotation
) -> None:
    work_as(project, projects.BEN)
    own = projects.tag(project, article, "quote", "The talks go on")
    shown = projects.content(project, article)
    mention = linking.accept_speaker(project, shown, own, proposal("Peskov", "Peskov", speaker.uid))
    assert mention.uid != speaker.uid
    assert (mention.annotation_set, mention.spans) == (own.annotation_set, speaker.spans)


def test_links_stay_within_one_set(project: Project, article: Article, quote: Annotation, speaker: Annotation) -> None:
    home = AnnotationSet(uuid7(), "adjudicated", SetKind.ADJUDICATED)
    with project.edit("Settle") as edit:
        edit.add(home)
    shown = projects.content(project, article)
    final = tagging.tag(project, shown, quote.tag_type, quote.spans, home)
    assert (final.annotation_set, final.uid != quote.uid) == (home.uid, True)
    assert tagging.tag(project, projects.content(project, article), quote.tag_type, quote.spans, home) == final
    with pytest.raises(RuleError, match="one annotation set only"):
        linking.link(project, projects.content(project, article), final, speaker, "speaker")


def test_a_mention_whose_form_is_said_keeps_it_and_one_without_name_gets_no_entity(
    project: Project, article: Article, quote: Annotation, speaker: Annotation
) -> None:
    form = projects.attribute_uid(project, "speaker", "mention_form")
    tagging.set_value(project, speaker, form, "nominal")
    shown = projects.content(project, article)
    mention = linking.accept_speaker(project, shown, quote, proposal("Peskov", "Peskov", speaker.uid))
    assert value_of(mention.values, form) == "nominal" or mention.uid == speaker.uid
    nameless = linking.accept_speaker(project, projects.content(project, article), quote, proposal("reporters", ""))
    assert nameless.entity is None


def test_a_tag_without_a_source_takes_no_speaker(project: Project, article: Article, speaker: Annotation) -> None:
    with pytest.raises(RuleError, match="A Speaker has no speaker in this codebook"):
        linking.accept_speaker(project, projects.content(project, article), speaker, proposal("Peskov", "Peskov"))


def test_a_source_that_is_not_mentioned(project: Project, article: Article, quote: Annotation) -> None:
    entity = entities.create(project, "Kremlin", EntityKind.ORGANISATION)
    linking.set_source(project, quote, entity.uid)
    assert projects.content(project, article).annotations[quote.uid].entity == entity.uid


def test_the_same_speaker_as_before(project: Project, article: Article, quote: Annotation, speaker: Annotation) -> None:
    later = projects.tag(project, article, "quote", "said nothing")
    with pytest.raises(RuleError, match="The quote before this one has no speaker yet"):
        linking.same_speaker_as_before(project, projects.content(project, article), later)
    linking.link(project, projects.content(project, article), quote, speaker, "speaker")
    assert linking.same_speaker_as_before(project, projects.content(project, article), later) == speaker
    shown = projects.content(project, article)
    assert [link.to_annotation for link in linking.speaker_links(shown, later)] == [speaker.uid]
    claim = projects.tag(project, article, "claim", "nothing.")
    linking.same_speaker_as_before(project, projects.content(project, article), claim)
    assert {link.role for link in linking.speaker_links(projects.content(project, article), claim)} == {"claimant"}


def test_the_same_unmentioned_source_as_before(project: Project, article: Article, quote: Annotation) -> None:
    entity = entities.create(project, "Kremlin", EntityKind.ORGANISATION)
    linking.set_source(project, quote, entity.uid)
    later = projects.tag(project, article, "quote", "said nothing")
    assert linking.same_speaker_as_before(project, projects.content(project, article), later).uid == quote.uid
    assert projects.content(project, article).annotations[later.uid].entity == entity.uid


def test_without_link_rules_nothing_can_be_linked(project: Project, article: Article, quote: Annotation) -> None:
    book = project.cache.codebook
    codebook.save(project, replace(book, link_rules=()))
    assert isinstance(project.cache.codebook, Codebook)
    with pytest.raises(RuleError):
        linking.accept_speaker(project, projects.content(project, article), quote, proposal("Peskov", "Peskov"))


def test_a_claim_within_a_quote_becomes_its_content_with_its_claimant(
    project: Project, article: Article, quote: Annotation, speaker: Annotation
) -> None:
    linking.link(project, projects.content(project, article), quote, speaker, "speaker")
    claim = projects.tag(project, article, "claim", "The talks go on")
    linking.accept_speaker(
        project, projects.content(project, article), claim, proposal("Peskov", "Peskov", speaker.uid)
    )
    links = projects.content(project, article).links.values()
    assert sorted((k.role, k.to_annotation) for k in links if k.from_annotation == claim.uid) == [
        ("claimant", speaker.uid),
        ("content_of", quote.uid),
    ]
    project.undo()
    assert [k.role for k in projects.content(project, article).links.values()] == ["speaker"]


def test_a_claim_that_is_content_of_another_quote_or_lies_outside_gets_no_such_link(
    project: Project, article: Article, quote: Annotation, speaker: Annotation
) -> None:
    inside, outside = (projects.tag(project, article, "claim", words) for words in ("The talks", "Berlin said nothing"))
    other = projects.tag(project, article, "quote", "nothing")
    linking.link(project, projects.content(project, article), inside, other, "content_of")
    for claim in (inside, outside):
        shown = projects.content(project, article)
        linking.accept_speaker(project, shown, claim, proposal("Peskov", "Peskov", speaker.uid))
    links = projects.content(project, article).links.values()
    assert [k.to_annotation for k in links if k.role == "content_of"] == [other.uid]
    assert len([k for k in links if k.role == "claimant"]) == 2
