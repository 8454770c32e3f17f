from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QListView
from pytestqt.qtbot import QtBot

from annotator.ui.dialogs.commands import COMMAND_ROLE, Command, CommandModel
from annotator.ui.dialogs.palette import CommandPalette
from annotator.ui.widgets.search_field import SearchField


@pytest.fixture
def palette(desk) -> CommandPalette:
    made = CommandPalette(desk.window, desk.state, desk.actions)
    made.open_palette()
    return made


def field(palette: CommandPalette) -> SearchField:
    found = palette.findChild(SearchField)
    assert isinstance(found, SearchField)
    return found


def rows(palette: CommandPalette) -> list[Command]:
    view = palette.findChild(QListView)
    assert isinstance(view, QListView)
    return [view.model().index(row, 0).data(COMMAND_ROLE) for row in range(view.model().rowCount())]


def type_in(qtbot: QtBot, palette: CommandPalette, text: str) -> None:
    field(palette).clear()
    qtbot.keyClicks(field(palette), text)


def press(qtbot: QtBot, palette: CommandPalette, key: Qt.Key) -> None:
    qtbot.keyClick(field(palette), key)


def test_it_shows_every_action_with_its_menu_and_keys(palette, desk):
    assert {row.uid for row in rows(palette)} == {action.id for action in desk.actions.table}
    export = next(row for row in rows(palette) if row.uid == "file.export")
    assert (export.title, export.place, export.keys, export.why_not) == ("Export…", "File", ("Ctrl+E",), "")
    assert palette.objectName() == "commandPalette"
    assert field(palette).hasFocus()


def test_typing_narrows_and_enter_runs_with_the_focus_back(palette, desk, qtbot):
    type_in(qtbot, palette, "expo")
    assert rows(palette)[0].uid == "file.export"
    press(qtbot, palette, Qt.Key.Key_Return)
    assert desk.ran == ["file.export"]
    assert not palette.isVisible()
    assert desk.page.hasFocus()


def test_escape_closes_at_once_and_gives_the_focus_back(palette, desk, qtbot):
    type_in(qtbot, palette, "expo")
    press(qtbot, palette, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert desk.page.hasFocus()
    assert desk.ran == []


def test_what_cannot_be_run_says_why_and_stays(palette, desk, qtbot):
    type_in(qtbot, palette, "larger text")
    assert rows(palette)[0].why_not == "Open an article first"
    press(qtbot, palette, Qt.Key.Key_Return)
    assert palette.isVisible()
    assert desk.ran == []
    type_in(qtbot, palette, "undo")
    undo = next(row for row in rows(palette) if row.uid == "edit.undo")
    assert (undo.title, undo.why_not) == ("Undo Import articles", "")


def test_every_lack_has_its_reason(bare, qtbot):
    palette = CommandPalette(bare.window, bare.state, bare.actions)
    palette.open_palette()
    reasons = {row.uid: row.why_not for row in rows(palette)}
    assert reasons["file.new"] == ""
    assert reasons["file.export"] == reasons["tag.note"] == "Open a project first"
    assert [row.why_not == "" for row in rows(palette)] == sorted(
        [row.why_not == "" for row in rows(palette)], reverse=True
    )


def test_an_annotation_is_asked_for_when_an_article_is_open(opened, qtbot):
    palette = CommandPalette(opened.window, opened.state, opened.actions)
    palette.open_palette()
    reasons = {row.uid: row.why_not for row in rows(palette)}
    assert reasons["tag.note"] == "Select an annotation first"
    assert reasons["edit.redo"] == "There is no such step"
    assert reasons["tag.quote"] == ""


def test_what_was_used_last_stands_first(palette, desk, qtbot):
    for typed in ("export", "preferences"):
        type_in(qtbot, palette, typed)
        press(qtbot, palette, Qt.Key.Key_Return)
        palette.open_palette()
    assert [row.uid for row in rows(palette)[:2]] == ["file.preferences", "file.export"]


def test_arrows_tab_and_paging_move_within_the_rows(palette, desk, qtbot):
    view = palette.findChild(QListView)
    for key, row in ((Qt.Key.Key_Up, 0), (Qt.Key.Key_Down, 1), (Qt.Key.Key_Tab, 2), (Qt.Key.Key_Backtab, 1)):
        press(qtbot, palette, key)
        assert view.currentIndex().row() == row
    press(qtbot, palette, Qt.Key.Key_PageDown)
    assert view.currentIndex().row() > 5
    assert field(palette).accessibleDescription() == view.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)


