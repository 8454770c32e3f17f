from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QListWidget, QPushButton, QSpinBox, QTreeView
from pytestqt.qtbot import QtBot

from annotator.base.settings import TABLE as SETTINGS
from annotator.ui.actions.table import TABLE
from annotator.ui.dialogs.key_capture import KeyCapture
from annotator.ui.dialogs.keys_model import KeysModel, may_have, types_text
from annotator.ui.dialogs.preferences import PreferencesDialog
from annotator.ui.dialogs.theme_choice import ThemeCard
from annotator.ui.widgets.search_field import SearchField

CTRL, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)


class Shown:
    def __init__(self, desk, qtbot: QtBot) -> None:
        self.desk, self.qtbot, self.told = desk, qtbot, []
        self.dialog = PreferencesDialog(desk.window, desk.settings, desk.actions)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(self.dialog)
        self.dialog.changed.connect(self.told.append)
        with qtbot.waitExposed(self.dialog):
            self.dialog.open()

    def field(self, kind: type, name: str):
        return self.dialog.findChild(kind, f"setting.{name}")

    def choose(self, title: str) -> None:
        search = self.dialog.findChild(SearchField)
        search.setText(title)
        self.view.setCurrentIndex(self.view.model().index(0, 0))

    @property
    def view(self) -> QTreeView:
        return self.dialog.findChild(QTreeView)

    @property
    def capture(self) -> KeyCapture:
        return self.dialog.findChild(KeyCapture)

    def press(self, key: Qt.Key, modifiers=NONE) -> None:
        self.qtbot.keyClick(self.capture, key, modifiers)

    def button(self, text: str) -> QPushButton:
        return next(one for one in self.dialog.findChildren(QPushButton) if one.text() == text)

    def said(self) -> str:
        return "\n".join(label.text() for label in self.dialog.findChildren(QLabel) if label.isVisible())

    @property
    def keys(self) -> dict[str, list[str]]:
        return self.desk.settings["keys"]


@pytest.fixture
def shown(desk, qtbot: QtBot) -> Shown:
    return Shown(desk, qtbot)


@pytest.fixture
def keys_page(shown) -> Shown:
    shown.dialog.show_page("Keys")
    return shown


def test_every_setting_of_the_table_has_its_field_and_page(shown):
    pages = shown.dialog.findChild(QListWidget)
    assert [pages.item(row).text() for row in range(pages.count())] == [
        "Annotator", "Looks", "Tagging", "Safety", "Keys",
    ]  # fmt: skip
    for setting in SETTINGS:
        if setting.label:
            field = shown.field(object, setting.name) or shown.dialog.findChild(QCheckBox, f"setting.{setting.name}")
            assert field is not None, setting.name
            assert field.accessibleName() == setting.label


def test_changes_are_stored_and_told_at_once(shown, qtbot):
    settings = shown.desk.settings
    shown.field(QCheckBox, "propose_speakers").click()
    shown.field(QSpinBox, "article_size").setValue(20)
    shown.field(QComboBox, "article_family").setCurrentIndex(1)
    name = shown.field(QLineEdit, "annotator_name")
    qtbot.keyClicks(name, " Anna  Marin")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert shown.told == ["propose_speakers", "article_size", "article_family", "annotator_name"]
    assert settings["propose_speakers"] is False
    assert (settings["article_size"], settings["annotator_name"]) == (20, "Anna Marin")
    assert shown.dialog.isVisible()
    name.clear()
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert settings["annotator_name"] == "Anna Marin"


def test_numbers_stay_within_their_bounds(shown):
    box = shown.field(QSpinBox, "interface_size")
    box.setValue(900)
    assert shown.desk.settings["interface_size"] == 24


def test_a_theme_is_chosen_by_key(shown, qtbot):
    shown.dialog.show_page("Looks")
    cards = shown.dialog.findChildren(ThemeCard)
    assert [card.text() for card in cards if card.isChecked()] == ["As the system"]
    cards[0].setFocus()
    qtbot.keyClick(cards[0], Qt.Key.Key_Right)
    assert shown.desk.settings["theme"] == "light"
    qtbot.mouseClick(cards[2], Qt.MouseButton.LeftButton)
    assert (shown.desk.settings["theme"], shown.told) == ("dark", ["theme", "theme"])
    assert not shown.dialog.grab().isNull()


def test_a_face_that_is_gone_stays_chosen(desk, qtbot):
    desk.settings["article_family"] = "No Such Face"
    shown = Shown(desk, qtbot)
    assert shown.field(QComboBox, "article_family").currentText() == "No Such Face"


