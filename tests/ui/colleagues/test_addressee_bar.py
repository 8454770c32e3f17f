from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.ui.colleagues.addressee_bar import AddresseeBar


def test_who_has_said_their_name_answers_by_one_click(qtbot: QtBot) -> None:
    bar = AddresseeBar()
    qtbot.addWidget(bar)
    assert not bar.isVisible()
    answers: list[str] = []
    bar.agreed.connect(lambda: answers.append("yes"))
    bar.declined.connect(lambda name: answers.append(f"no {name}"))
    with qtbot.waitExposed(bar):
        bar.ask("Benjamin", "Anna", "Anna")
    assert bar.question.text() == "Are you Benjamin? This file was handed out to them."
    assert not bar.field.isVisible()
    bar.yes.click()
    bar.no.click()
    assert answers == ["yes", "no "]
    assert "Anna" in bar.no.toolTip()


def test_who_has_not_gives_it_on_the_way(qtbot: QtBot) -> None:
    bar = AddresseeBar()
    qtbot.addWidget(bar)
    names: list[str] = []
    bar.declined.connect(names.append)
    with qtbot.waitExposed(bar):
        bar.ask("Benjamin", "", "login")
    bar.no.click()
    assert names == []
    assert bar.field.isVisible() and bar.field.text() == "login"
    bar.field.clear()
    assert not bar.save.isEnabled()
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    assert names == []
    qtbot.keyClicks(bar.field, " Carla  Rossi")
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    assert names == ["Carla Rossi"]
    bar.back.click()
    assert bar.yes.isVisible() and not bar.field.isVisible()
