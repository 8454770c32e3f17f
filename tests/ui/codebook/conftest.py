from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.base.uuid7 import uuid7
from annotator.exchange.codebook_file import shipped_codebook
from annotator.model.annotation import Annotation, Annotator
from annotator.model.article import Article, text_hash, word_count
from annotator.model.codebook import TagType
from annotator.model.span import Span
from annotator.operations import articles, tagging
from annotator.project.opening import create_project, work_as
from annotator.project.project import Project
from annotator.ui.state import UiState
from annotator.ui.theme.apply import apply_theme
from annotator.ui.theme.theme import load_theme

TEXT = (
    "Kremlin spokesman Dmitry Peskov confirmed the talks. “It would be wrong to talk about it in public,” Peskov told"
    " reporters. Russian forces had recaptured the town of Sudzha in the Kursk region."
)


class Desk:
    """A window, its state, what was told in the status bar, and a project with one open article."""

    def __init__(self, window: QWidget, state: UiState) -> None:
        self.window, self.state = window, state
        self.told: list[tuple[str, str]] = []
        state.notice.connect(lambda text, kind: self.told.append((text, kind)))

    @property
    def project(self) -> Project:
        assert self.state.project is not None
        return self.state.project

    def tag_type(self, name: str) -> TagType:
        found = self.project.cache.codebook.tag_named(name)
        assert found is not None
        return found

    def tag(self, name: str, words: str) -> Annotation:
        assert self.state.content is not None
        start = self.state.content.text.index(words)
        return tagging.tag(self.project, self.state.content, self.tag_type(name).uid, [Span(start, start + len(words))])

    def annotations(self) -> dict[str, Annotation]:
        return {a.uid: a for a in self.project.read.all(Annotation)}


def new_article(title: str, text: str) -> Article:
    return Article(uuid7(), title, text_hash(text), len(text), word_count(text), "The Example Post")


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    apply_theme(qapp, load_theme("light"))
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1024, 700)
    project = create_project(tmp_path / "talks.annot", shipped_codebook("news"), name="Talks")
    work_as(project, Annotator(uuid7(), "Anna"))
    articles.add_articles(project, [(new_article("US delegation arrives", TEXT), TEXT)])
    state = UiState(window)
    state.set_project(project)
    state.open_article(project.read.all_article_uids()[0])
    with qtbot.waitExposed(window):
        window.show()
    made = Desk(window, state)
    yield made
    here = state.project
    state.set_project(None)
    if here is not None:
        here.close()
    qapp.processEvents()


Wait = Callable[[], None]
