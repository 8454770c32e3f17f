"""The first start, without any settings: a first tag within a minute, by keys alone and by the mouse alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QPushButton, QWidget
from support.user import User, at_the_window, settle

from annotator.base.settings import Settings
from annotator.project.opening import open_project

SEED = Path(__file__).parents[2] / ".." / "shared" / "seeds" / "000_8327ac55fc6d0f85.txt"
TEXT = "Talks go on\n\nKremlin spokesman Dmitry Peskov confirmed the talks.\n"


@pytest.fixture
def user(settings_dir: Path) -> Iterator[User]:
    with at_the_window(None, settings_dir) as user:
        yield user


def labelled(place: QWidget, text: str) -> QPushButton:
    """Return the button that bears these words."""
    found = [b for b in place.findChildren(QPushButton) if b.text().replace("&", "") == text and b.isVisible()]
    assert len(found) == 1, [b.text() for b in place.findChildren(QPushButton)]
    return found[0]


def the_dialog(name: str) -> QDialog:
    """Return the dialog of an object name, waiting for what it reads."""
    found = [w for w in QApplication.topLevelWidgets() if w.objectName() == name and w.isVisible()]
    assert len(found) == 1
    assert isinstance(found[0], QDialog)
    return found[0]


def test_by_keys_alone_name_sample_project_first_tag(user: User, settings_dir: Path) -> None:
    assert user.window.windowTitle() == "Annotator"
    assert isinstance(user.focus(), QLineEdit), "the caret waits in the name field"
    user.type("Maria")
    user.press("Enter")
    assert Settings(settings_dir)["annotator_name"] == "Maria"
    user.press("Enter")  # the sample project is what somebody new is offered first
    assert user.window.windowTitle().endswith("— Maria")
    assert user.reader.hasFocus()
    before = len(user.annotations)
    user.press("Tab", "Esc", "Down", "Down", "5")
    assert len(user.annotations) == before + 1
    assert user.gestures <= 8
    project = user.window.state.project
    assert project is not None
    path, count = project.path, project.read.counts().annotations
    user.window.close()
    again = open_project(path)
    assert again.read.counts().annotations == count
    assert [a.name for a in again.cache.annotators.values()] == ["Maria"]
    again.close()


def test_by_mouse_alone_new_project_import_first_tag(
    user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = tmp_path / "talks.txt"
    article.write_text(SEED.read_text("utf-8") if SEED.exists() else TEXT, "utf-8")
    user.click_on(labelled(user.shown("nameBar"), "Save"))  # the login's name will do
    user.click_on("welcome.file.new")
    settle()
    dialog = the_dialog("newProject")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    user.click_on(labelled(dialog, "Browse…"))
    user.click_on(labelled(dialog, "Create project"))
    project = user.window.state.project
    assert project is not None
    assert project.path == tmp_path / "My project.annot"
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(article)], ""))
    user.click_on(labelled(user.window, "Import articles"))
    user.wait(lambda: bool(user.all_shown("importPrimary")))
    user.click_on(labelled(the_dialog("importDialog"), "Import 1 article"))
    user.click_on(labelled(the_dialog("importDialog"), "Open the first"))
    assert user.reader.hasFocus()
    words = "Steve Witkoff had landed" if SEED.exists() else "Dmitry Peskov confirmed"
    user.click(words, 8)
    user.click_tag("speaker")
    assert user.words("speaker") == ["US envoy Steve Witkoff" if SEED.exists() else "Kremlin spokesman Dmitry Peskov"]
    assert user.reader.hasFocus()
    assert user.gestures <= 10
