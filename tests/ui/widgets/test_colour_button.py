from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QColorDialog
from pytestqt.qtbot import QtBot

from annotator.ui.theme.apply import apply_theme
from annotator.ui.theme.theme import load_theme
from annotator.ui.widgets.colour_button import ColourButton, too_pale


@pytest.fixture
def button(qapp: QApplication, qtbot: QtBot) -> ColourButton:
    made = ColourButton("#0072b2")
    qtbot.addWidget(made)
    made.show()
    return made


def test_it_shows_its_colour(button: ColourButton):
    assert button.colour == button.text() == "#0072B2"
    assert button.accessibleName() == "Colour #0072B2"
    assert button.warning() == ""
    assert button.toolTip() == "Choose a colour"
    assert button.icon().pixmap(16, 16).toImage().pixelColor(8, 8) == QColor("#0072B2")


def test_a_pale_colour_warns(button: ColourButton):
    button.set_colour("#FFE000")
    assert "pale" in button.toolTip()
    assert button.accessibleDescription() == button.warning()
    assert button.iconSize().width() > 16


@pytest.mark.parametrize(
    ("colour", "pale"), [("#0072B2", False), ("#C85400", False), ("#FFFFFF", True), ("#FFE000", True)]
)
def test_pale_is_less_than_three_to_one(colour: str, pale: bool):
    assert too_pale(colour) is pale


def test_no_colour_is_refused(button: ColourButton):
    with pytest.raises(ValueError):
        button.set_colour("blue")
    assert button.colour == "#0072B2"


def test_a_click_asks_and_the_answer_is_told(button: ColourButton, qtbot: QtBot):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    dialog = button.findChild(QColorDialog)
    assert dialog is not None
    assert dialog.currentColor() == QColor("#0072B2")
    dialog.setCurrentColor(QColor("#00805E"))
    with qtbot.waitSignal(button.colour_changed, timeout=500) as told:
        dialog.accept()
    assert told.args == ["#00805E"]
    assert button.colour == "#00805E"


def test_cancelling_or_the_same_colour_tells_nothing(button: ColourButton, qtbot: QtBot):
    with qtbot.assertNotEmitted(button.colour_changed):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        button.findChild(QColorDialog).reject()
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        button.findChildren(QColorDialog)[-1].accept()
    assert button.colour == "#0072B2"


def test_the_swatch_is_drawn_anew_with_the_theme(qapp: QApplication, button: ColourButton):
    before = button.icon().cacheKey()
    apply_theme(qapp, load_theme("dark"))
    assert button.icon().cacheKey() != before
    apply_theme(qapp, load_theme("light"))
