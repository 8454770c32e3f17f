from __future__ import annotations

from msgspec.structs import replace
from support import model
from support.worked_passage import ANNA, ANNAS_SET, ENTITIES, ROWS, annotation, links

from annotator.exchange.codebook_file import shipped_codebook
from annotator.model.changes import RECORD_TYPES, Kind, Record
from annotator.model.references import Reference, keys_referred_to, keys_referred_to_by, references
from annotator.model.review import Decision, Verdict

VERDICT = Verdict("v", "art", "ann", "anna", Decision.REPLY, adjudicated="final", reply_to="first")


def test_every_reference_of_a_verdict_with_what_it_can_do_without() -> None:
    assert list(references(VERDICT)) == [
        Reference("article", (Kind.ARTICLE, "art"), False),
        Reference("annotation", (Kind.ANNOTATION, "ann"), False),
        Reference("reviewer", (Kind.ANNOTATOR, "anna"), False),
        Reference("adjudicated", (Kind.ANNOTATION, "final"), True),
        Reference("reply_to", (Kind.VERDICT, "first"), True),
    ]
    assert len(list(references(replace(VERDICT, adjudicated=None, reply_to=None)))) == 3


def test_what_refers_to_nothing() -> None:
    assert list(references(ENTITIES["Peskov"])) == []


def test_the_same_as_the_plain_model_knows() -> None:
    records = [*shipped_codebook("news").records, ANNAS_SET, *links(), VERDICT]
    for record in records:
        assert [one.key[1] for one in references(record)] == [uid for uid in model.references(record) if uid], record
    assert {one.key[0] for record in records for one in references(record)} <= set(RECORD_TYPES)


def test_the_keys_alone_are_those_of_the_references() -> None:
    records: list[Record] = [annotation(shipped_codebook("news"), row) for row in ROWS]
    for record in [*records, *links(), *ENTITIES.values(), ANNA, VERDICT]:
        assert keys_referred_to(record) == [one.key for one in references(record)]
        assert keys_referred_to_by([record, None]) == set(keys_referred_to(record))
    assert keys_referred_to_by(records) == {key for record in records for key in keys_referred_to(record)}
    assert keys_referred_to_by([]) == set()
