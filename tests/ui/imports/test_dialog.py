from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from annotator.model.article import Article
from annotator.model.span import Span
from annotator.operations import articles as operations
from annotator.project.project import Project
from annotator.ui.imports import ImportDialog, import_paths, import_text
from annotator.ui.imports import dialog as import_dialog
from annotator.ui.imports.columns_page import ColumnsForm
from annotator.ui.imports.dialog import Page
from annotator.ui.imports.model import Column
from annotator.ui.imports.text_preview import MOST, TextPreview
from annotator.ui.state import UiState
from annotator.ui.theme.apply import apply_theme
from annotator.ui.theme.theme import load_theme
from annotator.ui.widgets import work

LEFT = Qt.MouseButton.LeftButton


def articles(project: Project) -> list[Article]:
    return list(project.read.all(Article))


def refused(dialog: ImportDialog) -> list[str]:
    model = dialog.preview.refused if dialog.page is Page.PREVIEW else dialog.summary.refused
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def edit_cell(qtbot: QtBot, dialog: ImportDialog, row: int, column: Column, text: str) -> None:
    """Type into a cell of the table by keys alone, the selection staying as it is."""
    table = dialog.preview.table
    table.selectionModel().setCurrentIndex(
        dialog.preview.articles.index(row, column), table.selectionModel().SelectionFlag.NoUpdate
    )
    qtbot.keyClick(table, Qt.Key.Key_F2)
    editor = next(field for field in table.viewport().findChildren(QLineEdit) if field.isVisible())
    editor.selectAll()
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()  # Qt takes over what was typed once the key is dealt with


def test_from_a_folder_to_the_first_article(state: UiState, project: Project, folder: Path, read, qtbot: QtBot):
    dialog = read(folder)
    assert dialog.page is Page.PREVIEW
    assert dialog.preview.articles.rowCount() == 2
    assert refused(dialog)[0].startswith("c.txt: is empty")
    assert not dialog.columns_button.isVisible()
    assert dialog.primary.text() == "Import 2 articles"
    qtbot.mouseClick(dialog.primary, LEFT)
    assert dialog.page is Page.SUMMARY
    assert dialog.summary.heading.text() == "2 articles added"
    assert len(refused(dialog)) == 2
    assert [article.title for article in articles(project)] == ["US delegation arrives", "Harbour deal signed"]
    assert articles(project)[0].published == "2025-03-13"
    assert articles(project)[0].words > 5
    assert project.undo_label == "Import articles"
    with qtbot.waitSignal(state.focus_reader):
        qtbot.mouseClick(dialog.primary, LEFT)
    assert state.content is not None
    assert state.content.article.title == "US delegation arrives"
    assert not dialog.isVisible()


def test_no_date_is_cut_and_the_title_keeps_its_room(project: Project, folder: Path, read, qtbot: QtBot):
    dialog = read(folder)
    table = dialog.preview.table
    for _ in range(2):  # as it opens, and in another width
        assert table.columnWidth(Column.PUBLISHED) >= table.sizeHintForColumn(Column.PUBLISHED)
        assert table.columnWidth(Column.WORDS) >= table.sizeHintForColumn(Column.WORDS)
        assert table.columnWidth(Column.TITLE) >= 180
        assert table.horizontalHeader().length() <= table.viewport().width()
        dialog.resize(1400, 800)
        QApplication.processEvents()
    assert table.columnWidth(Column.FILE) >= min(table.sizeHintForColumn(Column.FILE), 280)


def test_a_width_set_by_hand_stays(folder: Path, read):
    dialog = read(folder)
    table = dialog.preview.table
    table.horizontalHeader().resizeSection(Column.SOURCE, 133)
    dialog.resize(1400, 800)
    QApplication.processEvents()
    assert table.columnWidth(Column.SOURCE) == 133


