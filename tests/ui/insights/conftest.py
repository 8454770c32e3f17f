from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.projects import BEN, add, tag
from support.two_annotators import CAROL, A, B, reviewed_project
from support.worked_passage import ARTICLE

from annotator.model.annotation import Annotator
from annotator.model.article import Article, Status
from annotator.operations.articles import set_status
from annotator.project.opening import work_as
from annotator.project.project import Project
from annotator.ui.insights.counting import Question
from annotator.ui.insights.inquiry import Inquiry
from annotator.ui.plurals import speak_english
from annotator.ui.state import UiState

__all__ = ["ARTICLE", "BEN", "A", "B"]


@dataclass
class Study:
    """Anna's and Ben's passage and a second article of theirs, asked about; nobody has marked anything done."""

    project: Project
    state: UiState
    inquiry: Inquiry
    second: Article
    qtbot: QtBot

    def wait(self) -> None:
        """Let the counting come to its end."""
        self.qtbot.waitUntil(lambda: quiet(self.inquiry), timeout=20_000)


def quiet(inquiry: Inquiry) -> bool:
    """Tell whether nothing is being counted and nothing will be."""
    return inquiry._work is None and not inquiry._pause.isActive() and not inquiry.counting


def _by(project: Project, who: Annotator, article: Article, *tags: tuple[str, str]) -> None:
    work_as(project, who)
    for name, words in tags:
        tag(project, article, name, words)


@pytest.fixture
def study(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Study]:
    speak_english(qapp)
    project = reviewed_project(tmp_path / "study.annot")
    second = add(project, "Vienna waits for Berlin, said Schmidt.\n", "Vienna waits")
    anna, ben = (next(one for one in project.read.annotators() if one.name == name) for name in ("Anna", "Ben"))
    _by(project, anna, second, ("location", "Vienna"), ("speaker", "Schmidt"))
    _by(project, ben, second, ("location", "Vienna"), ("location", "Berlin"), ("location", "Schmidt"))
    work_as(project, CAROL)
    state = UiState()
    inquiry = Inquiry(state)
    state.set_project(project)
    state.open_article(ARTICLE)
    made = Study(project, state, inquiry, second, qtbot)
    yield made
    inquiry.watch(watched=False)
    qtbot.waitUntil(lambda: inquiry._work is None, timeout=20_000)
    state.set_project(None)
    project.close()


@pytest.fixture
def counted(study: Study) -> Study:
    """The same, all articles counted."""
    study.inquiry.watch(watched=True)
    study.inquiry.choose(Question((A, B), only_done=False))
    study.wait()
    return study


def done_by_both(study: Study, *articles: str) -> None:
    """Have Anna and Ben mark articles done."""
    for who in [one for one in study.project.read.annotators() if one.name in ("Anna", "Ben")]:
        work_as(study.project, who)
        for uid in articles:
            set_status(study.project, uid, Status.DONE)
    work_as(study.project, CAROL)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says of every shown window what it cannot do; that is no fault of the window's."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))
