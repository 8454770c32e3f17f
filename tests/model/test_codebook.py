from __future__ import annotations

import pytest

from annotator.model.codebook import Attribute, AttributeKind, Codebook, LinkRule, Part, TagType

QUOTE = TagType("q", "quote", "Quote", "#000000", "2", Part.QUOTE)
OTHER = TagType("o", "other", "Other", "#000000")
TYPE = Attribute("t", "q", "quote_type", "Type", AttributeKind.ONE, ("direct",))
GENRE = Attribute("g", None, "genre", "Genre", AttributeKind.TEXT)
INSIDE = LinkRule("i", "inside", "Inside", "q", "q", 1, True)
BOOK = Codebook((QUOTE, OTHER), (TYPE, GENRE), (INSIDE,))


def test_what_is_in_it() -> None:
    assert BOOK.records == (QUOTE, OTHER, TYPE, GENRE, INSIDE)
    assert BOOK.tag("q") is QUOTE
    assert BOOK.attribute("g") is GENRE
    assert BOOK.attributes_of("q") == (TYPE,)
    assert BOOK.attributes_of(None) == (GENRE,)
    assert BOOK.rules_from("q") == (INSIDE,)
    assert BOOK.rules_from("o") == ()


def test_looking_up_by_name_key_part_and_role() -> None:
    assert BOOK.tag_named("quote") is QUOTE
    assert BOOK.tag_named("claim") is None
    assert BOOK.tag_keyed("2") is QUOTE
    assert BOOK.tag_keyed("") is None, "no key is no key"
    assert BOOK.tag_of_part(Part.QUOTE) is QUOTE
    assert BOOK.tag_of_part(Part.CLAIM) is None
    assert BOOK.attribute_named("q", "quote_type") is TYPE
    assert BOOK.attribute_named(None, "quote_type") is None
    assert BOOK.link_rule("inside", "q", "q") is INSIDE
    assert BOOK.link_rule("inside", "q", "o") is None


def test_what_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        BOOK.tag("x")
    with pytest.raises(KeyError):
        BOOK.attribute("x")
