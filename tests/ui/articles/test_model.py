from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from support.projects import BEN, tag_uid

from annotator.model.article import Article, Status
from annotator.model.content import ArticleFilter, Order
from annotator.model.span import Span
from annotator.operations import articles as verbs
from annotator.operations import tagging
from annotator.project.opening import work_as
from annotator.project.project import Project
from annotator.ui.articles import model as module
from annotator.ui.articles.model import HEADING_ROLE, ROW_ROLE, UID_ROLE, ArticleModel


@pytest.fixture
def model(project: Project, qapp: object) -> Iterator[ArticleModel]:
    made = ArticleModel()
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    made.show(project, ArticleFilter())
    stop = project.subscribe(made.take_in)
    yield made
    stop()


def shown(model: ArticleModel) -> list[str]:
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


class Told:
    """Which signals of change a model has sent."""

    def __init__(self, model: ArticleModel) -> None:
        self.changed: list[tuple[int, int]] = []
        self.other: list[str] = []
        model.dataChanged.connect(lambda first, last, *_: self.changed.append((first.row(), last.row())))
        for name in ("modelReset", "rowsInserted", "rowsRemoved", "rowsMoved"):
            getattr(model, name).connect(lambda *_, name=name: self.other.append(name))


@pytest.fixture
def three(add_many, model: ArticleModel) -> tuple[Article, ...]:
    return add_many(3)


def test_articles_stand_under_headings_with_counts(project: Project, model: ArticleModel, three: tuple[Article, ...]):
    verbs.set_status(project, three[1].uid, Status.DONE)
    expected = ["To do (2)", "Article 0", "Article 2", "In progress (0)", "Done (1)", "Article 1"]
    assert shown(model) == expected
    assert model.count == 3
    assert model.heading_rows() == [0, 3, 4]
    assert model.heading(Status.DONE).row() == 4
    assert [model.uid_at(row) for row in (-1, 0, 1, 99)] == [None, None, three[0].uid, None]
    assert model.index(0, 0).data(HEADING_ROLE) == (Status.TODO, 2, True)


def test_an_empty_project_and_no_project_show_nothing(model: ArticleModel):
    assert shown(model) == []
    assert not model.heading(Status.TODO).isValid()
    model.show(None, ArticleFilter())
    assert shown(model) == []
    model.take_in(None)
    assert model.data(QModelIndex()) is None


def test_a_row_tells_what_is_there(project: Project, model: ArticleModel, three: tuple[Article, ...]):
    content = project.read.content(three[0].uid)
    assert content is not None
    tagging.tag(project, content, tag_uid(project, "location"), [Span(0, 4)])
    index = model.index_of(three[0].uid)
    row = index.data(ROW_ROLE)
    assert (row.title, row.tags) == ("Article 0", {tag_uid(project, "location"): 1})
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Article 0, Reuters, 1 Mar 2025, 4 words, In progress, Location 1"
    assert index.data(Qt.ItemDataRole.ToolTipRole).startswith("Article 0\nReuters")
    assert index.data(UID_ROLE) == three[0].uid
    assert index.data(Qt.ItemDataRole.DecorationRole) is None
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "To do, 2, unfolded"
    assert model.index(0, 0).data(Qt.ItemDataRole.DecorationRole) is None


def test_folding_takes_the_articles_out_and_brings_them_back(model: ArticleModel, three: tuple[Article, ...]):
    told = Told(model)
    model.fold(Status.TODO, True)
    model.fold(Status.TODO, True)
    assert shown(model) == ["To do (3)", "In progress (0)", "Done (0)"]
    assert not model.index_of(three[0].uid).isValid()
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "To do, 3, folded"
    model.fold(Status.TODO, False)
    assert model.rowCount() == 6
    model.fold(Status.DONE, True)
    assert told.other == ["rowsRemoved", "rowsInserted"]
    model.show(None, ArticleFilter())
    model.fold(Status.DONE, False)


