from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel, QListView, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from annotator.base.errors import ProjectError
from annotator.model.content import SearchHit
from annotator.model.finding import terms
from annotator.model.span import Span
from annotator.operations import articles
from annotator.storage.reader import Reader
from annotator.ui.dialogs.hits import BOLD_ROLE, HIT_ROLE, HitModel, bold_spans, line_of
from annotator.ui.dialogs.search_dialog import SearchDialog
from annotator.ui.widgets.search_field import SearchField


class Shown:
    def __init__(self, desk, qtbot: QtBot) -> None:
        self.desk, self.qtbot, self.asked = desk, qtbot, []
        self.dialog = SearchDialog(desk.window, desk.state)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(self.dialog)
        self.dialog.open_requested.connect(lambda *asked: self.asked.append(asked))
        with qtbot.waitExposed(self.dialog):
            self.dialog.show()
        self.field = self.dialog.findChild(SearchField)
        self.list = self.dialog.findChild(QListView)

    def search(self, words: str, count: int) -> None:
        self.field.clear()
        self.qtbot.keyClicks(self.field, words)
        self.qtbot.keyClick(self.field, Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: len(self.hits()) == count and self.dialog._work is None, timeout=3000)

    def rows(self) -> list[str]:
        model = self.list.model()
        return [model.index(row, 0).data() for row in range(model.rowCount())]

    def hits(self) -> list[SearchHit]:
        model = self.list.model()
        found = [model.index(row, 0).data(HIT_ROLE) for row in range(model.rowCount())]
        return [hit for hit in found if hit is not None]

    def said(self) -> str:
        return "\n".join(label.text() for label in self.dialog.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def shown(desk, qtbot: QtBot) -> Shown:
    return Shown(desk, qtbot)


def test_places_are_grouped_and_counted(shown):
    assert "Search the whole project" in shown.said()
    shown.search("strike", 3)
    assert [row for row in shown.rows() if row.startswith(("In ", "People"))] == ["In titles (1)", "In texts (2)"]
    assert "3 places" in shown.said()
    shown.search("moscow talks", 2)
    assert shown.hits()[0].title == "Talks in Moscow"


def test_enter_searches_first_and_then_opens(shown, qtbot, uid_titled):
    shown.search("kremlin", 1)
    assert shown.asked == []
    assert "1 place" in shown.said()
    qtbot.keyClick(shown.field, Qt.Key.Key_Return)
    assert shown.asked == [(uid_titled("Talks in Moscow"), Span(0, 7), "")]
    assert shown.dialog.isVisible()


def test_arrows_pass_the_headings(shown, qtbot):
    shown.search("strike", 3)
    visited = []
    for _ in range(4):
        visited.append(shown.list.currentIndex().row())
        qtbot.keyClick(shown.field, Qt.Key.Key_Down)
    assert visited == [1, 3, 4, 4]
    qtbot.keyClick(shown.field, Qt.Key.Key_Up)
    qtbot.keyClick(shown.field, Qt.Key.Key_Up)
    qtbot.keyClick(shown.field, Qt.Key.Key_Up)
    assert shown.list.currentIndex().row() == 1


def test_click_button_and_enter_in_the_list_open(shown, qtbot):
    shown.search("strike", 3)
    spot = shown.list.visualRect(shown.list.model().index(3, 0)).center()
    qtbot.mouseClick(shown.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    shown.list.setFocus()
    qtbot.keyClick(shown.list, Qt.Key.Key_Return)
    next(one for one in shown.dialog.findChildren(QPushButton) if one.text() == "Open").click()
    assert len(shown.asked) == 3
    assert len(set(shown.asked)) == 1
    heading = shown.list.visualRect(shown.list.model().index(0, 0)).center()
    qtbot.mouseClick(shown.list.viewport(), Qt.MouseButton.LeftButton, pos=heading)
    assert len(shown.asked) == 3


def test_nothing_found_says_what_to_do(shown, qtbot):
    shown.search("zeppelin", 0)
    qtbot.waitUntil(lambda: "Nothing found" in shown.said())
    assert not next(one for one in shown.dialog.findChildren(QPushButton) if one.text() == "Open").isEnabled()
    shown.dialog.search_for("")
    qtbot.waitUntil(lambda: "Search the whole project" in shown.said())


def test_a_change_in_the_project_is_searched_anew_and_the_place_stays(shown, desk, qtbot):
    shown.search("strike", 3)
    qtbot.keyClick(shown.field, Qt.Key.Key_Down)
    before = shown.list.currentIndex().data(HIT_ROLE)
    content = desk.project.read.content(before.article)
    assert content is not None
    articles.describe(desk.project, content.article, replace(content.article, title="Harbour"))
    qtbot.waitUntil(lambda: len(shown.hits()) == 2, timeout=3000)
    assert shown.list.currentIndex().data(HIT_ROLE).where == "text"


def test_many_places_are_capped(shown, monkeypatch, qtbot):
    many = [SearchHit(f"a{n}", "T", "title", None, "", "strike", "") for n in range(201)]
    monkeypatch.setattr(Reader, "find_everywhere", lambda *_: many)
    shown.search("strike", 200)
    assert "The first 200 places." in shown.said()


def test_a_file_that_cannot_be_read_is_told(shown, monkeypatch, qtbot, desk):
    def fail(*_: object) -> None:
        raise ProjectError("The file is gone.")

    told: list[str] = []
    desk.state.notice.connect(lambda text, _kind: told.append(text))
    monkeypatch.setattr(Reader, "find_everywhere", fail)
    shown.field.setText("strike")
    qtbot.waitUntil(lambda: told == ["The file is gone."], timeout=3000)


def test_it_closes_with_the_project(shown, desk):
    project = desk.project
    desk.state.set_project(None)
    assert shown.dialog.isHidden()
    desk.state.set_project(project)


def test_every_term_is_bold_and_the_words_stay_in_sight(qapp):
    hit = SearchHit("a", "T", "text", Span(4, 8), "A strike at the ", "port\n", "of the strikers")
    assert line_of(hit) == "A strike at the port of the strikers"
    spans = bold_spans(hit, terms("strike port"))
    assert [span.of(line_of(hit)) for span in spans] == ["strike", "port "]


def test_rows_are_painted_wide_narrow_and_mirrored(shown, qapp):
    shown.search("strike", 3)
    for direction in (Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight):
        shown.dialog.setLayoutDirection(direction)
        shown.list.setFixedWidth(120)
        assert not shown.dialog.grab().isNull()


def test_the_model_keeps_qt_s_rules(qapp):
    model = HitModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert model.first() == -1
    model.show([SearchHit("a", "T", "note", Span(1, 2), "x ", "y", " z", "n")], terms("y"))
    assert model.index(0).data() == "In notes and attributes (1)"
    assert model.index(0).data(HIT_ROLE) is None
    assert model.index(1).data(Qt.ItemDataRole.AccessibleTextRole) == "x y z, T"
    assert model.index(1).data(BOLD_ROLE) == [Span(2, 3)]
    assert not model.flags(model.index(0)) & Qt.ItemFlag.ItemIsSelectable
    model.show([], terms(""))
    assert model.hit(0) is None
    del tester


def test_a_closed_dialog_is_gone_and_hears_nothing(desk, qtbot, uid_titled):
    dialog = SearchDialog(desk.window, desk.state)
    dialog.show()
    dialog.search_for("strike")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)  # clears the field
    dialog.close()
    qtbot.waitUntil(lambda: not isValid(dialog))
    content = desk.project.read.content(uid_titled("Port strike"))
    assert content is not None
    articles.describe(desk.project, content.article, replace(content.article, title="Harbour"))


def test_newer_words_take_the_place_of_older_ones(shown, qtbot):
    shown.field.setText("strike")
    shown.dialog._search("strike")
    shown.dialog._search("kremlin")
    shown.field.setText("kremlin")
    qtbot.waitUntil(lambda: [hit.title for hit in shown.hits()] == ["Talks in Moscow"], timeout=3000)
