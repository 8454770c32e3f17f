from __future__ import annotations

from pathlib import Path

import pytest

from annotator.base.errors import ImportRefusedError
from annotator.exchange.articles import ColumnMapping, read_text
from annotator.operations import articles
from annotator.project.project import Project
from annotator.ui.imports import reading


def never() -> bool:
    return False


class Progress:
    """Notes what is reported."""

    def __init__(self) -> None:
        self.told: list[tuple[int, int]] = []

    def __call__(self, done: int, total: int) -> None:
        self.told.append((done, total))


def first(project: Project, *paths: Path) -> reading.Read:
    read = reading.first_reading(project, paths)(Progress(), never)
    assert isinstance(read, dict)
    return read


def test_articles_and_refusals_come_by_file(project: Project, folder: Path):
    progress = Progress()
    read = reading.first_reading(project, [folder])(progress, never)
    assert [Path(path).name for path in read] == ["a.txt", "b.txt", "c.txt", "d.xyz"]
    assert [entry.article.title for entry in reading.entries_of(read)] == [
        "US delegation arrives",
        "Harbour deal signed",
    ]
    assert [Path(one.path).name for one in reading.refused_of(read)] == ["c.txt", "d.xyz"]
    assert progress.told == [(1, 0), (2, 0), (3, 0), (4, 0)]
    assert reading.tables_of(read) == {}
    entry = reading.entries_of(read)[0]
    assert (entry.place, entry.ticked, entry.known, entry.twice) == ("a.txt", True, False, False)


def test_what_is_here_already_or_comes_twice_is_marked_and_unticked(project: Project, folder: Path):
    known = reading.entries_of(first(project, folder / "b.txt"))[0]
    articles.add_articles(project, [(known.article, known.text)])
    (folder / "e.txt").write_text((folder / "a.txt").read_text())
    marks = [(e.place, e.known, e.twice, e.ticked) for e in reading.entries_of(first(project, folder))]
    assert marks == [("a.txt", False, False, True), ("b.txt", True, False, False), ("e.txt", False, True, False)]


def test_tables_tell_their_columns_and_can_be_read_by_others(project: Project, tmp_path: Path):
    odd, usual, own = tmp_path / "odd.csv", tmp_path / "usual.csv", tmp_path / "own.csv"
    odd.write_text("a,b\n1,Words of the one\n2,Words of the other\n")
    usual.write_text("title,text\nFirst,Text of the first\n")
    own.write_text("annotation_uid,text\nx,y\n")
    (tmp_path / "broken.csv").write_text("")
    before = first(project, odd, usual, own, tmp_path / "broken.csv")
    assert reading.tables_of(before) == {("a", "b"): [str(odd)], ("title", "text"): [str(usual)]}
    assert len(reading.refused_of(before)) == 3
    mappings = {("a", "b"): ColumnMapping(text="b"), ("title", "text"): before[str(usual)].mapping}
    again = reading.reading_again(project, before, mappings)(Progress(), never)
    assert [e.text for e in reading.entries_of(again)] == [
        "Words of the one",
        "Words of the other",
        "Text of the first",
    ]
    assert reading.entries_of(again)[0].place == "odd.csv, row 2"
    assert again[str(usual)] is before[str(usual)]
    assert again[str(odd)].mapping == ColumnMapping(text="b")


def test_an_own_table_without_its_key_has_no_columns_to_choose(project: Project, tmp_path: Path):
    (tmp_path / "hurt.csv").write_text("x,article_uid,annotation_set,annotator,text,start,stop\n1,2,3,4,Kursk,6,7\n")
    read = first(project, tmp_path / "hurt.csv")
    assert (reading.entries_of(read), reading.tables_of(read)) == ([], {})
    assert "called annotation_uid any more" in reading.refused_of(read)[0].reason


def test_a_table_without_rows_or_whose_columns_went_away_has_none_to_choose(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "rowless.csv").write_text("a,b\n")
    assert reading.tables_of(first(project, tmp_path / "rowless.csv")) == {}
    (tmp_path / "gone.csv").write_text("a,b\n1,2\n")

    def gone(_: Path) -> list[str]:
        raise ImportRefusedError("does not exist")

    monkeypatch.setattr(reading, "read_header", gone)
    read = first(project, tmp_path / "gone.csv")
    assert (reading.tables_of(read), len(reading.refused_of(read))) == ({}, 1)


def test_what_is_left_out_stands_among_the_refused_until_it_is_wanted(project: Project, tmp_path: Path):
    odd, usual = tmp_path / "odd.csv", tmp_path / "usual.csv"
    odd.write_text("a,b\n1,Words\n")
    usual.write_text("title,text\nFirst,Text of the first\n")
    before = first(project, odd, usual)
    assert reading.untold_tables(before) == {("a", "b"): [str(odd)]}
    headers = [("a", "b"), ("title", "text")]
    out = reading.reading_again(project, before, {}, headers)(Progress(), never)
    assert (reading.untold_tables(out), reading.entries_of(out)) == ({}, [])
    assert reading.tables_of(out) == reading.tables_of(before)
    assert [one.reason.partition(";")[0] for one in reading.refused_of(out)] == [
        "has no column with the articles' text",
        "was left out",
    ]
    again = reading.reading_again(project, out, {headers[1]: out[str(usual)].mapping}, headers[:1])(Progress(), never)
    assert [entry.text for entry in reading.entries_of(again)] == ["Text of the first"]
    assert [one.path for one in reading.refused_of(again)] == [str(odd)]


def test_stopping_ends_the_reading(project: Project, folder: Path):
    (folder / "t.csv").write_text("title,text\nA,B\n")
    calls = iter([False] * 3 + [True] * 100)
    read = reading.first_reading(project, [folder])(Progress(), lambda: next(calls))
    assert len(read) < 4


def test_pasted_text_has_no_file(project: Project):
    read = reading.pasted(project, read_text("A headline\n\nSome text."))
    assert [entry.place for entry in reading.entries_of(read)] == [""]
