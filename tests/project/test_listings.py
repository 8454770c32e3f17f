from __future__ import annotations

import sqlite3

import pytest
from msgspec.structs import replace
from support import projects

from annotator.model.article import Article, Status
from annotator.model.content import ArticleFilter, Order
from annotator.operations import articles
from annotator.project.listings import Listings
from annotator.project.project import Project

ANYTHING, TALKS = ArticleFilter(), ArticleFilter(words="talks")


@pytest.fixture
def three(project: Project) -> list[Article]:
    texts = {"beta": "The talks go on.", "Alpha": "Nothing new.", "gamma": "No talks today."}
    return [projects.add(project, text, title) for title, text in texts.items()]


def shown(project: Project, chosen: ArticleFilter = ANYTHING, order: Order = Order.TITLE) -> dict[str, Status]:
    """Titles and statuses, which must be those that a list made afresh has."""
    kept = project.cache.listings.listing(project.annotator.uid, chosen, order)
    fresh = Listings(project.read).listing(project.annotator.uid, chosen, order)
    assert (kept.uids, kept.statuses, kept.passing) == (fresh.uids, fresh.statuses, fresh.passing)
    rows = project.read.article_rows(list(kept.uids), project.annotator.uid)
    assert [row.status for row in rows] == [kept.status(place) for place in kept.places]
    return {row.title: row.status for row in rows}


def test_a_filter_picks_from_the_order(project: Project, three: list[Article]) -> None:
    assert list(shown(project)) == ["Alpha", "beta", "gamma"]
    assert list(shown(project, TALKS)) == ["beta", "gamma"]
    assert list(shown(project, TALKS, Order.IMPORTED)) == ["beta", "gamma"]
    assert list(shown(project, ArticleFilter(words="talks", statuses=frozenset({Status.TODO})))) == ["beta", "gamma"]
    assert list(shown(project, ArticleFilter(words="nowhere"))) == []


def test_it_is_in_step_with_every_commit(project: Project, three: list[Article]) -> None:
    assert list(shown(project)) == ["Alpha", "beta", "gamma"]
    articles.describe(project, three[0], replace(three[0], title="zeta"))
    assert list(shown(project)) == ["Alpha", "gamma", "zeta"]
    articles.set_status(project, three[2].uid, Status.DONE)
    assert shown(project)["gamma"] is Status.DONE
    projects.add(project, "More talks.", "Delta")
    assert list(shown(project, TALKS)) == ["Delta", "gamma", "zeta"]
    articles.remove(project, [three[1]])
    assert list(shown(project)) == ["Delta", "gamma", "zeta"]
    for expected in ("Alpha Delta gamma zeta", "Alpha gamma zeta", "Alpha gamma zeta", "Alpha beta gamma"):
        project.undo()
        assert list(shown(project)) == expected.split()
    assert shown(project)["gamma"] is Status.TODO


def test_a_standing_taken_to_do_again_and_that_of_others(project: Project, three: list[Article]) -> None:
    articles.set_status(project, three[0].uid, Status.IN_PROGRESS)
    assert shown(project)["beta"] is Status.IN_PROGRESS
    articles.set_status(project, three[0].uid, Status.TODO)
    assert shown(project)["beta"] is Status.TODO
    articles.set_status(project, three[0].uid, Status.DONE)
    projects.work_as(project, projects.BEN)
    assert set(shown(project).values()) == {Status.TODO}
    projects.work_as(project, projects.ANNA)
    assert shown(project)["beta"] is Status.DONE


def test_what_another_program_writes_is_read_anew(project: Project, three: list[Article]) -> None:
    assert list(shown(project)) == ["Alpha", "beta", "gamma"]
    with sqlite3.connect(project.path) as other:
        other.execute("UPDATE article SET title = 'omega' WHERE title = 'Alpha'")
    other.close()
    assert project.look_for_outside_changes()
    assert list(shown(project)) == ["beta", "gamma", "omega"]


def test_how_many_there_are_and_are_done(project: Project, three: list[Article]) -> None:
    articles.set_status(project, three[0].uid, Status.DONE)
    articles.set_status(project, three[1].uid, Status.IN_PROGRESS)
    listings = project.cache.listings
    assert (listings.count(), listings.count_done(project.annotator.uid)) == (3, 1)
    assert len(shown(project)) == listings.count() == project.read.count_articles()
    assert listings.count_done(projects.BEN.uid) == 0
    articles.set_status(project, three[1].uid, Status.DONE)
    assert listings.count_done(project.annotator.uid) == 2
    articles.set_status(project, three[0].uid, Status.TODO)
    assert listings.count_done(project.annotator.uid) == 1
