from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from annotator.base.uuid7 import uuid7
from annotator.model.entity import Entity, EntityKind
from annotator.ui.colleagues.names_page import Column, NamesPage

LEFT = Qt.MouseButton.LeftButton


def pair(name: str, role: str = "") -> tuple[Entity, Entity]:
    kind = EntityKind.NAMED_PERSON
    return Entity(uuid7(), kind, name), Entity(uuid7(), kind, name, role=role)


def test_nothing_is_one_before_somebody_says_so(qtbot: QtBot) -> None:
    page = NamesPage()
    qtbot.addWidget(page)
    tester = QAbstractItemModelTester(page.model)
    pairs = [pair("Dmitry Peskov", "spokesman"), pair("Ana Marin")]
    page.show_pairs(pairs)
    assert page.joined == frozenset()
    cells = [page.model.index(0, column).data() for column in Column]
    assert cells == ["Dmitry Peskov", "named person", "spokesman", "nothing more is known"]
    changed: list[frozenset[str]] = []
    page.changed.connect(lambda: changed.append(page.joined))
    page.resize(600, 300)
    with qtbot.waitExposed(page):
        page.show()
    page.table.selectRow(1)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert changed[-1] == {pairs[1][0].uid}
    assert not page.all.isChecked()
    page.all.click()
    assert changed[-1] == {theirs.uid for theirs, _ in pairs}
    page.show_pairs(pairs[:1])
    assert page.joined == {pairs[0][0].uid}
    assert page.all.isChecked()
    page.all.click()
    assert changed[-1] == frozenset()
    first = page.model.index(0, Column.NAME)
    assert page.model.setData(first, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert first.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    assert not page.model.setData(first, "other")
    del tester