def test_new_keys_are_pressed_and_stored(keys_page):
    keys_page.choose("Export")
    assert "Keys of “Export…”" in keys_page.said()
    assert keys_page.capture.text() == "Ctrl+E"
    keys_page.press(Qt.Key.Key_F8)
    assert keys_page.keys == {"file.export": ["F8"]}
    assert keys_page.told == ["keys"]
    assert keys_page.capture.text() == "F8"


def test_a_clash_is_told_at_once_and_nothing_is_stored(keys_page):
    keys_page.choose("Export")
    keys_page.press(Qt.Key.Key_F, CTRL)
    assert "Ctrl+F is the key of “Find in article”." in keys_page.said()
    assert keys_page.keys == {}
    keys_page.button("Use it here instead").click()
    assert keys_page.keys == {"file.export": ["Ctrl+F"], "edit.find": []}
    assert not keys_page.button("Use it here instead").isVisible()


def test_a_key_of_the_codebook_is_changed_there(keys_page):
    keys_page.choose("Note")
    keys_page.press(Qt.Key.Key_2)
    assert "Tag quote" in keys_page.said() and "codebook" in keys_page.said()
    assert not keys_page.button("Use it here instead").isVisible()
    keys_page.press(Qt.Key.Key_J)
    assert keys_page.keys == {"tag.note": ["J"]}


def test_a_key_that_types_cannot_count_in_the_whole_window(keys_page):
    keys_page.choose("Export")
    keys_page.press(Qt.Key.Key_X)
    assert "X alone types text." in keys_page.said()
    keys_page.press(Qt.Key.Key_Control, CTRL)
    assert keys_page.keys == {}
    assert types_text("Shift+X") and types_text("Space") and not types_text("Ctrl+X") and not types_text("F8")
    note = next(action for action in TABLE if action.id == "tag.note")
    assert may_have(note, "X")


def test_keys_are_taken_away_and_reset(keys_page, qtbot):
    keys_page.choose("Export")
    keys_page.button("No key").click()
    assert keys_page.keys == {"file.export": []}
    keys_page.button("Reset").click()
    assert keys_page.keys == {}
    assert not keys_page.button("Reset").isEnabled()
    keys_page.press(Qt.Key.Key_F8)
    keys_page.button("Reset all").click()
    assert keys_page.keys == {}
    assert not keys_page.button("Reset all").isEnabled()
    keys_page.press(Qt.Key.Key_F8)
    keys_page.press(Qt.Key.Key_E, CTRL)
    assert keys_page.keys == {}


def test_resetting_into_a_clash_is_told(keys_page):
    keys_page.choose("Export")
    keys_page.press(Qt.Key.Key_F8)
    keys_page.choose("Find in article")
    keys_page.press(Qt.Key.Key_E, CTRL)
    keys_page.choose("Export")
    keys_page.button("Reset").click()
    assert "Ctrl+E is the key of another action by now." in keys_page.said()
    keys_page.button("Use it here instead").click()
    assert keys_page.keys == {"edit.find": []}


def test_actions_are_found_by_title_and_by_key(keys_page):
    search = keys_page.dialog.findChild(SearchField)
    model = keys_page.view.model()
    search.setText("ctrl+shift+f")
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["Search everything"]
    search.setText("no such thing at all")
    assert model.rowCount() == 0
    assert not keys_page.capture.isEnabled()
    keys_page.button("No key").click()
    assert keys_page.keys == {}


def test_escape_leaves_the_field_and_tab_moves_on(keys_page, qtbot):
    keys_page.choose("Export")
    keys_page.capture.setFocus()
    qtbot.keyClick(keys_page.capture, Qt.Key.Key_Tab)
    assert not keys_page.capture.hasFocus()
    keys_page.capture.setFocus()
    qtbot.keyClick(keys_page.capture, Qt.Key.Key_Escape)
    assert keys_page.view.hasFocus()
    assert keys_page.dialog.isVisible()
    assert keys_page.keys == {}


def test_enter_on_an_action_goes_to_its_keys(keys_page, qtbot):
    keys_page.choose("Export")
    keys_page.view.setFocus()
    qtbot.keyClick(keys_page.view, Qt.Key.Key_Return)
    assert keys_page.capture.hasFocus()


def test_it_closes_by_its_button_and_escape(shown, qtbot):
    shown.button("Close").click()
    assert shown.dialog.isHidden()


def test_the_model_keeps_qt_s_rules(qapp):
    model = KeysModel(list(TABLE))
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show({"file.export": ["F8"]})
    row = model.row_of("file.export")
    assert [model.index(row, column).data() for column in range(3)] == ["Export…", "File", "F8"]
    assert model.index(row, 0).data(Qt.ItemDataRole.FontRole) is not None
    assert model.index(row + 1, 0).data(Qt.ItemDataRole.FontRole) is None
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Action"
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    model.show({}, "export")
    assert model.action(99) is None and model.row_of("nothing") == -1
    del tester
