"""Reviewing a colleague's tags by keys alone, from opening review mode to marking the article reviewed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support import projects
from support.user import NAME, User, at_the_window, other_annotator, project_file

from annotator.base.settings import Settings
from annotator.model.annotation import Annotation, Annotator, SetKind
from annotator.model.review import Decision, Verdict
from annotator.operations import reviewing
from annotator.project.opening import open_project, work_as
from annotator.ui.review.panel import ReviewPanel

TEXT = "Talks\n\nPeskov told reporters in Moscow: “The talks go on,” and left.\n\nBerlin said nothing.\n"
ANNAS = [("speaker", "Peskov"), ("speaker", "reporters"), ("location", "Moscow"), ("quote", "“The talks go on,”")]
BENS = [
    ("speaker", "Peskov"), ("cue", "told"), ("cue", "reporters"), ("location", "Moscow"), ("quote", "talks go on"),
    ("location", "Berlin"),
]  # fmt: skip


def tagged_by_two(folder: Path) -> Path:
    """Return a project in which Anna and Ben have tagged the same article."""
    path = project_file(folder, TEXT)
    anna = Annotator(Settings(folder / "settings").annotator_uid, NAME)
    for who, tags in ((other_annotator("Ben"), BENS), (anna, ANNAS)):
        project = open_project(path)
        work_as(project, who)
        article = project.read.all_article_uids()[0]
        for tag, words in tags:
            shown = projects.content(project, article)
            projects.tag(project, shown.article, tag, words)
        project.close()
    return path


@pytest.fixture
def user(tmp_path: Path) -> Iterator[User]:
    with at_the_window(tagged_by_two(tmp_path), tmp_path / "settings") as user:
        yield user


def panel(user: User) -> ReviewPanel:
    found = user.shown("reviewPanel")
    assert isinstance(found, ReviewPanel)
    return found


def current(user: User) -> tuple[str, str]:
    """Return the kind and the words of the difference that is looked at."""
    item = user.window.review.session.current
    assert item is not None
    return str(item.difference.kind), item.sides[0].text


def final(user: User) -> list[tuple[str, str]]:
    """Return tag and words of what is in the adjudicated set, from the file, in text order."""
    project, content = user.window.state.project, user.window.state.content
    assert project is not None
    assert content is not None
    stored = projects.content(project, content.article)
    sets = {one.uid for one in project.cache.sets.values() if one.kind is SetKind.ADJUDICATED}
    found = sorted((a for a in stored.annotations.values() if a.annotation_set in sets), key=lambda a: a.start)
    return [(project.cache.codebook.tag(a.tag_type).name, a.text) for a in found]


def said(user: User) -> list[tuple[str, str, Decision, str]]:
    """Return of every verdict whose annotation it is about, its words, the decision and the reason or comment."""
    project = user.window.state.project
    assert project is not None
    about = {a.uid: a for a in project.read.all(Annotation)}
    names = {one.uid: one.name for one in project.cache.sets.values()}
    found = sorted(project.read.all(Verdict), key=lambda v: (v.created, v.uid))
    return [
        (names[about[v.annotation].annotation_set], about[v.annotation].text, v.decision, v.reason or v.comment)
        for v in found
    ]


def test_an_article_reviewed_by_keys_alone(user: User) -> None:
    user.click("Peskov")
    user.press("Ctrl+Shift+R")
    assert panel(user).isVisible()
    assert not user.window.panel.isVisible()
    assert user.reader.hasFocus()
    assert current(user) == ("only_b", "told")

    user.press("J", "J")
    assert current(user) == ("boundary", "“The talks go on,”")
    user.press("K", "K")
    assert current(user) == ("only_b", "told")

    user.press("A")
    assert final(user) == [("cue", "told")]
    assert current(user) == ("tag", "reporters")
    user.press("1")
    assert final(user) == [("cue", "told"), ("speaker", "reporters")]

    user.press("M")
    user.type("Where are the marks?")
    user.press("Enter")
    assert user.reader.hasFocus()
    user.press("3")
    assert final(user)[-1] == ("quote", "“The talks go on,”")

    assert current(user) == ("only_b", "Berlin")
    user.press("R")
    user.type("not the subject")
    user.press("Enter")
    assert said(user) == [
        ("Ben", "told", Decision.ACCEPTED, ""),
        ("Anna", "reporters", Decision.ACCEPTED, ""),
        ("Ben", "reporters", Decision.REVISED, "tag"),
        ("Ben", "talks go on", Decision.COMMENT, "Where are the marks?"),
        ("Anna", "“The talks go on,”", Decision.ACCEPTED, ""),
        ("Ben", "talks go on", Decision.REVISED, "boundary"),
        ("Ben", "Berlin", Decision.REJECTED, "not the subject"),
    ]
    assert user.window.review.session.decided == 4

    user.press("Shift+A")
    everything = [
        ("speaker", "Peskov"), ("cue", "told"), ("speaker", "reporters"), ("location", "Moscow"),
        ("quote", "“The talks go on,”"),
    ]  # fmt: skip
    assert final(user) == everything
    user.press("Ctrl+Z")
    assert final(user) == [everything[1], everything[2], everything[4]]
    user.press("Ctrl+Z")
    assert current(user) == ("only_b", "Berlin")
    assert user.window.review.session.decided == 3
    user.press("Ctrl+Shift+Z", "Ctrl+Shift+Z")
    assert final(user) == everything

    user.press("Shift+Enter")
    project, content = user.window.state.project, user.window.state.content
    assert project is not None
    assert content is not None
    assert reviewing.reviewers(project, content.article.uid) == [project.annotator.uid]
    assert panel(user).reviewed.text() == "Reviewed by Anna"

    user.press("Ctrl+Shift+R")
    assert user.window.panel.isVisible()
    assert not user.window.review.panel.isVisible()


def test_nobodys_own_tags_are_changed_by_a_review(user: User) -> None:
    before = {a.uid: a for a in user.annotations}
    user.click("Peskov")
    user.press("Ctrl+Shift+R", "5", "Delete", "U", "4", "A", "2", "3", "X")
    after = {a.uid: a for a in user.annotations}
    assert {uid: after[uid] for uid in before} == before


def test_revising_leaves_the_copy_to_be_changed_by_the_tagging_keys(user: User) -> None:
    user.click("Peskov")
    user.press("Ctrl+Shift+R", "J", "J", "E")
    assert user.window.panel.isVisible()
    assert final(user) == [("quote", "talks go on")]
    user.press("U")
    assert final(user) == [("quote", "The talks go on")]
    user.press("Ctrl+Shift+R")
    assert current(user) == ("boundary", "“The talks go on,”")
    user.press("R", "Enter")  # Anna's: Ben's has been judged
    assert said(user)[-1] == ("Anna", "“The talks go on,”", Decision.REJECTED, "boundary")
    assert final(user) == [("quote", "The talks go on")]
    assert current(user) == ("only_b", "Berlin")


def test_one_set_alone_and_the_mouse(user: User) -> None:
    user.click("Peskov")
    user.press("Ctrl+Shift+R")
    chooser = panel(user).chooser
    chooser.first.setCurrentIndex(1)
    chooser.second.setCurrentIndex(0)
    chooser.first.activated.emit(1)
    items = user.window.review.session.shown
    assert [item.sides[0].text for item in items] == [
        "Peskov", "told", "reporters", "Moscow", "talks go on", "Berlin",
    ]  # fmt: skip
    user.click_on(panel(user).buttons["review.accept"])
    user.press("R")
    user.press("Enter")
    assert [(one[1], one[2], one[3]) for one in said(user)] == [
        ("Peskov", Decision.ACCEPTED, ""), ("told", Decision.REJECTED, "boundary"),
    ]  # fmt: skip
    assert final(user) == []


def test_a_window_closed_in_review_mode_opens_as_it_was_before(tmp_path: Path) -> None:
    path = tagged_by_two(tmp_path)
    with at_the_window(path, tmp_path / "settings") as user:
        before = user.window.panel.width()
        user.press("Ctrl+Shift+R")
        assert abs(user.window.review.panel.width() - before) <= 1
    with at_the_window(path, tmp_path / "settings") as user:
        assert user.window.panel.isVisible()
        assert abs(user.window.panel.width() - before) <= 1
        assert not user.window.review.panel.isVisible()
