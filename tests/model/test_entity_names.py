from __future__ import annotations

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from annotator.model import entity_names
from annotator.model.entity import Entity, EntityKind
from annotator.model.entity_names import EntityNames

TEXT = st.text(alphabet="ab \n\u00a0İ", max_size=6)
NAMES = st.lists(st.tuples(TEXT, st.lists(TEXT, max_size=2)), max_size=8)


def entities(found: list[tuple[str, list[str]]]) -> list[Entity]:
    return [Entity(f"e{at}", EntityKind.PLACE, name, tuple(other)) for at, (name, other) in enumerate(found)]


@given(NAMES, st.text(alphabet="abi ", min_size=1, max_size=4).map(str.strip).filter(bool))
def test_what_is_found_is_what_going_through_all_names_finds(found: list[tuple[str, list[str]]], words: str) -> None:
    names = EntityNames(entities(found))
    pairs = sorted(names.named, key=lambda named: named[1].name.casefold())
    lines = [name.replace("\n", " ").replace("\u00a0", " ") for name, _ in pairs]
    assert list(names.beginning(words)) == [p for p, line in zip(pairs, lines, strict=True) if line.startswith(words)]
    assert list(names.holding(words)) == [p for p, line in zip(pairs, lines, strict=True) if words in line]
    first = words.split()[:1]
    begun = [p for p, line in zip(pairs, lines, strict=True) if first and f" {first[0]}" in f" {line}"]
    assert list(names.with_words(words)) == begun
    assert list(names.equal(words)) == [pair for pair in names.named if pair[0] == words]


@given(NAMES, st.lists(st.tuples(st.integers(0, 9), st.none() | st.tuples(TEXT, st.lists(TEXT, max_size=2)))))
def test_after_any_changes_it_is_as_if_made_so(
    found: list[tuple[str, list[str]]], changes: list[tuple[int, tuple[str, list[str]] | None]]
) -> None:
    known = {entity.uid: entity for entity in entities(found)}
    names = EntityNames(known.values())
    for at, change in changes:
        uid = f"e{at}"
        known.pop(uid, None)
        if change is not None:
            known[uid] = Entity(uid, EntityKind.PLACE, change[0], tuple(change[1]))
        names.put(uid, known.get(uid))
    fresh = EntityNames(known.values())
    assert names.named == fresh.named
    for words in ("a", "b", " ", "ab", "i"):
        for search in ("beginning", "with_words", "holding", "equal", "within"):
            assert list(getattr(names, search)(words)) == list(getattr(fresh, search)(words))


@given(st.integers(1, 5), st.lists(st.sampled_from("abc"), max_size=40))
def test_in_whatever_steps_they_are_put_in_order(at_once: int, found: list[str]) -> None:
    known = entities([(name, []) for name in found])
    with patch.object(entity_names, "_AT_ONCE", at_once):
        names = EntityNames(known)
    assert [entity for _, entity in names.holding("")] == sorted(known, key=lambda one: one.name)


def test_names_that_are_some_of_the_words() -> None:
    names = EntityNames(entities([("Dmitry Peskov", []), ("spokesman", []), ("Peskov", ["the Kremlin"])]))
    found = [name for name, _ in names.within("kremlin spokesman dmitry peskov")]
    assert found == ["dmitry peskov", "peskov", "spokesman"]
    assert len(names) == 4


def test_no_names() -> None:
    names = EntityNames([])
    assert list(names.beginning("a")) == list(names.with_words("a")) == list(names.holding("a")) == []
