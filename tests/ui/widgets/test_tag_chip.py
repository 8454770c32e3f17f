from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QEnterEvent, QImage
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from annotator.model.codebook import Part, TagType
from annotator.ui.theme.apply import apply_theme
from annotator.ui.theme.theme import load_theme
from annotator.ui.widgets.tag_chip import TagChip, tag_tooltip

SPEAKER = TagType(
    "1", "speaker", "Speaker", "#0072B2", "1", Part.SPEAKER, definition="Who <speaks>.", examples=("A & B",)
)


@pytest.fixture
def chip(qapp: QApplication, qtbot: QtBot) -> TagChip:
    apply_theme(qapp, load_theme("light"))
    made = TagChip(SPEAKER)
    qtbot.addWidget(made)
    return made


def test_a_click_clicks(chip: TagChip, qtbot: QtBot):
    with qtbot.waitSignal(chip.clicked, timeout=500):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert not chip.isChecked()


def test_a_checkable_chip_is_toggled_by_click_and_space(chip: TagChip, qtbot: QtBot):
    chip.setCheckable(True)
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert chip.isChecked()
    qtbot.keyClick(chip, Qt.Key.Key_Space)
    assert not chip.isChecked()


def test_a_click_leaves_the_focus_where_it_was(qtbot: QtBot):
    window = QWidget()
    row = QHBoxLayout(window)
    line, chip = QLineEdit(), TagChip(SPEAKER)
    row.addWidget(line)
    row.addWidget(chip)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    line.setFocus()
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert window.focusWidget() is line


def test_it_says_its_label_and_key(chip: TagChip):
    assert chip.accessibleName() == "Speaker, key 1"
    assert chip.accessibleDescription() == "Who <speaks>."


def test_the_tooltip_is_escaped():
    assert tag_tooltip(SPEAKER) == "<b>Speaker</b> (1)<br>Who &lt;speaks&gt;.<br><i>A &amp; B</i>"
    assert tag_tooltip(TagType("2", "x", "X", "#000000")) == "<b>X</b>"


def test_another_tag_can_be_shown(chip: TagChip):
    width = chip.sizeHint().width()
    chip.set_tag(TagType("2", "x", "X", "#00805E"))
    assert chip.tag.uid == "2"
    assert chip.accessibleName() == "X"
    assert chip.minimumSizeHint().width() < width


def _picture(chip: TagChip) -> QImage:
    return chip.grab().toImage()


def test_checked_disabled_and_plain_look_different(chip: TagChip):
    plain = _picture(chip)
    chip.setCheckable(True)
    chip.setChecked(True)
    checked = _picture(chip)
    chip.setEnabled(False)
    assert plain != checked != _picture(chip)


def test_the_label_is_painted_on_the_tint(chip: TagChip):
    ground = _picture(chip).pixelColor(chip.width() // 2, 4)
    assert ground == load_theme("light").tag(SPEAKER.colour).tint


def test_right_to_left_begins_at_the_right(chip: TagChip):
    chip.resize(chip.sizeHint())
    line = load_theme("light").tag(SPEAKER.colour).line
    middle = chip.height() // 2
    assert _picture(chip).pixelColor(13, middle) == line
    chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert _picture(chip).pixelColor(chip.width() - 13, middle) == line


def test_right_to_left_the_label_keeps_clear_of_the_key(chip: TagChip):
    chip.resize(chip.sizeHint())
    top = (chip.height() - 16) // 2
    cap = _picture(chip).copy(chip.width() - 22, top, 16, 16)
    chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert _picture(chip).copy(6, top, 16, 16) == cap


def test_pointing_shows(chip: TagChip, qtbot: QtBot):
    with qtbot.waitExposed(chip):
        chip.show()
    chip.clearFocus()
    chip.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    plain = _picture(chip)
    # The very events that a pointer and a Tab make: where pointer and focus are in a long run is not for a test to say.
    QApplication.sendEvent(chip, QEnterEvent(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5)))
    chip.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    pointed = _picture(chip)
    assert pointed != plain


def test_a_chip_without_key_is_painted(qtbot: QtBot):
    made = TagChip(TagType("2", "x", "X", "#00805E"))
    qtbot.addWidget(made)
    assert not made.grab().isNull()
