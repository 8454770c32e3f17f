from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from annotator.ui.widgets.flow_layout import FlowLayout


@pytest.fixture
def flow(qtbot: QtBot) -> tuple[QWidget, FlowLayout, list[QLabel]]:
    window = QWidget()
    qtbot.addWidget(window)
    layout = FlowLayout(window, spacing=4)
    labels = [QLabel(str(number)) for number in range(5)]
    for label in labels:
        label.setFixedSize(50, 20)
        layout.addWidget(label)
    return window, layout, labels


def test_items_fill_rows_and_wrap(flow):
    window, layout, labels = flow
    window.resize(170, 200)
    layout.activate()
    assert [(label.x(), label.y()) for label in labels] == [(0, 0), (54, 0), (108, 0), (0, 24), (54, 24)]


def test_height_follows_from_width(flow):
    _, layout, _ = flow
    assert layout.hasHeightForWidth()
    assert layout.heightForWidth(300) == 20
    assert layout.heightForWidth(170) == 44
    assert layout.heightForWidth(10) == 5 * 20 + 4 * 4


def test_size_hints_are_one_row_and_one_item(flow):
    _, layout, _ = flow
    assert layout.sizeHint() == QSize(5 * 50 + 4 * 4, 20)
    assert layout.minimumSize() == QSize(50, 20)
    assert layout.expandingDirections() == Qt.Orientation(0)


def test_margins_count(flow):
    _, layout, _ = flow
    layout.setContentsMargins(10, 5, 10, 5)
    assert layout.heightForWidth(320) == 30
    assert layout.heightForWidth(270) == 54


def test_right_to_left_starts_at_the_right(flow):
    window, layout, labels = flow
    window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    window.resize(170, 200)
    layout.activate()
    assert [label.x() for label in labels[:3]] == [120, 66, 12]


def test_hidden_items_take_no_room(flow):
    window, layout, labels = flow
    labels[0].hide()
    window.resize(300, 200)
    layout.activate()
    assert labels[1].x() == 0


def test_items_can_be_taken_out(flow):
    _, layout, labels = flow
    assert layout.count() == 5
    assert layout.takeAt(0).widget() is labels[0]
    assert layout.itemAt(0).widget() is labels[1]
    assert layout.itemAt(9) is None
    assert layout.takeAt(9) is None


def test_an_empty_flow_is_empty(qtbot: QtBot):
    layout = FlowLayout()
    assert layout.sizeHint() == QSize(0, 0)
    assert layout.heightForWidth(100) == 0
