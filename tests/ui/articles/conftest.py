from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot
from support.projects import new_article

from annotator.model.article import Article
from annotator.operations import articles
from annotator.project.project import Project
from annotator.ui.actions.registry import Actions
from annotator.ui.articles.side import ArticleSide
from annotator.ui.state import UiState

AddMany = Callable[[int], tuple[Article, ...]]


@pytest.fixture
def add_many(project: Project) -> AddMany:
    """Import so many small articles, "Article 0" and on, as one step."""

    def add(count: int) -> tuple[Article, ...]:
        sources = ("Reuters", "BBC")
        made = [
            new_article(
                f"Text {n} of Kursk.", f"Article {n}", source=sources[n % 2], published=f"2025-03-{n % 28 + 1:02}"
            )
            for n in range(count)
        ]
        return articles.add_articles(project, made).articles

    return add


@pytest.fixture
def state(project: Project, qtbot: QtBot) -> Iterator[UiState]:
    made = UiState()
    made.set_project(project)
    yield made
    made.set_project(None)


@pytest.fixture
def actions(state: UiState, qtbot: QtBot) -> Actions:
    window = QMainWindow()
    qtbot.addWidget(window)
    return Actions(window, state, {})


@pytest.fixture
def side(state: UiState, actions: Actions, qtbot: QtBot) -> ArticleSide:
    made = ArticleSide(state, actions)
    qtbot.addWidget(made)
    made.resize(264, 600)
    with qtbot.waitExposed(made):
        made.show()
    return made
