from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from annotator.ui.widgets.section_header import SectionHeader


@pytest.fixture
def section(qtbot: QtBot) -> tuple[SectionHeader, QLabel]:
    window = QWidget()
    column = QVBoxLayout(window)
    header, body = SectionHeader("To do"), QLabel("rows")
    column.addWidget(header)
    column.addWidget(body)
    header.set_body(body)
    qtbot.addWidget(window)
    window.show()
    header.window_kept = window
    return header, body


def test_a_click_folds(section, qtbot: QtBot):
    header, body = section
    with qtbot.waitSignal(header.expanded_changed, timeout=500) as told:
        qtbot.mouseClick(header, Qt.MouseButton.LeftButton)
    assert told.args == [False]
    assert not body.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Left])
def test_keys_fold(section, qtbot: QtBot, key: Qt.Key):
    header, body = section
    qtbot.keyClick(header, key)
    assert not body.isVisible()


def test_right_unfolds_and_left_again_changes_nothing(section, qtbot: QtBot):
    header, body = section
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left):
        qtbot.keyClick(header, key)
        assert not header.isChecked()
    qtbot.keyClick(header, Qt.Key.Key_Right)
    assert body.isVisible()


def test_right_to_left_swaps_the_arrows(section, qtbot: QtBot):
    header, body = section
    header.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    qtbot.keyClick(header, Qt.Key.Key_Right)
    assert not body.isVisible()
    header.grab()


def test_state_and_count_are_said(section):
    header, _ = section
    assert header.accessibleName() == "To do"
    assert header.accessibleDescription() == "unfolded"
    header.set_count(12)
    header.setChecked(False)
    assert header.accessibleDescription() == "folded, 12"


def test_the_count_is_painted(section):
    header, _ = section
    header.setFocus()
    before, width = header.grab().toImage(), header.sizeHint().width()
    header.set_count(12)
    assert header.grab().toImage() != before
    assert header.sizeHint().width() > width


def test_a_folded_header_hides_its_body_at_once(qtbot: QtBot):
    header, body = SectionHeader("Done", expanded=False), QLabel("rows")
    qtbot.addWidget(header)
    qtbot.addWidget(body)
    header.set_body(body)
    assert body.isHidden()
