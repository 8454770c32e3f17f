from __future__ import annotations

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from support import projects

from annotator.base.errors import BusyError
from annotator.model.entity import EntityKind
from annotator.operations import entities
from annotator.project.project import Project
from annotator.ui.panel.idle_names import IdleNames
from annotator.ui.state import UiState


@pytest.fixture
def again(project: Project) -> Project:
    entities.create(project, "Sudzha", EntityKind.PLACE)
    return projects.reopened(project)


def test_the_names_are_ready_after_some_turns(again: Project, qtbot: QtBot, qapp: QObject) -> None:
    state = UiState()
    state.set_project(again)
    idle = IdleNames(state, qapp)
    idle.prepare()
    qtbot.waitUntil(lambda: not idle.is_active)
    assert again.cache._names is not None
    assert [name for name, _ in again.cache.names.named] == ["sudzha"]
    state.set_project(None)
    again.close()


def test_a_file_that_cannot_be_read_just_now_is_left_for_later(
    again: Project, qtbot: QtBot, qapp: QObject, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> object:
        raise BusyError("Another program is writing.")

    state = UiState()
    state.set_project(again)
    idle = IdleNames(state, qapp)
    with monkeypatch.context() as patched:
        patched.setattr(again.read, "all", busy)
        idle.prepare()
        qtbot.waitUntil(lambda: not idle.is_active)
    assert [name for name, _ in again.cache.names.named] == ["sudzha"]
    state.set_project(None)
    again.close()
