from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from annotator.ui.theme.apply import apply_theme
from annotator.ui.theme.theme import load_theme
from annotator.ui.widgets.notice_label import FADE_MS, NoticeLabel


@pytest.fixture
def notice(qtbot: QtBot) -> NoticeLabel:
    made = NoticeLabel()
    qtbot.addWidget(made)
    made.resize(400, 24)
    made.show()
    return made


def test_animation_is_no_longer_than_the_design_allows():
    assert FADE_MS <= 120


def test_a_notice_fades_in_and_goes(notice: NoticeLabel, qtbot: QtBot):
    notice.show_notice("Peskov linked.", seconds=0.25)
    assert notice.graphicsEffect().isEnabled()
    assert notice.text() == notice.accessibleName() == "Peskov linked."
    qtbot.waitUntil(lambda: not notice.graphicsEffect().isEnabled(), timeout=1000)
    assert notice.text() == "Peskov linked."
    qtbot.waitUntil(lambda: notice.text() == "", timeout=1500)
    assert notice.accessibleName() == ""


def test_a_newer_notice_takes_the_place_and_its_own_time(notice: NoticeLabel, qtbot: QtBot):
    notice.show_notice("One.", seconds=0.1)
    notice.show_notice("Two.", icon_name="warning", seconds=0)
    qtbot.wait(200)
    assert notice.text() == "Two."
    notice.clear()
    assert notice.text() == ""


def test_its_icon_follows_the_theme(qapp: QApplication, notice: NoticeLabel):
    notice.show_notice("Done.", icon_name="done", seconds=0)
    picture = notice.findChild(QLabel)
    before = picture.pixmap().toImage()
    apply_theme(qapp, load_theme("dark"))
    assert picture.pixmap().toImage() != before
    notice.clear()
    apply_theme(qapp, load_theme("light"))
    assert picture.pixmap().isNull()


def test_a_notice_can_go_while_it_fades_in(qtbot: QtBot):
    notice = NoticeLabel()
    notice.show()
    notice.show_notice("Peskov linked.")
    assert notice.graphicsEffect().isEnabled()
    notice.close()
    notice.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(notice)
    qtbot.wait(2 * FADE_MS)  # what still ran would be heard of now
