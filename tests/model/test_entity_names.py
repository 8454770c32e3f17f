from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.model.entity import Entity, EntityKind
from annotator.model.entity_names import EntityNames

TEXT = st.text(alphabet="ab \n\u00a0İ", max_size=6)
NAMES = st.lists(st.tuples(TEXT, st.lists(TEXT, max_size=2)), max_size=8)


def entities(found: list[tuple[str, list[str]]]) -> list[Entity]:
    return [Entity(f"e{at}", EntityKind.PLACE, name, tuple(other)) for at, (name, other) in enumerate(found)]


@given(NAMES, st.text(alphabet="abi ", min_size=1, max_size=4))
def test_what_is_found_is_what_going_through_all_names_finds(found: list[tuple[str, list[str]]], words: str) -> None:
    names = EntityNames(entities(found))
    lines = [(name.replace("\n", " ").replace("\u00a0", " "), entity) for name, entity in names.named]
    pairs = list(zip(lines, names.named, strict=True))
    assert list(names.beginning(words)) == [pair for (line, _), pair in pairs if line.startswith(words)]
    held = list(names.holding(words))
    assert [pair for (line, _), pair in pairs if words in line] == held[: len(held) - _rows(names, words)]
    first = words.split()[:1]
    begun = [pair for (line, _), pair in pairs if first and f" {line}".find(f" {first[0]}") >= 0]
    assert list(names.with_words(words)) == begun


def _rows(names: EntityNames, words: str) -> int:
    """How many names are a run of the words."""
    parts = words.split(" ")
    runs = {" ".join(parts[low:high]) for low in range(len(parts)) for high in range(low + 1, len(parts) + 1)}
    return sum(name in runs for name, _ in names.named)


def test_names_that_are_some_of_the_words() -> None:
    names = EntityNames(entities([("Dmitry Peskov", []), ("spokesman", []), ("Peskov", ["the Kremlin"])]))
    found = [name for name, _ in names.holding("kremlin spokesman dmitry peskov")]
    assert found == ["dmitry peskov", "spokesman", "peskov"]
    assert len(names) == 4


def test_no_names() -> None:
    names = EntityNames([])
    assert list(names.beginning("a")) == list(names.with_words("a")) == list(names.holding("a")) == []
