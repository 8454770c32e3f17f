from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from annotator.model.article import Status

LEFT, KEY = Qt.MouseButton.LeftButton, Qt.Key


@pytest.fixture
def tab(desk):
    desk.panel.show_article()
    return desk.panel.article_tab


def article(desk):
    return desk.state.content.article


def work(desk):
    return desk.project.read.work(article(desk).uid, desk.project.annotator.uid)


def test_the_metadata_is_shown(desk, tab):
    shown = {name: field.text() for name, field in tab.fields.items()}
    assert shown == {
        "title": "US delegation arrives", "source": "The Example Post", "byline": "M. Lee",
        "published": "2025-03-13", "url": "", "language": "en",
    }  # fmt: skip
    assert [(name.text(), value.text()) for name, value in tab.extra.rows] == [("page", "A4")]
    assert "60 words" in tab._figures.text()
    assert tab.status.choices() == (Status.IN_PROGRESS,)


def test_a_field_is_stored_when_left(desk, tab, qtbot: QtBot):
    tab.fields["source"].setFocus()
    tab.fields["source"].selectAll()
    qtbot.keyClicks(tab.fields["source"], "The Other Post ")
    assert article(desk).source == "The Example Post"
    qtbot.keyClick(tab.fields["source"], KEY.Key_Tab)
    assert article(desk).source == "The Other Post"
    desk.project.undo()
    assert tab.fields["source"].text() == "The Example Post"


def test_escape_puts_back_and_then_leads_to_the_reader(desk, tab, qtbot: QtBot):
    field = tab.fields["byline"]
    field.setFocus()
    qtbot.keyClicks(field, "x")
    qtbot.keyClick(field, KEY.Key_Escape)
    assert field.text() == "M. Lee"
    qtbot.keyClick(field, KEY.Key_Escape)
    assert desk.window.focusWidget() is desk.reader


def test_an_article_keeps_a_title(desk, tab, qtbot: QtBot):
    tab.fields["title"].setFocus()
    tab.fields["title"].selectAll()
    qtbot.keyClick(tab.fields["title"], KEY.Key_Delete)
    qtbot.keyClick(tab.fields["title"], KEY.Key_Return)
    assert article(desk).title == "US delegation arrives"
    assert tab.fields["title"].text() == "US delegation arrives"
    assert desk.told == ["An article needs a title."]


def test_further_fields_are_added_changed_and_taken_away(desk, tab, qtbot: QtBot):
    qtbot.mouseClick(tab.findChild(QToolButton, "addField"), LEFT)
    name, value = tab.extra.rows[1]
    assert desk.window.focusWidget() is name
    qtbot.keyClicks(name, "desk")
    qtbot.keyClick(name, KEY.Key_Tab)
    qtbot.keyClicks(value, "Foreign")
    qtbot.keyClick(value, KEY.Key_Return)
    assert article(desk).extra == (("page", "A4"), ("desk", "Foreign"))
    assert desk.window.focusWidget() is value
    first = tab.extra.rows[0][0].parentWidget()
    qtbot.mouseClick(first.findChild(QToolButton), LEFT)
    assert article(desk).extra == (("desk", "Foreign"),)
    desk.project.undo()
    assert [n.text() for n, _ in tab.extra.rows] == ["page", "desk"]


def test_the_status_is_set_and_always_one(desk, tab, qtbot: QtBot):
    qtbot.mouseClick(tab.status.chip(Status.DONE), LEFT)
    assert work(desk).status is Status.DONE
    qtbot.mouseClick(tab.status.chip(Status.DONE), LEFT)
    assert work(desk).status is Status.DONE
    assert tab.status.choices() == (Status.DONE,)
    desk.project.undo()
    assert tab.status.choices() == (Status.IN_PROGRESS,)


def test_article_level_attributes(desk, tab, qtbot: QtBot):
    editors = {e.attribute.name: e for e in tab.attributes.editors.values()}
    frames = editors["frame"].field
    qtbot.mouseClick(frames.chip("morality"), LEFT)
    qtbot.mouseClick(frames.chip("conflict"), LEFT)
    assert dict(work(desk).values)[editors["frame"].attribute.uid] == ("conflict", "morality")
    qtbot.mouseClick(frames.chip("morality"), LEFT)
    qtbot.mouseClick(frames.chip("conflict"), LEFT)
    assert editors["frame"].attribute.uid not in dict(work(desk).values)
    genre = editors["genre"].field
    genre.activated.emit(genre.findText("opinion"))
    assert dict(work(desk).values)[editors["genre"].attribute.uid] == "opinion"


def test_the_memo_is_stored_while_typing(desk, tab, qtbot: QtBot):
    tab.memo.setFocus()
    qtbot.keyClicks(tab.memo, "Read again")
    qtbot.waitUntil(lambda: work(desk).memo == "Read again")
    qtbot.keyClicks(tab.memo, "!")
    tab.flush()
    assert work(desk).memo == "Read again!"
    desk.project.undo()
    assert tab.memo.toPlainText() == ""


def test_what_is_typed_goes_to_the_article_it_was_typed_for(desk, tab, qtbot: QtBot):
    first = article(desk).uid
    other = desk.add_article("Other words.", "Other")
    tab.fields["url"].setFocus()
    qtbot.keyClicks(tab.fields["url"], "https://example.org")
    qtbot.keyClicks(tab.memo, "Mine")
    desk.state.open_article(other)
    assert tab.fields["url"].text() == ""
    assert tab.memo.toPlainText() == ""
    QApplication.processEvents()
    assert article(desk).url == ""
    desk.state.open_article(first)
    assert article(desk).url == "https://example.org"
    assert work(desk).memo == "Mine"
    assert tab.memo.toPlainText() == "Mine"


def test_without_an_article_it_says_what_to_do(desk, tab):
    desk.state.close_article()
    assert tab.currentIndex() == 0


def test_the_tabs_by_keyboard(desk, qtbot: QtBot):
    desk.panel.tabs.setFocus()
    qtbot.keyClick(desk.panel.tabs, KEY.Key_Right)
    assert desk.panel.article_tab.isVisible()
    desk.panel.show_annotations()
    assert desk.panel.annotation_list.isVisible()
