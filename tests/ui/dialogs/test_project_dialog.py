from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from annotator.model.annotation import Annotator
from annotator.ui.dialogs.project_dialog import ProjectDialog


@pytest.fixture
def dialog(desk, qtbot: QtBot) -> ProjectDialog:
    made = ProjectDialog(desk.window, desk.state)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.open()
    return made


def field(dialog: ProjectDialog, name: str) -> QLineEdit:
    return next(one for one in dialog.findChildren(QLineEdit) if one.accessibleName() == name)


def type_in(qtbot: QtBot, line: QLineEdit, text: str) -> None:
    line.setFocus()
    line.clear()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def said(dialog: ProjectDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def test_the_name_is_taken_over_by_enter_and_can_be_undone(dialog, desk, qtbot):
    line = field(dialog, "Name of the project")
    assert line.text() == "Harbour"
    type_in(qtbot, line, "Harbour  2025")
    assert desk.project.cache.info.name == "Harbour 2025"
    assert dialog.isVisible()
    desk.project.undo()
    assert line.text() == "Harbour"


def test_a_refused_name_is_told_and_the_old_one_stays(dialog, desk, qtbot):
    told: list[str] = []
    desk.state.notice.connect(lambda text, _kind: told.append(text))
    line = field(dialog, "Name of the project")
    type_in(qtbot, line, " ")
    assert (line.text(), told) == ("Harbour", ["A project needs a name."])


def test_your_own_name(dialog, desk, qtbot):
    with desk.project.edit("Add") as edit:
        edit.add(Annotator("01900000-0000-7000-8000-000000000001", "Bo"))
    line = field(dialog, "Your name")
    type_in(qtbot, line, "Anna Marin")
    assert desk.project.annotator.name == "Anna Marin"
    assert "Anna Marin (you): 0 annotations\nBo: 0 annotations" in said(dialog)
    type_in(qtbot, line, "Bo")
    assert line.text() == "Anna Marin"


def test_the_memo_is_kept_when_its_field_is_left_or_the_dialog_closed(dialog, desk, qtbot):
    memo = dialog.findChild(QPlainTextEdit)
    memo.setFocus()
    qtbot.keyClicks(memo, "One")
    field(dialog, "Your name").setFocus()
    assert desk.project.cache.info.memo == "One"
    memo.setFocus()
    memo.moveCursor(memo.textCursor().MoveOperation.End)
    qtbot.keyClicks(memo, " two")
    qtbot.keyClick(memo, Qt.Key.Key_Escape)
    assert dialog.isHidden()
    assert desk.project.cache.info.memo == "One two"


def test_growing_to_words(dialog, desk):
    box = dialog.findChild(QCheckBox)
    assert box.isChecked()
    box.click()
    assert desk.project.cache.info.snap_to_words is False
    desk.project.undo()
    assert box.isChecked()


def test_figures(dialog, desk):
    assert "2 articles, 0 annotations, 0 people" in said(dialog)
    assert str(desk.project.path) in said(dialog)


def test_a_read_only_project_can_only_be_looked_at(desk, qtbot, monkeypatch):
    monkeypatch.setattr(type(desk.project), "read_only", property(lambda _: True))
    dialog = ProjectDialog(desk.window, desk.state)
    qtbot.addWidget(dialog)
    assert not field(dialog, "Your name").isEnabled()
    assert not dialog.findChild(QCheckBox).isEnabled()


def test_it_closes_by_its_button_and_with_the_project(desk, dialog, qtbot):
    dialog.findChild(QPushButton).click()
    assert dialog.isHidden()
    other = ProjectDialog(desk.window, desk.state)
    other.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(other)
    other.open()
    project = desk.project
    desk.state.set_project(None)
    assert other.isHidden()
    field(other, "Your name").editingFinished.emit()
    other.findChild(QCheckBox).click()
    desk.state.set_project(project)
    assert project.cache.info.snap_to_words
