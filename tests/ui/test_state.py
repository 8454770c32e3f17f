"""The window's state follows the file: what is open, selected and proposed after each commit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot
from support import projects
from support.user import project_file

from annotator.base.errors import ProjectError, RuleError
from annotator.base.uuid7 import uuid7
from annotator.model.annotation import Annotator
from annotator.model.span import Span
from annotator.operations import articles, tagging
from annotator.project.opening import open_project, work_as
from annotator.ui.state import UiState


@pytest.fixture
def state(tmp_path: Path, qtbot: QtBot) -> Iterator[UiState]:
    project = open_project(project_file(tmp_path, "One\n\nAlpha said beta.", "Two\n\nGamma said delta."))
    work_as(project, Annotator(uuid7(), "Anna"))
    state = UiState()
    state.set_project(project)
    yield state
    state.set_project(None)
    project.close()


def uids(state: UiState) -> list[str]:
    assert state.project is not None
    return state.project.read.all_article_uids()


def tag(state: UiState, span: Span) -> str:
    assert state.project is not None
    assert state.content is not None
    kind = state.codebook.tag_types[0].uid
    return tagging.tag(state.project, state.content, kind, [span]).uid


def test_opening_an_article_tells_everybody(state: UiState, qtbot: QtBot) -> None:
    with qtbot.waitSignal(state.article_opened):
        assert state.open_article(uids(state)[0])
    assert state.content is not None
    assert state.content.text.startswith("One")
    assert not state.open_article("nobody")
    assert state.content.text.startswith("One")


def long_article(state: UiState) -> str:
    """Add an article of 12,000 characters, tagged at its beginning and far from it, and return its uid."""
    assert state.project is not None
    long = projects.add(state.project, "A long day ends. " * 800, "Long")
    state.open_article(long.uid)
    tag(state, Span(2, 6))
    tag(state, Span(9_002, 9_006))
    state.close_article()
    return long.uid


def test_a_long_article_shows_its_beginning_first(state: UiState) -> None:
    uid = long_article(state)
    told: list[tuple[str, list[int]]] = []

    def note(name: str) -> None:
        told.append((name, [one.start for one in state.in_order]))

    state.article_coming.connect(lambda: note("coming"))
    state.article_opened.connect(lambda: note("opened"))
    assert state.open_article(uid)
    assert told == [("coming", [2]), ("opened", [2, 9_002])]
    told.clear()
    short = next(one for one in uids(state) if one != uid)
    assert state.open_article(short)
    assert told == [("coming", []), ("opened", [])]


def test_a_short_article_is_read_once(state: UiState, monkeypatch: pytest.MonkeyPatch) -> None:
    assert state.project is not None
    seen: list[object] = []
    state.article_coming.connect(lambda: seen.append(state.content))
    monkeypatch.setattr(state.project.read, "content", lambda _: pytest.fail("read twice"))
    assert state.open_article(uids(state)[0])
    assert [one is state.content for one in seen] == [True]


def test_nobody_works_on_a_part_of_an_article(state: UiState, monkeypatch: pytest.MonkeyPatch) -> None:
    uid = long_article(state)
    assert state.project is not None

    def broken(_: str) -> None:
        raise ProjectError("The disk is gone.")

    monkeypatch.setattr(state.project.read, "content", broken)
    with pytest.raises(ProjectError):
        state.open_article(uid)
    assert state.content is None
    monkeypatch.setattr(state.project.read, "content", lambda _: None)  # removed by another program just now
    assert not state.open_article(uid)
    assert state.content is None


def test_content_follows_commits_of_the_open_article_only(state: UiState, qtbot: QtBot) -> None:
    one, two = uids(state)
    state.open_article(two)
    told: list[object] = []
    state.content_changed.connect(told.append)
    uid = tag(state, Span(5, 10))
    assert state.content is not None
    assert state.content.annotations[uid].text == "Gamma"
    assert len(told) == 1
    assert state.project is not None
    other = state.project.read.content(one)
    assert other is not None
    tagging.tag(state.project, other, state.codebook.tag_types[0].uid, [Span(5, 10)])
    assert len(told) == 1


def test_a_removed_annotation_is_selected_no_longer(state: UiState) -> None:
    state.open_article(uids(state)[0])
    uid = tag(state, Span(5, 10))
    state.select(uid)
    assert state.selected is not None
    assert state.project is not None
    tagging.remove(state.project, [state.selected])
    assert state.annotation == ""
    state.select("nobody")
    assert state.annotation == ""


def test_undo_goes_to_what_it_changed(state: UiState) -> None:
    one, two = uids(state)
    state.open_article(one)
    uid = tag(state, Span(5, 10))
    state.open_article(two)
    shown: list[tuple[Span, ...]] = []
    state.shown.connect(shown.append)
    assert state.project is not None
    state.project.undo()
    assert state.content is not None
    assert state.content.article.uid == one
    assert shown == [(Span(5, 10),)]
    state.project.redo()
    assert state.annotation == uid


def test_removing_the_open_article_closes_it(state: UiState) -> None:
    state.open_article(uids(state)[0])
    assert state.content is not None
    assert state.project is not None
    articles.remove(state.project, [state.content.article])
    assert state.content is None


def test_metadata_follows(state: UiState) -> None:
    state.open_article(uids(state)[0])
    assert state.content is not None
    assert state.project is not None
    before = state.content.article
    articles.describe(state.project, before, replace(before, title="Another"))
    assert state.content.article.title == "Another"


def test_a_refusal_becomes_a_notice(state: UiState) -> None:
    told: list[tuple[str, str]] = []
    state.notice.connect(lambda text, kind: told.append((text, kind)))

    def refuse() -> None:
        raise RuleError("That cannot be.")

    assert not state.attempt(refuse)
    assert told == [("That cannot be.", "warning")]
    assert state.attempt(lambda: None)


def test_a_change_from_outside_is_read_anew(state: UiState) -> None:
    state.open_article(uids(state)[0])
    uid = tag(state, Span(5, 10))
    state.select(uid)
    assert state.project is not None
    told: list[object] = []
    state.content_changed.connect(told.append)
    import sqlite3

    with sqlite3.connect(state.project.path) as other:
        other.execute("PRAGMA foreign_keys = OFF")
        other.execute("DELETE FROM annotation")
    other.close()
    assert state.project.look_for_outside_changes()
    assert told == [None]
    assert state.annotation == ""
    assert state.content is not None
    assert state.content.annotations == {}
    assert not state.project.look_for_outside_changes()


def test_the_text_order_follows_every_change(state: UiState) -> None:
    one, two = uids(state)
    state.open_article(one)
    inner, outer, first = tag(state, Span(11, 15)), tag(state, Span(11, 20)), tag(state, Span(5, 10))
    assert [a.uid for a in state.in_order] == [first, outer, inner]
    assert state.project is not None
    state.project.undo()
    assert [a.uid for a in state.in_order] == [outer, inner]
    state.open_article(two)
    assert state.in_order == []
    state.close_article()
    assert state.in_order == []


def test_what_lacks_something_is_judged_anew_after_a_change(state: UiState) -> None:
    state.open_article(uids(state)[0])
    assert state.to_check == []
    assert state.project is not None
    assert state.content is not None
    quote = state.codebook.tag_named("quote")
    assert quote is not None
    made = tagging.tag(state.project, state.content, quote.uid, [Span(5, 10)])
    assert {one.annotation for one in state.to_check} == {made.uid}
    state.project.undo()
    assert state.to_check == []
