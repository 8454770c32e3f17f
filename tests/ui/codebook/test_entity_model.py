from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from annotator.model.entity import Entity, EntityKind
from annotator.ui.codebook.entity_index import Column
from annotator.ui.codebook.entity_model import EntityModel

PERSON, PLACE = EntityKind.NAMED_PERSON, EntityKind.PLACE


def person(name: str, *aliases: str, **fields: object) -> Entity:
    return Entity(name, PERSON, name, aliases, **fields)  # type: ignore[arg-type]


def place(name: str, **fields: object) -> Entity:
    return Entity(name, PLACE, name, **fields)  # type: ignore[arg-type]


PESKOV, MARIN = person("Dmitry Peskov", "Kremlin spokesman", role="spokesman"), person("Ana Marín")
SUDZHA = place("Sudzha", latitude=51.19, longitude=35.0)
ALL = [SUDZHA, PESKOV, MARIN]


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
