from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot
from support.projects import BEN, new_project, reopened, tag_uid

from annotator.model.article import Status
from annotator.model.content import ArticleFilter
from annotator.model.span import Span
from annotator.operations import articles as verbs
from annotator.operations import reviewing, tagging
from annotator.project.opening import work_as
from annotator.project.project import Project
from annotator.ui.actions.registry import Actions
from annotator.ui.articles.side import ArticleSide
from annotator.ui.state import UiState

LEFT = Qt.MouseButton.LeftButton


def titles(side: ArticleSide) -> list[str]:
    model = side.article_list.articles
    return [row.title for uid in side.listed_articles() if (row := model.row(uid)) is not None]


def chips(side: ArticleSide) -> list[QToolButton]:
    return [chip for chip in side.chips.findChildren(QToolButton) if chip.isVisible()]


def test_each_key_in_the_search_field_narrows_the_list(side: ArticleSide, add_many, qtbot: QtBot):
    add_many(12)
    words: list[str] = []
    side.words_changed.connect(words.append)
    side.focus_search()
    qtbot.keyClicks(side.search, '"Text 3')
    qtbot.waitUntil(lambda: titles(side) == ["Article 3"])
    assert side.count.text() == "1 of 12 articles"
    assert words[-1] == '"Text 3'
    qtbot.keyClick(side.search, Qt.Key.Key_Escape)
    assert len(titles(side)) == 12
    assert side.count.text() == "12 articles"
    assert words[-1] == ""


def test_down_goes_from_the_search_field_into_the_list(side: ArticleSide, state: UiState, add_many, qtbot: QtBot):
    articles = add_many(3)
    side.focus_search()
    qtbot.keyClick(side.search, Qt.Key.Key_Down)
    qtbot.waitUntil(side.article_list.hasFocus)
    qtbot.keyClick(side.article_list, Qt.Key.Key_Return)
    assert state.content is not None
    assert state.content.article.uid == articles[0].uid


def test_without_articles_it_says_how_to_import(
    side: ArticleSide, actions: Actions, add_many, state: UiState, qtbot: QtBot
):
    ran: list[str] = []
    actions.connect_to({"file.import": lambda: ran.append("import")})
    button = next(b for b in side.findChildren(QPushButton) if b.text() == "Import articles")
    assert button.isVisible()
    assert not side.search.isEnabled()
    assert not side.count.isVisible()
    qtbot.mouseClick(button, LEFT)
    assert ran == ["import"]
    add_many(1)
    assert side.article_list.isVisible()
    assert side.count.text() == "1 article"


def test_when_nothing_matches_one_click_shows_all_again(side: ArticleSide, add_many, qtbot: QtBot):
    add_many(2)
    side.set_filter(ArticleFilter(words="nowhere"))
    assert side.search.text() == "nowhere"
    button = next(b for b in side.findChildren(QPushButton) if b.text() == "Clear the filters" and b.isVisible())
    qtbot.mouseClick(button, LEFT)
    assert titles(side) == ["Article 0", "Article 1"]
    assert side.search.text() == ""
    assert side.article_list.hasFocus()


