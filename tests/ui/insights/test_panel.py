from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from support.projects import tag

from annotator.analysis.result import Level
from annotator.model.annotation import Annotation
from annotator.operations.agreement import compared, measures_of
from annotator.ui.insights.article_model import STRIP, TITLE
from annotator.ui.insights.painting import strip_rect
from annotator.ui.insights.panel import InsightsPanel
from annotator.ui.insights.place_model import Place
from annotator.ui.theme.apply import apply_theme
from annotator.ui.theme.theme import load_theme

from .conftest import ARTICLE, A, B, Study, done_by_both


@pytest.fixture
def panel(study: Study, qtbot: QtBot, qapp: QApplication) -> Iterator[InsightsPanel]:
    """The panel, as wide as for both halves, on all articles."""
    apply_theme(qapp, load_theme("light"))
    made = InsightsPanel(study.state)
    study.inquiry = made.inquiry
    qtbot.addWidget(made)
    made.resize(1300, 360)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.choices.articles.setCurrentIndex(1)
    study.wait()
    yield made
    made.hide()


def show_confusion(panel: InsightsPanel) -> None:
    panel.differences.show_page(panel.confusion)
    QApplication.processEvents()


# -- what is asked ----------------------------------------------------------------------------------------


def test_a_click_on_a_name_leaves_it_out_and_says_what_to_do(study: Study, panel: InsightsPanel) -> None:
    anna, ben = panel.choices.chips.values()
    assert (anna.text(), ben.text()) == ("Anna", "Ben")
    assert anna.isChecked()
    ben.click()
    assert panel.inquiry.question.sets == (A,)
    assert panel.empty.isVisible()
    assert panel.empty.accessibleName() == "Choose two at least"
    assert not panel.choices.report.isEnabled()
    ben.click()
    study.wait()
    assert panel.inquiry.question.sets == (A, B)
    assert not panel.empty.isVisible()
    assert panel.choices.report.isEnabled()


def test_the_number_left_out_is_said(study: Study, panel: InsightsPanel) -> None:
    articles = panel.choices.articles
    assert articles.currentText() == "All articles: 2"
    done_by_both(study, ARTICLE)
    articles.setCurrentIndex(0)
    study.wait()
    assert articles.currentText() == "Done by all: 1 of 2"
    assert articles.toolTip() == "1 article left out: not everybody has marked them done"


def test_without_an_article_done_by_all_the_way_on_is_said(study: Study, panel: InsightsPanel) -> None:
    panel.choices.articles.setCurrentIndex(0)
    study.wait()
    assert panel.empty.isVisible()
    assert panel.empty.accessibleName() == "No article is done by all"


def test_one_tag_by_the_list(study: Study, panel: InsightsPanel) -> None:
    panel.choices.tag.setCurrentIndex(panel.choices.tag.findText("Location"))
    assert panel.measures.tabs.said().startswith("counting…")
    study.wait()
    assert panel.measures.overview_model.rowCount() == 1
    assert {one.tag for one in panel.inquiry.measures.values()} == {"location"}


# -- numbers ----------------------------------------------------------------------------------------------


def test_the_chosen_number_is_told_beneath_the_table(study: Study, panel: InsightsPanel) -> None:
    overview = panel.measures.overview
    overview.setFocus()
    QTest.keyClick(overview, Qt.Key.Key_Right)
    assert panel.measures.told.text().startswith("F1, overlapping (All tags, spans): ")
    assert panel.measures.told.accessibleName() == panel.measures.told.text()
    panel.measures.tabs.show_page(panel.measures.every)
    every = panel.measures.every
    every.setFocus()
    QTest.keyClick(every, Qt.Key.Key_Down)
    assert panel.measures.told.text().startswith("Recall, exact (All tags, spans): ")
    assert "this article" in panel.measures.told.text()


def test_the_open_article_is_summed_up_at_the_end_of_the_tabs(study: Study, panel: InsightsPanel) -> None:
    here = panel.inquiry.here
    assert here is not None
    kappa = here.measures[Level.TOKEN, None, None, "cohen_kappa"].value
    assert panel.differences.said() == f"This article: F1 0.82 · overlapping 0.88 · κ {kappa:.2f}"
    study.state.close_article()
    assert panel.differences.said() == ""


