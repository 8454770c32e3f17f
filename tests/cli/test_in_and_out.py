from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from support.command import ROOT, child, refused, run
from support.projects import add, content, new_project, tag

from annotator.exchange.csv_tables import Profile
from annotator.model.article import Article, Status
from annotator.operations.articles import set_status
from annotator.project.opening import open_project
from annotator.project.project import Project

TABLES = ["annotations", "articles", "claims", "codebook", "entities", "links", "quotes", "verdicts"]


@pytest.fixture
def file(project: Project, article: Article) -> Path:
    """A project with one article and a quote, closed."""
    tag(project, article, "quote", "“The talks go on,”")
    tag(project, article, "speaker", "Peskov")
    set_status(project, article.uid, Status.DONE)
    project.close()
    return project.path


def titles(path: Path) -> list[str]:
    project = open_project(path, read_only=True)
    try:
        return [row.title for row in project.read.article_rows(project.read.all_article_uids(), "")]
    finally:
        project.close()


def steps(path: Path) -> int:
    project = open_project(path, read_only=True)
    try:
        return project.read.last_sequence()
    finally:
        project.close()


def write(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


# -- articles in ------------------------------------------------------------------------------------------


def test_files_and_folders_come_in_and_only_once(tmp_path: Path, file: Path):
    write(tmp_path / "in" / "deep" / "a.txt", "First title\n\nMarch 3 2025\n\nBody of the first.\n")
    write(tmp_path / "b.txt", "Second title\n\nBody of the second.\n")
    result = run("import", file, tmp_path / "in", tmp_path / "b.txt")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "2 added, 0 already there, 0 skipped.\n"
    assert titles(file) == ["Talks", "First title", "Second title"]
    before = steps(file)
    again = run("import", file, tmp_path / "in", tmp_path / "b.txt")
    assert (again.exit_code, again.stdout) == (0, "0 added, 2 already there, 0 skipped.\n")
    assert steps(file) == before


def test_every_format_comes_in(tmp_path: Path, file: Path):
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph("A Word title")
    document.add_paragraph("Words of a document.")
    document.save(str(tmp_path / "w.docx"))
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["title", "text"])
    book.active.append(["In a sheet", "Words of a sheet."])
    book.save(tmp_path / "s.xlsx")
    body = "A paragraph of a web page with quite a few words in it. " * 20
    write(tmp_path / "h.html", f"<html><head><title>Web</title></head><body><article><p>{body}</p></article></body>")
    write(tmp_path / "r.csv", "headline,body,date,desk\nIn a row,Words of a row.,2025-01-02,foreign\n")
    write(tmp_path / "t.tsv", "title\ttext\nIn a tabbed row,Words of\n".replace("row,", "row\t"))
    write(tmp_path / "j.jsonl", '{"title": "In a line", "text": "Words of a line."}\n')
    result = run("import", file, *sorted(tmp_path.glob("*.*[lvx]")))
    assert result.stdout == "6 added, 0 already there, 0 skipped.\n"
    assert set(titles(file)) == {
        "Talks", "A Word title", "In a sheet", "Web", "In a row", "In a tabbed row", "In a line",
    }  # fmt: skip


BAD: list[tuple[str, bytes, str]] = [
    ("empty.txt", b"", "is empty, 0 bytes"),
    ("blank.txt", b" \n \n", "only white space"),
    ("binary.txt", bytes(range(256)) * 20, "does not hold text but binary data"),
    ("wrong.csv", b"colour,size\nred,3\n", "has no column with the articles' text; its columns: colour, size"),
    ("rowless.csv", b"title,text\n", "has a header but no row below it"),
    ("broken.docx", b"PK\x03\x04rubbish", "is damaged or cut off"),
    (
        "locked.docx",
        bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "is encrypted (password-protected)",
    ),
    ("picture.jpg", b"\xff\xd8\xff\xe0" + bytes(100), "is a JPEG picture"),
]


@pytest.mark.parametrize(("name", "data", "said"), BAD, ids=[name for name, _, _ in BAD])
def test_a_bad_file_is_one_line_and_the_others_come_in(tmp_path: Path, file: Path, name: str, data: bytes, said: str):
    bad, good = write(tmp_path / name, data), write(tmp_path / "good.txt", "Good title\n\nWords.\n")
    result = run("import", file, bad, good)
    assert (result.exit_code, result.stdout) == (0, "1 added, 0 already there, 1 skipped.\n")
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"skipped {bad}: ")
    assert said in line
    assert titles(file) == ["Talks", "Good title"]


