from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QApplication, QComboBox, QDateEdit, QMenu, QSpinBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from annotator.ui.widgets.project_undo import ProjectUndoLineEdit, ProjectUndoTextEdit, with_project_undo

_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class Window(QWidget):
    """A window with the project's undo and redo, and both kinds of field."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: list[str] = []
        self.line, self.note = ProjectUndoLineEdit(), ProjectUndoTextEdit()
        column = QVBoxLayout(self)
        for field in (self.line, self.note):
            column.addWidget(field)
        for name, key in (("undo", "Ctrl+Z"), ("redo", "Ctrl+Shift+Z")):
            action = QAction(name, self)
            action.setShortcut(key)
            action.triggered.connect(lambda _checked=False, step=name: self.steps.append(step))
            self.addAction(action)


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    made = Window()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


@pytest.mark.parametrize("name", ["line", "note"])
def test_undo_in_a_field_is_the_windows(window: Window, qtbot: QtBot, name: str):
    field = getattr(window, name)
    field.setFocus()
    qtbot.keyClicks(field, "abc")
    qtbot.keyClick(field, Qt.Key.Key_Z, _CTRL)
    qtbot.keyClick(field, Qt.Key.Key_Z, _CTRL | _SHIFT)
    assert window.steps == ["undo", "redo"]
    assert (field.text() if name == "line" else field.toPlainText()) == "abc"


@pytest.mark.parametrize("name", ["line", "note"])
def test_a_field_undoes_nothing_even_without_a_windows_undo(window: Window, qtbot: QtBot, name: str):
    for action in window.actions():
        action.setEnabled(False)
    field = getattr(window, name)
    field.setFocus()
    qtbot.keyClicks(field, "abc")
    qtbot.keyClick(field, Qt.Key.Key_Z, _CTRL)
    assert (field.text() if name == "line" else field.toPlainText()) == "abc"


@pytest.mark.parametrize("name", ["line", "note"])
def test_other_editing_keys_stay_with_the_field(window: Window, qtbot: QtBot, name: str):
    field = getattr(window, name)
    field.setFocus()
    qtbot.keyClicks(field, "abc")
    qtbot.keyClick(field, Qt.Key.Key_A, _CTRL)
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    assert (field.text() if name == "line" else field.toPlainText()) == ""


@pytest.mark.parametrize("name", ["line", "note"])
def test_the_menu_offers_no_undo(window: Window, qtbot: QtBot, name: str):
    field = getattr(window, name)
    spot = QPoint(4, 4)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, field.mapToGlobal(spot))
    field.contextMenuEvent(event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    names = [action.objectName() for action in menu.actions()]
    assert "edit-copy" in names
    assert not {"edit-undo", "edit-redo"} & set(names)
    assert not menu.actions()[0].isSeparator()
    menu.close()


def test_tab_leaves_the_note(window: Window, qtbot: QtBot):
    window.note.setFocus()
    qtbot.keyClick(window.note, Qt.Key.Key_Tab)
    assert window.note.toPlainText() == ""
    assert window.focusWidget() is window.line


def test_undo_in_a_number_field_is_the_windows(window: Window, qtbot: QtBot):
    number = with_project_undo(QSpinBox())
    number.setRange(0, 999)
    window.layout().addWidget(number)
    number.setFocus()
    number.selectAll()
    qtbot.keyClicks(number, "42")
    qtbot.keyClick(number, Qt.Key.Key_Z, _CTRL)
    assert window.steps == ["undo"]
    assert number.value() == 42


def test_undo_in_an_editable_list_is_the_windows(window: Window, qtbot: QtBot):
    box = QComboBox()
    box.setEditable(True)
    window.layout().addWidget(with_project_undo(box))
    box.setFocus()
    qtbot.keyClicks(box, "abc")
    qtbot.keyClick(box, Qt.Key.Key_Z, _CTRL)
    assert window.steps == ["undo"]
    assert box.currentText() == "abc"


def test_dates_keep_the_room_beside_their_text(qtbot: QtBot):
    plain, popup = QDateEdit(), QDateEdit()
    popup.setCalendarPopup(True)
    for box in (plain, popup):
        qtbot.addWidget(box)
        with_project_undo(box)
    assert plain.lineEdit().textMargins().left() == 6
    assert popup.lineEdit().textMargins().left() == 0
