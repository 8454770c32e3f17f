"""Agreement at the window: numbers that follow decisions, confused tags to go to, and the report to cite."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest
from PySide6.QtWidgets import QFileDialog
from support import projects
from support.command import run
from support.user import NAME, User, at_the_window, other_annotator, project_file, settle

from annotator.analysis.result import Level
from annotator.base.settings import Settings
from annotator.exchange.agreement_table import as_document
from annotator.model.annotation import Annotator
from annotator.model.article import Status
from annotator.operations.articles import set_status
from annotator.project.opening import open_project, work_as
from annotator.ui.actions.table import Mode
from annotator.ui.insights.article_model import STRIP
from annotator.ui.insights.painting import strip_rect
from annotator.ui.insights.panel import InsightsPanel

FIRST = "Talks\n\nPeskov told reporters in Moscow: “The talks go on,” and left.\n\nBerlin said nothing.\n"
SECOND = "Harbour\n\nFerran said in Trieste that nobody works. Delvai denied it in Koper.\n"
ANNAS = (
    (("speaker", "Peskov"), ("speaker", "reporters"), ("location", "Moscow"), ("quote", "“The talks go on,”")),
    (("speaker", "Ferran"), ("cue", "said"), ("location", "Trieste"), ("speaker", "Delvai")),
)
BENS = (
    (("speaker", "Peskov"), ("cue", "told"), ("cue", "reporters"), ("location", "Moscow"), ("quote", "talks go on"),
     ("location", "Berlin")),
    (("speaker", "Ferran"), ("cue", "said"), ("speaker", "Trieste"), ("cue", "Delvai"), ("location", "Koper")),
)  # fmt: skip
F1 = (Level.SPAN, None, None, "f1_exact")


def study(folder: Path) -> Path:
    """Return a project of two articles that Anna and Ben have tagged and marked done."""
    path = project_file(folder, FIRST, SECOND)
    anna = Annotator(Settings(folder / "settings").annotator_uid, NAME)
    for who, tags in ((other_annotator("Ben"), BENS), (anna, ANNAS)):
        project = open_project(path)
        work_as(project, who)
        by_title = {projects.content(project, uid).text[:5]: uid for uid in project.read.all_article_uids()}
        for article, made in zip((by_title["Talks"], by_title["Harbo"]), tags, strict=True):
            for tag, words in made:
                projects.tag(project, projects.content(project, article).article, tag, words)
            set_status(project, article, Status.DONE)
        project.close()
    return path


@pytest.fixture
def user(tmp_path: Path) -> Iterator[User]:
    with at_the_window(study(tmp_path), tmp_path / "settings") as user:
        yield user
        panel = user.window.agreeing.panel
        if panel is not None:
            panel.hide()
            wait_until(lambda: panel.inquiry._work is None)


def wait_until(there: object, seconds: float = 20) -> None:
    """Let the window work until something is so."""
    end = monotonic() + seconds
    while not there():  # type: ignore[operator]
        assert monotonic() < end, "it never came to be"
        settle()
        sleep(0.01)


def panel(user: User) -> InsightsPanel:
    found = user.shown("agreementPanel")
    assert isinstance(found, InsightsPanel)
    return found


def counted(user: User) -> InsightsPanel:
    """Wait for the numbers."""
    found, inquiry = panel(user), panel(user).inquiry
    wait_until(lambda: not inquiry.counting and inquiry._work is None and not inquiry._pause.isActive())
    return found


def opened(user: User) -> InsightsPanel:
    user.window.resize(1700, 950)
    user.click("Peskov" if "Peskov" in user.text else "Ferran")
    user.press("Ctrl+Shift+A")
    return counted(user)


def document(user: User, *words: str) -> object:
    project = user.window.state.project
    assert project is not None
    result = run("agreement", project.path, *words, "--format", "json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def shown(user: User) -> object:
    answer = panel(user).inquiry.answer
    assert answer is not None
    return json.loads(json.dumps(as_document(answer.loaded, answer.measures)))


def test_the_numbers_are_those_of_the_command_line(user: User) -> None:
    found = opened(user)
    assert found.measures.overview.hasFocus()
    assert shown(user) == document(user)
    every = found.measures.measure_model
    lines = [line for at in range(every.rowCount()) if (line := every.line(every.index(at, 0)))]
    assert {line.key: line.everywhere for line in lines} == found.inquiry.measures
    found.choices.articles.setCurrentIndex(1)
    found.choices.tag.setCurrentIndex(found.choices.tag.findText("Location"))
    counted(user)
    assert shown(user) == document(user, "--articles", "all", "--tag", "location")


def test_a_decision_changes_the_numbers_at_once(user: User) -> None:
    found = opened(user)
    user.press("Esc")
    assert not found.isVisible()
    assert user.reader.hasFocus()
    user.press("Ctrl+Shift+A", "Ctrl+Shift+A")
    assert not found.isVisible()
    assert not user.window.actions_.action("review.agreement").isChecked()
    user.press("Ctrl+Shift+R", "Shift+A", "Ctrl+Shift+A")
    counted(user)
    adjudicated = list(found.choices.chips)[-1]
    assert found.choices.chips[adjudicated].text() == "Adjudicated"

    # Anna against what is settled, of all articles: nothing but what both agreed on is settled so far.
    user.click_on(found.choices.chips[next(uid for uid, chip in found.choices.chips.items() if chip.text() == "Ben")])
    user.click_on(found.choices.chips[adjudicated])
    counted(user)
    assert len(found.inquiry.question.sets) == 2
    here = found.inquiry.here
    assert here is not None
    told = found.differences.said()
    assert here.measures[F1].value == pytest.approx(2 * 2 / (4 + 2))
    user.window.state.focus_reader.emit()
    settle()
    assert user.window.review.session.current is not None
    assert [one.text for one in user.window.review.session.current.sides] == ["told"]
    user.press("2")
    here = found.inquiry.here
    assert here is not None
    assert here.measures[F1].value == pytest.approx(2 * 2 / (4 + 3))
    assert found.differences.said() != told
    assert found.inquiry.counting
    assert found.measures.tabs.said().startswith("counting")
    counted(user)
    assert found.measures.tabs.said() == ""


def test_a_cell_of_the_matrix_lists_its_differences_and_goes_there(user: User) -> None:
    found = opened(user)
    user.click_on(found.differences.bar, found.differences.bar.tabRect(1).center())
    confusion = found.confusion
    model = confusion.confusion
    names = [str(model.tag_word(tag.uid)) for tag in user.window.state.codebook.tag_types]
    rows_are_bens = found.inquiry.answer is not None and found.inquiry.answer.loaded.names[0] == "Ben"
    speaker, cue = names.index("Speaker"), names.index("Cue")
    cell = model.index(cue, speaker) if rows_are_bens else model.index(speaker, cue)
    assert model.count(cell) == 2
    user.click_on(confusion.table.viewport(), confusion.table.visualRect(cell).center())
    listed = [confusion.found.place(confusion.found.index(at)) for at in range(confusion.found.rowCount())]
    assert [place.words for place in listed if place] == [("reporters",), ("Delvai",)]

    user.press("Down", "Enter")
    assert user.window.actions_.mode is Mode.REVIEW
    assert user.text.startswith("Harbour")
    session = user.window.review.session
    assert [(str(item.difference.kind), item.sides[0].text) for item in session.shown] == [("tag", "Delvai")]
    assert {session.first, session.second} == set(found.inquiry.question.sets)
    assert user.reader.hasFocus()
    chip = user.shown("cellFilter")
    assert set(chip.text().split(" / ")) == {"Speaker", "Cue"}  # type: ignore[attr-defined]
    user.click_on(chip)
    assert len(session.shown) == 3
    assert not chip.isVisible()

    # What both agree on is no difference: it is selected where it is.
    user.click_on(confusion.back)
    both = model.index(cue, cue)
    assert model.count(both) == 1
    user.click_on(confusion.table.viewport(), confusion.table.visualRect(both).center())
    user.press("Enter")
    selected = user.window.state.selected
    assert selected is not None
    assert selected.text == "said"
    assert session.cell is None


def test_an_article_is_opened_for_review_at_the_place_of_its_strip(user: User) -> None:
    found = opened(user)
    model = found.articles.articles
    row = next(
        at for at in range(model.rowCount()) if (one := model.row(model.index(at, 0))) and one.title == "Harbour"
    )
    index = model.index(row, STRIP)
    strip, one = strip_rect(found.articles.visualRect(index)), model.row(index)
    assert one is not None
    at = SECOND.index("Koper") / one.one.length
    place = strip.topLeft()
    place.setX(strip.left() + round(at * strip.width()))
    user.click_on(found.articles.viewport(), place)
    assert user.text.startswith("Harbour")
    assert user.window.actions_.mode is Mode.REVIEW
    item = user.window.review.session.current
    assert item is not None
    assert item.sides[0].text == "Koper"
    user.press("F6")
    assert user.shown("differenceList").hasFocus()
    user.press("F6")
    assert found.measures.overview.hasFocus()
    user.press("F6")
    assert found.articles.hasFocus()
    user.press("Enter")
    assert user.reader.hasFocus()


def test_the_report_is_saved_and_told(user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = opened(user)
    target = tmp_path / "out" / "agreement.html"
    target.parent.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    user.click_on(found.choices.report)
    wait_until(lambda: bool(found.report.written))
    assert target.read_text("utf-8").startswith("<!DOCTYPE html>")
    project = user.window.state.project
    assert project is not None
    cli = tmp_path / "cli.html"
    result = run("agreement", project.path, "--report", cli)
    assert result.exit_code == 0, result.stderr
    assert target.read_bytes() == cli.read_bytes()
    assert target.with_suffix(".csv").read_bytes() == cli.with_suffix(".csv").read_bytes()
    assert user.shown("reportFolder").isVisible()
    assert user.notice == "Report written: agreement.html and agreement.csv"


def test_undoing_a_decision_takes_the_number_back(user: User) -> None:
    found = opened(user)
    user.window.state.focus_reader.emit()
    settle()
    before = found.inquiry.here
    user.click("Berlin")
    user.press("3")
    after = found.inquiry.here
    assert before is not None
    assert after is not None
    assert after.measures[F1].value != before.measures[F1].value
    user.press("Ctrl+Z")
    assert found.inquiry.here is not None
    assert found.inquiry.here.measures[F1] == before.measures[F1]


def test_the_panel_keeps_to_itself(tmp_path: Path) -> None:
    """It is not remembered, needs a project, and is gone with it."""
    path = study(tmp_path)
    with at_the_window(path, tmp_path / "settings") as user:
        opened(user)
        user.window.close_project()
        settle()
        assert user.window.agreeing.panel is not None
        assert not user.window.agreeing.panel.isVisible()
        assert not user.window.actions_.action("review.agreement").isEnabled()
        wait_until(lambda: user.window.agreeing.panel.inquiry._work is None)  # type: ignore[union-attr]
    with at_the_window(path, tmp_path / "settings") as user:
        assert user.window.agreeing.panel is None
        assert user.window.side.isVisible()
