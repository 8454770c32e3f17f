from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from support import projects

from annotator.base.errors import RuleError
from annotator.base.uuid7 import uuid7
from annotator.model.annotation import Annotation, Confidence
from annotator.model.article import Article, Status
from annotator.model.codebook import Codebook, LinkRule
from annotator.model.entity import EntityKind
from annotator.model.review import Decision, Verdict
from annotator.model.span import Span
from annotator.model.values import value_of
from annotator.operations import articles, codebook, entities, linking, tagging
from annotator.project.opening import work_as
from annotator.project.project import Project

QUOTE = "“The talks go on,”"


def now_of(project: Project, annotation: Annotation) -> Annotation:
    found = project.read.get(Annotation, annotation.uid)
    assert found is not None
    return found


def at(words: str) -> Span:
    start = projects.TEXT.index(words)
    return Span(start, start + len(words))


def test_a_new_quote(project: Project, article: Article) -> None:
    made = projects.tag(project, article, "quote", QUOTE)
    assert (made.start, made.stop, made.text) == (33, 51, QUOTE)
    assert made.fragments[0].prefix == "eskov told reporters in Moscow: "
    assert made.fragments[0].suffix == " and left.\n\nBerlin said nothing."[:32]
    assert made.annotator == projects.ANNA.uid
    assert made.created == made.modified != ""
    assert value_of(made.values, projects.attribute_uid(project, "quote", "quote_type")) == "direct"
    assert projects.content(project, article).annotations == {made.uid: made}
    assert project.undo_label == "Tag quote"
    work = project.read.work(article.uid, projects.ANNA.uid)
    assert work is not None
    assert work.status is Status.IN_PROGRESS


def test_the_same_tag_is_not_doubled(project: Project, article: Article) -> None:
    first = projects.tag(project, article, "quote", QUOTE)
    sequence = project.read.last_sequence()
    assert projects.tag(project, article, "quote", QUOTE) == first
    assert project.read.last_sequence() == sequence
    assert projects.tag(project, article, "claim", QUOTE) != first


def test_tagging_takes_up_an_article_that_was_to_do_again_but_not_one_that_is_done(
    project: Project, article: Article
) -> None:
    def status() -> Status:
        work = project.read.work(article.uid, projects.ANNA.uid)
        assert work is not None
        return work.status

    articles.set_status(project, article.uid, Status.DONE)
    projects.tag(project, article, "quote", QUOTE)
    assert status() is Status.DONE
    articles.set_status(project, article.uid, Status.TODO)
    projects.tag(project, article, "location", "Moscow")
    assert status() is Status.IN_PROGRESS


@pytest.mark.parametrize("spans", [[], [Span(0, 10_000)]])
def test_nothing_to_tag(project: Project, article: Article, spans: list[Span]) -> None:
    with pytest.raises(RuleError, match="There is nothing to tag here"):
        tagging.tag(project, projects.content(project, article), projects.tag_uid(project, "quote"), spans)


def test_somebody_without_a_set_cannot_tag(project: Project, article: Article) -> None:
    project.annotator = replace(projects.BEN, uid="nobody")
    with pytest.raises(RuleError, match="no annotation set for you"):
        projects.tag(project, article, "quote", QUOTE)


def test_without_a_quote_type_to_ask_for_a_quote_has_none(project: Project, article: Article) -> None:
    book = project.cache.codebook
    kept = tuple(a for a in book.attributes if a.name not in ("quote_type", "medium"))
    codebook.save(project, replace(book, attributes=kept))
    assert projects.tag(project, article, "quote", QUOTE).uid
    asked = book.attribute_named(projects.tag_uid(project, "quote"), "quote_type")
    assert asked is not None
    codebook.save(project, replace(book, attributes=(*kept, replace(asked, choices=("other",), default=""))))
    assert asked.uid not in dict(projects.tag(project, article, "quote", "talks").values)