def test_what_is_typed_in_the_table_comes_in(state: UiState, project: Project, folder: Path, read, qtbot: QtBot):
    dialog = read(folder)
    edit_cell(qtbot, dialog, 1, Column.TITLE, "Better title")
    edit_cell(qtbot, dialog, 1, Column.PUBLISHED, "nonsense")
    assert dialog.preview.message.isVisible()
    edit_cell(qtbot, dialog, 1, Column.PUBLISHED, "3 April 2025")
    assert not dialog.preview.message.isVisible()
    qtbot.mouseClick(dialog.primary, LEFT)
    came = articles(project)[1]
    assert (came.title, came.published) == ("Better title", "2025-04-03")


def test_one_source_for_all_selected_rows(state: UiState, project: Project, folder: Path, read, qtbot: QtBot):
    dialog = read(folder)
    dialog.preview.table.selectAll()
    edit_cell(qtbot, dialog, 1, Column.SOURCE, "BBC")
    edit_cell(qtbot, dialog, 0, Column.TITLE, "Only here")
    qtbot.mouseClick(dialog.primary, LEFT)
    assert [(a.title, a.source) for a in articles(project)] == [("Only here", "BBC"), ("Harbour deal signed", "BBC")]


def test_ticks_by_space_and_for_all(state: UiState, project: Project, folder: Path, read, qtbot: QtBot):
    dialog = read(folder)
    page = dialog.preview
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert dialog.primary.text() == "Import 1 article"
    assert page.all.checkState() is Qt.CheckState.PartiallyChecked
    assert page.summary.text().startswith("1 of 2 chosen")
    qtbot.mouseClick(page.all, LEFT)
    assert page.all.checkState() is Qt.CheckState.Checked
    qtbot.mouseClick(page.all, LEFT)
    assert page.all.checkState() is Qt.CheckState.Unchecked
    assert not dialog.primary.isEnabled()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    qtbot.mouseClick(dialog.primary, LEFT)
    assert [article.title for article in articles(project)] == ["Harbour deal signed"]


def test_a_second_import_of_the_same_finds_everything_here(state: UiState, folder: Path, read, qtbot: QtBot):
    first = read(folder / "a.txt")
    qtbot.mouseClick(first.primary, LEFT)
    first.close()
    dialog = read(folder)
    assert "1 already here" in dialog.preview.summary.text()
    assert [entry.article.title for entry in dialog.preview.articles.ticked] == ["Harbour deal signed"]
    qtbot.mouseClick(dialog.primary, LEFT)
    assert dialog.summary.heading.text() == "1 article added"
    assert dialog.summary.details.text().startswith("1 was here already")
    assert not dialog.isHidden()
    qtbot.mouseClick(dialog.cancel_button, LEFT)
    assert dialog.isHidden()


def test_what_came_in_meanwhile_is_told_as_here_already(state: UiState, folder: Path, read, qtbot: QtBot):
    one, other = read(folder), read(folder)
    qtbot.mouseClick(one.primary, LEFT)
    qtbot.mouseClick(other.primary, LEFT)
    assert other.summary.heading.text() == "Nothing new"
    assert other.summary.details.text() == "2 were here already and were left out."
    assert not other.primary.isVisible()
    one.close()
    other.close()


def test_nothing_to_read(state: UiState, folder: Path, tmp_path: Path, read):
    dialog = read(folder / "c.txt")
    assert dialog.page is Page.SUMMARY
    assert dialog.summary.heading.text() == "Nothing could be read"
    assert not dialog.primary.isVisible()
    dialog.close()
    (tmp_path / "rowless.csv").write_text("title,text\n")
    dialog = read(tmp_path / "rowless.csv")
    assert dialog.summary.heading.text() == "Nothing could be read"
    assert refused(dialog)[0].startswith("rowless.csv: has a header but no row below it")
    dialog.close()
    (tmp_path / "empty").mkdir()
    dialog = read(tmp_path / "empty")
    assert dialog.summary.heading.text() == "There is no article in there"
    dialog.close()


