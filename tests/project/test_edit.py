from __future__ import annotations

import pytest
from msgspec.structs import replace

from annotator.base.errors import RuleError
from annotator.model.changes import Change, Kind
from annotator.model.entity import Entity, EntityKind
from annotator.project.edit import Edit

A = Entity("a", EntityKind.PLACE, "A")
B = replace(A, name="B")
C = replace(A, name="C")


def edit(stored: Entity | None = None) -> Edit:
    return Edit(lambda _, uid: stored if stored is not None and stored.uid == uid else None)


def test_a_record_is_seen_as_the_edit_leaves_it() -> None:
    one = edit(A)
    assert one.get(Entity, "a") == A
    assert one.get(Entity, "b") is None
    one.replace(A, B)
    assert one.get(Entity, "a") == B
    one.remove(B)
    assert one.get(Entity, "a") is None


def test_each_record_is_one_change_first_before_and_last_after() -> None:
    one = edit(A)
    one.replace(A, B)
    one.replace(B, C)
    assert one.changes == (Change(Kind.ENTITY, "a", A, C),)
    one.replace(C, A)
    assert one.changes == (), "it is as it was"
    one.remove(A)
    assert one.changes == (Change(Kind.ENTITY, "a", A, None),)
    one.add(B)
    assert one.changes == (Change(Kind.ENTITY, "a", A, B),)


def test_added_and_removed_again_is_nothing() -> None:
    one = edit()
    one.add(A)
    assert one.added(Entity) == [A]
    one.remove(A)
    assert (one.changes, one.added(Entity)) == ((), [])


def test_what_cannot_be() -> None:
    one = edit()
    one.add(A)
    with pytest.raises(RuleError, match="There is already a entity a"):
        one.add(B)
    one.remove(A)
    with pytest.raises(RuleError, match="was removed in the same step"):
        one.replace(A, B)


def test_changes_that_are_worked_out_are_taken_over_as_if_they_were_made_here() -> None:
    one = edit()
    other = replace(A, uid="b")
    one.take([Change(Kind.ENTITY, "a", None, A), Change(Kind.ENTITY, "b", other, None)])
    assert one.changes == (Change(Kind.ENTITY, "a", None, A), Change(Kind.ENTITY, "b", other, None))
    with pytest.raises(RuleError, match="There is already a entity a"):
        one.take([Change(Kind.ENTITY, "a", None, B)])
    with pytest.raises(RuleError, match="was removed in the same step"):
        one.take([Change(Kind.ENTITY, "b", other, other)])
    one.take([Change(Kind.ENTITY, "a", A, B)])
    assert one.added(Entity) == [B]
    one.take([Change(Kind.ENTITY, "a", B, None)])
    assert [change.uid for change in one.changes] == ["b"]


def test_texts_are_found_by_their_hash() -> None:
    one = edit()
    sha256 = one.add_text("abc")
    assert sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert one.texts == {sha256: "abc"}
