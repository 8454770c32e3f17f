from __future__ import annotations

from msgspec.structs import replace
from support.worked_passage import ROWS, annotation

from annotator.exchange.codebook_file import shipped_codebook
from annotator.model.article import ArticleWork
from annotator.model.codebook import Attribute, AttributeKind, Codebook, LinkRule, TagType
from annotator.model.manifest import key_of
from annotator.model.merge_codebook import belonging, codebook_of, fitted, unfit_values, without_values

BOOK = shipped_codebook("news")
FRAME = TagType("frame", "frame", "Frame", "#123456", "9")
TONE = Attribute("tone", "frame", "tone", "Tone", AttributeKind.ONE, ("warm", "cold"))
RULE = LinkRule("frames", "frames", "frames", "frame", BOOK.tag_types[0].uid)


def test_the_codebook_among_records() -> None:
    assert codebook_of([ArticleWork("w", "a", "b"), *BOOK.records]) == BOOK


def test_values_that_the_codebook_does_not_ask_for_or_allow() -> None:
    made = annotation(BOOK, ROWS[0])
    known = made.values[0][0]
    assert unfit_values(made, BOOK) == []
    assert unfit_values(replace(made, values=((known, "nonsense"), ("tone", "warm"))), BOOK) == [known, "tone"]
    assert unfit_values(ArticleWork("w", "a", "b", values=((known, "x"),)), BOOK) == [known]
    assert without_values(made, [known]).values == made.values[1:]


def test_a_tag_type_comes_with_what_belongs_to_it() -> None:
    theirs = {key_of(record): record for record in (*BOOK.records, FRAME, TONE, RULE)}
    here = {key_of(record) for record in BOOK.records}
    assert list(belonging(key_of(FRAME), theirs, here)) == [FRAME, TONE, RULE]
    assert list(belonging(key_of(FRAME), theirs, {*here, key_of(TONE)})) == [FRAME, RULE]
    assert list(belonging(key_of(FRAME), theirs, ())) == [FRAME, TONE]
    assert list(belonging(key_of(TONE), theirs, here)) == [TONE]
    work = ArticleWork("w", "a", "b")
    assert list(belonging(key_of(work), {**theirs, key_of(work): work}, here)) == [], "it is none of the codebook's"


def test_what_is_new_stands_last_under_a_name_and_key_that_are_free() -> None:
    first = BOOK.tag_types[0]
    twin = replace(FRAME, name=first.name, key=first.key)
    taken = fitted(twin, BOOK, None)
    assert isinstance(taken, TagType)
    assert (taken.name, taken.key) == (f"{first.name}_2", "")
    assert taken.position == max(tag.position for tag in BOOK.tag_types) + 1
    third = fitted(twin, Codebook((*BOOK.tag_types, taken)), None)
    assert isinstance(third, TagType) and third.name == f"{first.name}_3"
    assert fitted(TONE, BOOK, None) == replace(TONE, position=max(a.position for a in BOOK.attributes) + 1)
    assert fitted(RULE, BOOK, None) == replace(RULE, position=max(r.position for r in BOOK.link_rules) + 1)
    assert fitted(FRAME, Codebook(), None) == replace(FRAME, position=0)


def test_what_is_known_keeps_its_place() -> None:
    mine = BOOK.attributes[3]
    wider = replace(mine, choices=("more",), position=0)
    assert fitted(wider, BOOK, mine) == replace(wider, position=mine.position)