def test_the_columns_of_a_table_are_asked_for_when_the_text_is_not_known(
    state: UiState, project: Project, tmp_path: Path, read, qtbot: QtBot
):
    table, same = tmp_path / "odd.csv", tmp_path / "same.csv"
    table.write_text("a,b,c\nOne,Words of the one,x\n")
    same.write_text("a,b,c\nTwo,Words of the two,y\n")
    dialog = read(table, same)
    assert dialog.page is Page.COLUMNS
    assert not dialog.primary.isEnabled()
    form = dialog.columns.forms[0]
    box = form.choice("text")
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_B)
    assert box.currentText() == "b"
    form.choose("title", "a")
    assert dialog.primary.isEnabled()
    qtbot.mouseClick(dialog.primary, LEFT)
    qtbot.waitUntil(lambda: dialog.page is Page.PREVIEW)
    qtbot.mouseClick(dialog.columns_button, LEFT)
    assert dialog.page is Page.COLUMNS
    assert dialog.columns.forms[0].mapping.title == "a"
    qtbot.mouseClick(dialog.primary, LEFT)
    qtbot.waitUntil(lambda: dialog.page is Page.PREVIEW)
    qtbot.mouseClick(dialog.primary, LEFT)
    assert [(a.title, a.extra) for a in articles(project)] == [("One", (("c", "x"),)), ("Two", (("c", "y"),))]
    dialog.close()


@pytest.fixture
def wrong(tmp_path: Path) -> tuple[Path, Path]:
    """Two tables of which nobody can tell where the text is, with different headers."""
    first, other = tmp_path / "wrong.csv", tmp_path / "other.jsonl"
    first.write_text("a,b,c\nOne,Words of the one,x\n")
    other.write_text('{"d": "Words of the other"}\n')
    return first, other