def test_all_same_words_are_tagged_as_one_step(project: Project, add_article: Callable[..., Article]) -> None:
    article = add_article("Moscow, Moscowites and Moscow.")
    shown = projects.content(project, article)
    location = projects.tag_uid(project, "location")
    made = tagging.tag_all_same(project, shown, location, Span(0, 6))
    assert [annotation.spans for annotation in made] == [(Span(0, 6),), (Span(23, 29),)]
    assert tagging.tag_all_same(project, projects.content(project, article), location, Span(0, 6)) == []
    project.undo()
    assert projects.content(project, article).annotations == {}


def test_retyping_says_what_is_lost(project: Project, article: Article) -> None:
    quote, speaker = projects.tag(project, article, "quote", QUOTE), projects.tag(project, article, "speaker", "Peskov")
    cue = projects.tag(project, article, "cue", "told")
    other = projects.tag(project, article, "quote", "told reporters")
    linking.link(project, projects.content(project, article), quote, speaker, "speaker")
    linking.link(project, projects.content(project, article), other, cue, "cue")
    tagging.set_value(project, quote, projects.attribute_uid(project, "quote", "polarity"), "denied")
    lost = tagging.retype(
        project, projects.content(project, article), now_of(project, quote), projects.tag_uid(project, "cue")
    )
    assert lost.attributes == ("Type of quote", "Polarity")
    assert lost.links == ("speaker",)
    assert now_of(project, quote).values == ()
    assert [link.role for link in projects.content(project, article).links.values()] == ["cue"]
    project.undo()
    assert len(projects.content(project, article).links) == 2


def test_retyping_keeps_links_that_the_new_type_may_have(project: Project, article: Article) -> None:
    quote, speaker = projects.tag(project, article, "quote", QUOTE), projects.tag(project, article, "speaker", "Peskov")
    link = linking.link(project, projects.content(project, article), quote, speaker, "speaker")
    book, claim = project.cache.codebook, projects.tag_uid(project, "claim")
    rule = LinkRule("says", "speaker", "Speaker", claim, speaker.tag_type)
    codebook.save(project, replace(book, link_rules=(*book.link_rules, rule)))
    lost = tagging.retype(project, projects.content(project, article), now_of(project, quote), claim)
    assert lost.links == ()
    assert projects.content(project, article).links == {link.uid: link}


def test_retyping_keeps_what_the_new_type_has_too(project: Project, article: Article) -> None:
    quote, speaker = projects.tag(project, article, "quote", QUOTE), projects.tag(project, article, "speaker", "Peskov")
    book = project.cache.codebook
    medium = book.attribute_named(quote.tag_type, "medium")
    assert medium is not None
    twin = replace(medium, uid="twin", tag_type=projects.tag_uid(project, "claim"))
    codebook.save(project, replace(book, attributes=(*book.attributes, twin)))
    tagging.set_value(project, quote, medium.uid, "writing")
    lost = tagging.retype(project, projects.content(project, article), now_of(project, quote), twin.tag_type or "")
    assert "Medium" not in lost.attributes
    assert value_of(now_of(project, quote).values, "twin") == "writing"
    assert speaker.uid in projects.content(project, article).annotations


def test_reshaping(project: Project, article: Article) -> None:
    made = projects.tag(project, article, "quote", QUOTE)
    shown = projects.content(project, article)
    two = tagging.add_fragment(project, shown, made, at("and left"))
    assert two.text == f"{QUOTE} […] and left"
    assert project.undo_label == "Add fragment"
    one = tagging.remove_fragment(project, shown, two, at("left").start)
    assert one.spans == made.spans
    assert tagging.reshape(project, shown, one, one.spans, "Nothing") is one
    assert project.undo_label == "Remove fragment"
    with pytest.raises(RuleError, match="The caret is in no fragment"):
        tagging.remove_fragment(project, shown, one, 0)
    with pytest.raises(RuleError, match="needs at least one word"):
        tagging.remove_fragment(project, shown, one, 40)
    with pytest.raises(RuleError, match="needs at least one word"):
        tagging.reshape(project, shown, one, [Span(0, 10_000)], "Too far")


