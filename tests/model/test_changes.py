from __future__ import annotations

from annotator.model.annotation import Annotator, Link
from annotator.model.article import Article
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


def test_a_change_set_gives_what_is_of_kinds_and_on_an_article_in_order() -> None:
    one, two = Article("a", "A", "0" * 64, 1, 1), Article("b", "B", "1" * 64, 1, 1)
    links = [Link(f"l{n}", "a" if n % 2 else "b", "x", "y", "speaker", "p") for n in range(4)]
    records = [links[0], two, A, links[1], one, links[2], links[3]]
    changes = tuple(
        Change(KINDS[type(record)], record.uid, *((None, record) if at % 2 else (record, None)))
        for at, record in enumerate(records)
    )
    made = ChangeSet("s", "Step", changes, "p", "now")
    assert made.of(Kind.ARTICLE, Kind.LINK) == tuple(c for c in changes if c.kind in (Kind.ARTICLE, Kind.LINK))
    assert made.of(Kind.VERDICT) == () == made.on("c")
    assert [c.uid for c in made.on("a")] == ["l1", "a", "l3"]
    assert [c.uid for c in made.on("b")] == ["l0", "b", "l2"]
    assert made.kinds == {Kind.LINK, Kind.ARTICLE, Kind.ANNOTATOR}
    assert made.articles == {"a", "b"}
    made.sort_out()
    assert made == ChangeSet("s", "Step", changes, "p", "now")
