"""What the history holds, and that undoing and redoing is exact and costs no second copy of a text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from support import model, projects

from annotator.model.article import Article
from annotator.operations import articles, settings, tagging
from annotator.operations.checking import check_project
from annotator.project.project import Project


def rows(project: Project, statement: str) -> list[tuple[object, ...]]:
    return project.read._connection.execute(statement).fetchall()


def test_an_import_of_a_thousand_articles_writes_each_text_once_and_none_into_the_history(project: Project) -> None:
    body = "This sentence stands in the body only. " * 20
    incoming = [projects.new_article(f"{body}{number}", f"Title {number}") for number in range(1000)]
    assert len(articles.add_articles(project, incoming).articles) == 1000
    assert rows(project, "SELECT count(*) FROM history WHERE after LIKE '%stands in the body only%'") == [(0,)]
    assert rows(project, "SELECT count(*), max(length(after)) < 700 FROM history WHERE kind = 'article'") == [(1000, 1)]
    before = model.stored(project)
    project.undo()
    assert rows(project, "SELECT count(*) FROM article") == [(0,)]
    project.redo()
    assert model.stored(project) == before
    assert rows(project, "SELECT count(*), count(DISTINCT sha256) FROM text") == [(1000, 1000)]
    assert check_project(project.path) == []


def test_an_article_removed_and_imported_again_shares_its_text(
    project: Project, add_article: Callable[..., Article]
) -> None:
    articles.remove(project, [add_article()])
    again = add_article()
    assert rows(project, "SELECT count(*) FROM text") == [(1,)]
    assert projects.content(project, again).text == projects.TEXT


def test_undo_and_redo_survive_closing(project: Project, article: Article) -> None:
    tagged = projects.tag(project, article, "quote", "Moscow")
    tagging.set_note(project, tagged, "first")
    before = model.stored(project)
    again = projects.reopened(project)
    assert again.undo_label == "Edit note"
    assert again.undo().label == "Edit note"
    again = projects.reopened(again)
    assert (again.undo_label, again.redo_label) == ("Tag quote", "Edit note")
    assert again.undo().label == "Tag quote"
    assert [again.redo().label, again.redo().label, again.redo().label] == ["Tag quote", "Edit note", ""]
    assert model.stored(again) == before
    again.close()


def test_a_new_step_ends_what_could_be_redone(project: Project) -> None:
    settings.set_memo(project, "one")
    project.undo()
    settings.set_name(project, "Another")
    assert project.redo_label == ""
    assert project.redo().change_set is None


def test_what_is_typed_in_one_visit_is_undone_together(project: Project) -> None:
    for memo in ("a", "ab", "abc"):
        settings.set_memo(project, memo, merge_key="memo, first visit")
    for memo in ("abcd", "abcde"):
        settings.set_memo(project, memo, merge_key="memo, second visit")
    settings.set_memo(project, "without a key")
    settings.set_memo(project, "without a key, again")
    found = []
    while project.undo().change_set is not None:
        found.append(project.cache.info.memo)
    assert found == ["without a key", "abcde", "abc", ""]
    found = []
    while project.redo().change_set is not None:
        found.append(project.cache.info.memo)
    assert found == ["abc", "abcde", "without a key", "without a key, again"]


def test_the_history_says_who_did_what_and_what_was_taken_back(project: Project) -> None:
    settings.set_memo(project, "one")
    project.undo()
    project.redo()
    (made, undone, redone) = rows(
        project, "SELECT uid, origin, annotator, reverts, state FROM change_set ORDER BY sequence DESC LIMIT 3"
    )[::-1]
    anna = projects.ANNA.uid
    assert made[1:] == ("user", anna, "", "done")
    assert undone[1:] == ("undo", anna, made[0], "")
    assert redone[1:] == ("redo", anna, made[0], "")


@pytest.mark.parametrize("clock", ["1999-01-01T00:00:00.000Z", "2999-01-01T00:00:00.000Z"])
def test_a_clock_that_jumps_harms_nothing(
    project: Project, article: Article, clock: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.set_memo(project, "before")
    for module in ("annotator.project.project", "annotator.operations.tagging"):
        monkeypatch.setattr(f"{module}.now", lambda: clock)
    projects.tag(project, article, "quote", "Moscow")
    settings.set_memo(project, "after")
    assert [project.undo().label for _ in range(3)] == ["Edit project memo", "Tag quote", "Edit project memo"]
    assert project.cache.info.memo == ""
    assert check_project(project.path) == []
