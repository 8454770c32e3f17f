from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from support.projects import ANNA, BEN, tag_uid

from annotator.base.uuid7 import uuid7
from annotator.model.annotation import Annotator
from annotator.model.article import Article, ArticleWork, Status
from annotator.model.content import ArticleFilter, Order
from annotator.model.span import Span
from annotator.operations import articles as verbs
from annotator.operations import tagging
from annotator.project.opening import work_as
from annotator.project.project import Project
from annotator.storage import article_list

Add = Callable[..., Article]


@pytest.fixture
def three(add_article: Add) -> tuple[Article, Article, Article]:
    return (
        add_article("Kursk is quiet.", "beta", source="Reuters", published="2025-03-13"),
        add_article("Moscow 外交部回应 is not.", "Alpha", source="BBC", published="2024"),
        add_article("Sumy, too.", "gamma", source="BBC"),
    )


def titles(project: Project, chosen: ArticleFilter, order: Order = Order.IMPORTED, *, descending: bool = False) -> str:
    uids = list(project.cache.listings.listing(ANNA.uid, chosen, order, descending=descending).uids)
    return " ".join(row.title for row in project.read.article_rows(uids, ANNA.uid))


@pytest.mark.parametrize(
    ("order", "ascending", "descending"),
    [
        (Order.IMPORTED, "beta Alpha gamma", "gamma Alpha beta"),
        (Order.TITLE, "Alpha beta gamma", "gamma beta Alpha"),
        (Order.SOURCE, "gamma Alpha beta", "beta Alpha gamma"),
        (Order.PUBLISHED, "Alpha beta gamma", "beta Alpha gamma"),
    ],
)
def test_orders(project: Project, three: object, order: Order, ascending: str, descending: str):
    assert titles(project, ArticleFilter(), order) == ascending
    assert titles(project, ArticleFilter(), order, descending=True) == descending


def statuses(project: Project, who: Annotator) -> list[Status]:
    listing = project.cache.listings.listing(who.uid, ArticleFilter())
    return [listing.status(place) for place in listing.places]


def test_statuses_are_the_annotators_own(project: Project, three: tuple[Article, ...]):
    verbs.set_status(project, three[1].uid, Status.DONE)
    expected = [Status.TODO, Status.DONE, Status.TODO]
    assert statuses(project, ANNA) == expected
    assert set(statuses(project, BEN)) == {Status.TODO}


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (ArticleFilter(words="kursk"), "beta"),
        (ArticleFilter(words="外交"), "Alpha"),
        (ArticleFilter(words="外交部"), "Alpha"),
        (ArticleFilter(words="  "), "beta Alpha gamma"),
        (ArticleFilter(words="nowhere"), ""),
        (ArticleFilter(sources=frozenset({"BBC"})), "Alpha gamma"),
        (ArticleFilter(sources=frozenset({"BBC", "Reuters"})), "beta Alpha gamma"),
        (ArticleFilter(published_from="2025"), "beta"),
        (ArticleFilter(published_from="2025-03-13"), "beta"),
        (ArticleFilter(published_from="2025-03-14"), ""),
        (ArticleFilter(published_to="2025-03-12"), "Alpha"),
        (ArticleFilter(published_to="2025-03"), "beta Alpha"),
        (ArticleFilter(sources=frozenset({"BBC"}), published_to="2024"), "Alpha"),
    ],
)
def test_filters_by_what_the_article_says(project: Project, three: object, chosen: ArticleFilter, expected: str):
    assert titles(project, chosen) == expected


def test_filters_by_status(project: Project, three: tuple[Article, ...]):
    verbs.set_status(project, three[2].uid, Status.DONE)
    assert titles(project, ArticleFilter(statuses=frozenset({Status.DONE}))) == "gamma"
    assert titles(project, ArticleFilter(statuses=frozenset({Status.TODO}))) == "beta Alpha"


def test_filters_by_tag_and_by_who_tagged(project: Project, three: tuple[Article, ...]):
    found = project.read.content(three[0].uid)
    assert found is not None
    tagging.tag(project, found, tag_uid(project, "location"), [Span(0, 5)])
    assert titles(project, ArticleFilter(tag_types=frozenset({tag_uid(project, "location")}))) == "beta"
    assert titles(project, ArticleFilter(tag_types=frozenset({tag_uid(project, "quote")}))) == ""
    assert titles(project, ArticleFilter(annotators=frozenset({ANNA.uid}))) == "beta"
    assert titles(project, ArticleFilter(annotators=frozenset({BEN.uid}))) == ""


