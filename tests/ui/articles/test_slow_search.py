from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from support import projects

from annotator.base.errors import BusyError
from annotator.model.article import Article
from annotator.model.content import ArticleFilter, Order
from annotator.operations import articles as verbs
from annotator.project.project import Project
from annotator.storage.session import Session
from annotator.ui.articles import slow_search
from annotator.ui.articles.side import ArticleSide


def titles(side: ArticleSide) -> list[str]:
    model = side.article_list.articles
    return [str(model.index(row, 0).data()) for row in range(model.rowCount()) if model.uid_at(row) is not None]


@pytest.fixture
def many(side: ArticleSide, add_many, monkeypatch: pytest.MonkeyPatch) -> list[Article]:
    """Six articles, as if they were very many."""
    monkeypatch.setattr(slow_search, "MANY", 2)
    return add_many(6)


def search(side: ArticleSide, qtbot: QtBot, words: str) -> None:
    side.search.clear()
    qtbot.keyClicks(side.search, words)
    qtbot.keyClick(side.search, Qt.Key.Key_Return)


def test_what_takes_long_is_searched_for_by_a_worker(side: ArticleSide, many: list[Article], qtbot: QtBot):
    told: list[str] = []
    side.words_changed.connect(told.append)
    before = titles(side)
    search(side, qtbot, "article-4")
    assert (titles(side), told) == (before, [])
    qtbot.waitUntil(lambda: side.current_filter.words == "article-4")
    assert titles(side) == ["Article 4"]
    assert told == ["article-4"]
    assert side.count.text() == "1 of 6 articles"


def test_words_are_searched_for_at_once(side: ArticleSide, many: list[Article], qtbot: QtBot):
    search(side, qtbot, "a")
    assert side.current_filter.words == "a"
    assert len(titles(side)) == 6


def test_the_last_of_several_counts(side: ArticleSide, many: list[Article], qtbot: QtBot):
    for words in ("article-4", "article-5", "a", "article-3"):
        search(side, qtbot, words)
    qtbot.waitUntil(lambda: side.current_filter.words == "article-3")
    qtbot.wait(50)
    assert titles(side) == ["Article 3"]
    search(side, qtbot, "article-5")
    side.search.clear()
    qtbot.wait(50)
    assert side.current_filter == ArticleFilter()
    assert len(titles(side)) == 6


def test_what_needs_the_list_does_not_wait(side: ArticleSide, many: list[Article], qtbot: QtBot):
    search(side, qtbot, "article-4")
    assert list(side.listed_articles()) == [many[4].uid]
    search(side, qtbot, "article-5")
    qtbot.keyClick(side.search, Qt.Key.Key_Down)
    assert titles(side) == ["Article 5"]
    assert side.article_list.hasFocus()


def test_another_filter_meanwhile_narrows_besides(side: ArticleSide, many: list[Article], qtbot: QtBot):
    search(side, qtbot, "article-4")
    side.set_filter(replace(side.current_filter, published_from="1900"))
    qtbot.waitUntil(lambda: side.current_filter.words == "article-4")
    assert side.search.text() == "article-4"
    assert side.current_filter.published_from == "1900"


def test_who_tagged_what_is_looked_up_by_a_worker(
    side: ArticleSide, project: Project, many: list[Article], qtbot: QtBot
):
    projects.tag(project, many[2], "location", "Kursk")
    before = titles(side)
    by_tag = ArticleFilter(tag_types=frozenset({projects.tag_uid(project, "location")}))
    side.set_filter(by_tag)
    assert (titles(side), side.current_filter) == (before, ArticleFilter())
    qtbot.waitUntil(lambda: side.current_filter == by_tag)
    assert titles(side) == ["Article 2"]
    side._sort(Order.TITLE)
    search(side, qtbot, "arti")
    qtbot.waitUntil(lambda: side.current_filter == replace(by_tag, words="arti"))
    assert titles(side) == ["Article 2"]
    search(side, qtbot, "nowhere")
    qtbot.waitUntil(lambda: side.current_filter.words == "nowhere")
    assert titles(side) == []
    side.clear_filter()
    assert len(titles(side)) == 6


def test_a_letter_typed_meanwhile_narrows_what_is_awaited(
    side: ArticleSide, project: Project, many: list[Article], qtbot: QtBot
):
    projects.tag(project, many[2], "location", "Kursk")
    side.set_filter(ArticleFilter(tag_types=frozenset({projects.tag_uid(project, "location")})))
    search(side, qtbot, "arti")
    qtbot.waitUntil(lambda: side.current_filter.words == "arti")
    assert titles(side) == ["Article 2"]


def test_a_change_meanwhile_is_seen(side: ArticleSide, project: Project, many: list[Article], qtbot: QtBot):
    search(side, qtbot, "article-4")
    verbs.remove(project, [many[4]])
    qtbot.waitUntil(lambda: side.current_filter.words == "article-4")
    assert titles(side) == []


def test_letters_typed_meanwhile_stay(side: ArticleSide, many: list[Article], qtbot: QtBot):
    search(side, qtbot, "article-4")
    qtbot.keyClick(side.search, "4")
    qtbot.waitUntil(lambda: side.current_filter.words in ("article-4", "article-44"))
    assert side.search.text() == "article-44"
    qtbot.waitUntil(lambda: side.current_filter.words == "article-44")


def test_when_the_worker_cannot_read_the_window_does(
    side: ArticleSide, many: list[Article], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    def busy(_: object) -> object:
        raise BusyError("Another program is writing.")

    monkeypatch.setattr(Session, "worker_reader", busy)
    search(side, qtbot, "article-4")
    qtbot.waitUntil(lambda: side.current_filter.words == "article-4")
    assert titles(side) == ["Article 4"]
