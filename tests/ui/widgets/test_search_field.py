from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from annotator.ui.theme.apply import apply_theme
from annotator.ui.theme.theme import load_theme
from annotator.ui.widgets.search_field import SearchField


@pytest.fixture
def field(qtbot: QtBot) -> SearchField:
    made = SearchField("Search all text")
    qtbot.addWidget(made)
    made.show()
    made.told = []
    made.text_changed.connect(made.told.append)
    return made


def test_typing_is_told_once_after_a_pause(field: SearchField, qtbot: QtBot):
    qtbot.keyClicks(field, "Kursk")
    assert field.told == []
    qtbot.waitUntil(lambda: field.told == ["Kursk"], timeout=1000)


def test_enter_tells_at_once_and_only_once(field: SearchField, qtbot: QtBot):
    qtbot.keyClicks(field, "a")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.told == ["a"]
    qtbot.wait(100)
    assert field.told == ["a"]


def test_escape_clears_and_tells_at_once(field: SearchField, qtbot: QtBot):
    qtbot.keyClicks(field, "a")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    assert field.told == ["a", ""]


def test_the_cross_is_there_with_text_only_and_clears(field: SearchField, qtbot: QtBot):
    cross = next(button for button in field.findChildren(QToolButton) if button.toolTip().startswith("Clear"))
    assert not cross.isVisible()
    qtbot.keyClicks(field, "a")
    assert cross.isVisible()
    qtbot.mouseClick(cross, Qt.MouseButton.LeftButton)
    assert field.text() == ""


def test_without_delay_every_key_is_told(qtbot: QtBot):
    field = SearchField("Find", delay_ms=0)
    qtbot.addWidget(field)
    told: list[str] = []
    field.text_changed.connect(told.append)
    qtbot.keyClicks(field, "ab")
    assert told == ["a", "ab"]


def test_it_is_named_and_tinted(qapp: QApplication, field: SearchField):
    assert field.accessibleName() == field.placeholderText() == "Search all text"
    before = field.actions()[0].icon().cacheKey()
    apply_theme(qapp, load_theme("dark"))
    assert field.actions()[0].icon().cacheKey() != before
    apply_theme(qapp, load_theme("light"))