def test_removing_takes_links_and_verdicts_along_and_undo_brings_them_back(project: Project, article: Article) -> None:
    quote, speaker = projects.tag(project, article, "quote", QUOTE), projects.tag(project, article, "speaker", "Peskov")
    linking.link(project, projects.content(project, article), quote, speaker, "speaker")
    verdict = Verdict(uuid7(), article.uid, quote.uid, projects.ANNA.uid, Decision.REJECTED)
    reply = Verdict(uuid7(), article.uid, speaker.uid, projects.ANNA.uid, Decision.REPLY, reply_to=verdict.uid)
    final = replace(verdict, uid=uuid7(), annotation=speaker.uid, adjudicated=quote.uid)
    with project.edit("Judge") as edit:
        for record in (verdict, reply, final):
            edit.add(record)
    before = projects.content(project, article)
    assert tagging.remove(project, [quote]) == 1
    after = projects.content(project, article)
    assert list(after.annotations) == [speaker.uid]
    assert after.links == {}
    assert after.verdicts == {
        reply.uid: replace(reply, reply_to=None),
        final.uid: replace(final, adjudicated=None),
    }
    assert project.undo_label == "Remove quote"
    project.undo()
    assert projects.content(project, article) == before


def test_removing_what_refers_to_each_other_in_any_order(project: Project, article: Article) -> None:
    one, two = projects.tag(project, article, "quote", QUOTE), projects.tag(project, article, "quote", "Peskov")
    verdict = Verdict(uuid7(), article.uid, one.uid, projects.ANNA.uid, Decision.REVISED, adjudicated=two.uid)
    reply = Verdict(uuid7(), article.uid, one.uid, projects.ANNA.uid, Decision.REPLY, reply_to=verdict.uid)
    with project.edit("Judge") as edit:
        edit.add(reply)
        edit.add(verdict)
    before = projects.content(project, article)
    for order in ([one, two], [two, one]):
        assert tagging.remove(project, order, label="Remove both") == 2
        assert projects.content(project, article).verdicts == {}
        assert project.undo().label == "Remove both"
        assert projects.content(project, article) == before
    assert tagging.remove(project, [one, two]) == 2
    assert project.undo_label == "Remove 2 annotations"
    assert tagging.remove(project, []) == 0


def test_values_notes_confidence_and_entities(project: Project, article: Article) -> None:
    quote = projects.tag(project, article, "quote", QUOTE)
    polarity = projects.attribute_uid(project, "quote", "polarity")
    entity = entities.create(project, "Peskov", EntityKind.NAMED_PERSON)
    tagging.set_value(project, quote, polarity, "denied")
    tagging.set_note(project, now_of(project, quote), "why", merge_key="k")
    tagging.set_confidence(project, now_of(project, quote), Confidence.LOW)
    tagging.set_entity(project, now_of(project, quote), entity.uid)
    full = now_of(project, quote)
    assert value_of(full.values, polarity) == "denied"
    assert (full.note, full.confidence, full.entity) == ("why", Confidence.LOW, entity.uid)
    sequence = project.read.last_sequence()
    tagging.set_value(project, full, polarity, "denied")
    tagging.set_note(project, full, "why")
    tagging.set_confidence(project, full, Confidence.LOW)
    tagging.set_entity(project, full, entity.uid)
    assert project.read.last_sequence() == sequence, "what changes nothing is no step"
    tagging.set_entity(project, full, None)
    assert project.undo_label == "Take entity away"
    tagging.set_value(project, now_of(project, quote), polarity, None)
    assert value_of(now_of(project, quote).values, polarity) is None
    with pytest.raises(RuleError, match="is not asked of this kind of annotation"):
        tagging.set_value(project, quote, projects.attribute_uid(project, "claim", "rating"), "true")
    with pytest.raises(RuleError, match="cannot be 'green'"):
        tagging.set_value(project, quote, polarity, "green")


def test_nobody_edits_another_s_annotation(project: Project, article: Article) -> None:
    quote = projects.tag(project, article, "quote", QUOTE)
    work_as(project, projects.BEN)
    with pytest.raises(RuleError, match="This annotation belongs to Anna"):
        tagging.set_note(project, quote, "mine")
    with pytest.raises(RuleError, match="belongs to somebody else"):
        tagging.remove(project, [replace(quote, annotation_set="unknown")])
    assert projects.tag(project, article, "quote", QUOTE).uid != quote.uid, "each has a set of their own"


