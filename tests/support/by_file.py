"""A user who hands out and brings in, at the real window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QDialog, QFileDialog
from support.user import User

from annotator.project.project import Project
from annotator.ui.colleagues.bring_in_dialog import BringInDialog, Page
from annotator.ui.colleagues.hand_out_dialog import HandOutDialog

BOX = QPoint(8, 10)
"""Where the box of a check box is."""


def the_project(user: User) -> Project:
    project = user.window.state.project
    assert project is not None
    return project


def by_palette(user: User, words: str) -> None:
    """Run a command by the palette."""
    user.press("Ctrl+K")
    user.type(words)
    user.press("Enter")


def dialog(user: User, kind: type[QDialog]) -> QDialog:
    found = [one for one in user.window.findChildren(kind) if one.isVisible()]
    assert len(found) == 1, found
    return found[0]


def hand_out_to(user: User, name: str) -> Path:
    """Hand everything out, blind, by palette, keys and one click."""
    by_palette(user, "Hand out")
    shown = dialog(user, HandOutDialog)
    assert isinstance(shown, HandOutDialog)
    user.type(name)
    path = Path(shown.target.text())
    user.click_on("handOutPrimary")
    user.wait(lambda: shown.primary.text() == "Close")
    user.press("Enter")
    assert not user.all_shown("handOutDialog")
    return path


def bring_in(user: User, path: Path, monkeypatch: pytest.MonkeyPatch) -> BringInDialog:
    """Choose a file by the menu's command and wait for the preview."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    by_palette(user, "Bring in a colleague")
    shown = dialog(user, BringInDialog)
    assert isinstance(shown, BringInDialog)
    user.wait(lambda: shown.page is not Page.READING)
    return shown
