from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QRadioButton, QTableView
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from annotator.base.errors import ExportRefusedError
from annotator.exchange.csv_tables import writing
from annotator.exchange.csv_tables.columns import COLUMNS, Table
from annotator.model.annotation import AnnotationSet, SetKind
from annotator.model.article import Article
from annotator.ui.dialogs import export_dialog
from annotator.ui.dialogs.export_dialog import ExportDialog
from annotator.ui.dialogs.preview_table import PreviewModel, PreviewTable
from annotator.ui.theme.apply import apply_theme
from annotator.ui.theme.theme import load_theme

Make = Callable[..., ExportDialog]


@pytest.fixture
def make(desk, qtbot: QtBot) -> Make:
    def made(listed: list[str] | None = None) -> ExportDialog:
        dialog = ExportDialog(desk.window, desk.state, listed or [])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        with qtbot.waitExposed(dialog):
            dialog.open()
        return dialog

    return made


def button(dialog: ExportDialog, text: str) -> QPushButton:
    return next(one for one in dialog.findChildren(QPushButton) if one.text() == text)


def said(dialog: ExportDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def column(dialog: ExportDialog, name: str) -> list[str]:
    model = dialog.findChild(QTableView).model()
    heads = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]
    if name not in heads:
        return []
    return [model.index(row, heads.index(name)).data() for row in range(model.rowCount())]


def test_all_tables_are_written_beside_the_project(make, desk, qtbot, monkeypatch):
    dialog = make()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Written: " in said(dialog))
    folder = desk.project.path.with_name("harbour tables")
    names = {path.name for path in folder.iterdir()}
    assert {"annotations.csv", "articles.csv", "codebook.csv"} <= names
    assert f"Written: {len(names)} files" in said(dialog)
    assert (folder / "articles.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    button(dialog, "Open folder").click()
    assert [Path(path) for path in opened] == [folder]
    button(dialog, "Close").click()
    assert dialog.isHidden()


def test_one_file_exact(make, desk, qtbot):
    dialog = make()
    dialog._options.format.setCurrentIndex(1)
    dialog._options.exact.setChecked(True)
    assert "Left out: links between annotations" in said(dialog)
    assert not dialog._options.with_text.isEnabled()
    button(dialog, "Export").click()
    qtbot.waitUntil(lambda: "Written: 1 file, 0 rows" in said(dialog))
    written = desk.project.path.with_name("harbour annotations.csv").read_bytes()
    assert written.startswith(b"annotation_uid,")


def test_the_preview_follows_table_articles_and_text(make, desk, qtbot, uid_titled):
    dialog = make([uid_titled("Talks in Moscow")])
    dialog._table.setCurrentText("articles")
    qtbot.waitUntil(lambda: column(dialog, "title") == ["Port strike", "Talks in Moscow"], timeout=3000)
    assert column(dialog, "text") == []
    dialog._options.filtered.setChecked(True)
    dialog._options.with_text.setChecked(True)
    qtbot.waitUntil(lambda: column(dialog, "title") == ["Talks in Moscow"], timeout=3000)
    assert column(dialog, "text")[0].startswith("Kremlin spokesman")
    assert "Left out: the history of changes." in said(dialog)


def test_the_list_offers_itself_only_when_it_is_narrower(make, desk):
    everything = [one.uid for one in desk.project.read.all(Article)]
    assert not make(everything)._options.filtered.isEnabled()
    assert not make([])._options.filtered.isEnabled()
    assert make(everything[:1])._options.filtered.text() == "Those in the list now (1)"


def test_whose_annotations(make, desk, qtbot):
    with desk.project.edit("Add") as edit:
        edit.add(AnnotationSet("01900000-0000-7000-8000-000000000001", "Old", SetKind.IMPORT))
    dialog = make()
    sets = dialog._options.sets
    assert [sets.item(row).text() for row in range(sets.count())] == ["Anna", "Old (imported)"]
    assert dialog._options.wish().sets == ()
    sets.setFocus()
    qtbot.keyClick(sets, Qt.Key.Key_Space)
    assert dialog._options.wish().sets == ("01900000-0000-7000-8000-000000000001",)
    sets.item(1).setCheckState(Qt.CheckState.Unchecked)
    assert "Choose whose annotations" in said(dialog)
    assert not button(dialog, "Export").isEnabled()
    qtbot.waitUntil(lambda: dialog._view.model().rowCount() == 0, timeout=3000)


def test_the_place_is_checked(make, desk, tmp_path):
    dialog = make()
    for place, words in (
        (tmp_path / "nowhere" / "out", "There is no such folder"),
        (desk.project.path, "This is a file"),
        (tmp_path, "Tables of an earlier export there are replaced"),
    ):
        dialog._target.setText(str(place))
        assert words in said(dialog)
    dialog._options.format.setCurrentIndex(1)
    assert "must end in .csv" in said(dialog)
    assert not button(dialog, "Export").isEnabled()


def test_the_place_can_be_chosen(make, tmp_path, monkeypatch):
    dialog = make()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    button(dialog, "Choose…").click()
    assert dialog._target.text() == str(tmp_path)
    dialog._options.format.setCurrentIndex(1)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "a.csv"), ""))
    button(dialog, "Choose…").click()
    assert dialog._target.text() == str(tmp_path / "a.csv")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    button(dialog, "Choose…").click()
    assert dialog._target.text() == str(tmp_path / "a.csv")


