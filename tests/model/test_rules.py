from __future__ import annotations

import pytest
from msgspec.structs import replace

from annotator.base.errors import RuleError
from annotator.model import rules
from annotator.model.annotation import Annotation, Link
from annotator.model.article import Article
from annotator.model.codebook import Attribute, AttributeKind, Codebook, LinkRule, Part, TagType
from annotator.model.content import ArticleContent
from annotator.model.entity import Entity, EntityKind
from annotator.model.rules import Lack, ToCheck
from annotator.model.span import Span, fragments
from annotator.model.values import Value, Values

TEXT = "“A,” said B in C."
K = AttributeKind
TYPE = Attribute("type", "q", "quote_type", "Type", K.ONE, ("direct", "indirect"), "direct", mandatory=True)
USAGE = Attribute("usage", "l", "usage", "Usage", K.ONE, ("literal", "demonym"))
RESOLUTION = Attribute("resolution", "l", "resolution", "Resolution", K.ONE, ("resolved", "unresolvable", "fictional"))
BOOK = Codebook(
    (
        TagType("q", "zitat", "Quote", "#0", part=Part.QUOTE), TagType("s", "s", "Speaker", "#0", part=Part.SPEAKER),
        TagType("c", "c", "Claim", "#0", part=Part.CLAIM), TagType("l", "l", "Location", "#0", part=Part.LOCATION),
    ),
    (TYPE, USAGE, RESOLUTION),
    (
        LinkRule("r1", "speaker", "Speaker", "q", "s"), LinkRule("r2", "inside", "Inside", "q", "q", 1, acyclic=True),
        LinkRule("r3", "claimant", "Claimant", "c", "s"), LinkRule("r4", "same_as", "Same as", "c", "c", 0, True),
    ),
)  # fmt: skip


def made(uid: str, tag: str, *spans: Span, values: Values = (), entity: str | None = None) -> Annotation:
    return Annotation(uid, "a", tag, "set", fragments(TEXT, spans or [Span(0, 4)]), "p", entity, values)


def content(*annotations: Annotation, links: tuple[Link, ...] = ()) -> ArticleContent:
    article = Article("a", "T", "", len(TEXT), 5)
    return ArticleContent(article, TEXT, {a.uid: a for a in annotations}, {k.uid: k for k in links}, {})


def link(start: str, stop: str, role: str) -> Link:
    return Link(f"{start}{role}{stop}", "a", start, stop, role, "p")


def lacks(*annotations: Annotation, links: tuple[Link, ...] = (), entities: tuple[Entity, ...] = ()) -> list[ToCheck]:
    return rules.to_check(content(*annotations, links=links), BOOK, {e.uid: e for e in entities})


def test_a_quote_and_a_claim_without_a_source() -> None:
    quote, claim = made("1", "q", values=(("type", "direct"),)), made("2", "c", Span(5, 9))
    assert lacks(claim, quote) == [ToCheck("1", Lack.SPEAKER), ToCheck("2", Lack.CLAIMANT)]
    assert lacks(quote, made("s", "s", Span(10, 11)), links=(link("1", "s", "speaker"),)) == []
    assert lacks(replace(claim, entity="e")) == []


def test_a_direct_quote_without_marks() -> None:
    bare = made("1", "q", Span(1, 3), values=(("type", "direct"),), entity="e")
    assert lacks(bare) == [ToCheck("1", Lack.MARKS)]
    assert lacks(replace(bare, values=(("type", "indirect"),))) == []


def test_a_mandatory_attribute_without_a_value() -> None:
    assert lacks(made("1", "q", entity="e")) == [ToCheck("1", Lack.MANDATORY, "type")]


def test_a_literal_place_without_coordinates() -> None:
    place = made("1", "l", Span(15, 16), values=(("usage", "literal"),), entity="e")
    nowhere, somewhere = Entity("e", EntityKind.PLACE, "C"), Entity("e", EntityKind.PLACE, "C", latitude=0, longitude=0)
    assert lacks(place, entities=(nowhere,)) == lacks(place) == [ToCheck("1", Lack.COORDINATES)]
    assert lacks(place, entities=(somewhere,)) == []
    assert lacks(replace(place, values=(("usage", "demonym"),))) == []
    assert lacks(replace(place, values=(("resolution", "unresolvable"), ("usage", "literal")))) == []


def test_marks_are_seen_on_every_fragment() -> None:
    assert rules.has_marks(made("1", "q", Span(0, 4)))
    assert rules.has_marks(made("1", "q", Span(0, 2)))
    assert rules.has_marks(made("1", "q", Span(2, 4)))
    assert not rules.has_marks(made("1", "q", Span(0, 2), Span(5, 9)))


def attribute(kind: AttributeKind, *choices: str, default: str = "") -> Attribute:
    return Attribute("x", "q", "x", "X", kind, choices, default)


