from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.project.project import Project
from annotator.ui.imports import ImportDialog, import_paths
from annotator.ui.imports.dialog import Page
from annotator.ui.state import UiState

MakeDialog = Callable[..., ImportDialog]


@pytest.fixture
def state(project: Project, qtbot: QtBot) -> Iterator[UiState]:
    made = UiState()
    made.set_project(project)
    yield made
    for window in QApplication.topLevelWidgets():
        if isinstance(window, ImportDialog) and window.isVisible():
            window.close()  # a program does not end while a window is open, nor does a test that waits for its end
    made.set_project(None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two articles, one that is empty and one that is no article."""
    made = tmp_path / "in"
    made.mkdir()
    (made / "a.txt").write_text(
        "US delegation arrives\nThu Mar 13 2025\nBy Maria Lee\nALSO READ\nPeskov confirmed the talks in Kursk.\n"
    )
    (made / "b.txt").write_text("Harbour deal signed\n\nThe harbour is open again.\n")
    (made / "c.txt").write_text("")
    (made / "d.xyz").write_bytes(b"\x00\x01" * 20)
    return made


@pytest.fixture
def read(state: UiState, qtbot: QtBot) -> MakeDialog:
    """Start an import and wait until it has been read."""

    def make(*paths: Path) -> ImportDialog:
        dialog = import_paths(None, state, paths)
        assert dialog is not None
        qtbot.waitUntil(lambda: dialog.page is not Page.READING)
        return dialog

    return make
