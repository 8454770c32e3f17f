from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from support.worked_passage import TIME, annotation_uid, uid

from annotator.base.errors import ExportRefusedError
from annotator.exchange.csv_tables import xlsx
from annotator.exchange.csv_tables.columns import Table
from annotator.exchange.csv_tables.xlsx import export_xlsx
from annotator.model.article import Article
from annotator.project.project import Project


def sheets(file: Path) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(file)
    found = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
    book.close()
    return found


def add_article(project: Project, text: str, title: str) -> None:
    with project.edit("Add") as edit:
        edit.add(Article(uid("0a00", 2), title, edit.add_text(text), len(text), 1, imported=TIME))


def test_a_sheet_per_table_and_strings_stay_strings(passage: Project, tmp_path: Path) -> None:
    add_article(passage, "x", "=1+1")
    summary = export_xlsx(passage, tmp_path / "a.xlsx", with_text=True)
    assert summary.files == (tmp_path / "a.xlsx",)
    assert summary.warnings == ()
    found = sheets(tmp_path / "a.xlsx")
    assert list(found) == [table.value for table in Table]
    assert {name: len(rows) - 1 for name, rows in found.items()} == summary.rows
    first = dict(zip(found["annotations"][0], found["annotations"][1], strict=True))
    assert (first["annotation_uid"], first["start"], first["stop"]) == (annotation_uid("S1"), 0, 31)
    titles = [row[1] for row in found["articles"][1:]]
    assert titles == ["Talks", "=1+1"]
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book["articles"]["B3"].data_type == "s"
    book.close()


def test_a_long_text_is_cut_and_listed(passage: Project, tmp_path: Path) -> None:
    add_article(passage, "\U0001f600" * 20_000, "Long")
    summary = export_xlsx(passage, tmp_path / "a.xlsx", with_text=True)
    (warning,) = summary.warnings
    assert warning.startswith(
        "articles, row 3, text: 20000 characters are too many for Excel; the first 16383 were kept."
    )
    assert sheets(tmp_path / "a.xlsx")["articles"][2][-1] == "\U0001f600" * 16_383


def test_the_same_project_gives_the_same_bytes(passage: Project, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        export_xlsx(passage, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_stopped_and_refused_leave_the_older_file(
    passage: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.xlsx"
    file.write_text("old")
    assert export_xlsx(passage, file, stop=lambda: True).stopped
    monkeypatch.setattr(xlsx, "SHEET_ROWS", 10)
    with pytest.raises(ExportRefusedError, match=r"annotations has more rows than an Excel sheet holds \(10\)"):
        export_xlsx(passage, file)
    assert file.read_text() == "old"
