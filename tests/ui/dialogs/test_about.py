from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

import annotator
from annotator.exchange.gazetteer import ATTRIBUTION
from annotator.ui.dialogs.about import AboutDialog, versions


def test_versions_and_licences_are_said_and_copied(qtbot: QtBot):
    dialog = AboutDialog(None)
    with qtbot.waitExposed(dialog):
        dialog.open()
    said = "\n".join(label.text() for label in dialog.findChildren(QLabel))
    for words in (annotator.__version__, "MIT", "GNU Lesser General Public License", ATTRIBUTION, "PySide6"):
        assert words in said
    copy, close = dialog.findChildren(QPushButton)
    copy.click()
    assert QGuiApplication.clipboard().text() == versions()
    close.click()
    qtbot.waitUntil(lambda: not isValid(dialog))
