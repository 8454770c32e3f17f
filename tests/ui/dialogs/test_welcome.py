from __future__ import annotations

import getpass
import os
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from annotator.ui.dialogs.recent import RecentProject, changed_on, short_folder
from annotator.ui.dialogs.welcome import WelcomePage, login_name
from annotator.ui.theme.apply import apply_theme
from annotator.ui.theme.theme import load_theme


@pytest.fixture
def page(bare, qtbot: QtBot, tmp_path: Path) -> WelcomePage:
    there = tmp_path / "here.annot"
    there.write_text("x")
    bare.settings.add_recent(tmp_path / "gone.annot")
    bare.settings.add_recent(there)
    made = WelcomePage(bare.settings, bare.actions)
    bare.window.layout().addWidget(made)
    return made


def rows(page: WelcomePage) -> list[RecentProject]:
    return [row for row in page.findChildren(RecentProject) if not row.isHidden()]


def test_the_buttons_run_the_actions(page, bare, qtbot):
    for uid in ("file.new", "file.open", "file.sample"):
        qtbot.mouseClick(page.findChild(QPushButton, f"welcome.{uid}"), Qt.MouseButton.LeftButton)
    assert bare.ran == ["file.new", "file.open", "file.sample"]
    primary = [b for b in page.findChildren(QPushButton) if b.property("primary")]
    assert [b.text() for b in primary] == ["New project…"]
    assert primary[0].toolTip() == "Ctrl+N"


def test_recent_projects_open_by_mouse_and_key(page, qtbot):
    opened: list[str] = []
    page.open_requested.connect(opened.append)
    here, gone = rows(page)
    assert here.there and not gone.there
    qtbot.mouseClick(here.face, Qt.MouseButton.LeftButton)
    here.face.setFocus()
    qtbot.keyClick(here.face, Qt.Key.Key_Space)
    qtbot.mouseClick(gone.face, Qt.MouseButton.LeftButton)
    assert opened == [here.path, here.path]
    assert here.face.accessibleName().endswith("Today")
    assert gone.face.accessibleName().endswith("Not found")


def test_a_project_can_be_taken_off_the_list(page, bare, qtbot):
    gone = rows(page)[1]
    qtbot.mouseClick(gone.remove, Qt.MouseButton.LeftButton)
    assert [Path(path).name for path in bare.settings["recent"]] == ["here.annot"]
    qtbot.waitUntil(lambda: len(rows(page)) == 1)


def test_the_name_is_asked_once(page, bare, qtbot):
    named: list[str] = []
    page.named.connect(named.append)
    field = page.findChild(QLineEdit)
    assert field.isVisible() and field.text() == login_name()
    field.clear()
    qtbot.keyClicks(field, "Anna Marin")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert (named, bare.settings["annotator_name"]) == (["Anna Marin"], "Anna Marin")
    assert not field.isVisible()
    page.refresh()
    assert not field.isVisible()


def test_without_recent_projects_there_is_no_list(bare, qtbot):
    page = WelcomePage(bare.settings, bare.actions)
    qtbot.addWidget(page)
    assert rows(page) == []


def drag(page: WelcomePage, *names: str) -> tuple[bool, bool]:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(name) for name in names])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), copy, data, left, none)
    page.dragEnterEvent(enter)
    drop = QDropEvent(QPointF(5, 5), copy, data, left, none)
    drop.ignore()
    page.dropEvent(drop)
    return enter.isAccepted(), drop.isAccepted()


def test_a_project_file_can_be_dropped(page, tmp_path: Path):
    opened: list[str] = []
    page.open_requested.connect(opened.append)
    assert drag(page, str(tmp_path / "a.annot")) == (True, True)
    assert [Path(path) for path in opened] == [tmp_path / "a.annot"]
    assert drag(page, str(tmp_path / "a.txt")) == (False, False)
    assert drag(page, "/a.annot", "/b.annot") == (False, False)


def test_everything_fits_and_follows_the_theme(page, bare, qapp):
    bare.page.hide()
    for name in ("dark", "light"):
        apply_theme(qapp, load_theme(name))
        for direction in (Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight):
            page.setLayoutDirection(direction)
            rows(page)[0].face.setFocus()
            assert not page.grab().isNull()
    for button in page.findChildren(QPushButton):
        if button.isVisible():
            assert button.width() >= button.minimumSizeHint().width()


def test_days_and_folders_as_a_person_says_them(tmp_path: Path, qtbot: QtBot):
    file = tmp_path / "p.annot"
    assert changed_on(file) is None
    file.write_text("x")
    said = []
    for days in (0, 1, 400):
        moment = time.time() - days * 86400
        os.utime(file, (moment, moment))
        row = RecentProject(str(file))
        qtbot.addWidget(row)
        said.append(row.face.accessibleName().rpartition(", ")[2])
    assert said[:2] == ["Today", "Yesterday"] and said[2] not in said[:2]
    assert short_folder(Path.home() / "work" / "p.annot") == str(Path("~") / "work")
    assert short_folder(Path("/srv/p.annot")) == str(Path("/srv"))


def test_a_login_without_a_name_is_no_trouble(monkeypatch: pytest.MonkeyPatch):
    def nobody() -> str:
        raise OSError

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert login_name() == ""
