from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QPushButton, QTreeView
from pytestqt.qtbot import QtBot

from annotator.operations import settings as project_settings
from annotator.project.backups import Backup, list_backups, make_backup
from annotator.project.opening import open_project
from annotator.ui.dialogs.backups_dialog import BackupsDialog
from annotator.ui.dialogs.backups_model import BackupModel, local_time


class Shown:
    def __init__(self, desk, qtbot: QtBot) -> None:
        self.desk, self.qtbot, self.restored = desk, qtbot, []
        self.dialog = BackupsDialog(desk.window, desk.state, desk.settings)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(self.dialog)
        self.dialog.restored.connect(self.restored.append)
        with qtbot.waitExposed(self.dialog):
            self.dialog.open()
        self.view = self.dialog.findChild(QTreeView)

    def button(self, text: str) -> QPushButton:
        return next(one for one in self.dialog.findChildren(QPushButton) if one.text() == text)

    def said(self) -> str:
        return "\n".join(label.text() for label in self.dialog.findChildren(QLabel) if label.isVisible())


def back_up(desk) -> Backup:
    made = make_backup(desk.project.path, desk.settings.folder / "backups", cap_bytes=10**9)
    assert made is not None
    return made


@pytest.fixture
def shown(desk, qtbot: QtBot) -> Shown:
    desk.settings.add_recent(desk.project.path)
    back_up(desk)
    project_settings.set_name(desk.project, "Later")
    back_up(desk)
    return Shown(desk, qtbot)


def test_the_newest_stands_first_and_is_chosen(shown, desk):
    model = shown.view.model()
    assert model.rowCount() == 2
    newest = list_backups(desk.settings.folder / "backups", desk.project.cache.info.uid)[0]
    assert model.index(0, 0).data() == local_time(newest)
    assert int(model.index(0, 1).data()) > int(model.index(1, 1).data())
    assert shown.view.currentIndex().row() == 0


def test_a_backup_is_put_back_under_a_new_name(shown, desk, qtbot, monkeypatch):
    proposed: list[str] = []

    def choose(_parent, _title, proposal, _filter):
        proposed.append(proposal)
        return proposal.removesuffix(".annot"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    shown.view.setCurrentIndex(shown.view.model().index(1, 0))
    shown.view.setFocus()
    qtbot.keyClick(shown.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown.restored == proposed, timeout=5000)
    assert shown.dialog.isHidden()
    copy = open_project(Path(proposed[0]))
    assert copy.cache.info.name == "Harbour"
    copy.close()
    other = Shown(desk, qtbot)
    other.button("Open under a new name…").click()
    assert proposed[1].endswith("(2).annot")
    qtbot.waitUntil(lambda: len(other.restored) == 1, timeout=5000)


def test_a_taken_name_is_refused_and_told(shown, desk, qtbot, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(desk.project.path), ""))
    before = desk.project.path.read_bytes()
    shown.button("Open under a new name…").click()
    qtbot.waitUntil(lambda: desk.project.path.name in shown.said(), timeout=5000)
    assert shown.restored == []
    assert shown.button("Open under a new name…").isEnabled()
    assert desk.project.path.read_bytes() == before


def test_nothing_chosen_does_nothing(shown, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    shown.button("Open under a new name…").click()
    assert shown.dialog.isVisible() and shown.restored == []


def test_without_an_open_project_the_recent_ones_are_offered(shown, desk, qtbot):
    project = desk.project
    desk.settings.add_recent(project.path.with_name("gone.annot"))
    desk.state.set_project(None)
    other = Shown(desk, qtbot)
    box = other.dialog.findChild(QComboBox)
    assert [box.itemText(row) for row in range(box.count())] == ["gone", "harbour"]
    assert "No backup of this project yet" in other.said()
    assert not other.button("Open under a new name…").isEnabled()
    box.setCurrentIndex(1)
    assert other.view.model().rowCount() == 2
    desk.state.set_project(project)


def test_with_no_project_at_all(bare, qtbot):
    shown = Shown(bare, qtbot)
    assert "No backup" in shown.said()
    shown.dialog._open_folder()
    shown.dialog._ask()
    assert shown.restored == []


def test_the_folder_is_shown(shown, monkeypatch):
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    shown.button("Open folder").click()
    assert "backups" in opened[0]


def test_the_model_keeps_qt_s_rules(shown, desk, qapp):
    model = BackupModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(list_backups(desk.settings.folder / "backups", desk.project.cache.info.uid))
    assert model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole).endswith(".annot")
    assert model.index(0, 0).data(Qt.ItemDataRole.FontRole) is None
    assert model.headerData(2, Qt.Orientation.Horizontal) == "Size"
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    model.show(())
    assert model.backup(0) is None
    del tester
