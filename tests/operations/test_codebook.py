from __future__ import annotations

import pytest
from msgspec.structs import replace
from support import projects

from annotator.base.errors import RuleError
from annotator.model.annotation import Annotation
from annotator.model.article import Article
from annotator.model.codebook import Attribute, AttributeKind, Codebook, LinkRule, TagType
from annotator.model.values import Value, value_of
from annotator.operations import codebook, linking, tagging
from annotator.operations.checking import check_project
from annotator.project.project import Project


def without_tag(book: Codebook, uid: str) -> Codebook:
    return Codebook(
        tuple(t for t in book.tag_types if t.uid != uid),
        tuple(a for a in book.attributes if a.tag_type != uid),
        tuple(r for r in book.link_rules if uid not in (r.from_type, r.to_type)),
    )


def changed(book: Codebook, attribute: Attribute) -> Codebook:
    return replace(book, attributes=tuple(attribute if a.uid == attribute.uid else a for a in book.attributes))


def value(project: Project, annotation: Annotation, attribute: str) -> Value | None:
    found = project.read.get(Annotation, annotation.uid)
    assert found is not None
    return value_of(found.values, attribute)


def test_a_removed_tag_type_that_is_used_needs_to_be_told_where_its_annotations_go(
    project: Project, article: Article
) -> None:
    quote = projects.tag(project, article, "quote", "Moscow")
    book = without_tag(project.cache.codebook, quote.tag_type)
    assert codebook.uses(project, quote.tag_type) == 1
    with pytest.raises(RuleError, match="1 annotations are tagged Quote: say where they go first"):
        codebook.save(project, book)
    assert project.read.codebook() == project.cache.codebook != book


def test_annotations_of_a_removed_tag_type_go_too_if_that_is_said(project: Project, article: Article) -> None:
    quote, speaker = (
        projects.tag(project, article, "quote", "Moscow"),
        projects.tag(project, article, "speaker", "Peskov"),
    )
    linking.link(project, projects.content(project, article), quote, speaker, "speaker")
    before = projects.content(project, article)
    codebook.save(project, without_tag(project.cache.codebook, quote.tag_type), moved={quote.tag_type: codebook.REMOVE})
    assert list(projects.content(project, article).annotations) == [speaker.uid]
    assert check_project(project.path) == []
    project.undo()
    assert projects.content(project, article) == before
    assert project.cache.codebook.tag(quote.tag_type).name == "quote"


def test_annotations_of_a_removed_tag_type_move_with_what_the_new_one_can_have(
    project: Project, article: Article
) -> None:
    claim, quote = projects.tag(project, article, "claim", "Moscow"), projects.tag(project, article, "quote", "Berlin")
    speaker = projects.tag(project, article, "speaker", "Peskov")
    place = projects.tag(project, article, "location", "Moscow")
    for target, role in ((quote, "content_of"), (speaker, "claimant"), (place, "about_location")):
        linking.link(project, projects.content(project, article), claim, target, role)
    linking.link(project, projects.content(project, article), quote, speaker, "speaker")
    rating = projects.attribute_uid(project, "claim", "rating")
    tagging.set_value(project, claim, rating, "true")
    book = project.cache.codebook
    kinds = [
        Attribute("twin", quote.tag_type, "rating", "Rating", AttributeKind.ONE, ("true", "false")),
        Attribute("other", quote.tag_type, "claim_text", "Text", AttributeKind.NUMBER),
    ]
    fuller = replace(book, attributes=(*book.attributes, *kinds))
    codebook.save(project, fuller)
    now = project.read.get(Annotation, claim.uid)
    assert now is not None
    tagging.set_value(project, now, projects.attribute_uid(project, "claim", "claim_text"), "words")
    codebook.save(project, without_tag(fuller, claim.tag_type), moved={claim.tag_type: quote.tag_type})
    after = projects.content(project, article)
    assert after.annotations[claim.uid].tag_type == quote.tag_type
    assert after.annotations[claim.uid].values == (("twin", "true"),)
    assert [link.role for link in after.links.values()] == ["speaker"]
    assert check_project(project.path) == []