def test_a_refusal_is_told_and_the_dialog_stays(make, qtbot, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise ExportRefusedError("The disk is full.")

    monkeypatch.setattr(export_dialog, "export_csv", refuse)
    dialog = make()
    button(dialog, "Export").click()
    qtbot.waitUntil(lambda: "The disk is full." in said(dialog))
    assert button(dialog, "Export").isEnabled()


def test_a_refused_preview_is_told(make, qtbot, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise ExportRefusedError("No such set.")

    monkeypatch.setattr(export_dialog, "preview", refuse)
    dialog = make()
    qtbot.waitUntil(lambda: "No such set." in said(dialog), timeout=3000)


def test_escape_stops_a_running_export_and_writes_nothing(make, desk, qtbot, monkeypatch):
    def slow(*_: object, progress, stop, **__: object) -> writing.ExportSummary:
        while not stop():
            progress(1, 10)
        return writing.ExportSummary(stopped=True)

    monkeypatch.setattr(export_dialog, "export_csv", slow)
    dialog = make()
    button(dialog, "Export").click()
    qtbot.waitUntil(lambda: dialog._progress.maximum() == 10)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: "Stopped. Nothing was written." in said(dialog))
    assert dialog.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isHidden()


def test_it_fits_a_small_screen(make):
    size = make().size()
    assert size.width() <= 1000 and size.height() <= 660


@pytest.fixture
def table(qtbot) -> PreviewTable:
    made = PreviewTable()
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.show()
    return made


UID = "01a219a2-3364-783b-b8b8-27cdc6b0aaaa"


def test_the_preview_begins_with_what_says_something(table: PreviewTable):
    header = COLUMNS[Table.ANNOTATIONS]
    rows = [[UID if name.endswith("_uid") else f"some {name}" for name in header]] * 3
    table.show_table("annotations", header, rows)
    assert table.columnAt(2) == header.index("tag")
    assert table.columnWidth(0) < table.sizeHintForColumn(0)
    assert table.columnWidth(0) >= table.horizontalHeader().sectionSizeHint(0)
    assert table.columnWidth(header.index("text")) >= table.sizeHintForColumn(header.index("text"))
    table.horizontalScrollBar().setValue(0)
    table.show_table("annotations", header, rows[:1])
    assert table.columnAt(2) == 0, "who has scrolled stays there"
    articles = COLUMNS[Table.ARTICLES]
    table.show_table("articles", articles, [[UID] * len(articles)])
    assert table.columnAt(2) == 0
    table.clear()
    assert table.model().rowCount() == 0


@pytest.mark.parametrize("name", list(Table))
def test_the_column_to_begin_with_is_one_of_the_tables(table: PreviewTable, name: Table):
    header = COLUMNS[name]
    table.show_table(name, header, [["x"] * len(header)])
    first = header[table.columnAt(2)]
    assert first == header[0] or not first.endswith("_uid")


def test_the_model_keeps_qt_s_rules(qapp):
    model = PreviewModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(("a", "b"), [("1", "x\ny"), ("2", "z" * 1200)])
    assert model.index(0, 1).data() == "x y"
    assert len(model.index(1, 1).data()) == 201
    assert len(model.index(1, 1).data(Qt.ItemDataRole.ToolTipRole)) == 1001
    assert model.index(0, 0).data(Qt.ItemDataRole.FontRole) is None
    assert model.headerData(1, Qt.Orientation.Horizontal) == "b"
    assert model.headerData(1, Qt.Orientation.Vertical) == "2"
    assert model.headerData(9, Qt.Orientation.Horizontal) is None
    assert model.headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.FontRole) is None
    del tester


def test_a_newer_preview_takes_the_place_of_an_older_one(make, qtbot):
    dialog = make()
    dialog._preview()
    dialog._table.setCurrentText("articles")
    dialog._preview()
    qtbot.waitUntil(lambda: column(dialog, "title") == ["Port strike", "Talks in Moscow"], timeout=3000)


def test_a_closed_dialog_takes_its_work_with_it(desk, qtbot):
    dialog = ExportDialog(desk.window, desk.state, [])
    dialog.open()
    dialog._preview()
    dialog.close()
    qtbot.waitUntil(lambda: not isValid(dialog))
    qtbot.wait(50)


def test_nothing_is_cut_at_a_large_font(make, qapp, qtbot):
    apply_theme(qapp, load_theme("light"), interface_size=20)
    dialog = make()
    assert dialog.width() <= 1000 and dialog.height() <= 640
    for one in (*dialog.findChildren(QPushButton), *dialog.findChildren(QRadioButton)):
        if one.isVisible():
            assert one.width() >= one.minimumSizeHint().width(), one.text()
            assert one.height() >= one.minimumSizeHint().height(), one.text()
    apply_theme(qapp, load_theme("light"))


def test_a_workbook_of_all_tables(make, desk, qtbot):
    dialog = make()
    dialog._options.format.setCurrentIndex(2)
    assert not dialog._options.exact.isEnabled()
    assert "Cells of more than 32,767 characters are cut." in said(dialog)
    dialog._options.with_text.setChecked(True)
    assert "Left out: the history" in said(dialog)
    dialog._target.setText(str(desk.project.path.with_name("a.csv")))
    assert "must end in .xlsx" in said(dialog)
    dialog._target.setText(str(desk.project.path.with_name("a.xlsx")))
    button(dialog, "Export").click()
    qtbot.waitUntil(lambda: "Written: 1 file" in said(dialog), timeout=10000)
    assert desk.project.path.with_name("a.xlsx").read_bytes().startswith(b"PK")