def test_articles_are_offered_by_title_and_opened(palette, desk, qtbot, uid_titled):
    type_in(qtbot, palette, "strike")
    found = next(row for row in rows(palette) if row.is_article)
    assert (found.title, found.place) == ("Open: Port strike", "The Example Post · 2025-03-13")
    press(qtbot, palette, Qt.Key.Key_Return)
    assert desk.state.content is not None
    assert desk.state.content.article.uid == uid_titled("Port strike")
    palette.open_palette()
    type_in(qtbot, palette, "s")
    assert not any(row.is_article for row in rows(palette))


def test_a_click_runs(palette, desk, qtbot):
    type_in(qtbot, palette, "about")
    view = palette.findChild(QListView)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.currentIndex()).center())
    assert desk.ran == ["help.about"]


def test_nothing_found_says_so(palette, desk, qtbot):
    type_in(qtbot, palette, "qqqzzz")
    assert [row.title for row in rows(palette)] == ["Nothing found"]
    press(qtbot, palette, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_going_elsewhere_or_the_key_again_closes(palette, desk, qtbot):
    desk.page.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not palette.isVisible()
    palette.open_palette()
    assert palette.isVisible()
    palette.open_palette()
    assert not palette.isVisible()
    assert desk.page.hasFocus()


def test_it_stays_at_the_top_centre_of_any_window(palette, desk, qapp):
    for width, height in ((1024, 700), (480, 320)):
        desk.window.resize(width, height)
        qapp.processEvents()
        assert desk.window.rect().contains(palette.geometry())
        assert abs(palette.geometry().center().x() - desk.window.rect().center().x()) <= 1


def test_typing_is_fast(palette, desk, qtbot):
    spent = []
    for letter in "port st":
        begun = time.perf_counter()
        qtbot.keyClicks(field(palette), letter)
        spent.append(time.perf_counter() - begun)
    assert sorted(spent)[len(spent) // 2] < 0.06


def test_painted_in_both_directions(palette, desk, qapp):
    for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        palette.setLayoutDirection(direction)
        assert not palette.grab().isNull()


def test_the_model_keeps_qt_s_rules(qapp: QApplication):
    model = CommandModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show((Command("a", "One", "File", ("Ctrl+E",)), Command("b", "Two", why_not="Not now")))
    assert model.rowCount() == 2
    assert model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "One, File, Ctrl+E"
    assert model.index(1).data() == "Two"
    assert model.index(1).data(Qt.ItemDataRole.ToolTipRole) is None
    model.show(())
    assert model.command(0) is None
    del tester


def test_a_read_only_project_says_so(desk, monkeypatch):
    monkeypatch.setattr(type(desk.project), "read_only", property(lambda _: True))
    desk.actions.refresh()
    palette = CommandPalette(desk.window, desk.state, desk.actions)
    palette.open_palette()
    reasons = {row.uid: row.why_not for row in rows(palette)}
    assert reasons["file.import"] == reasons["tag.quote"] == "The project is open for reading only"
    assert reasons["file.export"] == ""


def test_letters_typed_go_to_the_field_only(palette, desk, qtbot):
    qtbot.keyClicks(field(palette), "2")
    assert field(palette).text() == "2"
    assert desk.ran == []
