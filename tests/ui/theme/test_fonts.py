from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from annotator.ui.theme import fonts
from annotator.ui.theme.fonts import BOOK_FACES, article_font, interface_font


def test_sizes_are_pixels(qapp: QApplication):
    assert article_font().pixelSize() == 16
    assert interface_font().pixelSize() == 13
    assert interface_font(15).pixelSize() == 15


def test_a_wished_family_is_taken_if_it_is_there(qapp: QApplication):
    there = QFontDatabase.families()[0]
    assert article_font(there, 20).family() == there
    assert article_font("No Such Face").family() == article_font().family()


def test_the_first_book_face_installed_is_taken(qapp: QApplication, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(fonts, "_families", lambda: frozenset(BOOK_FACES[1:]))
    assert article_font().family() == "Georgia"


def test_without_a_book_face_some_serif_is_asked_for(qapp: QApplication, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(fonts, "_families", frozenset)
    font = article_font()
    assert font.styleHint() == QFont.StyleHint.Serif
    assert "DejaVu Serif" in font.families()


def test_secondary_text_is_two_pixels_smaller_also_beside_a_font_in_points(qapp: QApplication):
    assert fonts.smaller_size(interface_font(13)) == 11
    assert fonts.smaller_size(interface_font(9)) == 8
    points = QFont("Noto Sans")
    points.setPointSizeF(12)
    assert points.pixelSize() == -1
    assert 10 <= fonts.smaller_size(points) <= 20  # 12 points are 12 pixels at 72 dots an inch, 16 at 96
