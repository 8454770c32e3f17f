from __future__ import annotations

from msgspec.structs import replace
from support.worked_passage import ANNA, ANNAS_SET, ENTITIES, uid

from annotator.model.annotation import AnnotationSet, SetKind
from annotator.model.article import Article, ArticleWork
from annotator.model.changes import Kind, Record
from annotator.model.manifest import key_of
from annotator.model.merge_identity import at_home, same_things
from annotator.model.merge_plan import Sides
from annotator.model.references import Key

MINE = Article(uid("0a00", 1), "Mine", "1" * 64, 1, 1)
THEIRS = replace(MINE, uid=uid("0a00", 2), title="Theirs")
WORK = ArticleWork(uid("0e00", 1), MINE.uid, ANNA.uid, memo="mine")


def keyed(*records: Record) -> dict[Key, Record]:
    return {key_of(record): record for record in records}


def test_an_article_is_known_by_its_text_and_a_standing_by_article_and_person() -> None:
    their_work = replace(WORK, uid=uid("0e00", 2), article=THEIRS.uid, memo="theirs")
    sides = Sides(keyed(MINE, WORK), keyed(THEIRS, their_work))
    same, _ = same_things(sides, join_names=False)
    assert same == {(Kind.ARTICLE, THEIRS.uid): MINE.uid, (Kind.ARTICLE_WORK, their_work.uid): WORK.uid}
    state, origins = at_home(sides, same)
    assert state == keyed(MINE, replace(WORK, memo="theirs"))
    assert origins[Kind.ARTICLE, MINE.uid] == (Kind.ARTICLE, THEIRS.uid)


def test_two_of_theirs_that_are_one_of_mine() -> None:
    again = replace(THEIRS, uid=uid("0a00", 3))
    sides = Sides(keyed(MINE), keyed(THEIRS, again))
    state, origins = at_home(sides, same_things(sides, join_names=False)[0])
    assert (state, list(origins.values())) == (keyed(MINE), [(Kind.ARTICLE, THEIRS.uid)])


def test_the_same_title_is_not_the_same_article() -> None:
    other = replace(MINE, uid=uid("0a00", 2), sha256="2" * 64)
    assert same_things(Sides(keyed(MINE), keyed(other)), join_names=True) == ({}, ())


def test_a_set_is_known_by_its_person_and_never_by_its_name() -> None:
    own = replace(ANNAS_SET, uid=uid("a001", 2), name="Somebody")
    other = AnnotationSet(uid("a001", 3), ANNAS_SET.name, SetKind.PERSON, uid("a000", 3))
    imported = AnnotationSet(uid("a001", 4), ANNAS_SET.name, SetKind.IMPORT)
    same, _ = same_things(Sides(keyed(ANNAS_SET), keyed(own, other, imported)), join_names=False)
    assert same == {(Kind.ANNOTATION_SET, own.uid): ANNAS_SET.uid}


def test_entities_of_one_name_and_kind_are_one_only_when_a_person_says_so() -> None:
    mine, theirs = ENTITIES["Russia"], replace(ENTITIES["Russia"], uid="theirs")
    otherwise = replace(theirs, uid="other", kind=ENTITIES["Ministry"].kind)
    sides = Sides(keyed(mine), keyed(theirs, otherwise))
    assert same_things(sides, join_names=False) == ({}, ((theirs, mine),))
    assert same_things(sides, join_names=True)[0] == {(Kind.ENTITY, "theirs"): mine.uid}
    assert same_things(sides, join_names=frozenset({"theirs"}))[0] == {(Kind.ENTITY, "theirs"): mine.uid}
    assert same_things(sides, join_names=frozenset({"other"}))[0] == {}
