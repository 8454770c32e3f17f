"""Finding: in the article list, in the article, everywhere, and the right command."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from support.user import User, at_the_window, project_file, settle

HARBOUR = "Harbour deal\n\nThe harbour deal was signed. “The harbour is ours,” said Mia Berg."
FOREST = "Forest fire\n\nA fire burnt the forest near Split. Nobody was hurt in the forest."


@pytest.fixture
def user(tmp_path: Path) -> Iterator[User]:
    with at_the_window(project_file(tmp_path, HARBOUR, FOREST), tmp_path / "settings") as user:
        yield user


def test_searching_the_list_narrows_it_and_shows_the_words(user: User) -> None:
    search = user.part("articleSearch")
    search.setFocus()
    user.type("forest")
    QTest.qWait(120)
    (only,) = user.window.side.listed_articles()
    user.window.state.open_article(only)
    settle()
    assert user.text == FOREST
    user.press("Ctrl+F")
    user.type("forest")
    QTest.qWait(120)
    assert user.window.desk.find_bar._count.text() == "1 of 3"
    user.press("Enter")
    assert user.window.desk.find_bar._count.text() == "2 of 3"
    user.press("F3", "F3")
    assert user.window.desk.find_bar._count.text() == "1 of 3"
    user.press("Esc")
    assert user.reader.hasFocus()


@pytest.mark.may_take_long("a change of theme dresses every widget of the window anew, in Qt itself")
def test_the_palette_runs_what_is_typed(user: User) -> None:
    user.press("Ctrl+K")
    palette = user.part("commandPalette")
    assert palette.isVisible()
    user.type("dark theme")
    user.press("Enter")
    assert not palette.isVisible()
    assert user.window.settings["theme"] == "dark"
    assert user.reader.hasFocus()


def test_escape_leaves_the_palette_and_the_focus_where_it_was(user: User) -> None:
    user.reader.setFocus()
    user.press("Ctrl+K", "Esc")
    assert user.reader.hasFocus()
    assert user.window.settings["theme"] == "system"


def test_f6_goes_through_the_parts(user: User) -> None:
    user.reader.setFocus()
    seen = [user.focus()]
    for _ in range(3):  # the inspector has no fields while nothing is selected
        user.press("F6")
        seen.append(user.focus())
    assert seen[0] is seen[-1]
    assert len(set(map(id, seen))) == 3
