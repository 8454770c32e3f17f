from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from annotator.ui.theme import current
from annotator.ui.theme.apply import apply_theme, current_theme, palette, system_prefers_dark
from annotator.ui.theme.style_sheet import style_sheet
from annotator.ui.theme.theme import load_theme, theme_names


@pytest.fixture(autouse=True)
def _light_again(qapp: QApplication) -> Iterator[None]:
    yield
    apply_theme(qapp, load_theme("light"))


def test_light_is_worn_before_any_other(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(current, "_worn", [])
    assert current_theme().name == "light"


@pytest.mark.parametrize("name", theme_names())
def test_applying_sets_theme_palette_and_font(qapp: QApplication, name: str):
    theme = load_theme(name)
    apply_theme(qapp, theme, interface_size=15)
    assert current_theme() is theme
    assert qapp.palette().color(QPalette.ColorRole.Base).name().upper() == theme.reader.upper()
    assert qapp.font().pixelSize() == 15
    assert "font-size: 13px" in qapp.styleSheet()


@pytest.mark.parametrize("name", theme_names())
def test_every_name_in_the_style_sheet_is_filled(qapp: QApplication, name: str):
    assert "$" not in style_sheet(load_theme(name), 13)


def test_disabled_text_is_dimmed_in_the_palette():
    made = palette(load_theme("dark"))
    role = QPalette.ColorRole.Text
    assert made.color(QPalette.ColorGroup.Disabled, role) != made.color(QPalette.ColorGroup.Active, role)
    assert made.color(QPalette.ColorGroup.Inactive, role) == made.color(QPalette.ColorGroup.Active, role)


def test_every_role_is_set_in_every_group():
    made = palette(load_theme("dark"))
    for role in QPalette.ColorRole:
        if role not in (QPalette.ColorRole.NoRole, QPalette.ColorRole.NColorRoles):
            for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled):
                assert made.isBrushSet(group, role), (group, role)


def test_a_primary_button_is_filled_with_the_accent(qapp: QApplication, qtbot: QtBot):
    theme = load_theme("light")
    apply_theme(qapp, theme)
    button = QPushButton("Export")
    button.setProperty("primary", True)
    qtbot.addWidget(button)
    image = button.grab().toImage()
    assert image.pixelColor(6, image.height() // 2).name().upper() == theme.accent


def test_secondary_text_is_smaller(qapp: QApplication, qtbot: QtBot):
    apply_theme(qapp, load_theme("light"))
    label = QLabel("03:22")
    label.setProperty("secondary", True)
    qtbot.addWidget(label)
    label.ensurePolished()
    assert label.font().pixelSize() == 11


def test_the_desktop_is_asked_for_its_scheme(qapp: QApplication):
    assert system_prefers_dark(qapp) is (qapp.styleHints().colorScheme() is Qt.ColorScheme.Dark)
