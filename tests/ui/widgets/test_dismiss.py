"""Widgets that Qt deletes keep their Python side until they are gone."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QDialog, QLabel, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from annotator.ui.widgets import dismiss as module
from annotator.ui.widgets.dismiss import delete_on_close, dismiss


def delete_now() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for _ in range(3):
        QCoreApplication.processEvents()


class Form(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)  # held by nobody but its parent, as most layouts are
        inner = QWidget()
        QVBoxLayout(inner).addWidget(QLabel("words"))
        column.addWidget(inner)


def test_everything_within_is_kept_until_it_is_gone(qtbot: QtBot) -> None:
    top = QWidget()
    qtbot.addWidget(top)
    form = Form(top)
    dismiss(form)
    dismiss(form)
    key = id(form)
    kept = module._kept[key]
    assert {type(part).__name__ for part in kept} == {"Form", "QVBoxLayout", "QWidget", "QLabel"}
    assert form.isHidden()
    parts = list(kept)
    delete_now()
    assert not any(isValid(part) for part in parts)
    assert key not in module._kept


def test_hundreds_of_forms_come_and_go(qtbot: QtBot) -> None:
    top = QWidget()
    qtbot.addWidget(top)
    before = len(module._kept)
    for _ in range(400):
        dismiss(Form(top))
        delete_now()
    assert top.children() == []
    assert len(module._kept) == before


def test_a_dialog_and_a_menu_go_when_they_are_closed(qtbot: QtBot) -> None:
    top = QWidget()
    qtbot.addWidget(top)
    dialog = QDialog(top)
    QVBoxLayout(dialog).addWidget(QLabel("words"))
    delete_on_close(dialog)
    dialog.open()
    dialog.reject()
    menu = QMenu(top)
    menu.addAction("Do")
    delete_on_close(menu)
    menu.show()
    menu.close()
    delete_now()
    assert not isValid(dialog)
    assert not isValid(menu)
