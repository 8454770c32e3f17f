from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from annotator.ui.widgets.flow import Flow


@pytest.fixture
def flow(qtbot: QtBot) -> tuple[Flow, list[QLabel]]:
    flow = Flow(spacing=4)
    qtbot.addWidget(flow)
    labels = [QLabel(str(number)) for number in range(5)]
    for label in labels:
        label.setFixedSize(50, 20)
        flow.add(label)
    return flow, labels


def test_parts_fill_rows_and_wrap(flow):
    flow, labels = flow
    flow.resize(170, 200)
    flow.show()
    assert [(label.x(), label.y()) for label in labels] == [(0, 0), (54, 0), (108, 0), (0, 24), (54, 24)]


def test_parts_of_different_heights_stand_on_the_middle_of_their_row(flow):
    flow, labels = flow
    labels[1].setFixedSize(50, 30)
    flow.resize(170, 200)
    flow.show()
    assert [(label.x(), label.y()) for label in labels] == [(0, 5), (54, 0), (108, 5), (0, 34), (54, 34)]
    assert flow.heightForWidth(170) == 54


def test_height_follows_from_width(flow):
    flow, _ = flow
    assert flow.hasHeightForWidth()
    assert flow.heightForWidth(300) == 20
    assert flow.heightForWidth(170) == 44
    assert flow.heightForWidth(10) == 5 * 20 + 4 * 4


def test_a_layout_around_it_gives_the_height(flow):
    flow, labels = flow
    window, below = QWidget(), QLabel("below")
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(flow)
    column.addWidget(below, 1)
    window.resize(170, 200)
    window.show()
    QApplication.processEvents()
    assert (flow.height(), below.y()) == (44, 44)
    for label in labels[2:]:
        label.hide()
    QApplication.processEvents()  # the flow hears of it,
    QApplication.processEvents()  # and what is around it
    assert (flow.height(), below.y()) == (20, 20)
    flow.setParent(None)
    window.close()


def test_size_hints_are_one_row_and_one_part(flow):
    flow, _ = flow
    assert flow.sizeHint() == QSize(5 * 50 + 4 * 4, 20)
    assert flow.minimumSizeHint() == QSize(50, 20)


def test_margins_count(flow):
    flow, _ = flow
    flow.setContentsMargins(10, 5, 10, 5)
    assert flow.heightForWidth(320) == 30
    assert flow.heightForWidth(270) == 54


def test_right_to_left_starts_at_the_right(flow):
    flow, labels = flow
    flow.resize(170, 200)
    flow.show()
    flow.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert [label.x() for label in labels[:3]] == [120, 66, 12]


def test_hidden_parts_take_no_room(flow):
    flow, labels = flow
    labels[0].hide()
    flow.resize(300, 200)
    flow.show()
    assert labels[1].x() == 0
    assert flow.parts == tuple(labels)


def test_what_was_hidden_stays_hidden_when_it_is_added(flow):
    flow, _ = flow
    flow.show()
    hidden, shown = QLabel("hidden"), QLabel("shown")
    hidden.hide()
    flow.add(hidden)
    flow.add(shown)
    assert hidden.isHidden()
    assert shown.isVisible()


def test_a_part_that_is_made_within_a_flow_in_sight_is_seen(flow):
    flow, labels = flow
    flow.resize(400, 200)
    flow.show()
    within, hidden = QLabel("within", flow), QLabel("hidden", flow)
    hidden.hide()
    flow.add(within)
    flow.add(hidden)
    assert within.isVisible() and within.x() > labels[-1].x()
    assert hidden.isHidden()


def test_parts_can_go_and_others_come(flow):
    flow, labels = flow
    flow.show()
    flow.empty()
    assert flow.parts == ()
    assert all(label.isHidden() for label in labels)
    another = QLabel("another")
    flow.add(another)
    assert flow.parts == (another,)
    assert another.x() == 0


def test_an_empty_flow_is_empty(qtbot: QtBot):
    flow = Flow()
    qtbot.addWidget(flow)
    assert flow.sizeHint() == QSize(0, 0)
    assert flow.heightForWidth(100) == 0


def test_larger_letters_are_heard_of_though_nobody_sees_it(qtbot: QtBot, qapp: QApplication):
    window, flow = QWidget(), Flow()
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(flow)
    for number in range(3):
        flow.add(QCheckBox(f"Choice {number}"))
    before = flow.heightForWidth(90)
    font = window.font()
    font.setPixelSize(3 * flow.fontMetrics().height())
    window.setFont(font)
    qapp.processEvents()
    assert not flow.isVisible() and flow.heightForWidth(90) > 2 * before
