"""Every test of the window begins with plain looks: a theme that another test applied would colour this one."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.ui.theme.current import wear
from annotator.ui.theme.theme import load_theme
from annotator.ui.widgets.dismiss import keep_until_gone


@pytest.fixture(autouse=True)
def plain_looks(qapp: QApplication) -> None:
    if qapp.styleSheet():
        qapp.setStyleSheet("")
        qapp.setPalette(qapp.style().standardPalette())
        wear(load_theme("light"))


@pytest.fixture(autouse=True)
def widgets_go_safely(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test hands to qtbot is deleted by Qt in the end: see ``widgets/dismiss.py``."""
    add = QtBot.addWidget

    def add_and_keep(self: QtBot, widget: QWidget, *, before_close_func: object = None) -> None:
        add(self, widget, before_close_func=before_close_func or keep_until_gone)

    monkeypatch.setattr(QtBot, "addWidget", add_and_keep)
