"""Which action a key means, by mode."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar, QWidget
from pytestqt.qtbot import QtBot

from annotator.project.project import Project
from annotator.ui.actions.registry import Actions
from annotator.ui.actions.table import Mode
from annotator.ui.menus import fill_menu_bar
from annotator.ui.state import UiState


class Keys:
    """Actions that only note that they ran, and a widget whose keys they watch."""

    def __init__(self, window: QWidget, state: UiState) -> None:
        self.state, self.widget = state, QWidget(window)
        self.actions = Actions(window, state, {})
        self.ran: list[str] = []
        self.told: list[str] = []
        for action in self.actions.table:
            self.actions.connect_to({action.id: partial(self.ran.append, action.id)})
        state.notice.connect(lambda text, _kind: self.told.append(text))
        self.actions.watch(self.widget)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> bool:
        event = QKeyEvent(QEvent.Type.KeyPress, key, modifiers)
        return self.actions.eventFilter(self.widget, event)


@pytest.fixture
def keys(qtbot: QtBot, qapp: QApplication, project: Project, article: object) -> Iterator[Keys]:
    window = QWidget()
    qtbot.addWidget(window)
    state = UiState()
    state.set_project(project)
    made = Keys(window, state)
    state.open_article(project.read.all_article_uids()[0])
    yield made
    state.set_project(None)


def test_a_digit_tags_while_tagging_and_takes_a_version_in_review(keys: Keys) -> None:
    assert keys.press(Qt.Key.Key_1)
    keys.actions.set_mode(Mode.REVIEW)
    assert keys.press(Qt.Key.Key_1)
    assert keys.press(Qt.Key.Key_2)
    assert keys.ran == ["tag.speaker", "review.first", "review.second"]


def test_keys_of_tagging_mean_nothing_in_review_and_the_other_way_round(keys: Keys) -> None:
    assert not keys.press(Qt.Key.Key_J)
    keys.actions.set_mode(Mode.REVIEW)
    for key in (Qt.Key.Key_4, Qt.Key.Key_U, Qt.Key.Key_Tab, Qt.Key.Key_Delete):
        assert not keys.press(key)
    assert not keys.press(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert keys.press(Qt.Key.Key_K)
    assert keys.press(Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    assert keys.ran == ["review.previous", "review.acceptAgreed"]


def test_actions_are_enabled_by_mode(keys: Keys, qtbot: QtBot) -> None:
    assert keys.actions.enabled("tag.speaker")
    assert not keys.actions.enabled("review.accept")
    with qtbot.waitSignal(keys.actions.mode_changed):
        keys.actions.set_mode(Mode.REVIEW)
    assert not keys.actions.enabled("tag.speaker")
    assert keys.actions.enabled("review.accept")
    assert keys.actions.action("review.toggle").isChecked()
    assert keys.actions.enabled("article.done")
    with qtbot.assertNotEmitted(keys.actions.mode_changed):
        keys.actions.set_mode(Mode.REVIEW)


def test_why_an_action_of_the_other_mode_cannot_run(keys: Keys) -> None:
    assert not keys.actions.run("review.accept")
    assert "Only in review mode" in keys.told[-1]
    keys.actions.set_mode(Mode.REVIEW)
    assert not keys.actions.run("tag.speaker")
    assert "Not in review mode" in keys.told[-1]


def test_a_retype_does_not_outlive_the_mode(keys: Keys) -> None:
    keys.actions.expect_retype()
    keys.actions.set_mode(Mode.REVIEW)
    assert not keys.actions.retyping


def test_icons_are_drawn_when_a_menu_is_about_to_show_them_and_follow_the_theme_from_then_on(keys: Keys) -> None:
    undo = keys.actions.action("edit.undo")
    bar = QMenuBar(keys.widget)
    fill_menu_bar(bar, keys.actions)
    keys.actions.recolour()
    assert undo.icon().isNull()
    menu = next(one for one in bar.findChildren(QMenu) if undo in one.actions())
    menu.aboutToShow.emit()
    assert not undo.icon().isNull()
    drawn = undo.icon().cacheKey()
    keys.actions.draw_icons()
    assert undo.icon().cacheKey() == drawn