def test_renamed_and_removed_choices(project: Project, article: Article) -> None:
    denied, asserted = (
        projects.tag(project, article, "quote", "Moscow"),
        projects.tag(project, article, "quote", "Berlin"),
    )
    uid = projects.attribute_uid(project, "quote", "polarity")
    tagging.set_value(project, denied, uid, "denied")
    tagging.set_value(project, asserted, uid, "withheld")
    attribute = project.cache.codebook.attribute(uid)
    choices = ("asserted", "negated")
    after = changed(project.cache.codebook, replace(attribute, choices=choices, default=""))
    assert codebook.save(project, after, renamed_choices={(uid, "denied"): "negated"}) == 2
    assert value(project, denied, uid) == "negated"
    assert value(project, asserted, uid) is None
    project.undo()
    assert value(project, denied, uid) == "denied"
    assert value(project, asserted, uid) == "withheld"


def test_an_attribute_that_becomes_another_kind_or_goes(project: Project, article: Article) -> None:
    from annotator.operations import articles

    several = Attribute("s", projects.tag_uid(project, "quote"), "s", "S", AttributeKind.SEVERAL, ("a", "b", "c"))
    frame = Attribute("f", None, "my_frame", "Frame", AttributeKind.TEXT)
    number = Attribute("n", None, "my_number", "N", AttributeKind.NUMBER)
    book = project.cache.codebook
    codebook.save(project, replace(book, attributes=(*book.attributes, several, frame, number)))
    quote = projects.tag(project, article, "quote", "Moscow")
    tagging.set_value(project, quote, "s", ("a", "c"))
    articles.set_article_value(project, article.uid, "f", "12")
    articles.set_article_value(project, article.uid, "n", 3)
    renamed = replace(several, choices=("alpha", "b", "c"))
    kept = tuple(a for a in book.attributes if a.name != "medium")
    after = replace(book, attributes=(*kept, renamed, replace(frame, kind=AttributeKind.NUMBER)))
    codebook.save(project, after, renamed_choices={("s", "a"): "alpha"})
    assert value(project, quote, "s") == ("alpha", "c")
    work = project.read.work(article.uid, projects.ANNA.uid)
    assert work is not None
    assert dict(work.values)["f"] == 12.0
    assert "n" not in dict(work.values)
    assert check_project(project.path) == []


def test_saving_what_is_the_same_is_no_step(project: Project) -> None:
    sequence = project.read.last_sequence()
    assert codebook.save(project, project.cache.codebook) == 0
    assert project.read.last_sequence() == sequence


def test_what_makes_a_codebook_unusable() -> None:
    one, two = TagType("1", "same", "One", "#0", "1"), TagType("2", "same", "Two", "#0", "1")
    kind = AttributeKind
    book = Codebook(
        (one, two, TagType("3", " ", "", "#0")),
        (
            Attribute("a", "1", "x", "X", kind.TEXT), Attribute("b", "1", "x", "X", kind.TEXT),
            Attribute("c", None, "", "", kind.TEXT), Attribute("d", "9", "y", "Y", kind.SEVERAL),
            Attribute("e", "1", "z", "Z", kind.ONE, ("p",), "q"), Attribute("f", "1", "w", "W", kind.ONE, ("p",), "p"),
        ),
        (LinkRule("r", "role", "Role", "1", "9"),),
    )  # fmt: skip
    assert codebook.problems(book) == [
        "The tag name “same” is there twice.",
        "The key “1” is there twice.",
        "The attribute “x” is there twice.",
        "The tag type “3” needs a name.",
        "An attribute needs a name.",
        "The attribute “y” belongs to a tag type that is not there.",
        "The attribute “y” needs choices.",
        "The default of “z”: “Z” cannot be 'q': choose one of p.",
        "The link “role” names a tag type that is not there.",
    ]


def test_an_unusable_codebook_is_not_saved(project: Project) -> None:
    book = project.cache.codebook
    with pytest.raises(RuleError, match="is there twice"):
        codebook.save(project, replace(book, tag_types=(*book.tag_types, replace(book.tag_types[0], uid="x"))))


def test_values_follow_an_attribute_to_its_new_kind(project: Project, article: Article) -> None:
    quote = projects.tag(project, article, "quote", "Moscow")
    uid = projects.attribute_uid(project, "quote", "medium")
    assert value(project, quote, uid) == "speech"
    for kind, kept in (
        (AttributeKind.SEVERAL, ("speech",)),
        (AttributeKind.ONE, "speech"),
        (AttributeKind.TEXT, "speech"),
    ):
        medium = project.cache.codebook.attribute(uid)
        codebook.save(project, changed(project.cache.codebook, replace(medium, kind=kind)))
        assert value(project, quote, uid) == kept
    medium = project.cache.codebook.attribute(uid)
    several = replace(medium, kind=AttributeKind.SEVERAL, default="")
    codebook.save(project, changed(project.cache.codebook, several))
    content = projects.content(project, article)
    tagging.set_value(project, content.annotations[quote.uid], uid, ("speech", "writing"))
    renamed = replace(several, choices=("spoken", "writing", "thought"))
    codebook.save(project, changed(project.cache.codebook, renamed), renamed_choices={(uid, "speech"): "spoken"})
    assert value(project, quote, uid) == ("spoken", "writing")
    codebook.save(project, changed(project.cache.codebook, replace(renamed, kind=AttributeKind.ONE)))
    assert value(project, quote, uid) is None
    assert check_project(project.path) == []


