from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from annotator.base.uuid7 import uuid7
from annotator.exchange.codebook_file import shipped_codebook
from annotator.model.annotation import Annotation, Annotator, Link
from annotator.model.article import Article, text_hash
from annotator.model.entity import Entity, EntityKind
from annotator.model.span import Span
from annotator.operations import articles, linking, tagging
from annotator.project.opening import create_project, open_project, work_as
from annotator.project.project import Project
from annotator.ui.actions.registry import Actions
from annotator.ui.panel.panel import Panel
from annotator.ui.state import UiState
from annotator.ui.theme.apply import apply_theme
from annotator.ui.theme.theme import load_theme

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says of every shown window what it cannot do; that is no fault of the window's."""
    for item in items:
        if item.path.is_relative_to(_HERE):
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


PASSAGE = (
    "Kremlin spokesman Dmitry Peskov confirmed the talks, but refrained from commenting on Russia's stance before "
    "negotiations commenced. “Before the talks start, and they haven’t started yet, it would be wrong to talk about it "
    "in public,” Peskov told reporters. The Russian Ministry of Defence claimed on Thursday that Russian forces had "
    "recaptured the town of Sudzha in the Kursk region."
)
# id, tag, span, values by attribute, entity
WORKED = [
    ("S1", "speaker", 0, 31, {"mention_form": "name"}, "Dmitry Peskov"),
    ("K1", "cue", 32, 41, {}, ""),
    ("Q1", "quote", 42, 51, {"quote_type": "indirect"}, ""),
    ("K2", "cue", 57, 85, {}, ""),
    ("Q2", "quote", 86, 131, {"quote_type": "indirect", "polarity": "withheld"}, ""),
    ("Q3", "quote", 133, 234, {"quote_type": "direct"}, ""),
    ("C1", "claim", 162, 186, {"claim_type": "event", "checkworthy": "yes", "claimant_stance": "affirm"}, ""),
    ("S2", "speaker", 235, 241, {"mention_form": "name"}, "Dmitry Peskov"),
    ("K3", "cue", 242, 246, {}, ""),
    ("A1", "speaker", 247, 256, {"mention_form": "nominal"}, "reporters"),
    ("S3", "speaker", 258, 289, {"mention_form": "organisation"}, "Ministry of Defence"),
    ("K4", "cue", 290, 297, {}, ""),
    ("Q4", "quote", 310, 383, {"quote_type": "indirect"}, ""),
    ("C2", "claim", 315, 383, {"claim_type": "event", "checkworthy": "yes", "claimant_stance": "affirm"}, ""),
    ("L1", "location", 86, 92, {"usage": "metonymic", "function": "mention"}, "Russia"),
    ("L2", "location", 357, 363, {"usage": "literal", "function": "event", "resolution": "resolved"}, "Sudzha"),
    (
        "L3",
        "location",
        371,
        383,
        {"usage": "literal", "function": "event", "resolution": "unresolvable"},
        "Kursk region",
    ),
]
LINKS = [
    ("Q1", "speaker", "S1"), ("Q1", "cue", "K1"), ("Q2", "speaker", "S1"), ("Q2", "cue", "K2"),
    ("Q3", "speaker", "S2"), ("Q3", "addressee", "A1"), ("Q3", "cue", "K3"), ("C1", "content_of", "Q3"),
    ("C1", "claimant", "S2"), ("Q4", "speaker", "S3"), ("Q4", "cue", "K4"), ("C2", "content_of", "Q4"),
    ("C2", "claimant", "S3"), ("C2", "about_location", "L2"), ("C2", "about_location", "L3"),
]  # fmt: skip
PEOPLE = {
    "Dmitry Peskov": Entity(
        "e-peskov", EntityKind.NAMED_PERSON, "Dmitry Peskov", role="spokesman", affiliation="Kremlin"
    ),
    "reporters": Entity("e-reporters", EntityKind.COLLECTIVE, "reporters"),
    "Ministry of Defence": Entity("e-mod", EntityKind.ORGANISATION, "Ministry of Defence"),
    "Russia": Entity("e-russia", EntityKind.PLACE, "Russia"),
    "Sudzha": Entity("e-sudzha", EntityKind.PLACE, "Sudzha", latitude=51.19, longitude=35.27, gazetteer="manual"),
    "Kursk region": Entity("e-kursk", EntityKind.PLACE, "Kursk region"),
}


