from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMainWindow
from pytestqt.qtbot import QtBot
from support import projects
from support.colleagues import at_work

from annotator.base.errors import ProjectError, StaleError
from annotator.base.uuid7 import uuid7
from annotator.model.annotation import Annotation
from annotator.model.codebook import TagType
from annotator.ui.colleagues import bring_in_dialog
from annotator.ui.colleagues.bring_in_dialog import BringInDialog, Page
from annotator.ui.state import UiState
from annotator.ui.theme.apply import apply_theme
from annotator.ui.theme.theme import load_theme

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def dialog(study, state: UiState, window: QMainWindow, qtbot: QtBot) -> BringInDialog:
    made = BringInDialog(window, state, study.path)
    made.open()
    assert made.page is Page.READING
    assert not made.primary.isVisible()
    qtbot.waitUntil(lambda: made.page is Page.PREVIEW)
    return made


def titles(dialog: BringInDialog) -> list[str]:
    return [dialog.tabs.tabText(at) for at in range(dialog.tabs.count()) if dialog.tabs.isTabVisible(at)]


def test_everything_there_is_to_know_is_on_four_pages(dialog: BringInDialog) -> None:
    assert dialog._head.text() == "Bring in Ben’s work"
    assert dialog._file.text().startswith("ben.annot · handed out blind on ")
    assert titles(dialog) == ["Articles (5)", "To decide (2)", "Same names (1)", "Codebook (1)"]
    assert dialog.primary.text() == "Decide 2 first"
    assert dialog.articles._totals.text() == "4 new · 1 changed · 2 to decide · 2 waiting · 5 identical"


def test_the_records_of_the_selected_article_are_listed(dialog: BringInDialog, qtbot: QtBot) -> None:
    page = dialog.articles
    rows = {page.articles.index(at, 0).data(): at for at in range(page.articles.rowCount())}
    page.table.selectRow(rows["New"])
    assert page.records.rowCount() == 4
    page.table.selectRow(rows["Gone"])
    assert page._of.text() == "You have removed this article; they have gone on working on it."
    page.which.setCurrentIndex(1)
    page.which.activated.emit(1)
    assert page.articles.rowCount() == 5


def test_all_at_once_then_changed_by_hand(dialog: BringInDialog, study, qtbot: QtBot) -> None:
    dialog.primary.click()
    assert dialog.tabs.currentWidget() is dialog.conflicts
    dialog.conflicts.all_mine.click()
    assert dialog.conflicts._count.text() == "All 2 decided"
    dialog.conflicts._select(1)
    assert dialog.conflicts.mine.isChecked() and not dialog.conflicts.theirs.isChecked()
    qtbot.keyClick(dialog.conflicts.list, Qt.Key.Key_2)
    assert dialog.conflicts.theirs.isChecked()
    qtbot.waitUntil(dialog.primary.isEnabled)
    dialog.primary.click()
    assert study.again().note == "theirs"
    assert study.project.read.get(type(study.articles["Gone"]), study.articles["Gone"].uid) is None


def test_joining_names_shows_the_plan_anew_and_keeps_decisions(dialog: BringInDialog, study, qtbot: QtBot) -> None:
    dialog.conflicts.all_theirs.click()
    qtbot.waitUntil(lambda: dialog._ready is not None)
    dialog.names.all.click()
    assert dialog._ready is None
    qtbot.waitUntil(lambda: dialog._ready is not None)
    assert dialog.conflicts.model.open == 0
    dialog.primary.click()
    assert len(study.project.cache.entities) == 1
    assert len(list(study.project.read.all(Annotation))) == 5


def test_a_decision_can_bring_up_another(study, state: UiState, window: QMainWindow, qtbot: QtBot) -> None:
    with at_work(study.path) as copy:
        with copy.edit("Add") as edit:
            edit.add(TagType(uuid7(), "irony", "Irony", "#123456", position=9))
        projects.tag(copy, study.articles["Gone"], "irony", "Berlin")
    dialog = BringInDialog(window, state, study.path)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.page is Page.PREVIEW)
    assert "To decide (2)" in titles(dialog)
    dialog.conflicts.all_theirs.click()
    qtbot.waitUntil(lambda: "To decide (3)" in titles(dialog))
    assert dialog._problem.text() == "What you have decided brings up something else to decide."
    assert dialog._ready is None
    assert dialog.conflicts.model.open == 1
    assert dialog.conflicts.list.currentIndex().data() == "Tag “Irony”"
    dialog.tabs.setCurrentWidget(dialog.conflicts)
    dialog.conflicts.theirs.click()
    qtbot.waitUntil(dialog.primary.isEnabled)
    dialog.primary.click()
    assert study.project.cache.codebook.tag_named("irony") is not None


def test_a_plan_that_is_stale_is_made_anew(
    dialog: BringInDialog, study, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stale(*_: object, **__: object) -> None:
        raise StaleError("The project has changed since this was shown.")

    dialog.conflicts.all_mine.click()
    qtbot.waitUntil(dialog.primary.isEnabled)
    monkeypatch.setattr(bring_in_dialog, "apply", stale)
    dialog.conflicts.setFocus()
    dialog.tabs.setCurrentWidget(dialog.conflicts)
    dialog.primary.click()
    assert dialog.page is Page.READING
    qtbot.waitUntil(lambda: dialog.page is Page.PREVIEW and dialog._ready is not None)
    assert dialog._problem.text() == "The project has changed since this was shown."
    monkeypatch.undo()
    dialog.primary.click()
    assert study.again().note == "mine"


def test_what_cannot_be_carried_out_is_told_and_the_preview_stays(
    dialog: BringInDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise ProjectError("The disk is full.")

    dialog.conflicts.all_mine.click()
    qtbot.waitUntil(dialog.primary.isEnabled)
    monkeypatch.setattr(bring_in_dialog, "apply", full)
    dialog.primary.click()
    assert dialog.isVisible() and dialog.page is Page.PREVIEW
    assert dialog._problem.text() == "The disk is full."
    dialog.reject()


def test_closing_while_it_reads_ends_it_quietly(study, state: UiState, window: QMainWindow, qtbot: QtBot) -> None:
    made = BringInDialog(window, state, study.path)
    made.open()
    made.reject()
    qtbot.wait(300)
    state.set_project(None)  # nobody hears of it any more


def test_another_file_can_be_chosen_where_this_one_fails(
    study, state: UiState, window: QMainWindow, qtbot: QtBot
) -> None:
    study.path.write_bytes(b"")
    made = BringInDialog(window, state, study.path)
    made.open()
    qtbot.waitUntil(lambda: made.page is Page.MESSAGE)
    assert any("is empty" in label.text() for label in made.message.findChildren(QLabel))
    with qtbot.waitSignal(made.another_wanted):
        made._another.click()
    assert not made.isVisible()


@pytest.mark.parametrize("theme", ["dark", "high_contrast"])
def test_the_theme_can_change_while_it_is_open(dialog: BringInDialog, theme: str, qapp, qtbot: QtBot) -> None:
    dialog.tabs.setCurrentWidget(dialog.conflicts)
    before = dialog.conflicts.versions.toHtml()
    apply_theme(qapp, load_theme(theme))
    qtbot.waitUntil(lambda: dialog.conflicts.versions.toHtml() != before)
    assert dialog.grab().size() == dialog.size()
