from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QScrollArea, QSplitter, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from annotator.ui.widgets.tab_order import chain_tabs, in_layout_order


def test_what_was_made_last_is_reached_where_it_stands(qtbot: QtBot) -> None:
    window, inner, scroll, splitter = QWidget(), QWidget(), QScrollArea(), QSplitter()
    qtbot.addWidget(window)
    lines = {name: QLineEdit(objectName=name) for name in ("last", "split", "first", "row", "scrolled")}
    column, row, inside = QVBoxLayout(window), QHBoxLayout(), QVBoxLayout(inner)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setWidgetResizable(True)
    inside.addWidget(lines["scrolled"])
    scroll.setWidget(inner)
    splitter.addWidget(lines["split"])
    row.addWidget(lines["row"])
    column.addWidget(lines["first"])
    column.addLayout(row)
    column.addWidget(scroll)
    column.addStretch()
    column.addWidget(splitter)
    column.addWidget(lines["last"])
    chain_tabs(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    lines["first"].setFocus()
    seen = []
    for _ in range(6):
        focus = QApplication.focusWidget()
        assert focus is not None
        seen.append(focus.objectName())
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert seen == ["first", "row", "scrolled", "split", "last", "first"]


def test_an_empty_widget_has_nothing_to_go_through(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    assert list(in_layout_order(widget)) == []
    chain_tabs(widget)
