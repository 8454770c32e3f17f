from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from support.two_annotators import reviewed_project
from support.worked_passage import ARTICLE

from annotator.project.project import Project
from annotator.ui.actions.registry import Actions
from annotator.ui.actions.table import Mode
from annotator.ui.review.deciding import Deciding
from annotator.ui.review.panel import ReviewPanel
from annotator.ui.review.session import Session
from annotator.ui.state import UiState
from annotator.ui.theme.apply import apply_theme
from annotator.ui.theme.theme import load_theme


@dataclass
class Table:
    """Carol's review of what Anna and Ben tagged; the panel is built when a test wants it."""

    project: Project
    state: UiState
    actions: Actions
    session: Session
    deciding: Deciding
    told: list[str] = field(default_factory=list)

    @property
    def kinds(self) -> list[str]:
        return [str(item.difference.kind) for item in self.session.shown]

    @property
    def at(self) -> int:
        return self.session.place()


@pytest.fixture
def table(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Table]:
    window = QWidget()
    qtbot.addWidget(window)
    project = reviewed_project(tmp_path / "review.annot")
    state = UiState()
    actions = Actions(window, state, {})
    session = Session(state, actions)
    made = Table(project, state, actions, session, Deciding(state, actions, session))
    state.notice.connect(lambda text, _kind: made.told.append(text))
    state.set_project(project)
    state.open_article(ARTICLE)
    actions.set_mode(Mode.REVIEW)
    yield made
    state.set_project(None)
    project.close()


@pytest.fixture
def panel(table: Table, qtbot: QtBot, qapp: QApplication) -> Iterator[ReviewPanel]:
    apply_theme(qapp, load_theme("light"))
    table.actions.connect_to({"review.toggle": lambda: None})
    made = ReviewPanel(table.state, table.actions, table.session, table.deciding)
    qtbot.addWidget(made)
    made.resize(320, 800)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    yield made
    made.hide()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says of every shown window what it cannot do; that is no fault of the window's."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))
