from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from annotator.ui.dialogs.name_bar import NameBar


def test_the_name_is_told_by_enter_and_by_the_button(qtbot: QtBot):
    bar = NameBar("anna")
    qtbot.addWidget(bar)
    named: list[str] = []
    bar.named.connect(named.append)
    field, save = bar.findChild(QLineEdit), bar.findChild(QPushButton)
    assert field.text() == "anna"
    with qtbot.waitExposed(bar):
        bar.show()
    bar.focus_field()
    qtbot.keyClicks(field, "Anna  Marin ")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    save.click()
    assert named == ["Anna Marin", "Anna Marin"]


def test_an_empty_name_is_not_taken(qtbot: QtBot):
    bar = NameBar("")
    qtbot.addWidget(bar)
    named: list[str] = []
    bar.named.connect(named.append)
    qtbot.keyClick(bar.findChild(QLineEdit), Qt.Key.Key_Return)
    assert named == []
    assert not bar.findChild(QPushButton).isEnabled()
    bar.set_name("Bo")
    assert bar.findChild(QPushButton).isEnabled()