def test_a_scan_is_refused_with_the_reason(tmp_path: Path, file: Path):
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(tmp_path / "scan.pdf")
    result = run("import", file, tmp_path / "scan.pdf")
    assert result.exit_code == 1
    assert "has no text layer" in result.stderr


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_comes_in_whole_whatever_its_encoding(tmp_path: Path, file: Path, encoding: str):
    text = "Überschrift\r\n\r\nEin Text mit „Ümläuten“ – und  zwei Leerzeichen.\r\n"
    assert run("import", file, write(tmp_path / "t.txt", text.encode(encoding))).exit_code == 0
    project = open_project(file, read_only=True)
    shown = content(project, project.read.all_article_uids()[-1])
    assert shown.text == text.replace("\r\n", "\n")
    project.close()


def test_ten_megabytes_come_in(tmp_path: Path, file: Path):
    write(tmp_path / "big.txt", "Big title\n\n" + ("Some words of a long article. " * 100 + "\n\n") * 3400)
    assert run("import", file, tmp_path / "big.txt").stdout == "1 added, 0 already there, 0 skipped.\n"
    assert titles(file)[-1] == "Big title"


@pytest.mark.skipif(os.name == "nt", reason="such names are not allowed there")
@pytest.mark.parametrize("name", ["new\nline.txt", "esc\x1b[31m.txt", "n\udcff.txt"])
def test_names_of_any_kind_are_told_on_one_line(tmp_path: Path, file: Path, name: str):
    result = run("import", file, write(tmp_path / name, b""))
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert "\x1b" not in result.stderr
    write(tmp_path / name, "Title\n\nWords.\n")
    assert run("import", file, tmp_path / name).exit_code == 0


def test_when_nothing_could_be_read_the_project_is_as_it_was(tmp_path: Path):
    project = new_project(tmp_path / "a.annot")
    project.close()
    before = project.path.read_bytes()
    result = run("import", project.path, tmp_path / "none.txt", "--annotator", "Somebody New")
    assert result.exit_code == 1
    assert result.stdout == "0 added, 0 already there, 1 skipped.\n"
    assert result.stderr == f"skipped {tmp_path / 'none.txt'}: does not exist: check the name\n"
    assert project.path.read_bytes() == before


def test_a_folder_without_files_is_told(tmp_path: Path, file: Path):
    (tmp_path / "nothing").mkdir()
    result = run("import", file, tmp_path / "nothing")
    assert result.exit_code == 1
    assert result.stderr.startswith("There is no file in what you named")


def test_a_folder_that_may_not_be_read_is_told(tmp_path: Path, file: Path, monkeypatch):
    write(tmp_path / "in" / "closed" / "a.txt", "Never\n\nread.\n")
    write(tmp_path / "in" / "good.txt", "Good title\n\nWords.\n")
    closed, scandir, listdir = str(tmp_path / "in" / "closed"), os.scandir, os.listdir

    def keep_out(really: Callable[..., object]) -> Callable[..., object]:
        def look(path: object) -> object:
            if str(path) == closed:
                raise PermissionError(13, "Permission denied", closed)
            return really(path)

        return look

    monkeypatch.setattr(os, "scandir", keep_out(scandir))
    monkeypatch.setattr(os, "listdir", keep_out(listdir))
    result = run("import", file, tmp_path / "in")
    assert result.stdout == "1 added, 0 already there, 1 skipped.\n"
    assert result.stderr.startswith(f"skipped {closed}: cannot be opened (Permission denied)")


def test_the_project_itself_and_its_lock_are_no_articles(tmp_path: Path, file: Path):
    write(tmp_path / "good.txt", "Good title\n\nWords.\n")
    result = run("import", file, tmp_path)
    assert result.stdout == "1 added, 0 already there, 1 skipped.\n"
    assert result.stderr == f"skipped {file}: is the project that is open: choose files with articles\n"


def test_a_format_can_be_asked_for(tmp_path: Path, file: Path):
    page = write(tmp_path / "source.html", "<html><body><p>Code of a page.</p></body></html>")
    assert run("import", file, page, "--format", "text").exit_code == 0
    project = open_project(file, read_only=True)
    assert "<html>" in content(project, project.read.all_article_uids()[-1]).text
    project.close()


