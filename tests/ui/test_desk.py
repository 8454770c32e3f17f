"""The reader within the window: its font, its width, and what the article list is searched for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtWidgets import QWidget
from support import projects
from support.user import User, at_the_window, project_file, settle

from annotator.model import rules
from annotator.model.span import Span
from annotator.operations import tagging
from annotator.ui.theme.fonts import article_font

TEXT = "Harbour deal\n\n" + "The harbour deal was signed after a long night of talks in the old town hall. " * 12


@pytest.fixture
def user(tmp_path: Path) -> Iterator[User]:
    with at_the_window(project_file(tmp_path, TEXT), tmp_path / "settings") as user:
        yield user


def fits(user: User) -> bool:
    reader = user.window.desk.reader
    return bool(reader.document().textWidth() == reader.viewport().width())


def test_the_article_keeps_its_own_font_when_the_window_is_dressed(user: User) -> None:
    reader = user.window.desk.reader
    wanted = article_font("", 16)
    assert (reader.document().defaultFont().family(), reader.document().defaultFont().pixelSize()) == (
        wanted.family(),
        16,
    )
    user.window.actions_.run("view.dark")
    settle()
    assert reader.document().defaultFont().pixelSize() == 16
    user.window.actions_.run("view.zoomIn")
    settle()
    assert reader.document().defaultFont().pixelSize() > 16
    user.window.actions_.run("view.light")


@pytest.mark.parametrize("width", [1024, 1280, 2000])
def test_no_line_is_cut_off_at_any_width(user: User, width: int) -> None:
    user.window.resize(width, 700)
    settle()
    assert fits(user)
    user.window.actions_.run("view.panel")
    settle()
    assert fits(user)


def test_the_words_searched_for_are_shown_in_the_article(user: User) -> None:
    user.window.desk.show_searched("harbour")
    assert len(user.window.desk.reader._painter.found) == 13
    user.window.desk.show_searched("")
    assert user.window.desk.reader._painter.found == ()


@pytest.mark.parametrize("width", [1024, 1280, 2560])
@pytest.mark.parametrize(("text", "from_the_right"), [(TEXT, False), ("مكتبة صفاقس\n\nقال المدير كلمة.", True)])
def test_the_title_stands_over_the_text(tmp_path: Path, width: int, text: str, from_the_right: bool) -> None:
    with at_the_window(project_file(tmp_path, text), tmp_path / "settings") as user:
        user.window.resize(width, 700)
        settle()
        desk = user.window.desk
        title = desk.header.title.rect().translated(desk.header.title.mapTo(desk, QPoint(0, 0)))
        lines = desk.reader.rectangles_of(Span(0, 5))[0].translated(desk.reader.viewport().mapTo(desk, QPoint(0, 0)))
        if from_the_right:
            assert title.right() == pytest.approx(lines.right(), abs=3)
        else:
            assert title.left() == pytest.approx(lines.left(), abs=3)


def test_what_lacks_something_is_marked_as_if_all_were_judged_anew(user: User) -> None:
    state, reader = user.window.state, user.window.desk.reader

    def agrees() -> bool:
        assert state.content is not None
        assert state.project is not None
        found = rules.to_check(state.content, state.codebook, state.project.cache.entities)
        return reader.content.incomplete == {item.annotation for item in found}

    for words, key in (("signed", "2"), ("night", "4"), ("town", "3"), ("talks", "1")):
        user.click(words)
        user.press(key)
        assert agrees()
    assert reader.content.incomplete
    for key in ("Ctrl+Z", "Ctrl+Z", "Ctrl+Y", "Delete", "Ctrl+Z"):
        user.press(key)
        assert agrees()


class Paints(QObject):
    """Notes of what kind each widget was that was painted."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self.seen: list[str] = []
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            self.seen.append(watched.objectName())
        return False


def test_the_text_with_its_tags_is_painted_before_the_lists_are_filled_and_once(user: User) -> None:
    project, desk, state = user.window.state.project, user.window.desk, user.window.state
    assert project is not None
    other = projects.add(project, "A day ends. And another one begins.", "Days")
    made = projects.tag(project, other, "claim", "A day")  # of which something is to be checked
    settle()

    lists = user.window.side.article_list.viewport(), user.window.panel.annotation_list.viewport()
    for widget, name in zip(lists, ("articles", "tags"), strict=True):
        widget.setObjectName(name)
    desk.reader.viewport().setObjectName("text")
    paints = Paints(desk.reader.viewport(), desk.reader.margin, *lists)
    told: list[tuple[list[str], bool]] = []
    state.article_coming.connect(lambda: told.append((list(paints.seen), made.uid in desk.reader.content.incomplete)))
    user.window.side.open(other.uid)
    assert told == [(["text", "readerMargin"], True)]
    settle()
    assert paints.seen.count("text") == paints.seen.count("readerMargin") == 1
    assert {"articles", "tags"} <= set(paints.seen)


def test_in_review_mode_nothing_is_painted_before_the_lanes_are_those_of_the_article(user: User) -> None:
    project, desk = user.window.state.project, user.window.desk
    assert project is not None
    other = projects.add(project, "A day ends. And another one begins.", "Days")
    settle()
    desk.reader.set_lanes({"of another"}, set(), set())
    settle()
    desk.reader.viewport().setObjectName("text")
    paints = Paints(desk.reader.viewport())
    told: list[list[str]] = []
    user.window.state.article_coming.connect(lambda: told.append(list(paints.seen)))
    user.window.side.open(other.uid)
    settle()
    assert told == [[]]
    assert paints.seen == ["text"]


@pytest.mark.parametrize("titles", [("Days", "A long title " * 20), ("A long title " * 20, "Days")])
def test_the_first_frame_of_an_article_leaves_its_title_the_room_it_needs(user: User, titles: tuple[str, str]) -> None:
    project, desk = user.window.state.project, user.window.desk
    assert project is not None
    before, after = (projects.add(project, f"{title} The talks go on.", title) for title in titles)
    settle()
    user.window.side.open(before.uid)
    settle()
    seen: list[tuple[int, int]] = []
    user.window.state.article_coming.connect(lambda: seen.append((desk.header.title.height(), desk.reader.height())))
    user.window.side.open(after.uid)
    settle()
    title = desk.header.title
    assert seen == [(title.height(), desk.reader.height())]
    assert title.height() == title.heightForWidth(title.width())


def test_a_long_article_is_read_before_all_that_stands_on_it_is_listed(user: User) -> None:
    project, desk = user.window.state.project, user.window.desk
    assert project is not None
    long = projects.add(project, "A long day ends. " * 800, "Long day")
    content = projects.content(project, long)
    kind = user.window.state.codebook.tag_types[0].uid
    made = [tagging.tag(project, content, kind, [Span(at, at + 4)]) for at in (2, 9_002)]
    settle()
    seen: list[tuple[str, str, set[str]]] = []
    painted: list[str] = []

    class Watch(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            if event.type() is QEvent.Type.Paint:
                painted.append(desk.reader.text[:6])
            return False

    watch = Watch()
    desk.reader.viewport().installEventFilter(watch)

    def look() -> None:
        title, shown = desk.header.title.text(), desk.reader.content.index.between(0, len(content.text))
        seen.append((title, painted[-1], {one.uid for one in shown}))

    user.window.state.article_coming.connect(look)
    user.window.side.open(long.uid)
    assert seen == [("Long day", "A long", {made[0].uid})], "painted before this was told"
    look()
    assert seen[1][2] == {one.uid for one in made}
    settle()
    assert user.window.state.in_order == made
    desk.reader.viewport().removeEventFilter(watch)
