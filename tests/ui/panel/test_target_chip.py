from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.model.codebook import Part, TagType
from annotator.ui.panel.target_chip import Target, TargetChips

LEFT, KEY = Qt.MouseButton.LeftButton, Qt.Key
TAG = TagType("s", "speaker", "Speaker", "#0072B2", part=Part.SPEAKER)


def make(qtbot: QtBot, *targets: Target) -> tuple[TargetChips, list[str], list[str]]:
    chips = TargetChips()
    qtbot.addWidget(chips)
    chips.resize(200, 100)
    chips.show_targets(targets)
    with qtbot.waitExposed(chips):
        chips.show()
    chips.activateWindow()
    picked: list[str] = []
    removed: list[str] = []
    chips.picked.connect(picked.append)
    chips.removed.connect(removed.append)
    return chips, picked, removed


def test_click_and_enter_pick_cross_and_delete_remove(qtbot: QtBot):
    chips, picked, removed = make(qtbot, Target("a", "Anna", TAG), Target("b", "Ben"))
    first, second = chips.chips
    qtbot.mouseClick(first, LEFT, pos=QPoint(12, 12))
    qtbot.keyClick(second, KEY.Key_Return)
    qtbot.keyClick(second, KEY.Key_Space)
    assert picked == ["a", "b", "b"]
    qtbot.mouseClick(first, LEFT, pos=first.cross().center())
    qtbot.keyClick(second, KEY.Key_Backspace)
    assert removed == ["a", "b"]
    assert picked == ["a", "b", "b"]


def test_what_cannot_be_removed_has_no_cross(qtbot: QtBot):
    chips, picked, removed = make(qtbot, Target("a", "Anna", TAG, removable=False))
    (chip,) = chips.chips
    qtbot.mouseClick(chip, LEFT, pos=chip.cross().center())
    qtbot.keyClick(chip, KEY.Key_Delete)
    assert (picked, removed) == (["a"], [])


def test_the_cross_lights_up_and_says_what_it_does(qtbot: QtBot):
    chips, _, _ = make(qtbot, Target("a", "Anna", TAG, tooltip="“Anna”"))
    (chip,) = chips.chips
    qtbot.mouseMove(chip, chip.cross().center())
    assert chip.toolTip() == "Take away"
    QApplication.sendEvent(chip, QEvent(QEvent.Type.Leave))
    qtbot.mouseMove(chip, QPoint(10, 10))
    assert chip.toolTip() == "“Anna”"


def test_words_are_whole_where_there_is_room_and_never_wider_than_the_panel(qtbot: QtBot):
    chips, _, _ = make(qtbot, Target("a", "Ministry of Defence", TAG), Target("b", "long words " * 20, TAG))
    short, long = chips.chips
    assert short.width() == short.sizeHint().width()
    assert long.width() == 200
    chips.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert short.cross().left() < short.width() / 2
    assert not chips.grab().isNull()


def test_the_same_targets_keep_their_chips_and_none_hide_the_row(qtbot: QtBot):
    chips, _, _ = make(qtbot, Target("a", "Anna", TAG))
    (chip,) = chips.chips
    chips.show_targets([Target("a", "Anna", TAG)])
    assert chips.chips == [chip]
    chips.show_targets([])
    assert chips.isHidden()