@dataclass
class Desk:
    """A project with one article open, the window's state and actions, and what they were asked."""

    project: Project
    state: UiState
    actions: Actions
    window: QWidget
    reader: QPlainTextEdit
    panel: Panel | None = None
    ran: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    by_id: dict[str, str] = field(default_factory=dict)

    def tag(self, name: str, start: int, stop: int) -> Annotation:
        assert self.state.content is not None
        kind = self.project.cache.codebook.tag_named(name)
        assert kind is not None
        return tagging.tag(self.project, self.state.content, kind.uid, [Span(start, stop)])

    def now(self, key: str) -> Annotation:
        assert self.state.content is not None
        return self.state.content.annotations[self.by_id.get(key, key)]

    def set(self, key: str, attribute: str, value: object) -> None:
        annotation = self.now(key)
        asked = self.project.cache.codebook.attribute_named(annotation.tag_type, attribute)
        assert asked is not None
        tagging.set_value(self.project, annotation, asked.uid, value)

    def value(self, key: str, attribute: str) -> object:
        annotation = self.now(key)
        asked = self.project.cache.codebook.attribute_named(annotation.tag_type, attribute)
        return dict(annotation.values).get(asked.uid)

    def link(self, source: str, role: str, target: str) -> Link:
        return linking.link(self.project, self.state.content, self.now(source), self.now(target), role)

    def select(self, key: str) -> None:
        self.state.select(self.by_id[key])

    def add_article(self, text: str, title: str = "Another") -> str:
        record = Article(uuid7(), title, "", 0, 0)
        articles.add_articles(self.project, [(articles.measured(record, text, text_hash(text)), text)])
        return record.uid

    def tag_worked_passage(self) -> None:
        for entity in PEOPLE.values():
            with self.project.edit("Add entity") as edit:
                edit.add(entity)
        for key, name, start, stop, values, who in WORKED:
            made = self.tag(name, start, stop)
            self.by_id[key] = made.uid
            for attribute, value in values.items():
                self.set(key, attribute, value)
            if who:
                tagging.set_entity(self.project, self.now(key), PEOPLE[who].uid)
        for source, role, target in LINKS:
            self.link(source, role, target)


MakeDesk = Callable[..., Desk]


@dataclass(frozen=True)
class Worked:
    """A closed project with the worked passage fully tagged, its article's uid and the annotations' by their ids."""

    path: Path
    article: str
    by_id: dict[str, str]


def _new_desk(path: Path, window: QWidget) -> Desk:
    project = create_project(path, shipped_codebook("news"))
    work_as(project, Annotator("anna", "Anna"))
    return _desk_of(project, window)


def _desk_of(project: Project, window: QWidget) -> Desk:
    state = UiState()
    state.set_project(project)
    return Desk(project, state, Actions(window, state, {}), window, QPlainTextEdit())


def _close(desk: Desk) -> None:
    desk.window.hide()
    desk.state.set_project(None)
    desk.project.close()


@pytest.fixture(scope="session")
def worked(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Worked:
    desk = _new_desk(tmp_path_factory.mktemp("worked") / "worked.annot", QWidget())
    article = Article(
        uuid7(), "US delegation arrives", "", 0, 0, source="The Example Post", byline="M. Lee",
        published="2025-03-13", language="en", extra=(("page", "A4"),),
    )  # fmt: skip
    articles.add_articles(desk.project, [(articles.measured(article, PASSAGE, text_hash(PASSAGE)), PASSAGE)])
    desk.state.open_article(article.uid)
    desk.tag_worked_passage()
    made = Worked(desk.project.path, article.uid, desk.by_id)
    _close(desk)
    return made


@pytest.fixture
def make_desk(tmp_path: Path, qtbot: QtBot, qapp: QApplication, worked: Worked) -> Iterator[MakeDesk]:
    made: list[Desk] = []

    def make(*, tagged: bool = True, width: int = 340, height: int = 900, text: str = PASSAGE) -> Desk:
        path, window = tmp_path / f"desk{len(made)}.annot", QWidget()
        qtbot.addWidget(window)
        if tagged:
            shutil.copy(worked.path, path)
            project = open_project(path)
            work_as(project, Annotator("anna", "Anna"))
            desk = _desk_of(project, window)
            desk.by_id.update(worked.by_id)
            desk.state.open_article(worked.article)
        else:
            desk = _new_desk(path, window)
            desk.state.open_article(desk.add_article(text))
        made.append(desk)
        _listen(desk)
        _furnish(desk, width, height)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        desk.reader.setFocus()
        return desk

    yield make
    for desk in made:
        _close(desk)
    qapp.processEvents()


def _listen(desk: Desk) -> None:
    """Let every action only note that it ran."""
    of_codebook = {f"tag.{tag.name}" for tag in desk.state.codebook.tag_types}
    for action in desk.actions.table:
        if action.id not in of_codebook and not action.id.startswith(("retype.", "tagSame.")):
            desk.actions.connect_to({action.id: partial(desk.ran.append, action.id)})
    desk.actions.connect_tags(
        lambda name: desk.ran.append(f"tag.{name}"),
        lambda name: desk.ran.append(f"retype.{name}"),
        lambda name: desk.ran.append(f"tagSame.{name}"),
    )
    desk.state.notice.connect(lambda text, _kind: desk.told.append(text))
    desk.state.focus_reader.connect(desk.reader.setFocus)


def _furnish(desk: Desk, width: int, height: int) -> None:
    row = QHBoxLayout(desk.window)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    desk.reader.setFixedWidth(60)
    row.addWidget(desk.reader)
    desk.panel = Panel(desk.state, desk.actions)
    row.addWidget(desk.panel, 1)
    desk.window.resize(width + 60, height)


@pytest.fixture
def desk(make_desk: MakeDesk) -> Desk:
    return make_desk()


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> None:
    apply_theme(qapp, load_theme("light"))
