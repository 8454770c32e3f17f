from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QPushButton, QTextBrowser
from pytestqt.qtbot import QtBot

from annotator.ui.dialogs.keys_dialog import KeysDialog
from annotator.ui.widgets.search_field import SearchField


@pytest.fixture
def dialog(desk, qtbot: QtBot) -> KeysDialog:
    made = KeysDialog(desk.window, desk.actions)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.open()
    return made


def text(dialog: KeysDialog) -> str:
    return dialog.findChild(QTextBrowser).toPlainText()


def click(dialog: KeysDialog, name: str) -> None:
    next(one for one in dialog.findChildren(QPushButton) if one.text() == name).click()


def test_keys_by_menu_in_the_order_of_the_menus(dialog):
    groups = dict(dialog.groups())
    assert list(groups)[:3] == ["File", "Edit", "Tag"]
    assert ("Export…", "Ctrl+E") in groups["File"]
    assert ("Tag quote", "2") in groups["Tag"]
    assert ("Remove the tag", "Del   Backspace") in groups["Tag"]
    assert "Without a menu" in groups
    assert all(keys for rows in groups.values() for _, keys in rows)


def test_keys_of_the_persons_own_are_shown(desk, qtbot):
    desk.actions.set_keys({"file.export": ["F8"]})
    made = KeysDialog(desk.window, desk.actions)
    qtbot.addWidget(made)
    assert ("Export…", "F8") in dict(made.groups())["File"]


def test_searching_narrows(dialog, qtbot):
    field = dialog.findChild(SearchField)
    assert field.hasFocus()
    qtbot.keyClicks(field, "ctrl+e")
    assert "Export…" in text(dialog) and "Note" not in text(dialog)
    qtbot.keyClicks(field, "zzz")
    assert text(dialog) == "No key and no action has these letters."


def test_the_list_is_copied(dialog, qtbot):
    qtbot.keyClicks(dialog.findChild(SearchField), "export")
    click(dialog, "Copy")
    assert QGuiApplication.clipboard().text() == "Export…\tCtrl+E"


def test_the_list_is_printed(dialog, tmp_path, monkeypatch):
    target = tmp_path / "keys.pdf"

    def agree(asked: QPrintDialog) -> QPrintDialog.DialogCode:
        asked.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        asked.printer().setOutputFileName(str(target))
        return QPrintDialog.DialogCode.Accepted

    monkeypatch.setattr(QPrintDialog, "exec", agree)
    click(dialog, "Print…")
    assert target.read_bytes().startswith(b"%PDF")
    monkeypatch.setattr(QPrintDialog, "exec", lambda _: QPrintDialog.DialogCode.Rejected)
    target.unlink()
    click(dialog, "Print…")
    assert not target.exists()


def test_it_closes(dialog):
    click(dialog, "Close")
    assert dialog.isHidden()