def test_links_whose_rule_goes_go_with_it_and_come_back_with_undo(project: Project, article: Article) -> None:
    quote, speaker, other = (
        projects.tag(project, article, "quote", "Moscow"),
        projects.tag(project, article, "speaker", "Peskov"),
        projects.tag(project, article, "cue", "told"),
    )
    kept = linking.link(project, projects.content(project, article), quote, other, "cue")
    gone = linking.link(project, projects.content(project, article), quote, speaker, "speaker")
    book = project.cache.codebook
    rules = tuple(rule for rule in book.link_rules if rule.role != "speaker")
    codebook.save(project, replace(book, link_rules=rules))
    assert list(projects.content(project, article).links) == [kept.uid]
    project.undo()
    assert set(projects.content(project, article).links) == {kept.uid, gone.uid}


def test_links_that_the_new_tag_type_may_have_too_stay(project: Project, article: Article) -> None:
    quote, speaker = (
        projects.tag(project, article, "quote", "Moscow"),
        projects.tag(project, article, "speaker", "Peskov"),
    )
    link = linking.link(project, projects.content(project, article), quote, speaker, "speaker")
    book = without_tag(project.cache.codebook, quote.tag_type)
    statement = TagType("statement", "statement", "Statement", "#123456")
    rule = LinkRule("says", "speaker", "Speaker", statement.uid, speaker.tag_type)
    wider = replace(book, tag_types=(*book.tag_types, statement), link_rules=(*book.link_rules, rule))
    assert quote.values, "none of which a statement is asked for"
    codebook.save(project, wider, moved={quote.tag_type: statement.uid})
    after = projects.content(project, article)
    assert (after.annotations[quote.uid].tag_type, after.annotations[quote.uid].values) == (statement.uid, ())
    assert after.links == {link.uid: link}
    assert check_project(project.path) == []


def test_a_link_between_two_that_move_goes_once(project: Project, article: Article) -> None:
    inner, outer = projects.tag(project, article, "quote", "talks"), projects.tag(project, article, "quote", "Moscow")
    linking.link(project, projects.content(project, article), inner, outer, "inside")
    cue = projects.tag_uid(project, "cue")
    book = without_tag(project.cache.codebook, inner.tag_type)
    assert codebook.save(project, book, moved={inner.tag_type: cue}) == 2
    after = projects.content(project, article)
    assert {one.tag_type for one in after.annotations.values()} == {cue}
    assert after.links == {}
    project.undo()
    assert [one.role for one in projects.content(project, article).links.values()] == ["inside"]


def test_how_many_records_saving_looks_at(project: Project, article: Article) -> None:
    for words in ("Moscow", "The talks"):
        projects.tag(project, article, "quote", words)
    speaker = projects.tag(project, article, "speaker", "Peskov")
    book = project.cache.codebook
    quote = book.tag(projects.tag_uid(project, "quote"))
    medium = book.attribute(projects.attribute_uid(project, "quote", "medium"))
    assert codebook.reach(project, book) == 0
    assert codebook.reach(project, changed(book, replace(medium, definition="How", label="By", default="writing"))) == 0
    assert codebook.reach(project, changed(book, replace(medium, choices=medium.choices[1:]))) == 2
    assert codebook.reach(project, without_tag(book, speaker.tag_type)) == 1, "it has no link"
    linking.link(project, projects.content(project, article), *project.read.annotations_with_tag(quote.uid)[:1],
                 speaker, "speaker")  # fmt: skip
    assert codebook.reach(project, without_tag(book, speaker.tag_type)) == 2
    own = Attribute("own", None, "own", "Own", AttributeKind.TEXT)
    codebook.save(project, replace(book, attributes=(*book.attributes, own)))
    assert codebook.reach(project, book) == project.read.count_articles() == 1
