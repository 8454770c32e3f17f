"""Every test of the window begins with plain looks: a theme that another test applied would colour this one."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from annotator.ui.theme.current import wear
from annotator.ui.theme.theme import load_theme


@pytest.fixture(autouse=True)
def plain_looks(qapp: QApplication) -> None:
    if qapp.styleSheet():
        qapp.setStyleSheet("")
        qapp.setPalette(qapp.style().standardPalette())
        wear(load_theme("light"))
