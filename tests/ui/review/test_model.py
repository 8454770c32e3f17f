"""The rows of the list, under Qt's own tester."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from support.two_annotators import DIFFERENCES, B

from annotator.analysis.comparison import DifferenceKind
from annotator.model.review import Decision
from annotator.ui.review.model import ITEM_ROLE, VERDICTS_ROLE, DifferenceModel


@pytest.fixture
def model(table) -> DifferenceModel:
    made = DifferenceModel(table.state, table.session)
    made.tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    return made


def told(model: DifferenceModel, row: int) -> str:
    return model.index(row).data(Qt.ItemDataRole.AccessibleTextRole)


def test_a_row_says_what_a_screen_reader_needs(model: DifferenceModel) -> None:
    assert model.rowCount() == len(DIFFERENCES)
    assert told(model, 0) == "Boundary, Quote\nA: [the ]talks\nB: talks\nopen"
    assert told(model, 2) == "Attribute, Quote: Polarity\nA: [withheld]\nB: [asserted]\nopen"
    assert model.index(0).data() == "[the ]talks / talks"
    assert model.index(0).data(ITEM_ROLE).difference.kind is DifferenceKind.BOUNDARY
    assert model.index(0).data(Qt.ItemDataRole.DecorationRole) is None
    assert QModelIndex().data() is None


def test_a_decision_keeps_the_rows(table, model: DifferenceModel, qtbot) -> None:
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        table.deciding.take_second()
    assert told(model, 0).endswith("A revised, B accepted")
    assert [verdict.decision for verdict in model.index(0).data(VERDICTS_ROLE)] == [
        Decision.REVISED, Decision.ACCEPTED,
    ]  # fmt: skip


def test_other_sets_and_filters_bring_other_rows(table, model: DifferenceModel, qtbot) -> None:
    with qtbot.waitSignal(model.modelReset):
        table.session.narrow(frozenset({DifferenceKind.LINK}), frozenset())
    assert model.rowCount() == 2
    table.session.narrow(frozenset(), frozenset())
    table.session.choose(B, "")
    assert told(model, 0) == "Speaker\nA: Kremlin spokesman Dmitry Peskov\nopen"
    table.state.close_article()
    assert model.rowCount() == 0
    assert model.row_of(None) == -1
    assert model.teller() is None
