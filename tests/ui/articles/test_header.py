from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.model.article import Status
from annotator.operations import articles as verbs
from annotator.project.project import Project
from annotator.ui.actions.registry import Actions
from annotator.ui.articles.header import ArticleHeader
from annotator.ui.articles.title_label import TitleLabel
from annotator.ui.articles.wording import shown_date
from annotator.ui.state import UiState
from annotator.ui.theme.apply import apply_theme
from annotator.ui.theme.theme import load_theme

LONG = "A title 😀 so long that it cannot stand on one line, nor on two, however wide the window is " * 4


@pytest.fixture
def header(state: UiState, actions: Actions, qtbot: QtBot) -> ArticleHeader:
    made = ArticleHeader(state, actions)
    qtbot.addWidget(made)
    made.resize(640, 90)
    return made


def test_it_tells_title_source_date_byline_and_length(header: ArticleHeader, state: UiState, add_article):
    assert header.isHidden()
    article = add_article(
        "One two three.", "US delegation arrives", source="The Example Post", published="2025-03-13", byline="M. Lee"
    )
    state.open_article(article.uid)
    assert not header.isHidden()
    assert header.title.text() == "US delegation arrives"
    assert header.line.text() == "The Example Post · 13 Mar 2025 · M. Lee · 3 words"
    assert header.read_only.isHidden()
    state.close_article()
    assert header.isHidden()


def test_it_follows_changes(header: ArticleHeader, state: UiState, project: Project, add_article):
    article = add_article("Word.", "Talks")
    state.open_article(article.uid)
    assert header.line.text() == "1 word"
    verbs.describe(project, article, replace(article, title="Better", source="BBC"))
    assert header.title.text() == "Better"
    assert header.line.text() == "BBC · 1 word"
    verbs.set_status(project, article.uid, Status.DONE)
    assert header.pill.text() == "Done"
    project.undo()
    assert header.pill.text() == "To do"


def test_the_pills_menu_sets_the_status(header: ArticleHeader, state: UiState, project: Project, article, qtbot: QtBot):
    state.open_article(article.uid)
    header.show()
    entries = {action.text(): action for action in header.pill.menu().actions()}
    with qtbot.waitSignal(state.focus_reader):
        entries["Done"].trigger()
    assert project.read.statuses(project.annotator.uid) == {article.uid: Status.DONE}
    assert header.pill.accessibleName() == "Status: Done"
    assert header.pill.colour() == load_theme("light").success


def test_a_read_only_project_says_so_and_keeps_the_status(
    header: ArticleHeader, state: UiState, project: Project, article, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(type(project), "read_only", True)
    monkeypatch.setattr(project, "holder", "Ben")
    state.open_article(article.uid)
    assert not header.read_only.isHidden()
    assert header.read_only.toolTip() == "Ben has this project open"
    assert not header.pill.isEnabled()


@pytest.mark.parametrize("interface", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
@pytest.mark.parametrize(("title", "from_the_right"), [("Talks", False), ("محادثات في موسكو", True)])
def test_title_and_line_begin_at_the_titles_reading_side(
    header: ArticleHeader, state: UiState, add_article, interface: Qt.LayoutDirection, title: str, from_the_right: bool
):
    header.setLayoutDirection(interface)
    state.open_article(add_article("A text.", title).uid)
    header.resize(700, 100)
    header.show()
    pill, line = header.pill.geometry(), header.line.geometry()
    assert (pill.center().x() < header.title.geometry().center().x()) is from_the_right
    assert line.right() == header.title.geometry().right() if from_the_right else line.left() == header.title.x()
    drawn = header.line.grab().toImage()
    ground = drawn.pixelColor(drawn.width() // 2, 0)
    inked = [x for x in range(drawn.width()) if any(drawn.pixelColor(x, y) != ground for y in range(drawn.height()))]
    assert (inked[0] > drawn.width() // 2) is from_the_right
    assert (inked[-1] < drawn.width() // 2) is not from_the_right


def test_the_pill_is_painted_in_the_statuss_colour_both_ways_round(
    qapp: QApplication, header: ArticleHeader, state: UiState, project: Project, article
):
    state.open_article(article.uid)
    header.show()
    for status in Status:
        verbs.set_status(project, article.uid, status)
        for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
            header.setLayoutDirection(direction)
            drawn = header.pill.grab().toImage()
            colours = {drawn.pixelColor(x, drawn.height() // 2).name() for x in range(drawn.width())}
            assert header.pill.colour().lower() in colours
    header.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    apply_theme(qapp, load_theme("dark"))
    assert header.pill.colour() == load_theme("dark").success
    apply_theme(qapp, load_theme("light"))


def test_a_title_takes_two_lines_at_most(qtbot: QtBot):
    label = TitleLabel()
    qtbot.addWidget(label)
    label.setText("Short")
    label.resize(300, 60)
    one = label.heightForWidth(300)
    assert label.shown_lines(300) == ["Short"]
    label.setText(LONG)
    lines = label.shown_lines(300)
    assert len(lines) == 2
    assert lines[0].startswith("A title 😀")
    assert lines[1].endswith("…")
    assert label.heightForWidth(300) == 2 * one
    assert label.toolTip() == " ".join(LONG.split()) == label.accessibleName()
    label.resize(10_000, 60)
    label.show()
    assert label.toolTip() == ""


def test_a_title_is_broken_anew_in_another_font(qtbot: QtBot):
    label = TitleLabel()
    qtbot.addWidget(label)
    label.setText("The talks go on in the harbour")
    before = label.shown_lines(400)
    font = QFont(label.font())
    font.setPixelSize(60)
    label.setFont(font)
    assert label.title_font().pixelSize() == 67
    assert label.shown_lines(400) != before
    assert label.heightForWidth(400) == 2 * QFontMetrics(label.title_font()).height()


@pytest.mark.parametrize("text", ["", "Talks in Kursk", "محادثات في موسكو"])
def test_a_title_is_painted_from_its_own_reading_side(qtbot: QtBot, text: str):
    label = TitleLabel()
    qtbot.addWidget(label)
    label.setText(text)
    label.resize(600, 40)
    drawn = label.grab().toImage()
    ground = drawn.pixelColor(300, 39)

    def inked(columns: range) -> bool:
        return any(drawn.pixelColor(x, y) != ground for x in columns for y in range(label.height()))

    assert inked(range(100)) is (text == "Talks in Kursk")
    assert inked(range(500, 600)) is text.startswith("م")


@pytest.mark.parametrize(
    ("published", "shown"),
    [("2025-03-13", "13 Mar 2025"), ("2025-03", "Mar 2025"), ("2025", "2025"), ("", ""), ("spring", "spring")],
)
def test_dates_as_people_write_them(published: str, shown: str):
    assert shown_date(published, QLocale(QLocale.Language.English)) == shown
