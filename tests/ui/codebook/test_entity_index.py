from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from annotator.exchange.gazetteer import fold
from annotator.model.entity import Entity, EntityKind
from annotator.ui.codebook.entity_index import Column, EntityIndex, cell_text, compared, ordered, place_text

PERSON, PLACE = EntityKind.NAMED_PERSON, EntityKind.PLACE


def person(name: str, *aliases: str, **fields: object) -> Entity:
    return Entity(name, PERSON, name, aliases, **fields)  # type: ignore[arg-type]


def place(name: str, **fields: object) -> Entity:
    return Entity(name, PLACE, name, **fields)  # type: ignore[arg-type]


PESKOV, MARIN = person("Dmitry Peskov", "Kremlin spokesman", role="spokesman"), person("Ana Marín")
SUDZHA = place("Sudzha", latitude=51.19, longitude=35.0)
ALL = [SUDZHA, PESKOV, MARIN]


def test_a_search_finds_words_in_any_order_accents_aside_and_aliases():
    index = EntityIndex()
    assert index.found(ALL, "") == ALL
    assert index.found(ALL, "peskov dmi") == [PESKOV]
    assert index.found(ALL, "MARIN") == [MARIN]
    assert index.found(ALL, "spokes") == [PESKOV]
    assert index.found(ALL, "xyz") == []


def test_a_search_finds_similar_names_when_there_are_few():
    assert EntityIndex().found(ALL, "Dimitri Peskow") == [PESKOV]
    assert EntityIndex().found(ALL, "Ptz") == []


def test_a_search_keeps_to_the_kinds():
    assert EntityIndex().found(ALL, "", [PLACE]) == [SUDZHA]
    assert EntityIndex().found(ALL, "peskov", [PLACE]) == []


def test_a_renamed_entity_is_found_by_its_new_name():
    index = EntityIndex()
    index.found(ALL, "peskov")
    assert index.found([replace(PESKOV, name="Dima", aliases=())], "dima") != []


def test_the_order_follows_a_column_with_empty_cells_last():
    uses = {PESKOV.uid: 3, SUDZHA.uid: 1}
    assert ordered(ALL, uses, Column.NAME) == [MARIN, PESKOV, SUDZHA]
    assert ordered(ALL, uses, Column.NAME, descending=True) == [SUDZHA, PESKOV, MARIN]
    assert ordered(ALL, uses, Column.ROLE) == [PESKOV, MARIN, SUDZHA]
    assert ordered(ALL, uses, Column.USES, descending=True) == [PESKOV, SUDZHA, MARIN]


@given(st.text(st.characters(max_codepoint=0x17F), max_size=12))
def test_names_are_compared_as_the_gazetteer_does(name: str):
    assert compared(name) == fold(name)


def test_among_very_many_whole_names_are_compared():
    many = [person(f"Person {at:05d}") for at in range(10_001)]
    assert EntityIndex().found([*many, PESKOV], "Dmitri Peskow") == [PESKOV]


def test_cells():
    assert cell_text(PESKOV, Column.ALIASES, 0) == "Kremlin spokesman"
    assert cell_text(PESKOV, Column.USES, 1200) == "1,200"
    assert place_text(SUDZHA) == "51.19, 35"
    assert place_text(replace(SUDZHA, admin1="Kursk", country="RU")) == "Kursk, RU"
    assert place_text(PESKOV) == ""


def test_fifty_thousand_are_searched_and_sorted_quickly():
    many = [person(f"Person {at:05d} of Somewhere") for at in range(50_000)]
    index = EntityIndex()
    index.found(many, "warm up")
    start = time.perf_counter()
    found = index.found(many, "person 499")
    assert found[0].name == "Person 00499 of Somewhere"
    ordered(many, {}, Column.NAME)
    assert time.perf_counter() - start < 1.0
