from __future__ import annotations

from annotator.model.annotation import Annotator
from annotator.model.changes import KINDS, RECORD_TYPES, Change, ChangeSet, Kind, composed, inverted

A, B, C = (Annotator("u", name) for name in "ABC")


def change(before: Annotator | None, after: Annotator | None) -> Change:
    return Change(Kind.ANNOTATOR, "u", before, after)


def test_every_kind_has_its_record_type_and_the_other_way_round() -> None:
    assert list(RECORD_TYPES) == list(Kind)
    assert all(KINDS[record_type] is kind for kind, record_type in RECORD_TYPES.items())


def test_the_inverse_takes_back_in_the_opposite_order() -> None:
    other = Change(Kind.ENTITY, "e", None, None)
    assert inverted([change(None, A), other]) == (other, change(A, None))


def test_several_steps_become_one() -> None:
    assert composed([[change(None, A)], [change(A, B)], [change(B, C)]]) == (change(None, C),)
    assert composed([[change(None, A)], [change(A, None)]]) == ()
    assert composed([]) == ()


def test_changes_by_kind() -> None:
    entity = Change(Kind.ENTITY, "e", None, None)
    made = ChangeSet("s", "Edit", (change(None, A), entity, change(A, B)), "u", "")
    assert made.of(Kind.ANNOTATOR) == (change(None, A), change(A, B))
    assert made.of(Kind.ENTITY, Kind.LINK) == (entity,)