def test_a_read_only_project_without_articles_offers_no_import(
    side: ArticleSide, state: UiState, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    other = new_project(tmp_path / "other.annot")
    monkeypatch.setattr(type(other), "read_only", True)
    state.set_project(other)
    assert not [b for b in side.findChildren(QPushButton) if b.text() == "Import articles" and b.isVisible()]
    state.set_project(None)
    assert titles(side) == []
    other.close()


def test_next_and_previous_walk_the_list_as_shown(side: ArticleSide, state: UiState, project: Project, add_many):
    articles = add_many(5)
    verbs.set_status(project, articles[1].uid, Status.DONE)
    verbs.set_status(project, articles[3].uid, Status.IN_PROGRESS)
    seen = []
    while side.next_article():
        assert state.content is not None
        seen.append(state.content.article.title[-1])
    assert seen == list("02431")
    while side.previous_article():
        assert state.content is not None
        seen.append(state.content.article.title[-1])
    assert "".join(seen) == "024313420"
    side.article_list.articles.fold(Status.IN_PROGRESS, True)
    state.open_article(articles[4].uid)
    assert side.next_article()
    assert state.content is not None
    assert state.content.article.title == "Article 1"
    state.close_article()
    assert side.previous_article()
    assert state.content.article.title == "Article 1"


def test_the_next_that_is_not_done(side: ArticleSide, state: UiState, project: Project, add_many):
    articles = add_many(4)
    assert side.first_article() == articles[0].uid
    verbs.set_status(project, articles[1].uid, Status.DONE)
    state.open_article(articles[0].uid)
    verbs.set_status(project, articles[0].uid, Status.IN_PROGRESS)
    assert side.next_not_done() == articles[2].uid
    state.open_article(articles[3].uid)
    assert side.next_not_done() == articles[0].uid
    for article in articles:
        verbs.set_status(project, article.uid, Status.DONE)
    assert side.next_not_done() is None
    assert side.first_article() == articles[0].uid


def test_sorting_by_the_menu(side: ArticleSide, add_many):
    add_many(3)
    names = {action.text(): action for action in side.sort_button.menu().actions()}
    names["By source"].trigger()
    assert titles(side) == ["Article 1", "Article 0", "Article 2"]
    names["Descending"].trigger()
    assert titles(side) == ["Article 2", "Article 0", "Article 1"]
    names["As imported"].trigger()
    assert titles(side) == ["Article 2", "Article 1", "Article 0"]
    assert names["As imported"].isChecked()
    assert not names["By source"].isChecked()
    assert names["Descending"].isChecked()


def open_panel(side: ArticleSide, qtbot: QtBot):
    qtbot.mouseClick(side.filter_button, LEFT)
    qtbot.waitUntil(side._panel.isVisible)
    return side._panel


def test_the_panel_narrows_at_once_and_chips_take_it_back(
    side: ArticleSide, state: UiState, project: Project, add_many, qtbot: QtBot
):
    articles = add_many(6)
    content = project.read.content(articles[4].uid)
    assert content is not None
    tagging.tag(project, content, tag_uid(project, "location"), [Span(0, 4)])
    panel = open_panel(side, qtbot)
    qtbot.mouseClick(panel._statuses[Status.TODO], LEFT, pos=panel._statuses[Status.TODO].rect().center())
    assert len(titles(side)) == 5
    qtbot.mouseClick(panel._statuses[Status.IN_PROGRESS], LEFT)
    qtbot.mouseClick(next(chip for chip in panel._chips if chip.tag.name == "location"), LEFT)
    assert titles(side) == ["Article 4"]
    assert side.filter_button.isChecked()
    panel.hide()
    assert [chip.text() for chip in chips(side)] == ["To do", "In progress", "Location", "Clear"]
    qtbot.mouseClick(chips(side)[2], LEFT)
    assert len(titles(side)) == 6
    qtbot.mouseClick(chips(side)[-1], LEFT)
    assert chips(side) == []
    assert not side.filter_button.isChecked()
    assert side.current_filter == ArticleFilter()


def test_reviewed_articles_are_told_from_those_that_nobody_has_reviewed(
    side: ArticleSide, project: Project, add_many, qtbot: QtBot
):
    articles = add_many(3)
    reviewing.mark_reviewed(project, articles[1].uid)
    panel = open_panel(side, qtbot)
    assert panel._reviewed[None].isChecked()
    qtbot.mouseClick(panel._reviewed[True], LEFT, pos=QPoint(8, 10))
    assert titles(side) == ["Article 1"]
    qtbot.keyClick(panel._reviewed[True], Qt.Key.Key_Right)
    assert titles(side) == ["Article 0", "Article 2"]
    panel.hide()
    assert [chip.text() for chip in chips(side)] == ["Not reviewed", "Clear"]
    side.set_filter(ArticleFilter(reviewed=True))
    assert [chip.text() for chip in chips(side)] == ["Reviewed", "Clear"]
    panel = open_panel(side, qtbot)
    assert panel._reviewed[True].isChecked()
    qtbot.mouseClick(panel._clear, LEFT)
    assert side.current_filter == ArticleFilter()
    assert panel._reviewed[None].isChecked()


def test_sources_are_ticked_anywhere_on_the_name_and_by_space(side: ArticleSide, add_many, qtbot: QtBot):
    add_many(4)
    panel = open_panel(side, qtbot)
    view = panel._sources.view
    assert not panel._sources.field.isVisible()
    rect = view.visualRect(view.model().index(0, 0))
    qtbot.mouseClick(view.viewport(), LEFT, pos=rect.center())
    assert side.current_filter.sources == {"BBC"}
    assert titles(side) == ["Article 1", "Article 3"]
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert side.current_filter.sources == {"BBC", "Reuters"}
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert side.current_filter.sources == {"BBC"}
    qtbot.mouseClick(panel._clear, LEFT)
    assert side.current_filter == ArticleFilter()
    assert len(titles(side)) == 4


def test_many_sources_can_be_searched(side: ArticleSide, add_article, qtbot: QtBot):
    for n in range(12):
        add_article(f"Text {n}", f"Article {n}", source=f"Source {n}")
    panel = open_panel(side, qtbot)
    assert panel._sources.field.isVisible()
    qtbot.keyClicks(panel._sources.field, "11")
    assert panel._sources.view.model().rowCount() == 1


def test_dates_count_once_they_are_dates(side: ArticleSide, add_many, qtbot: QtBot):
    add_many(6)
    panel = open_panel(side, qtbot)
    qtbot.keyClicks(panel._from, "2025-03-0")
    assert len(titles(side)) == 6
    assert panel._from.property("problem") is True
    qtbot.keyClicks(panel._from, "5")
    assert titles(side) == ["Article 4", "Article 5"]
    assert panel._from.property("problem") is False
    qtbot.keyClicks(panel._to, "2025-03-05")
    assert titles(side) == ["Article 4"]
    panel.hide()
    assert chips(side)[0].text() == "5 Mar 2025 – 5 Mar 2025"
    side.set_filter(replace(side.current_filter, published_from=""))
    assert chips(side)[0].text() == "until 5 Mar 2025"
    side.set_filter(replace(side.current_filter, published_from="2025", published_to=""))
    assert chips(side)[0].text() == "from 2025"
    qtbot.mouseClick(chips(side)[0], LEFT)
    assert len(titles(side)) == 6


def test_people_and_assignments(side: ArticleSide, state: UiState, project: Project, add_many, qtbot: QtBot):
    articles = add_many(3)
    me = project.annotator
    panel = open_panel(side, qtbot)
    assert not panel._people.isVisible()
    panel.hide()
    work_as(project, BEN)
    content = project.read.content(articles[1].uid)
    assert content is not None
    tagging.tag(project, content, tag_uid(project, "location"), [Span(0, 4)])
    project.annotator = me
    verbs.assign(project, [articles[2].uid], me.uid)
    panel = open_panel(side, qtbot)
    assert panel._people.isVisible()
    rect = panel._people.view.visualRect(panel._people.names.index(1, 0))
    qtbot.mouseClick(panel._people.view.viewport(), LEFT, pos=rect.center())
    assert titles(side) == ["Article 1"]
    assert chips(side)[0].text() == "Ben"
    qtbot.mouseClick(panel._clear, LEFT)
    qtbot.mouseClick(panel._mine, LEFT, pos=QPoint(10, panel._mine.height() // 2))
    assert titles(side) == ["Article 2"]
    assert chips(side)[0].text() == "Assigned to me"


def test_a_filtered_count_follows_what_comes_in(side: ArticleSide, project: Project, add_article, add_many):
    add_many(3)
    side.set_filter(ArticleFilter(sources=frozenset({"BBC"})))
    assert side.count.text() == "1 of 3 articles"
    add_article("Another text.", source="BBC")
    assert side.count.text() == "2 of 4 articles"
    project.undo()
    assert side.count.text() == "1 of 3 articles"


def test_another_project_starts_without_a_filter(side: ArticleSide, state: UiState, tmp_path: Path, add_many):
    add_many(3)
    words: list[str] = []
    side.words_changed.connect(words.append)
    side.set_filter(ArticleFilter(words="Kursk", sources=frozenset({"BBC"})))
    other = new_project(tmp_path / "other.annot")
    state.set_project(other)
    assert side.current_filter == ArticleFilter()
    assert words == ["Kursk", ""]
    state.set_project(None)
    other.close()


def test_the_menu_of_an_article(side: ArticleSide, state: UiState, actions: Actions, project: Project, add_many):
    articles = add_many(2)
    ran: list[str] = []
    for name in ("article.edit", "article.remove"):
        actions.connect_to({name: lambda name=name: ran.append(f"{name} {state.content.article.title}")})
    entries = {action.text(): action for action in side.menu_for(articles[1].uid).actions() if action.text()}
    assert list(entries) == [
        "Open", "Mark as “In progress”", "Mark as “Done”", "Title, date and source…", "Remove the article…",
    ]  # fmt: skip
    entries["Mark as “Done”"].trigger()
    assert project.read.statuses(project.annotator.uid) == {articles[1].uid: Status.DONE}
    assert state.content is None
    entries["Title, date and source…"].trigger()
    entries["Remove the article…"].trigger()
    assert ran == ["article.edit Article 1", "article.remove Article 1"]
    entries = {action.text(): action for action in side.menu_for(articles[0].uid).actions()}
    entries["Open"].trigger()
    assert state.content.article.title == "Article 0"
    assert not side.open("nobody")


def test_the_menu_opens_by_the_right_button(side: ArticleSide, add_many, qtbot: QtBot):
    articles = add_many(1)
    side.article_list.menu_wanted.emit(articles[0].uid, side.mapToGlobal(side.rect().center()))
    menu = QApplication.activePopupWidget()
    assert menu is not None
    menu.close()


def test_everything_has_a_name(side: ArticleSide):
    assert side.search.placeholderText() == "Search all text"
    for widget in (side, side.search, side.article_list, side.filter_button, side.sort_button, side._panel):
        assert widget.accessibleName()
    for field in side._panel.findChildren(QLineEdit):
        assert field.accessibleName()


def test_a_project_that_was_opened_again_is_followed(side: ArticleSide, state: UiState, tmp_path: Path):
    other = new_project(tmp_path / "other.annot")
    again = reopened(other)
    state.set_project(again)
    assert titles(side) == []
    state.set_project(None)
    again.close()