def test_a_narrow_panel_has_one_row_of_tabs(study: Study, panel: InsightsPanel) -> None:
    panel.resize(800, 360)
    QApplication.processEvents()
    assert panel.differences.isHidden()
    assert panel.measures.tabs.bar.count() == 4
    assert panel.measures.tabs.said().startswith("This article")
    assert panel.parts == [panel.measures.overview]
    panel.measures.tabs.show_page(panel.articles)
    assert panel.measures.told.isHidden()
    panel.resize(1300, 360)
    QApplication.processEvents()
    assert [panel.measures.tabs.bar.count(), panel.differences.bar.count()] == [2, 2]
    assert panel.articles.isVisible()
    assert panel.parts == [panel.first, panel.articles]


# -- where people differ ----------------------------------------------------------------------------------


def test_a_click_on_a_strip_asks_for_that_place(study: Study, panel: InsightsPanel) -> None:
    asked: list[tuple[object, ...]] = []
    panel.articles.article_asked.connect(lambda *told: asked.append(told))
    strip = strip_rect(panel.articles.visualRect(panel.articles.articles.index(0, STRIP)))
    left = Qt.MouseButton.LeftButton
    QTest.mouseClick(panel.articles.viewport(), left, pos=QPoint(strip.left() + strip.width() // 2, strip.center().y()))
    title = panel.articles.visualRect(panel.articles.articles.index(1, TITLE)).center()
    QTest.mouseClick(panel.articles.viewport(), left, pos=title)
    QTest.keyClick(panel.articles, Qt.Key.Key_Return)
    (uid, first, second, place), *others = asked
    assert (uid, first, second) == (study.second.uid, A, B)
    assert abs(int(str(place)) - 19) <= 1  # the middle of 39 characters
    assert others == [(ARTICLE, A, B, -1)] * 2


def test_the_strip_is_taller_where_more_differs(panel: InsightsPanel) -> None:
    strip = strip_rect(panel.articles.visualRect(panel.articles.articles.index(0, STRIP)))
    image = panel.articles.viewport().grab().toImage()
    heat = panel.articles.articles.row(panel.articles.articles.index(0, 0))
    assert heat is not None
    ground = image.pixelColor(strip.left() + 1, strip.top() + 1)

    def filled(at: int) -> int:
        x = strip.left() + round((at + 0.5) * strip.width() / len(heat.one.heat))
        return sum(image.pixelColor(x, y) != ground for y in range(strip.top(), strip.bottom() + 1))

    for at in range(2, len(heat.one.heat) - 2, 7):
        assert (filled(at) == 0) == (heat.one.heat[at] == 0)
        assert (filled(at) == strip.height()) == (heat.one.heat[at] > 0.75)


def test_a_cell_lists_its_places_by_keys_and_escape_leads_back(study: Study, panel: InsightsPanel) -> None:
    asked: list[tuple[Place, object, str, str]] = []
    closed: list[bool] = []
    panel.confusion.place_asked.connect(lambda *told: asked.append(told))
    panel.close_asked.connect(lambda: closed.append(True))
    show_confusion(panel)
    table = panel.confusion.table
    table.setFocus()
    table.setCurrentIndex(panel.confusion.confusion.index(0, 0))
    QTest.keyClick(table, Qt.Key.Key_Right)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert panel.confusion.currentIndex() == 0  # nobody has a speaker for the other's quote: nothing to list
    QTest.keyClick(table, Qt.Key.Key_Right)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert panel.confusion.list.hasFocus()
    assert panel.confusion.found.rowCount() == 2
    QTest.keyClick(panel.confusion.list, Qt.Key.Key_Return)
    place, cell, first, second = asked[0]
    assert place.words == ("Schmidt",)
    assert cell == (place.sides[0].tag_type, place.sides[1].tag_type)
    assert (first, second) == (A, B)
    QTest.keyClick(panel.confusion.list, Qt.Key.Key_Escape)
    assert table.hasFocus()
    assert closed == []
    QTest.keyClick(table, Qt.Key.Key_Escape)
    assert closed == [True]


def test_a_click_on_a_cell_does_the_same_and_the_list_follows(study: Study, panel: InsightsPanel) -> None:
    show_confusion(panel)
    table, model = panel.confusion.table, panel.confusion.confusion
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(model.index(0, 2)).center())
    assert panel.confusion.found.rowCount() == 2
    schmidt = panel.confusion.found.place(panel.confusion.found.index(0))
    assert schmidt is not None
    second = study.project.read.get(Annotation, schmidt.sides[1].uid)
    assert second is not None
    with study.project.edit("Retype") as edit:
        edit.replace(second, replace(second, tag_type=schmidt.sides[0].tag_type, values=()))
    study.wait()
    assert panel.confusion.found.rowCount() == 1
    panel.confusion.back.click()
    assert panel.confusion.currentIndex() == 0


# -- the report -------------------------------------------------------------------------------------------


def test_the_report_is_written_of_what_is_shown(
    study: Study, panel: InsightsPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "agreement.html"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target.with_suffix("")), ""))
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    panel.choices.report.click()
    study.qtbot.waitUntil(lambda: bool(panel.report.written), timeout=20_000)
    assert panel.report.written == (target, target.with_suffix(".csv"))
    assert panel.report.said.text() == f"Report written: agreement.html and agreement.csv, in {tmp_path}"
    panel.report.open_folder.click()
    assert [url.toLocalFile() for url in opened] == [str(tmp_path)]
    with target.with_suffix(".csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    wanted = measures_of(compared(study.project.read, sets=(A, B), only_done=False))
    assert len(rows) == len(wanted)
    assert "<script" not in target.read_text("utf-8")


def test_a_report_that_cannot_be_written_says_why(study: Study, panel: InsightsPanel, tmp_path: Path) -> None:
    told: list[str] = []
    study.state.notice.connect(lambda text, _kind: told.append(text))
    (tmp_path / "x.csv").write_text("somebody's\n")
    panel.report.write(tmp_path / "x.html")
    study.qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert "is no report’s table" in panel.report.said.text()
    assert not panel.report.open_folder.isVisible()
    assert (tmp_path / "x.csv").read_text() == "somebody's\n"


def test_without_a_name_nothing_is_written(panel: InsightsPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    panel.choices.report.click()
    assert panel.report.isHidden()


def test_the_panel_is_empty_in_a_project_of_nobody(study: Study, panel: InsightsPanel) -> None:
    study.state.set_project(None)
    assert panel.empty.isVisible()
    assert panel.empty.accessibleName() == "Agreement needs two people"
    assert panel.choices.chips == {}
    assert panel.confusion.confusion.rowCount() == 0
    assert panel.articles.articles.rowCount() == 0


def test_tab_goes_through_everything_in_the_order_of_reading(panel: InsightsPanel) -> None:
    ben = list(panel.choices.chips.values())[-1]
    ben.setFocus(Qt.FocusReason.TabFocusReason)
    walked = []
    for _ in range(8):
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        walked.append(QApplication.focusWidget())
    choices, measures = panel.choices, panel.measures
    assert walked == [
        choices.articles, choices.tag, choices.report, choices.close_button, measures.tabs.bar, measures.overview,
        panel.differences.bar, panel.articles,
    ]  # fmt: skip
    assert all(one.accessibleName() or one is choices.report for one in walked if one is not None)


def test_with_three_the_two_of_the_table_are_chosen(study: Study, panel: InsightsPanel) -> None:
    show_confusion(panel)
    assert not panel.confusion.pair.isVisible()
    tag(study.project, study.second, "location", "Berlin")  # Carol's, who is compared from now on
    study.wait()
    assert panel.confusion.pair.isVisible()
    pairs = [panel.confusion.pair.itemText(at) for at in range(panel.confusion.pair.count())]
    assert pairs == ["Anna × Ben", "Anna × Carol", "Ben × Carol"]
    model = panel.confusion.confusion
    panel.confusion.show_cell(model.index(2, 2))
    panel.confusion.pair.setCurrentIndex(2)
    assert panel.confusion.currentIndex() == 0  # the list was that of other two
    assert model.pair == (1, 2)
    assert model.cell_word((None, None)).startswith("Ben: nothing · Carol")
    asked: list[tuple[object, ...]] = []
    panel.articles.article_asked.connect(lambda *told: asked.append(told))
    panel.articles.setCurrentIndex(panel.articles.articles.index(0, 0))
    panel.articles.setFocus()
    QTest.keyClick(panel.articles, Qt.Key.Key_Return)
    assert len({*asked[0][1:3]}) == 2
