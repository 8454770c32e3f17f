from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from annotator.model.span import Span
from annotator.ui.dialogs.find_bar import FindBar
from annotator.ui.theme.apply import apply_theme
from annotator.ui.theme.theme import load_theme
from annotator.ui.widgets.search_field import SearchField


class Seen:
    """A find bar in its window, and what it told last."""

    def __init__(self, desk, qtbot: QtBot) -> None:
        self.desk, self.qtbot = desk, qtbot
        self.bar = FindBar(desk.state, desk.actions)
        self.places: list[Span] = []
        self.current = -2
        self.focused = 0
        self.bar.found.connect(self._take)
        desk.state.focus_reader.connect(self._focus)
        desk.window.layout().insertWidget(0, self.bar)
        self.bar.hide()

    def _take(self, places: list[Span], current: int) -> None:
        self.places, self.current = places, current

    def _focus(self) -> None:
        self.focused += 1

    @property
    def field(self) -> SearchField:
        found = self.bar.findChild(SearchField)
        assert isinstance(found, SearchField)
        return found

    def words(self) -> list[str]:
        assert self.desk.state.content is not None
        return [span.of(self.desk.state.content.text) for span in self.places]

    def count(self) -> str:
        label = self.bar.findChild(QLabel)
        assert isinstance(label, QLabel)
        return label.text()

    def button(self, name: str) -> QToolButton:
        return next(one for one in self.bar.findChildren(QToolButton) if one.accessibleName() == name)

    def type_in(self, text: str, *, then: Qt.Key | None = Qt.Key.Key_Return) -> None:
        self.field.clear()
        self.qtbot.keyClicks(self.field, text)
        if then is not None:
            self.qtbot.keyClick(self.field, then)


@pytest.fixture
def seen(opened, qtbot: QtBot) -> Seen:
    return Seen(opened, qtbot)


def test_typed_words_are_found_and_counted(seen):
    seen.bar.open_with("")
    assert seen.field.hasFocus()
    seen.type_in("Strike")
    assert seen.words() == ["strike", "strike", "strike", "strike"]
    assert (seen.current, seen.count()) == (0, "1 of 4")


def test_typing_alone_finds_after_a_short_pause(seen, qtbot):
    seen.bar.open_with("")
    seen.type_in("port", then=None)
    qtbot.waitUntil(lambda: seen.words() == ["port", "port"], timeout=2000)


def test_enter_and_the_buttons_go_round(seen, qtbot):
    seen.bar.open_with("strike")
    assert seen.count() == "1 of 4"
    qtbot.keyClick(seen.field, Qt.Key.Key_Return)
    assert seen.count() == "2 of 4"
    qtbot.keyClick(seen.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(seen.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert seen.count() == "4 of 4"
    qtbot.mouseClick(seen.button("Next"), Qt.MouseButton.LeftButton)
    assert seen.count() == "1 of 4"
    qtbot.mouseClick(seen.button("Previous"), Qt.MouseButton.LeftButton)
    assert seen.current == 3


def test_case_and_whole_words(seen):
    seen.bar.open_with("A strike")
    assert seen.words() == ["A strike", "a strike"]
    seen.button("Match upper and lower case").click()
    assert seen.words() == ["A strike"]
    seen.button("Match upper and lower case").click()
    seen.bar.open_with("strike")
    seen.button("Whole words only").click()
    assert len(seen.words()) == 3


def test_finding_starts_at_the_caret(seen):
    assert seen.desk.state.content is not None
    text = seen.desk.state.content.text
    seen.desk.state.set_selection(None, text.index("A strike"))
    seen.bar.open_with("strike")
    assert seen.count() == "3 of 4"
    seen.desk.state.set_selection(Span(len(text) - 1, len(text)), len(text))
    seen.bar.open_with("strike")
    assert seen.count() == "1 of 4"


def test_escape_closes_clears_and_gives_the_focus_to_the_reader(seen, qtbot):
    seen.bar.open_with("port")
    qtbot.keyClick(seen.field, Qt.Key.Key_Escape)
    assert seen.bar.isHidden()
    assert (seen.places, seen.current, seen.focused) == ([], -1, 1)
    seen.bar.next()
    assert not seen.bar.isHidden()
    assert seen.words() == ["port", "port"]
    qtbot.keyClick(seen.button("Next"), Qt.Key.Key_Escape)
    assert seen.bar.isHidden()


def test_next_and_previous_from_the_reader(seen):
    seen.bar.open_with("port")
    seen.bar.next()
    assert seen.current == 1
    seen.bar.previous()
    assert seen.current == 0


def test_nothing_found_says_so(seen):
    seen.bar.open_with("zeppelin")
    assert (seen.places, seen.count()) == ([], "Not found")
    assert not seen.button("Next").isEnabled()
    assert seen.field.accessibleDescription() == "Not found"


def test_another_article_is_searched_at_once(seen, uid_titled, qapp):
    seen.bar.open_with("talks")
    assert seen.places == []
    seen.desk.state.open_article(uid_titled("Talks in Moscow"))
    qapp.processEvents()
    assert seen.words() == ["talks"]
    seen.desk.state.close_article()
    qapp.processEvents()
    assert seen.bar.isHidden()
    assert seen.places == []


def test_a_corrected_text_is_searched_anew(seen, qapp):
    seen.bar.open_with("port")
    content = seen.desk.state.content
    assert content is not None
    seen.desk.state.content = replace(content, text="A port.")
    seen.desk.state.content_changed.emit(None)
    qapp.processEvents()
    assert len(seen.places) == 2  # tagging alone: the same text
    corrected = replace(content.article, sha256="0" * 64)
    seen.desk.state.content = replace(content, article=corrected, text="A port.")
    seen.desk.state.content_changed.emit(None)
    qapp.processEvents()
    assert seen.places == [Span(2, 6)]


def test_icons_follow_the_theme(seen, qapp: QApplication):
    seen.bar.show()
    before = seen.button("Next").icon().cacheKey()
    apply_theme(qapp, load_theme("dark"))
    assert seen.button("Next").icon().cacheKey() != before
    assert seen.button("Next").toolTip() == "Next (F3)"


def test_without_an_article_nothing_is_found(desk, qtbot):
    seen = Seen(desk, qtbot)
    seen.bar.open_with("port")
    assert (seen.places, seen.current) == ([], -1)
