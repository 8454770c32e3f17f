"""A lead's project and the file that Ben has sent back: something of every kind that a preview has to tell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot
from support import colleagues, projects
from support.colleagues import at_work, out

from annotator.model.annotation import Annotation
from annotator.model.article import Article, Status
from annotator.model.entity import EntityKind
from annotator.operations import articles, entities, tagging
from annotator.operations.bringing_in import Plan, apply, prepare
from annotator.project.project import Project
from annotator.ui.colleagues.reading import Read, seen
from annotator.ui.colleagues.record_wording import RecordTeller
from annotator.ui.state import UiState
from annotator.ui.theme.apply import apply_theme
from annotator.ui.theme.theme import load_theme


@dataclass
class Study:
    """The lead's project and Ben's file."""

    project: Project
    path: Path
    articles: dict[str, Article]
    quote: str

    def plan(self) -> Plan:
        """Compare the two."""
        return prepare(self.project, self.path)

    def read(self) -> Read:
        """Compare the two, as the preview shows it."""
        return seen(self.plan())

    def teller(self, plan: Plan) -> RecordTeller:
        """Return what tells this plan's records."""

        def text_of(sha256: str) -> str:
            return plan.texts[sha256] if sha256 in plan.texts else self.project.read.text(sha256)

        return RecordTeller(plan.sides, text_of)

    def again(self) -> Annotation:
        """Return the quote as it stands in the lead's project."""
        found = self.project.read.get(Annotation, self.quote)
        assert found is not None
        return found


@pytest.fixture
def study(project: Project) -> Study:
    """Ben and the lead have changed the note of one quote; the rest of Ben's file is new, changed or the same."""
    made = {
        title: projects.add(project, f"{title}. {projects.TEXT}", title) for title in ("Both", "New", "Same", "Gone")
    }
    mine = projects.tag(project, made["New"], "speaker", "Peskov")
    entity = entities.create_for(project, mine, "Dmitry Peskov", EntityKind.NAMED_PERSON)
    entities.update(project, entity, replace(entity, role="spokesman"))
    path = out(project, blind=True)
    with at_work(path) as copy:
        quote = projects.tag(copy, made["Both"], "quote", "“The talks go on,”")
    apply(project, prepare(project, path))
    study = Study(project, path, made, quote.uid)
    with project.edit("Correct") as edit:
        edit.replace(study.again(), replace(study.again(), note="mine"))
    articles.remove(project, [made["Gone"]])
    with at_work(path) as copy:
        theirs = copy.read.get(Annotation, quote.uid)
        assert theirs is not None
        tagging.set_note(copy, theirs, "theirs")
        speaker = projects.tag(copy, made["New"], "speaker", "Peskov")
        entities.create_for(copy, speaker, "Dmitry Peskov", EntityKind.NAMED_PERSON)
        said = projects.tag(copy, made["New"], "quote", "“The talks go on,”")
        colleagues.link(copy, said, speaker)
        articles.set_status(copy, made["New"].uid, Status.DONE)
        projects.tag(copy, made["Gone"], "location", "Moscow")
        projects.add(copy, "Ben found this.", "Found")
        tag = copy.cache.codebook.tag_named("claim")
        assert tag is not None
        with copy.edit("Define") as edit:
            edit.replace(tag, replace(tag, definition="What can be checked."))
    return study


@pytest.fixture
def state(project: Project, qtbot: QtBot) -> Iterator[UiState]:
    made = UiState()
    made.set_project(project)
    yield made
    made.set_project(None)


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> QMainWindow:
    """An empty window for dialogs to stand above."""
    apply_theme(qapp, load_theme("light"))
    made = QMainWindow()
    qtbot.addWidget(made)
    made.resize(1024, 700)
    with qtbot.waitExposed(made):
        made.show()
    return made