@pytest.mark.parametrize("folded", [(), (Status.TODO,), (Status.DONE,), (Status.TODO, Status.DONE)])
def test_a_status_moves_the_row_and_asks_for_nothing_else(
    project: Project, model: ArticleModel, add_many, folded: tuple[Status, ...]
):
    articles = add_many(5)
    for status in folded:
        model.fold(status, True)
    told = Told(model)
    verbs.set_status(project, articles[3].uid, Status.DONE)
    verbs.set_status(project, articles[1].uid, Status.DONE)
    assert list(model.groups.in_display_order((Status.DONE,))) == [articles[1].uid, articles[3].uid]
    expected = {
        (): "rowsMoved",
        (Status.TODO,): "rowsInserted",
        (Status.DONE,): "rowsRemoved",
        (Status.TODO, Status.DONE): None,
    }[folded]
    assert told.other == ([expected] * 2 if expected else [])
    verbs.set_status(project, articles[3].uid, Status.TODO)
    for status in folded:
        model.fold(status, False)
    titles = [
        "To do (4)",
        "Article 0",
        "Article 2",
        "Article 3",
        "Article 4",
        "In progress (0)",
        "Done (1)",
        "Article 1",
    ]
    assert shown(model) == titles


def test_undo_of_a_status_moves_the_row_back(project: Project, model: ArticleModel, three: tuple[Article, ...]):
    verbs.set_status(project, three[1].uid, Status.DONE)
    project.undo()
    assert shown(model)[:4] == ["To do (3)", "Article 0", "Article 1", "Article 2"]


def test_a_tag_refreshes_only_its_articles_row(project: Project, model: ArticleModel, three: tuple[Article, ...]):
    verbs.set_status(project, three[1].uid, Status.IN_PROGRESS)
    shown(model)
    content = project.read.content(three[1].uid)
    assert content is not None
    told = Told(model)
    tagging.tag(project, content, tag_uid(project, "location"), [Span(0, 4)])
    row = model.index_of(three[1].uid).row()
    assert told.changed == [(row, row)]
    assert told.other == []
    assert sum(model.index(row, 0).data(ROW_ROLE).tags.values()) == 1


def test_a_new_title_refreshes_the_row_or_sorts_it_anew(
    project: Project, model: ArticleModel, three: tuple[Article, ...]
):
    told = Told(model)
    verbs.describe(project, three[0], replace(three[0], title="Zebra"))
    assert told.other == []
    assert shown(model)[1] == "Zebra"
    model.show(project, ArticleFilter(), Order.TITLE)
    verbs.describe(project, three[1], replace(three[1], title="Zoo"))
    assert shown(model)[1:4] == ["Article 2", "Zebra", "Zoo"]
    model.show(project, ArticleFilter(), Order.TITLE, descending=True)
    assert shown(model)[1:4] == ["Zoo", "Zebra", "Article 2"]


def test_articles_come_and_go(project: Project, model: ArticleModel, three: tuple[Article, ...]):
    verbs.remove(project, [three[1]])
    assert shown(model)[:3] == ["To do (2)", "Article 0", "Article 2"]
    project.undo()
    assert model.count == 3


def test_a_filter_by_status_shows_its_groups_only_and_follows(
    project: Project, model: ArticleModel, three: tuple[Article, ...]
):
    model.show(project, ArticleFilter(statuses=frozenset({Status.TODO})))
    verbs.set_status(project, three[0].uid, Status.DONE)
    assert shown(model) == ["To do (2)", "Article 1", "Article 2"]
    assert model.count == 2
    assert not model.index_of(three[0].uid).isValid()


def test_a_filter_by_assignment_follows_assignments(project: Project, model: ArticleModel, three: tuple[Article, ...]):
    model.show(project, ArticleFilter(assigned_only=True))
    assert shown(model) == []
    verbs.assign(project, [three[2].uid], project.annotator.uid)
    assert shown(model)[:2] == ["To do (1)", "Article 2"]