@pytest.mark.parametrize(
    ("asked", "value", "kept"),
    [
        (attribute(K.ONE, "a", "b"), "b", "b"),
        (attribute(K.SEVERAL, "a", "b", "c"), ("c", "a"), ("a", "c")),
        (attribute(K.TEXT), "free", "free"),
        (attribute(K.YES_NO), False, False),
        (attribute(K.NUMBER), "3.5", 3.5),
        (attribute(K.NUMBER), 2.0, 2.0),
        (attribute(K.DATE), "2025", "2025"),
        (attribute(K.DATE), "2025-03", "2025-03"),
        (attribute(K.DATE), "2024-02-29", "2024-02-29"),
    ],
)
def test_values_that_an_attribute_can_have(asked: Attribute, value: Value, kept: Value) -> None:
    assert rules.check_value(asked, value) == kept


@pytest.mark.parametrize(
    ("asked", "value", "says"),
    [
        (attribute(K.ONE, "a", "b"), "c", "“X” cannot be 'c': choose one of a, b."),
        (attribute(K.SEVERAL, "a"), ("a", "z"), "“X” cannot be ('a', 'z'): choose one of a."),
        (attribute(K.SEVERAL, "a"), "a", "“X” cannot be 'a': choose one of a."),
        (attribute(K.TEXT), True, "“X” cannot be True: choose one of text."),
        (attribute(K.YES_NO), "yes", "“X” cannot be 'yes': choose one of yes_no."),
        (attribute(K.NUMBER), "many", "“X” must be a number, not 'many'."),
        (attribute(K.NUMBER), True, "“X” must be a number, not True."),
        (attribute(K.NUMBER), "inf", "“X” must be a number, not 'inf'."),
        (attribute(K.NUMBER), float("nan"), "“X” must be a number, not nan."),
        (attribute(K.DATE), "2025-02-30", "“X” must be a date such as 2025-03-13, not '2025-02-30'."),
        (attribute(K.DATE), "20250313", "“X” must be a date such as 2025-03-13, not '20250313'."),
        (attribute(K.DATE), 3.0, "“X” cannot be 3.0: choose one of date."),
    ],
)
def test_values_that_it_cannot_have(asked: Attribute, value: Value, says: str) -> None:
    with pytest.raises(RuleError) as told:
        rules.check_value(asked, value)
    assert str(told.value) == says


@pytest.mark.parametrize(
    ("asked", "value"),
    [
        (attribute(K.SEVERAL, "a", "b", default="a; b"), ("a", "b")),
        (attribute(K.YES_NO, default="Yes"), True),
        (attribute(K.YES_NO, default="no"), False),
        (attribute(K.TEXT, default="x"), "x"),
    ],
)
def test_defaults_are_values_of_the_attribute_s_kind(asked: Attribute, value: Value) -> None:
    assert rules.parse_default(asked) == value
    assert rules.default_values(replace(BOOK, attributes=(asked,)), "q") == (("x", value),)


def test_an_attribute_without_default_starts_without_a_value() -> None:
    assert rules.default_values(BOOK, "q") == (("type", "direct"),)
    assert rules.default_values(BOOK, "l") == ()


def refusal(shown: ArticleContent, source: Annotation, target: Annotation, role: str) -> str:
    with pytest.raises(RuleError) as told:
        rules.check_link(shown, BOOK, source, target, role)
    return str(told.value)


def test_links_that_are_not_allowed() -> None:
    quote, speaker, claim = made("q1", "q"), made("s1", "s"), made("c1", "c")
    shown = content(quote, speaker, claim)
    rules.check_link(shown, BOOK, quote, speaker, "speaker")
    assert refusal(shown, speaker, quote, "speaker") == "The codebook knows no link “speaker” from Speaker to Quote."
    assert refusal(shown, quote, quote, "inside") == "A Quote cannot be linked to itself."
    elsewhere = replace(speaker, article="b")
    assert refusal(shown, quote, elsewhere, "speaker") == "Links join annotations of one article only."


def test_how_many_and_no_circles() -> None:
    one, two, three = (made(uid, "q") for uid in ("1", "2", "3"))
    shown = content(one, two, three, links=(link("1", "2", "inside"), link("2", "3", "inside")))
    assert refusal(shown, one, three, "inside") == "This Quote has its “Inside” already; take that link away first."
    assert refusal(shown, three, one, "inside") == "That would close a circle of “Inside” links."
    claims = [made(uid, "c") for uid in ("4", "5", "6")]
    fork = content(*claims, links=(link("4", "5", "same_as"), link("4", "6", "same_as"), link("5", "6", "same_as")))
    assert refusal(fork, claims[2], claims[0], "same_as") == "That would close a circle of “Same as” links."
    rules.check_link(fork, BOOK, claims[0], claims[1], "same_as")


def test_a_circle_that_is_there_already_does_not_hang() -> None:
    claims = [made(uid, "c") for uid in ("4", "5", "6")]
    circle = content(*claims, links=(link("4", "5", "same_as"), link("5", "4", "same_as")))
    rules.check_link(circle, BOOK, claims[2], claims[0], "same_as")


def test_the_rule_that_names_the_source() -> None:
    assert rules.speaker_rule(BOOK, BOOK.tag("q")) == BOOK.link_rules[0]
    assert rules.speaker_rule(BOOK, BOOK.tag("c")) == BOOK.link_rules[2]
    assert rules.speaker_rule(BOOK, BOOK.tag("l")) is None
