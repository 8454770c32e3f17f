from __future__ import annotations

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import defstruct
from msgspec.structs import asdict, fields, replace
from support.worked_passage import ANNA, ARTICLE, ENTITIES, ROWS, annotation, links

from annotator.exchange.codebook_file import shipped_codebook
from annotator.model import manifest
from annotator.model.annotation import Annotation, Confidence, Link
from annotator.model.article import Article
from annotator.model.changes import Kind, Record
from annotator.model.entity import Entity
from annotator.model.review import Decision, Verdict
from annotator.model.span import Fragment, Span

ONE = annotation(shipped_codebook("news"), ROWS[0])
NEWS = Article(ARTICLE, "Talks", "0" * 64, 5, 1, memo="private")


def test_the_same_record_has_the_same_hash_and_any_change_another() -> None:
    records: list[Record] = [ONE, *links(), *ENTITIES.values(), ANNA, NEWS]
    hashes = [manifest.digest(record) for record in records]
    assert len(set(hashes)) == len(records)
    assert all(len(one) == 32 and set(one) <= set("0123456789abcdef") for one in hashes)
    assert manifest.digest(replace(ONE, note="x")) != manifest.digest(ONE) == manifest.digest(replace(ONE))
    assert manifest.digest(replace(ONE, values=())) != manifest.digest(ONE)


def test_a_hash_is_that_of_the_plain_record_as_files_made_before_hold_it() -> None:
    """Manifests lie in files that were handed out: a quicker way of hashing must come to the same."""
    news = replace(NEWS, furniture=(Span(1, 2), Span(3, 5)), extra=(("desk", "b"),))
    for record in [ONE, *links(), *ENTITIES.values(), ANNA, NEWS, news]:
        said = {field.name: getattr(record, field.name) for field in fields(record)}
        for field in fields(record):
            if said[field.name] == field.default:
                del said[field.name]
        plain = json.dumps(said, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=asdict)
        assert manifest.digest(record) == hashlib.sha256(plain.encode()).hexdigest()[:32]


TEXTS = st.text(st.sampled_from('a"\\/\n\t\x00\x1f\x7fé\u2028🙂\ufffd'), max_size=4)
PLACES = st.builds(Fragment, st.integers(0, 9), st.integers(10, 10**6), TEXTS, TEXTS, TEXTS)
VALUES = st.one_of(TEXTS, st.booleans(), st.floats(allow_nan=False), st.lists(TEXTS, max_size=2).map(tuple))


@given(
    st.builds(
        Annotation,
        TEXTS,
        TEXTS,
        TEXTS,
        TEXTS,
        st.lists(PLACES, max_size=3).map(tuple),
        TEXTS,
        st.none() | TEXTS,
        st.lists(st.tuples(TEXTS, VALUES), max_size=2).map(tuple),
        TEXTS,
        st.sampled_from(Confidence),
        TEXTS,
        TEXTS,
        TEXTS,
    )
)
def test_an_annotation_is_hashed_as_any_record_is(one: Annotation) -> None:
    assert manifest._annotation(one) == manifest._plainly(one)
    assert manifest.quick_digest(one) == manifest.digest(one)


@given(st.builds(Link, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS))
def test_a_link_is_hashed_as_any_record_is(one: Link) -> None:
    assert manifest.quick_digest(one) == manifest.digest(one)


@pytest.mark.parametrize("number", [1e16, 1e-7, 0.1, -0.0, 3, 10**30, float("inf")])
def test_a_number_is_hashed_alike_in_the_quick_way(number: float) -> None:
    one = replace(ONE, values=(("certainty", number),))
    assert manifest.quick_digest(one) == manifest.digest(one)


def test_a_field_that_a_later_version_adds_changes_no_hash() -> None:
    later = defstruct("Later", [("colour", str, "")], bases=(Entity,), frozen=True)
    said = {"uid": "e", "kind": ENTITIES["Peskov"].kind, "name": "Peskov"}
    assert manifest.digest(later(**said)) == manifest.digest(Entity(**said))  # type: ignore[arg-type]
    assert manifest.digest(later(**said, colour="red")) != manifest.digest(Entity(**said))  # type: ignore[arg-type]


@given(st.dictionaries(st.tuples(st.sampled_from(Kind), st.uuids().map(str)), st.sampled_from(["0" * 32, "f" * 32])))
def test_what_is_written_is_read_again(hashes: dict[tuple[Kind, str], str]) -> None:
    assert manifest.read(manifest.written(hashes)) == hashes
    assert manifest.written(dict(reversed(hashes.items()))) == manifest.written(hashes)


@pytest.mark.parametrize("text", ["one two\n", "nothing a b\n", "an article about something\n", "article a b c\n"])
def test_other_text_is_no_manifest(text: str) -> None:
    with pytest.raises(ValueError):
        manifest.read(text)


def test_the_hashes_of_records_by_kind_and_uid() -> None:
    assert manifest.hashes_of([ANNA, ONE]) == {
        (Kind.ANNOTATOR, ANNA.uid): manifest.digest(ANNA),
        (Kind.ANNOTATION, ONE.uid): manifest.digest(ONE),
    }


def test_a_blind_copy_knows_nothing_of_what_was_not_given() -> None:
    assert ONE.entity
    given = {(Kind.ENTITY, ONE.entity)}
    assert manifest.without_hidden(ONE, given) == ONE
    assert manifest.without_hidden(ONE, ()) == replace(ONE, entity=None)
    assert manifest.without_hidden(NEWS, ()) == replace(NEWS, memo="")


def test_what_was_hidden_comes_back_and_what_was_taken_away_does_not() -> None:
    assert ONE.entity
    theirs = replace(ONE, entity=None, note="seen")
    assert manifest.with_hidden(theirs, ONE, ()) == replace(ONE, note="seen")
    assert manifest.with_hidden(theirs, ONE, {(Kind.ENTITY, ONE.entity)}) == theirs
    other = replace(ONE, entity="another")
    assert manifest.with_hidden(other, ONE, ()) == other
    said = replace(NEWS, memo="", title="New")
    assert manifest.with_hidden(said, NEWS, ()) == replace(NEWS, title="New")
    assert manifest.with_hidden(replace(said, memo="theirs"), NEWS, ()).memo == "theirs"  # type: ignore[union-attr]


def test_a_reply_that_was_cut_off_finds_its_verdict_again() -> None:
    whole = Verdict("v", ARTICLE, ONE.uid, ANNA.uid, Decision.REPLY, reply_to="first")
    cut = manifest.without_hidden(whole, ())
    assert cut == replace(whole, reply_to=None)
    assert manifest.with_hidden(cut, whole, ()) == whole
