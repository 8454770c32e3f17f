from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.ui.widgets.elided_label import ElidedLabel

TITLE = "US delegation arrives in Moscow for talks"


def test_a_short_text_is_shown_whole(qtbot: QtBot):
    label = ElidedLabel("Kursk")
    qtbot.addWidget(label)
    label.resize(300, 20)
    assert label.shown_text() == "Kursk"
    assert label.toolTip() == ""
    assert label.accessibleName() == "Kursk"


def test_a_long_text_is_cut_and_told_in_the_tooltip(qtbot: QtBot):
    label = ElidedLabel(TITLE)
    qtbot.addWidget(label)
    label.resize(90, 20)
    label.grab()
    assert label.shown_text().endswith("…")
    assert label.text() == label.toolTip() == label.accessibleName() == TITLE
    assert label.minimumSizeHint().width() < 90


def test_more_room_takes_the_tooltip_away(qtbot: QtBot):
    label = ElidedLabel(TITLE)
    qtbot.addWidget(label)
    label.show()
    label.resize(90, 20)
    label.resize(900, 20)
    assert label.toolTip() == ""


def test_line_breaks_become_spaces(qtbot: QtBot):
    label = ElidedLabel("one\n  two")
    qtbot.addWidget(label)
    assert label.text() == "one two"


def test_the_middle_can_be_cut(qtbot: QtBot):
    label = ElidedLabel(TITLE, mode=Qt.TextElideMode.ElideMiddle)
    qtbot.addWidget(label)
    label.resize(120, 20)
    assert label.shown_text()[0] == "U"
    assert label.shown_text()[-1] == "s"