def test_filters_by_assignment_to_the_one_who_asks(project: Project, three: tuple[Article, ...]):
    work_as(project, BEN)
    verbs.assign(project, [three[0].uid], BEN.uid)
    verbs.assign(project, [three[1].uid], ANNA.uid)
    assert titles(project, ArticleFilter(assigned_only=True)) == "Alpha"


def test_an_empty_filter_narrows_nothing():
    assert not ArticleFilter().narrows
    assert replace(ArticleFilter(), words="a").narrows


def test_reviewed_by_whomever(project: Project, add_article: Add) -> None:
    one, two = add_article("One.", "one"), add_article("Two.", "two")
    with project.edit("Mark") as edit:
        edit.add(ArticleWork(uuid7(), one.uid, ANNA.uid, Status.DONE, reviewed=True))
        edit.add(ArticleWork(uuid7(), two.uid, ANNA.uid))
    for who in (ANNA.uid, BEN.uid):
        assert list(project.cache.listings.listing(who, ArticleFilter(reviewed=True)).uids) == [one.uid]
        assert list(project.cache.listings.listing(who, ArticleFilter(reviewed=False)).uids) == [two.uid]
        assert len(project.cache.listings.listing(who, ArticleFilter()).uids) == 2
    assert ArticleFilter(reviewed=False).narrows


def test_a_commit_goes_through_while_a_worker_searches(
    project: Project, three: tuple[Article, ...], monkeypatch: pytest.MonkeyPatch
):
    """Part by part, and between two of them the file is free: a read under way would block the commit."""
    monkeypatch.setattr(article_list, "_PART", 1)
    for words, found, parts in (("外交", [2], 3), ("moscow", [2], 1), ("moscow-i", [], 1)):
        with project.worker_reader() as read:
            rows, steps = [], 0
            for part in read.passing_in_parts(ANNA.uid, ArticleFilter(words=words)):
                verbs.set_status(project, three[steps].uid, Status.DONE)
                project.undo()
                rows, steps = rows + part, steps + 1
        assert (rows, steps) == (found, parts)


def test_what_a_worker_finds_is_what_the_window_finds(project: Project, three: tuple[Article, ...]):
    within = ArticleFilter(sources=frozenset({"BBC"}))
    for words in ("外", "too", '"is not" m'):
        for chosen in (ArticleFilter(words=words), replace(within, words=words)):
            parts = project.read.passing_in_parts(ANNA.uid, chosen)
            found = sorted(row for part in parts for row in part)
            assert found == sorted(project.read.passing(ANNA.uid, chosen))
            assert len(found) == 1


def test_words_and_tags_narrow_together_and_the_index_is_asked_by_itself(
    project: Project, three: tuple[Article, ...], monkeypatch: pytest.MonkeyPatch
):
    """Within one question SQLite made all pairs of what was found and what is tagged: minutes for 100,000 articles."""
    for article in three[:2]:
        found = project.read.content(article.uid)
        assert found is not None
        tagging.tag(project, found, tag_uid(project, "location"), [Span(0, 5)])
    tagged = ArticleFilter(tag_types=frozenset({tag_uid(project, "location")}), annotators=frozenset({ANNA.uid}))
    words = ("moscow", "kursk", "外交部", "is", "外", "nowhere")
    with project.worker_reader() as read:
        asked: list[str] = []
        read._connection.set_trace_callback(asked.append)
        by_tag = set(read.passing(ANNA.uid, tagged))
        for few in (0, 500):
            monkeypatch.setattr(article_list, "_SOME", few)
            for some in words:
                both = replace(tagged, words=some)
                expected = sorted(by_tag & set(read.passing(ANNA.uid, ArticleFilter(words=some))))
                assert sorted(read.passing(ANNA.uid, both)) == expected
                assert sorted(row for part in read.passing_in_parts(ANNA.uid, both) for row in part) == expected
        read._connection.set_trace_callback(None)
    assert len(by_tag) == 2
    assert not [one for one in asked if "article_words MATCH" in one and "annotation" in one]
    assert [one for one in asked if "article_words MATCH" in one]


@pytest.mark.parametrize("chosen", [{Status.TODO}, {Status.DONE}, {Status.TODO, Status.IN_PROGRESS}, set(Status)])
def test_a_filter_by_status_alone_is_answered_from_what_is_known(
    project: Project, three: tuple[Article, ...], chosen: set[Status]
):
    verbs.set_status(project, three[0].uid, Status.DONE)
    verbs.set_status(project, three[2].uid, Status.IN_PROGRESS)
    by_status = ArticleFilter(statuses=frozenset(chosen))
    rows = set(project.read.passing(ANNA.uid, by_status))
    listing = project.cache.listings.listing(ANNA.uid, by_status)
    assert {listing.ranking.row(place) for place in listing.places} == rows
    assert len(rows) in (1, 2, 3)