def test_who_imports_is_kept(tmp_path: Path, file: Path):
    run("import", file, write(tmp_path / "a.txt", "A\n\nWords.\n"), "--annotator", "Ben")
    project = open_project(file, read_only=True)
    assert [person.name for person in project.cache.annotators.values()] == ["Anna", "Ben"]
    project.close()


# -- tables in --------------------------------------------------------------------------------------------


def test_our_tables_come_back_into_an_empty_project(tmp_path: Path, file: Path):
    first, second = tmp_path / "first", tmp_path / "second"
    assert run("export", file, "--out", first, "--with-text").exit_code == 0
    other = tmp_path / "other.annot"
    run("new", other, "--codebook", "empty", settings=tmp_path / "settings")
    result = run("import", other, first, settings=tmp_path / "settings")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "1 article" in result.stdout
    assert "2 annotations" in result.stdout
    assert run("check", other).exit_code == 0
    assert run("export", other, "--out", second, "--with-text").exit_code == 0
    for name in TABLES:
        assert (second / f"{name}.csv").read_bytes() == (first / f"{name}.csv").read_bytes(), name
    again = run("import", other, first)
    assert (again.exit_code, again.stdout.splitlines()[0]) == (0, "added: nothing")


@pytest.mark.parametrize("annotator", [[], ["--annotator", "Zed"]])
def test_reading_tables_adds_nobody_and_what_goes_out_again_is_the_same(
    tmp_path: Path, file: Path, annotator: list[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("annotator.project.opening.login_name", lambda: "root")
    settings, other = tmp_path / "settings", tmp_path / "other.annot"
    run("import", file, write(tmp_path / "a.txt", "A\n\nWords.\n"), "--annotator", "Ben")

    def exported(path: Path, name: str) -> dict[str, bytes]:
        assert run("export", path, "--out", tmp_path / name, "--with-text").exit_code == 0
        return {table: (tmp_path / name / f"{table}.csv").read_bytes() for table in TABLES}

    tables = exported(file, "one")
    run("new", other, *annotator, settings=settings)
    assert run("import", other, tmp_path / "one", settings=settings).exit_code == 0
    project = open_project(other, read_only=True)
    assert {person.name for person in project.cache.annotators.values()} == {"Anna", "Ben", *annotator[1:]}
    project.close()
    again = exported(other, "two")
    assert again == tables or annotator
    assert run("import", other, tmp_path / "two", settings=settings).exit_code == 0
    assert exported(other, "three") == again
    run("new", tmp_path / "third.annot", settings=settings)
    assert run("import", tmp_path / "third.annot", tmp_path / "two", settings=settings).exit_code == 0
    assert exported(tmp_path / "third.annot", "four") == again


def test_somebody_else_may_read_the_tables(tmp_path: Path, file: Path):
    run("export", file, "--out", tmp_path / "out", "--with-text")
    run("new", tmp_path / "other.annot", "--codebook", "empty")
    assert run("import", tmp_path / "other.annot", tmp_path / "out", "--annotator", "Ben").exit_code == 0
    project = open_project(tmp_path / "other.annot", read_only=True)
    assert {person.name for person in project.cache.annotators.values()} == {"Anna", "Ben"}
    assert project.read.counts().by_annotator == {"Anna": 2}
    project.close()


def test_one_table_says_what_is_not_in_it(tmp_path: Path, file: Path):
    assert run("export", file, "--out", tmp_path / "annotations.csv").exit_code == 0
    result = run("import", file, tmp_path / "annotations.csv")
    assert result.exit_code == 0
    assert "links, verdicts and the articles' status are not in it" in result.stderr


def test_a_broken_table_is_told_and_the_articles_beside_it_come_in(tmp_path: Path, file: Path):
    run("export", file, "--out", tmp_path / "t.csv")
    with (tmp_path / "t.csv").open("a", encoding="utf-8", newline="") as table:
        table.write("one,cell too few\r\n")
    good = write(tmp_path / "good.txt", "Good title\n\nWords.\n")
    result = run("import", file, tmp_path / "t.csv", good)
    assert result.exit_code == 0
    assert result.stderr.startswith("skipped: t.csv, row 4: 2 cells")
    assert titles(file)[-1] == "Good title"
    assert run("import", file, tmp_path / "t.csv").exit_code == 1


@pytest.mark.parametrize("new", [b"xannotation_uid,", b","])
def test_a_table_whose_key_was_renamed_does_not_come_in_as_articles(tmp_path: Path, file: Path, new: bytes):
    run("export", file, "--out", tmp_path / "one.csv")
    hurt = write(tmp_path / "hurt.csv", (tmp_path / "one.csv").read_bytes().replace(b"annotation_uid,", new, 1))
    good = write(tmp_path / "good.txt", "Good title\n\nWords.\n")
    result = run("import", file, hurt, good)
    assert (result.exit_code, result.stdout) == (0, "1 added, 0 already there, 1 skipped.\n")
    assert result.stderr == (
        f"skipped {hurt}: is this program's own table of annotations, but none of its columns is called annotation_uid"
        " any more: give that column its name again, or export the table anew\n"
    )
    assert titles(file) == ["Talks", "Good title"]


def test_a_table_whose_columns_were_moved_is_read_as_ours(tmp_path: Path, file: Path):
    run("export", file, "--out", tmp_path / "one.csv")
    with (tmp_path / "one.csv").open(encoding="utf-8", newline="") as table:
        rows = [[*row[1:], row[0]] for row in csv.reader(table)]
    with (tmp_path / "moved.csv").open("w", encoding="utf-8", newline="") as table:
        csv.writer(table).writerows(rows)
    result = run("import", file, tmp_path / "moved.csv")
    assert (result.exit_code, result.stdout) == (0, "added: nothing\nalready there: 2 annotations\n")


def test_what_is_no_table_of_ours_is_refused_as_one(tmp_path: Path, file: Path):
    result = run("import", file, write(tmp_path / "r.csv", "title,text\nA,B\n"), "--format", "tables")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "r.csv is not a table of this program" in result.stderr


# -- tables out -------------------------------------------------------------------------------------------


def test_all_tables_go_to_a_folder(tmp_path: Path, file: Path):
    result = run("export", file, "--out", tmp_path / "new" / "out")
    assert result.exit_code == 0
    assert sorted(path.stem for path in (tmp_path / "new" / "out").iterdir()) == TABLES
    assert "annotations.csv: 2 rows\n" in result.stdout
    assert "quotes.csv: 1 row\n" in result.stdout
    assert result.stderr.startswith("The articles' text is not in the tables")
    assert run("export", file, "--out", tmp_path / "out", "--with-text").stderr == ""


def test_the_profiles_differ_in_bom_and_formulas(tmp_path: Path, project: Project):
    add(project, "=1+1 is a sum, she said.\n", "=cmd()")
    project.close()
    for profile in Profile:
        run("export", project.path, "--out", tmp_path / profile, "--profile", profile)
    exact = (tmp_path / "exact" / "articles.csv").read_bytes()
    spreadsheet = (tmp_path / "spreadsheet" / "articles.csv").read_bytes()
    assert exact.startswith(b"article_uid")
    assert b",=cmd()," in exact
    assert spreadsheet.startswith(b"\xef\xbb\xbfarticle_uid")
    assert b",'=cmd()," in spreadsheet


def test_annotations_alone_go_to_a_file(tmp_path: Path, file: Path):
    assert run("export", file, "--out", tmp_path / "a.csv").stdout == "a.csv: 2 rows\n"
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    assert [(row["tag"], row["text"]) for row in rows] == [("speaker", "Peskov"), ("quote", "“The talks go on,”")]


@pytest.mark.parametrize("words", [[], ["--format", "xlsx"]])
def test_a_workbook_is_asked_for_by_its_ending(tmp_path: Path, file: Path, words: list[str]):
    result = run("export", file, "--out", tmp_path / "a.xlsx", *words)
    assert result.exit_code == 0
    assert "annotations: 2 rows\n" in result.stdout
    assert (tmp_path / "a.xlsx").read_bytes().startswith(b"PK")


def test_only_what_is_asked_for_goes_out(tmp_path: Path, file: Path):
    run("import", file, write(tmp_path / "a.txt", "A\n\nWords.\n"), "--annotator", "Ben")
    assert run("export", file, "--out", tmp_path / "a.csv", "--annotator", "Ben").stdout == "a.csv: 0 rows\n"
    assert run("export", file, "--out", tmp_path / "a.csv", "--set", "Anna").stdout == "a.csv: 2 rows\n"
    both = ["--annotator", "Ben", "--annotator", "Anna"]
    assert run("export", file, "--out", tmp_path / "a.csv", *both).stdout == "a.csv: 2 rows\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--annotator", "Nobody"], "There is no annotator ‘Nobody’ in this project; there are: Anna."),
        (["--set", "Nobody"], "There is no annotation set ‘Nobody’ in this project; there are: Anna."),
        (["--set", "adjudicated"], "There is no annotation set ‘adjudicated’ in this project; there are: Anna."),
    ],
)
def test_an_unknown_name_is_told_with_those_that_exist(tmp_path: Path, file: Path, words: list[str], said: str):
    write(tmp_path / "out" / "annotations.csv", "older")
    assert refused("export", file, "--out", tmp_path / "out", *words) == said
    assert [path.read_bytes() for path in (tmp_path / "out").iterdir()] == [b"older"]


