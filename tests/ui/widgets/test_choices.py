from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView
from pytestqt.qtbot import QtBot

from annotator.ui.widgets.choices import CHOICE_ROLE, ROW_HEIGHT, Choice, ChoiceDelegate, ChoiceModel, row_width

PESKOV = Choice("e1", "Dmitry Peskov", "this article", "person")
KREMLIN = Choice("e2", "Kremlin")


@pytest.fixture
def view(qtbot: QtBot) -> QListView:
    made = QListView()
    made.setModel(ChoiceModel())
    made.model().setParent(made)
    made.setItemDelegate(ChoiceDelegate(made))
    made.model().show((PESKOV, KREMLIN))
    made.resize(320, 100)
    qtbot.addWidget(made)
    return made


def test_rows_and_roles(view: QListView):
    model = view.model()
    assert model.rowCount() == 2
    assert model.rowCount(model.index(0)) == 0
    first, second = model.index(0), model.index(1)
    assert first.data() == "Dmitry Peskov"
    assert first.data(Qt.ItemDataRole.AccessibleTextRole) == "Dmitry Peskov, this article"
    assert second.data(Qt.ItemDataRole.AccessibleTextRole) == "Kremlin"
    assert first.data(CHOICE_ROLE) == PESKOV
    assert first.data(Qt.ItemDataRole.DecorationRole) is None
    assert model.choice(2) is None
    assert model.data(model.index(5)) is None


def test_rows_are_as_high_as_the_grid_says(view: QListView):
    assert view.sizeHintForRow(0) == ROW_HEIGHT


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_selection_and_detail_are_painted(view: QListView, direction: Qt.LayoutDirection):
    view.setLayoutDirection(direction)
    plain = view.grab().toImage()
    view.setCurrentIndex(view.model().index(0))
    selected = view.grab().toImage()
    view.model().show((Choice("e1", "Dmitry Peskov", "", "person"), KREMLIN))
    assert plain != selected
    assert view.grab().toImage() not in (plain, selected)


def test_a_narrow_list_drops_the_detail(view: QListView):
    view.resize(130, 100)
    with_detail = view.grab().toImage()
    view.model().show((Choice("e1", "Dmitry Peskov", "", "person"), KREMLIN))
    assert view.grab().toImage() == with_detail


def test_nothing_is_cut_at_the_width_that_a_row_asks_for(view: QListView):
    view.resize(row_width(PESKOV, view.font()) + 2 * view.frameWidth(), 100)
    whole = view.grab().toImage()
    view.model().show((Choice("e1", "Dmitry Peskov", "", "person"), KREMLIN))
    assert view.grab().toImage() != whole
    assert row_width(PESKOV, view.font()) > row_width(Choice("e1", "Dmitry Peskov", "", "person"), view.font())


def test_what_tells_equal_names_apart_keeps_half_of_a_row(view: QListView):
    long = "Springfield, the capital of the State of Illinois, on the Sangamon"
    view.model().show((Choice("p1", long, "United States · 114,394", "place"), KREMLIN))
    first = view.grab().toImage()
    view.model().show((Choice("p2", long, "United States · 61,979", "place"), KREMLIN))
    assert view.grab().toImage() != first