def test_a_table_that_cannot_be_told_is_left_out_by_keys_and_the_others_come_in(
    state: UiState, project: Project, folder: Path, wrong: tuple[Path, Path], read, qtbot: QtBot
):
    dialog = read(*wrong, folder)
    first, other = dialog.columns.forms
    assert dialog.focusWidget() is first.choice("text")
    assert first.problem.isVisible()
    assert "choose it under “Text”, or leave this file out" in first.problem.text()
    for form in (first, other):
        form.choice("text").setFocus()
        qtbot.keyClick(form.choice("text"), Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
        assert dialog.focusWidget() is form.leave_out
        qtbot.keyClick(form.leave_out, Qt.Key.Key_Space)
        assert not form.problem.isVisible()
        assert not form.choice("text").isVisible()
    assert dialog.primary.isEnabled()
    qtbot.keyClick(dialog.primary, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: dialog.page is Page.PREVIEW)
    reasons = refused(dialog)
    assert [reason.partition(":")[0] for reason in reasons] == ["wrong.csv", "other.jsonl", "c.txt", "d.xyz"]
    assert "has no column with the articles' text; its columns: a, b, c" in reasons[0]
    qtbot.mouseClick(dialog.primary, LEFT)
    assert [article.title for article in articles(project)] == ["US delegation arrives", "Harbour deal signed"]
    dialog.close()


def test_what_was_left_out_by_mouse_can_be_taken_in_again(
    state: UiState, project: Project, folder: Path, wrong: tuple[Path, Path], read, qtbot: QtBot
):
    def click(form: ColumnsForm) -> None:
        qtbot.mouseClick(form.leave_out, LEFT, pos=QPoint(8, form.leave_out.height() // 2))

    dialog = read(wrong[0])
    click(dialog.columns.forms[0])
    qtbot.mouseClick(dialog.primary, LEFT)
    qtbot.waitUntil(lambda: dialog.page is Page.SUMMARY)
    assert dialog.summary.heading.text() == "Nothing could be read"
    assert refused(dialog)[0].startswith("wrong.csv: has no column")
    qtbot.mouseClick(dialog.columns_button, LEFT)
    form = dialog.columns.forms[0]
    assert (form.left_out, dialog.focusWidget()) == (True, form.leave_out)
    click(form)
    assert not dialog.primary.isEnabled()
    form.choose("text", "b")
    qtbot.mouseClick(dialog.primary, LEFT)
    qtbot.waitUntil(lambda: dialog.page is Page.PREVIEW)
    assert (dialog.primary.text(), refused(dialog)) == ("Import 1 article", [])
    for left_out, reasons in ((True, ["wrong.csv: was left out"]), (False, [])):
        qtbot.mouseClick(dialog.columns_button, LEFT)
        click(dialog.columns.forms[0])
        assert dialog.columns.forms[0].left_out is left_out
        qtbot.mouseClick(dialog.primary, LEFT)
        qtbot.waitUntil(lambda: dialog.page in (Page.PREVIEW, Page.SUMMARY))
        assert refused(dialog) == reasons
    qtbot.mouseClick(dialog.primary, LEFT)
    assert [article.title for article in articles(project)] == ["Words of the one"]
    dialog.close()


def test_files_of_one_header_are_left_out_together(state: UiState, tmp_path: Path, read):
    for name in ("one.csv", "two.csv"):
        (tmp_path / name).write_text("a,b\n1,2\n")
    dialog = read(tmp_path / "one.csv", tmp_path / "two.csv")
    (form,) = dialog.columns.forms
    assert form.leave_out.text() == "Leave these files out"
    assert form.problem.text().endswith("or leave these files out.")
    assert form.leave_out.accessibleDescription() == "one.csv and 1 more"
    dialog.close()


def test_pasted_text(state: UiState, project: Project, qtbot: QtBot):
    dialog = import_text(None, state, "A headline\n13 March 2025\n\nThe text.")
    assert dialog is not None
    assert dialog.page is Page.PREVIEW
    assert dialog.preview.articles.index(0, Column.FILE).data() == "pasted"
    qtbot.keyClick(dialog.primary, Qt.Key.Key_Return)
    assert [(a.title, a.published) for a in articles(project)] == [("A headline", "2025-03-13")]
    dialog.close()


def test_refused_before_anything_opens(state: UiState, folder: Path, project: Project, monkeypatch: pytest.MonkeyPatch):
    said: list[str] = []
    state.notice.connect(lambda text, _kind: said.append(text))
    assert import_text(None, state, "  \n ") is None
    monkeypatch.setattr(type(project), "read_only", True)
    assert import_text(None, state, "Words.") is None
    assert import_paths(None, state, [folder]) is None
    assert len(said) == 3
    assert "holds no text" in said[0]


def test_a_commit_that_is_refused_closes_the_dialog_and_says_why(
    state: UiState, project: Project, folder: Path, read, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    dialog = read(folder)
    said: list[str] = []
    state.notice.connect(lambda text, _kind: said.append(text))
    monkeypatch.setattr(type(project), "read_only", True)
    qtbot.mouseClick(dialog.primary, LEFT)
    assert not dialog.isVisible()
    assert "reading only" in said[0]


def test_cancel_stops_the_reading(state: UiState, project: Project, folder: Path, qtbot: QtBot):
    for n in range(300):
        (folder / f"x{n}.txt").write_text(f"Headline {n}\n\n" + "Some words. " * 200)
    dialog = import_paths(None, state, [folder])
    assert dialog is not None
    assert dialog.page is Page.READING
    assert not dialog.primary.isVisible()
    qtbot.waitUntil(lambda: "so far" in dialog.progress_text.text())
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: not work._running)
    assert articles(project) == []


def test_a_reading_that_fails_as_a_whole_says_so(state: UiState, project: Project, qtbot: QtBot):
    from annotator.base.errors import ProjectError

    dialog = ImportDialog(None, state, project)
    qtbot.addWidget(dialog)

    def job(_report: object, _stopped: object) -> None:
        raise ProjectError("The project's file is gone.")

    dialog._start(job)
    qtbot.waitUntil(lambda: dialog.page is Page.SUMMARY)
    assert dialog.summary.heading.text() == "Nothing was imported"
    assert dialog.summary.details.text() == "The project's file is gone."


def colour_at(preview: TextPreview, words: str) -> str:
    cursor = preview.view.document().find(words)
    assert not cursor.isNull()
    return cursor.charFormat().foreground().color().name()


def test_the_preview_dims_furniture_whatever_the_theme(qapp: QApplication, qtbot: QtBot):
    preview = TextPreview()
    qtbot.addWidget(preview)
    text = "😀 First\nShare this\nLast"
    start = text.index("Share")
    preview.show()
    preview.show_text(text, [Span(start, start + 10)])
    assert not preview.hint.isHidden()
    for name in ("dark", "light"):
        apply_theme(qapp, load_theme(name))
        theme = load_theme(name)
        assert colour_at(preview, "Share this") == QColor(theme.furniture).name()
        assert colour_at(preview, "First") == colour_at(preview, "Last") == QColor(theme.text).name()
    preview.show_text("x" * (MOST + 1), [])
    assert preview.hint.isHidden()
    cursor = preview.view.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End)
    assert cursor.position() == MOST + 1
    assert preview.view.isReadOnly()


def test_every_page_follows_the_theme(qapp: QApplication, state: UiState, folder: Path, read):
    dialog = read(folder / "c.txt")
    before = dialog.summary._picture.pixmap().cacheKey()
    apply_theme(qapp, load_theme("dark"))
    assert dialog.summary._picture.pixmap().cacheKey() != before
    apply_theme(qapp, load_theme("light"))
    dialog.close()


@pytest.fixture
def many(folder: Path) -> Path:
    made = folder / "many"
    made.mkdir()
    for number in range(230):
        (made / f"{number:03}.txt").write_text(f"Report {number}\n\nThe harbour stayed closed on day {number}.\n")
    return made


@pytest.fixture
def step_by_step(monkeypatch: pytest.MonkeyPatch) -> threading.Semaphore:
    """Have a hundred articles taken in whenever it is released, and wait before the next."""
    released, real = threading.Semaphore(0), operations.add_in_steps

    def held(project: Project, chosen: list[tuple[Article, str]], at_once: int) -> Iterator[operations.Added]:
        steps = real(project, chosen, at_once)
        while released.acquire(timeout=10):
            one = next(steps, None)
            if one is None:
                return
            yield one

    monkeypatch.setattr(work, "_BETWEEN", 0)
    monkeypatch.setattr(import_dialog, "AT_ONCE", 100)
    monkeypatch.setattr(import_dialog, "IN_A_STEP", 100)
    monkeypatch.setattr(operations, "add_in_steps", held)
    return released


def test_many_articles_come_in_while_the_window_lives(
    state: UiState, project: Project, many: Path, read, qtbot: QtBot, step_by_step: threading.Semaphore
):
    dialog, told, heard = read(many), [], []
    dialog.bar.valueChanged.connect(told.append)
    state.project_changed.connect(heard.append)
    qtbot.mouseClick(dialog.primary, LEFT)
    assert dialog.page is Page.READING, "it goes on when the window has had its turn"
    for count in (0, 100, 200):
        qtbot.waitUntil(lambda count=count: f"{count} of 230" in dialog.progress_text.text())
        assert project.lent and heard == []
        step_by_step.release()
    step_by_step.release()
    qtbot.waitUntil(lambda: dialog.page is Page.SUMMARY)
    assert told == [0, 100, 200, 230]
    assert dialog.summary.heading.text() == "230 articles added"
    assert len(heard) == 1 and len(heard[0].changes) == 230, "it is told as the one step that it is"
    assert [one.title for one in articles(project)] == [f"Report {number}" for number in range(230)]
    project.undo()
    assert articles(project) == [], "one step to undo"
    project.redo()
    assert len(articles(project)) == 230


def test_who_stops_keeps_what_came_in_and_is_told(
    state: UiState, project: Project, many: Path, read, qtbot: QtBot, step_by_step: threading.Semaphore
):
    dialog, told = read(many), []
    state.notice.connect(lambda text, _kind: told.append(text))
    qtbot.mouseClick(dialog.primary, LEFT)
    qtbot.mouseClick(dialog.cancel_button, LEFT)
    assert dialog.progress_text.text() == "Stopping…"
    dialog.reject()
    assert dialog.isVisible() and project.lent, "what is being written is written first"
    step_by_step.release()
    qtbot.waitUntil(lambda: not project.lent)
    assert len(articles(project)) == 100
    assert told == ["Stopped: 100 of 230 articles were imported. Undo takes them back."]
    project.undo()
    assert articles(project) == []
