from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from annotator.model.entity import Entity, EntityKind
from annotator.ui.codebook.coordinates import parse_degrees, parse_pair
from annotator.ui.codebook.duplicates import likely
from annotator.ui.codebook.entity_index import Column, EntityIndex, cell_text, ordered, place_text
from annotator.ui.codebook.entity_model import EntityModel

PERSON, PLACE, BODY = EntityKind.NAMED_PERSON, EntityKind.PLACE, EntityKind.ORGANISATION


def person(name: str, *aliases: str, **fields: object) -> Entity:
    return Entity(name, PERSON, name, aliases, **fields)  # type: ignore[arg-type]


def place(name: str, **fields: object) -> Entity:
    return Entity(name, PLACE, name, **fields)  # type: ignore[arg-type]


# -- search and order -------------------------------------------------------------------------------------

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


# -- the model --------------------------------------------------------------------------------------------


def test_the_model_is_sound_and_says_what_a_screen_reader_needs(qapp):
    model = EntityModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(ALL, {PESKOV.uid: 2})
    assert (model.rowCount(), model.columnCount()) == (3, 6)
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.data(model.index(1, Column.NAME), Qt.ItemDataRole.AccessibleTextRole) == "Dmitry Peskov, Person"
    assert model.data(model.index(1, Column.NAME), Qt.ItemDataRole.ToolTipRole) == "Dmitry Peskov, Person"
    assert model.data(model.index(0, Column.PLACE), Qt.ItemDataRole.ToolTipRole) == "51.19, 35"
    assert not model.data(model.index(0, Column.NAME), Qt.ItemDataRole.DecorationRole).isNull()
    assert model.data(model.index(0, Column.USES), Qt.ItemDataRole.TextAlignmentRole) is not None
    assert model.data(QModelIndex()) is None
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Name"
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    assert model.entity(7) is None and model.row_of("nobody") == -1
    assert tester is not None


def test_the_model_changes_rows_in_place_as_long_as_they_are_the_same(qapp, qtbot):
    model = EntityModel()
    model.show(ALL, {})
    changed = [SUDZHA, replace(PESKOV, role="press secretary"), MARIN]
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged) as told:
        model.show(changed, {})
    assert told.args[0].row() == 1
    with qtbot.waitSignal(model.modelReset):
        model.show(changed[1:], {})
    assert model.row_of(MARIN.uid) == 1


# -- likely the same --------------------------------------------------------------------------------------


def names(entities: list[Entity]) -> list[tuple[str, str]]:
    return [(pair.short.name, pair.full.name) for pair in likely(entities)]


def test_a_surname_and_the_full_name_may_be_the_same():
    assert names([PESKOV, person("Peskov"), MARIN]) == [("Peskov", "Dmitry Peskov")]


def test_names_nearly_the_same_may_be_the_same():
    first, second = (Entity(name, BODY, name) for name in ("Ministry of Defence", "Ministry of Defense"))
    assert names([first, second]) == [("Ministry of Defence", "Ministry of Defense")]


def test_other_kinds_are_never_the_same():
    assert names([person("Paris"), place("Paris")]) == []


def test_a_surname_that_many_bear_says_nothing():
    assert names([person("Smith"), *(person(f"{first} Smith") for first in ("Ann", "Bob", "Cyd", "Dan"))]) == []


def test_what_is_known_to_differ_is_no_pair():
    assert names([person("Peskov", wikidata="Q1"), person("Dmitry Peskov", wikidata="Q2")]) == []
    assert names([place("Kursk", latitude=1.0, longitude=1.0), place("Kursk Town", latitude=2.0, longitude=1.0)]) == []
    assert names([place("Kursk"), place("Kursk Town", latitude=2.0, longitude=1.0)]) == [("Kursk", "Kursk Town")]


def test_proposals_stop_at_the_limit_and_when_they_are_not_wanted():
    many = [person(f"{first}{at}{first} Xylo{at}") for at in range(9) for first in ("Ann", "An")]
    assert len(likely(many, limit=2)) <= 2
    assert likely([PESKOV, person("Peskov")], stopped=lambda: True) == []


def test_nameless_and_initials_are_left_alone():
    assert names([person("…"), person("A"), person("A Peskov")]) == []


# -- coordinates ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "degrees"),
    [("51.19", 51.19), ("51,19", 51.19), (" -3.5 ", -3.5), ("3.5° W", -3.5), ("−7", -7.0), ("-3 S", -3.0),
     ("north", None), ("", None), ("1 2", None)],
)  # fmt: skip
def test_degrees(text: str, degrees: float | None):
    assert parse_degrees(text) == degrees


@pytest.mark.parametrize(
    ("text", "pair"),
    [("51.19, 35.27", (51.19, 35.27)), ("51.19 35.27", (51.19, 35.27)), ("(51.19;-35.27)", (51.19, -35.27)),
     ("51.19° N, 35.27° E", (51.19, 35.27)), ("35.27 E 51.19 N", (51.19, 35.27)), ("51,19; 35,27", (51.19, 35.27)),
     ("51,19", None), ("51.19", None), ("a, b", None), ("", None)],
)  # fmt: skip
def test_pairs(text: str, pair: tuple[float, float] | None):
    assert parse_pair(text) == pair


@given(st.floats(-90, 90).map(lambda x: round(x, 6)), st.floats(-180, 180).map(lambda x: round(x, 6)))
def test_any_pasted_pair_comes_back_unrounded(latitude: float, longitude: float):
    assert parse_pair(f"{latitude:.6f}, {longitude:.6f}") == (latitude, longitude)
