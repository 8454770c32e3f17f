from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from annotator.ui.theme.apply import apply_theme
from annotator.ui.theme.theme import load_theme

LEFT = Qt.MouseButton.LeftButton


def chips(desk):
    return {tag.name: desk.panel.tag_bar.chip(tag.uid) for tag in desk.state.codebook.tag_types}


def right_click(chip) -> None:
    middle = chip.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, middle, chip.mapToGlobal(middle))
    QApplication.sendEvent(chip, event)


def test_a_chip_tags_and_the_focus_stays_with_the_reader(desk, qtbot: QtBot):
    desk.panel.inspector.note.setFocus()
    qtbot.mouseClick(chips(desk)["quote"], LEFT)
    assert desk.ran == ["tag.quote"]
    assert desk.window.focusWidget() is desk.reader


def test_while_a_digit_is_waited_for_a_chip_retypes_and_the_bar_says_so(desk, qtbot: QtBot):
    desk.select("Q1")
    bar = desk.panel.tag_bar
    assert bar._hint.isHidden()
    desk.actions.expect_retype()
    qtbot.waitUntil(bar._hint.isVisible)
    assert chips(desk)["claim"].isChecked()
    qtbot.mouseClick(chips(desk)["claim"], LEFT)
    assert desk.ran == ["retype.claim"]
    qtbot.keyClick(desk.panel.annotation_list, Qt.Key.Key_9)
    desk.actions._retyping.stop()
    qtbot.waitUntil(bar._hint.isHidden)
    assert not chips(desk)["claim"].isCheckable()


def test_a_right_click_hides_a_type_in_the_reader_and_shows_it_again(desk, qtbot: QtBot):
    bar, told = desk.panel.tag_bar, []
    bar.hidden_changed.connect(told.append)
    chip = chips(desk)["cue"]
    before = chip.grab().toImage()
    right_click(chip)
    assert told == [frozenset({chip.tag.uid})]
    assert "Hidden in the text" in chip.toolTip()
    assert chip.grab().toImage() != before
    right_click(chip)
    assert told[-1] == frozenset()
    assert chip.tag.definition[:20] in chip.toolTip()


def test_the_eye_lists_what_is_shown(desk, qtbot: QtBot):
    bar = desk.panel.tag_bar
    bar.toggle_hidden(chips(desk)["cue"].tag.uid)
    qtbot.mouseClick(bar.eye, LEFT)
    menu = next(m for m in bar.findChildren(QMenu) if m.isVisible())
    assert [a.text() for a in menu.actions() if a.isChecked()] == ["Speaker", "Quote", "Location", "Claim"]
    next(a for a in menu.actions() if a.text() == "Show all").trigger()
    menu.close()
    assert bar.hidden == frozenset()


def test_all_chips_are_seen_at_every_width(make_desk, qapp):
    for width in (280, 340, 460):
        desk = make_desk(width=width)
        bar = desk.panel.tag_bar
        for chip in chips(desk).values():
            assert bar.rect().contains(chip.geometry())
            assert chip.width() == chip.sizeHint().width()


def test_the_eye_stands_beside_the_tabs_at_every_width(make_desk):
    for width in (280, 340, 460):
        panel = make_desk(width=width).panel
        eye, tabs = panel.tag_bar.eye, panel.tabs
        assert eye.isVisible()
        assert eye.y() < tabs.geometry().bottom()
        assert eye.geometry().bottom() > tabs.y()
        assert eye.geometry().left() > tabs.geometry().right() - 1
        assert panel.rect().contains(eye.geometry())


def test_chips_wait_for_an_article(desk):
    assert chips(desk)["quote"].isEnabled()
    desk.state.close_article()
    assert not chips(desk)["quote"].isEnabled()
    desk.state.set_project(None)
    assert desk.panel.tag_bar.hidden == frozenset()
    assert not desk.panel.tag_bar.eye.isVisible()
    desk.state.set_project(desk.project)


def test_a_changed_codebook_is_shown_and_the_hidden_stay_hidden(desk):
    bar = desk.panel.tag_bar
    cue = chips(desk)["cue"].tag
    bar.toggle_hidden(cue.uid)
    quote = desk.state.codebook.tag_named("quote")
    changed = type(quote)(**{**{n: getattr(quote, n) for n in quote.__slots__}, "label": "Saying"})
    with desk.project.edit("Rename") as edit:
        edit.replace(quote, changed)
    assert chips(desk)["quote"].text() == "Saying"
    assert bar.hidden == frozenset({cue.uid})


@pytest.mark.parametrize("name", ["light", "dark", "high_contrast"])
def test_the_panel_wears_the_theme(desk, qapp, name: str):
    apply_theme(qapp, load_theme(name))
    QApplication.processEvents()
    picture = desk.panel.grab().toImage()
    assert picture.pixelColor(QPoint(2, 2)).name().upper() == load_theme(name).panel.upper()
