"""A changed property shows at once, and the shared style belongs to no widget."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from annotator.ui.theme.apply import apply_theme
from annotator.ui.theme.polish import polish_anew
from annotator.ui.theme.theme import load_theme


def test_a_property_shows_after_polishing(qapp: QApplication, qtbot: QtBot) -> None:
    theme = load_theme("light")
    apply_theme(qapp, theme)
    label = QLabel("words")
    qtbot.addWidget(label)
    label.show()
    before = label.palette().color(label.foregroundRole()).name()
    label.setProperty("problem", True)
    polish_anew(label)
    assert before != theme.error.lower()
    assert label.palette().color(label.foregroundRole()).name() == theme.error.lower()