def test_another_persons_status_is_none_of_this_lists_business(
    project: Project, model: ArticleModel, three: tuple[Article, ...]
):
    me = project.annotator
    work_as(project, BEN)
    project.annotator = me
    model.read_anew()
    told = Told(model)
    verbs.assign(project, [three[0].uid], BEN.uid)
    assert told.other == []
    assert model.groups.status(three[0].uid) is Status.TODO


def test_somebody_else_at_work_sees_their_own_statuses(
    project: Project, model: ArticleModel, three: tuple[Article, ...]
):
    verbs.set_status(project, three[0].uid, Status.DONE)
    work_as(project, BEN)
    assert list(model.groups.in_display_order((Status.DONE,))) == []


def test_an_edit_of_the_codebook_repaints_every_row(project: Project, model: ArticleModel, three: tuple[Article, ...]):
    told = Told(model)
    tag = project.cache.codebook.tag_types[0]
    with project.edit("Recolour") as edit:
        edit.replace(tag, replace(tag, colour="#112233"))
    assert told.changed == [(0, model.rowCount() - 1)]


def test_many_articles_are_read_in_pages_and_old_pages_go(
    project: Project, model: ArticleModel, add_many, monkeypatch: pytest.MonkeyPatch
):
    articles = add_many(3000)
    asked: list[int] = []
    read = project.read.article_rows
    monkeypatch.setattr(
        type(project.read), "article_rows", lambda self, uids, who: (asked.append(len(uids)), read(uids, who))[1]
    )
    monkeypatch.setattr(module, "_PAGES", 3)
    assert model.rowCount() == 3003
    assert asked == []
    assert model.index(1, 0).data() == "Article 0"
    assert model.index(2000, 0).data() == "Article 1999"
    assert model.index(2001, 0).data() == "Article 2000"
    assert asked == [module.PAGE] * 2
    for row in range(1, 3001):
        assert model.index(row, 0).data() == f"Article {row - 1}"
    assert len(asked) <= 2 + 3000 // module.PAGE + 1
    assert len(model._cache) <= 3 * module.PAGE + module.PAGE
    assert model.index_of(articles[2999].uid).row() == 3000


def test_an_article_that_another_program_took_away_is_an_empty_row(model: ArticleModel, three: tuple[Article, ...]):
    project = model._project
    assert project is not None
    model.read_anew()
    project.read._connection.execute("DELETE FROM article WHERE uid = ?", (three[1].uid,))
    assert [model.index(row, 0).data() for row in (1, 2, 3)] == ["Article 0", None, "Article 2"]
    assert model.row("nobody") is None


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(["cue", "quote", "location", "note", "drop", "undo"]), st.integers(0, 2)), max_size=12
    )
)
def test_counted_step_by_step_a_row_holds_what_the_file_does(
    project: Project, model: ArticleModel, three: tuple[Article, ...], steps: list[tuple[str, int]]
):
    for what, at in steps:
        content = project.read.content(three[at].uid)
        assert content is not None
        known = next(iter(content.annotations.values()), None)
        if what == "undo":
            project.undo()
        elif what in ("note", "drop"):
            if known is not None and what == "note":
                tagging.set_note(project, known, f"{known.note}.", merge_key="")
            elif known is not None:
                tagging.remove(project, [known])
        else:
            words = Span(0, 1 + len(content.annotations) % len(content.text))
            tagging.tag(project, content, tag_uid(project, what), [words])
        uids = [one.uid for one in three]
        rows = [model.index_of(uid).data(ROW_ROLE) for uid in uids]
        assert rows == project.read.article_rows(uids, project.annotator.uid)


def test_what_changes_no_count_repaints_nothing(project: Project, model: ArticleModel, three: tuple[Article, ...]):
    content = project.read.content(three[0].uid)
    assert content is not None
    tagged = tagging.tag(project, content, tag_uid(project, "cue"), [Span(0, 3)])
    told = Told(model)
    tagging.set_note(project, tagged, "seen", merge_key="")
    assert (told.changed, told.other) == ([], [])