def test_half_a_character_is_refused_and_nothing_is_written(project: Project, article: Article) -> None:
    quote = projects.tag(project, article, "quote", QUOTE)
    with pytest.raises(RuleError, match="half a character"):
        tagging.set_note(project, quote, "\ud83d")
    assert now_of(project, quote) == quote
    tagging.set_note(project, quote, "a\0b")
    assert now_of(project, quote).note == "a\0b"
    project.undo()
    assert now_of(project, quote) == quote


def test_an_empty_codebook_is_no_obstacle(project: Project) -> None:
    codebook.save(project, Codebook())
    assert project.cache.codebook == Codebook()
    project.undo()
    assert len(project.cache.codebook.tag_types) == 5


def test_same_words_within_what_bears_the_tag_already_are_left_alone(
    project: Project, add_article: Callable[..., Article]
) -> None:
    article = add_article("Kursk region, Kursk and the Kursk region.\n")
    shown = projects.content(project, article)
    location = projects.tag_uid(project, "location")
    assert len(tagging.tag_all_same(project, shown, location, Span(0, 12))) == 2
    shown = projects.content(project, article)
    made = tagging.tag_all_same(project, shown, location, Span(14, 19))
    assert [one.spans for one in made] == [(Span(14, 19),)]
    assert tagging.tag_all_same(project, projects.content(project, article), location, Span(14, 19)) == []
    # What is chosen itself is tagged wherever it lies, as by the tag's own key.
    inner = tagging.tag_all_same(project, projects.content(project, article), location, Span(0, 5))
    assert [one.spans for one in inner] == [(Span(0, 5),)]


def test_tagging_the_same_words_again_is_no_step(project: Project, add_article: Callable[..., Article]) -> None:
    article = add_article("Kursk and Kursk.\n")
    location = projects.tag_uid(project, "location")
    tagging.tag_all_same(project, projects.content(project, article), location, Span(0, 5))
    sequence = project.read.last_sequence()
    assert tagging.tag_all_same(project, projects.content(project, article), location, Span(10, 15)) == []
    assert project.read.last_sequence() == sequence


@pytest.mark.parametrize(
    ("before", "kind", "after", "kept"),
    [
        ("speaker", EntityKind.NAMED_PERSON, "location", False),
        ("location", EntityKind.PLACE, "speaker", False),
        ("location", EntityKind.PLACE, "cue", False),
        ("speaker", EntityKind.NAMED_PERSON, "quote", False),  # who is named is not who says it
        ("quote", EntityKind.NAMED_PERSON, "claim", True),
        ("claim", EntityKind.ORGANISATION, "quote", True),
    ],
)
def test_retyping_takes_away_an_entity_that_the_new_type_cannot_have_and_names_it(
    project: Project, article: Article, before: str, kind: EntityKind, after: str, kept: bool
) -> None:
    made = projects.tag(project, article, before, "Moscow")
    entities.create_for(project, made, "Moscow city", kind)
    lost = tagging.retype(
        project, projects.content(project, article), now_of(project, made), projects.tag_uid(project, after)
    )
    assert lost.entity == ("" if kept else "Moscow city")
    assert (now_of(project, made).entity is not None) is kept
    project.undo()
    assert now_of(project, made).entity is not None


def test_a_removed_tag_type_gives_its_annotations_no_entity_that_does_not_fit(
    project: Project, article: Article
) -> None:
    made = projects.tag(project, article, "location", "Moscow")
    entities.create_for(project, made, "Moscow", EntityKind.PLACE)
    location, speaker = projects.tag_uid(project, "location"), projects.tag_uid(project, "speaker")
    known = project.cache.codebook
    without = Codebook(
        tuple(t for t in known.tag_types if t.uid != location),
        tuple(a for a in known.attributes if a.tag_type != location),
        tuple(r for r in known.link_rules if location not in (r.from_type, r.to_type)),
    )
    codebook.save(project, without, moved={location: speaker})
    assert (now_of(project, made).tag_type, now_of(project, made).entity) == (speaker, None)