@pytest.mark.parametrize(
    ("name", "words", "said"),
    [
        ("a.txt", [], "No .txt files are written"),
        ("a.json", [], "No .json files are written"),
        ("project.annot", [], "No .annot files are written"),
        ("a.xlsx", ["--format", "csv"], "is a file"),
        ("a.dat", [], "is a file"),
        ("out", ["--format", "xlsx"], "A workbook is one file"),
        ("folder.xlsx", ["--format", "xlsx"], "A workbook is one file"),
        ("a.dat/x", [], "cannot be written"),
    ],
)
def test_a_name_that_cannot_be_written_is_told_and_nothing_changes(
    tmp_path: Path, file: Path, name: str, words: list[str], said: str
):
    write(tmp_path / "a.dat", "mine")
    write(tmp_path / "a.xlsx", "mine too")
    (tmp_path / "folder.xlsx").mkdir()
    before = {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    assert said in refused("export", file, "--out", tmp_path / name, *words)
    assert {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


def test_a_folder_may_be_called_like_a_file(tmp_path: Path, file: Path):
    (tmp_path / "round.xlsx").mkdir()
    assert run("export", file, "--out", tmp_path / "round.xlsx").exit_code == 0
    assert run("export", file, "--out", tmp_path / "study.v2").exit_code == 0
    assert len(list((tmp_path / "study.v2").iterdir())) == len(TABLES)


def test_an_export_that_fails_halfway_leaves_the_older_tables(tmp_path: Path, file: Path, monkeypatch):
    run("export", file, "--out", tmp_path / "out")
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}

    def full(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device", str(tmp_path / "out" / "quotes.csv"))

    monkeypatch.setattr("annotator.exchange.csv_tables.writing._write_csv", full)
    assert "cannot be written (No space left on device)" in refused("export", file, "--out", tmp_path / "out")
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before


def test_formats_lists_both_directions():
    lines = run("formats").stdout.splitlines()
    assert lines[0].startswith("In: annotator import")
    assert any(line.startswith("Out: annotator export") for line in lines)


# -- start-up ---------------------------------------------------------------------------------------------

HEAVY = (
    "PySide6", "shiboken6", "pysbd", "trafilatura", "docx", "pypdf", "openpyxl", "xlsxwriter", "sqlite_utils",
    "rapidfuzz", "numpy", "lxml",
)  # fmt: skip


@pytest.mark.parametrize("words", [["info"], ["check"], ["export", "--out", "out"]], ids=lambda words: words[0])
def test_quick_commands_load_nothing_heavy(tmp_path: Path, file: Path, words: list[str]):
    words = [words[0], file.name, *words[1:]]
    code = (
        "import sys\nfrom annotator.cli import main\n"
        f"try: main({words!r})\n"
        "except SystemExit as end: code = end.code\n"
        f"print(code, [name for name in {HEAVY!r} if name in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert result.stdout.splitlines()[-1] == "0 []"


def test_a_failing_import_in_a_process_of_its_own(tmp_path: Path, file: Path):
    result = child("import", file.name, "none.txt", folder=tmp_path)
    assert (result.returncode, result.stdout) == (1, "0 added, 0 already there, 1 skipped.\n")
    assert result.stderr == "skipped none.txt: does not exist: check the name\n"
