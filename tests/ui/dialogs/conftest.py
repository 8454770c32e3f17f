from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from annotator.base.settings import Settings
from annotator.base.uuid7 import uuid7
from annotator.exchange.codebook_file import shipped_codebook
from annotator.model.annotation import Annotator
from annotator.model.article import Article, text_hash, word_count
from annotator.operations import articles
from annotator.project.opening import create_project, work_as
from annotator.project.project import Project
from annotator.ui.actions.registry import Actions
from annotator.ui.state import UiState
from annotator.ui.theme.apply import apply_theme
from annotator.ui.theme.theme import load_theme


def article(title: str, text: str, source: str = "The Example Post", published: str = "2025-03-13") -> Article:
    return Article(uuid7(), title, text_hash(text), len(text), word_count(text), source, published=published)


HARBOUR = (
    "The port strike goes on. “We will not load a single ship,” Ana Marin said.\n"
    "The café by the port was full; the strikers’ own café too. A strike is a strike."
)
TALKS = "Kremlin spokesman Dmitry Peskov confirmed the talks on Thursday in Moscow."


@dataclass
class Desk:
    """A window with an open project, and what the actions were run for."""

    window: QWidget
    state: UiState
    actions: Actions
    settings: Settings
    page: QPlainTextEdit
    ran: list[str] = field(default_factory=list)

    @property
    def project(self) -> Project:
        assert self.state.project is not None
        return self.state.project


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings")


@pytest.fixture
def bare(qtbot: QtBot, qapp: QApplication, settings: Settings) -> Iterator[Desk]:
    """Yield a window without a project."""
    apply_theme(qapp, load_theme("light"))
    window = QWidget()
    qtbot.addWidget(window)
    page = QPlainTextEdit("The page")
    QVBoxLayout(window).addWidget(page)
    state = UiState(window)
    desk = Desk(window, state, Actions(window, state, {}), settings, page)
    desk.actions.connect_to({one.id: lambda uid=one.id: desk.ran.append(uid) for one in desk.actions.table})
    window.resize(1024, 700)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    page.setFocus(Qt.FocusReason.OtherFocusReason)
    yield desk
    if state.project is not None:
        project = state.project
        state.set_project(None)
        project.close()
    qapp.processEvents()


@pytest.fixture
def desk(bare: Desk, tmp_path: Path) -> Desk:
    """Return a window with a project of two articles, none of them open."""
    project = create_project(tmp_path / "harbour.annot", shipped_codebook("news"), name="Harbour")
    work_as(project, Annotator(uuid7(), "Anna"))
    incoming = [(article("Port strike", HARBOUR), HARBOUR), (article("Talks in Moscow", TALKS), TALKS)]
    articles.add_articles(project, incoming)
    bare.state.set_project(project)
    bare.actions.rebuild()
    tell = bare.ran.append
    bare.actions.connect_tags(
        lambda name: tell(f"tag {name}"), lambda name: tell(f"retype {name}"), lambda name: tell(f"same {name}")
    )
    return bare


@pytest.fixture
def opened(desk: Desk) -> Desk:
    """Return a window with the article "Port strike" open."""
    assert desk.state.open_article(uid_of(desk, "Port strike"))
    return desk


def uid_of(desk: Desk, title: str) -> str:
    return next(a.uid for a in desk.project.read.all(Article) if a.title == title)


Find = Callable[[str], str]


@pytest.fixture
def uid_titled(desk: Desk) -> Find:
    return lambda title: uid_of(desk, title)
