from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime, time

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.chart import BarChart

from annotator.base.errors import ImportRefusedError
from annotator.exchange.articles import limits
from annotator.exchange.articles.columns import ColumnMapping
from annotator.exchange.articles.incoming import IncomingArticle, Refused
from annotator.exchange.articles.packages import OLE_MAGIC
from annotator.exchange.articles.rows import as_cell
from annotator.exchange.articles.tables import header_of, read
from annotator.model.article import normalised


def outcomes(data: bytes, kind: str = "csv", mapping: ColumnMapping | None = None) -> list[IncomingArticle | Refused]:
    return list(read(data, "a.csv", kind, mapping))


def book(*sheets: list[list[object]]) -> bytes:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for rows in sheets:
        sheet = workbook.create_sheet()
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def test_every_column_finds_its_field_and_the_others_are_kept() -> None:
    header = "id,Headline,Body,Publisher,Author,Date,Link,Lang,Ward,,Empty\r\n"
    cells = '7,Talks begin,"One, ""two""\r\nthree",The Daily,Jane Doe,13 March 2025,http://a.org,en,W4,x,\r\n'
    (found,) = outcomes((header + cells).encode())
    assert found == IncomingArticle(
        title="Talks begin",
        text='One, "two"\nthree',
        source="The Daily",
        byline="Jane Doe",
        published="2025-03-13",
        url="http://a.org",
        language="en",
        extra=(("id", "7"), ("Ward", "W4"), ("column 10", "x")),
        path="a.csv",
        location="row 2",
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimiter_and_encoding_are_found(delimiter: str, encoding: str) -> None:
    lines = [["title", "text"], ["Café", "“Ça va; oui, c’est | bien”"], ["B", "no\ttab"]]
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows(lines)
    found = outcomes(buffer.getvalue().encode(encoding))
    assert [[article.title, article.text] for article in found] == lines[1:]


def test_a_tsv_is_parted_by_tabs_alone() -> None:
    assert outcomes(b"title,x\ttext\nA\tB, c\n", "tsv")[0].text == "B, c"


def test_one_column_is_enough_and_blank_lines_are_skipped() -> None:
    found = outcomes(b"\n\ntext\n\nOne.\n\nTwo.\n")
    assert [(article.text, article.location) for article in found] == [("One.", "row 5"), ("Two.", "row 7")]


def test_a_row_without_text_is_refused_with_its_number() -> None:
    found = outcomes(b"title,text\nA,One.\nB,  \nC\nD,Two.\n")
    assert [outcome.location for outcome in found] == ["row 2", "row 3", "row 4", "row 5"]
    assert isinstance(found[1], Refused)
    assert found[1] == Refused("a.csv", "has nothing in the column “text”: fill it in or leave it out", "row 3")
    assert isinstance(found[2], Refused)
    assert isinstance(found[3], IncomingArticle)
    (blank,) = outcomes("text\n\u200b\ufeff\n".encode())
    assert isinstance(blank, IncomingArticle)


def test_a_bom_alone_in_a_cell_is_no_text() -> None:
    found = outcomes("title,text\nA,\ufeff\n".encode())
    assert isinstance(found[0], Refused)
    assert "no text" in found[0].reason


def test_a_wrong_header_names_what_is_there_and_what_is_expected() -> None:
    (refused,) = outcomes(b"foo,,bar\n1,2,3\n")
    assert isinstance(refused, Refused)
    assert "its columns: foo, (no name), bar. Name that column text; " in refused.reason
    assert (refused.columns, refused.location) == (("foo", "", "bar"), "")
    (refused,) = outcomes(",".join(f"c{number}" for number in range(25)).encode() + b"\n1\n")
    assert isinstance(refused, Refused)
    assert "c19 and 5 more. Name that column text; " in refused.reason


def test_a_mapping_goes_before_the_usual_names() -> None:
    (found,) = outcomes(b"text,words\nA,B\n", mapping=ColumnMapping(text="words"))
    assert (found.text, found.extra) == ("B", (("text", "A"),))
    with pytest.raises(ImportRefusedError, match="no column “gone”"):
        outcomes(b"text,words\nA,B\n", mapping=ColumnMapping(text="gone"))


def test_own_tables_are_not_articles_unless_somebody_maps_them() -> None:
    data = b"annotation_uid,text\r\n1,Words\r\n"
    with pytest.raises(ImportRefusedError, match="own table of annotations"):
        outcomes(data)
    assert outcomes(data, mapping=ColumnMapping(text="text"))[0].text == "Words"


def test_an_own_table_without_its_key_is_no_table_of_articles() -> None:
    header = "xannotation_uid,article_uid,annotation_set,annotator,tag,text,start,stop,fragments"
    with pytest.raises(ImportRefusedError, match="own table of annotations, but none of its columns is called annot"):
        outcomes(f"{header}\r\n1,2,3,4,5,Vienna,7,8,9\r\n".encode())
    with pytest.raises(ImportRefusedError, match="called annotation_uid any more: give that column its name again"):
        outcomes(f"{header.partition(',')[2]}\r\n2,3,4,5,Vienna,7,8,9\r\n".encode())


@pytest.mark.parametrize(
    ("given_date", "iso", "extra"),
    [
        ("2025-03-13 10:00:00", "2025-03-13", ()),
        ("2025-03", "2025-03", ()),
        (" 2025 ", "2025", ()),
        ("03/04/2025", "", (("date", "03/04/2025"),)),
        ("soon", "", (("date", "soon"),)),
        ("", "", ()),
    ],
)
def test_a_date_that_is_not_sure_is_kept_as_it_was_written(
    given_date: str, iso: str, extra: tuple[tuple[str, str], ...]
) -> None:
    (found,) = outcomes(f"text,date\nWords,{given_date}\n".encode())
    assert (found.published, found.extra) == (iso, extra)


def test_the_first_lines_propose_what_the_columns_do_not_say() -> None:
    (found,) = outcomes(b'text\n"Talks begin\nBy Jane Doe\n13 March 2025\nTweet"\n')
    assert (found.title, found.byline, found.published) == ("Talks begin", "Jane Doe", "2025-03-13")
    assert [span.of(found.text) for span in found.furniture] == ["Tweet"]


def test_a_quotation_mark_that_is_never_closed_is_told() -> None:
    found = outcomes(b'title,text\nA,One.\nB,"Two.\nC,Three.\n')
    assert isinstance(found[0], IncomingArticle)
    assert isinstance(found[1], Refused)
    assert (found[1].location, len(found)) == ("row 3", 2)
    assert "never closed" in found[1].reason
    assert outcomes(b'title,text\nA,"One" .\n')[0].text == "One ."


def test_a_huge_cell_is_read() -> None:
    assert len(outcomes(b"text\n" + b"words " * 100_000)[0].text) == 600_000


@pytest.mark.parametrize("kind", ["csv", "tsv"])
def test_a_file_of_blank_lines_is_refused(kind: str) -> None:
    with pytest.raises(ImportRefusedError, match="no header row"):
        outcomes(b"\n \n", kind)


@pytest.mark.parametrize("header", ["title,text\n", "title,text\n,\n\n", "foo,bar"])
def test_a_header_without_rows_is_refused_with_the_reason(header: str) -> None:
    with pytest.raises(ImportRefusedError, match="has a header but no row below it"):
        outcomes(header.encode())
    with pytest.raises(ImportRefusedError, match="has a header but no row below it"):
        outcomes(book([header.partition("\n")[0].split(",")]), "xlsx")
    with pytest.raises(ImportRefusedError, match="own table of links"):
        outcomes(b"link_uid,article_uid\n")


def test_a_workbook_gives_its_rows_with_iso_dates() -> None:
    rows = [
        ["Headline", "Body", "Date", "Count", "Sure"],
        ["Talks", "One.", datetime(2025, 3, 13), 3.0, True],
        [],
        ["More", "Two.", datetime(2025, 3, 13, 10, 30), 2.5, False],
    ]
    found = outcomes(book(rows), "xlsx")
    assert [(article.published, article.location) for article in found] == [
        ("2025-03-13", "row 2"),
        ("2025-03-13", "row 4"),
    ]
    assert [article.extra for article in found] == [
        (("Count", "3"), ("Sure", "yes")),
        (("Count", "2.5"), ("Sure", "no")),
    ]


def test_the_sheet_with_a_text_column_is_taken() -> None:
    (found,) = outcomes(book([], [["about"], ["this file"]], [["text"], ["Words"]]), "xlsx")
    assert found.text == "Words"
    (refused,) = outcomes(book([["about"], ["x"]]), "xlsx")
    assert isinstance(refused, Refused)
    assert refused.columns == ("about",)
    with pytest.raises(ImportRefusedError, match="no header row"):
        outcomes(book([]), "xlsx")


def test_a_chart_sheet_is_passed_over() -> None:
    workbook = openpyxl.Workbook()
    workbook.active.append(["text"])
    workbook.active.append(["Words"])
    workbook.create_chartsheet("Chart", 0).add_chart(BarChart())
    buffer = io.BytesIO()
    workbook.save(buffer)
    assert outcomes(buffer.getvalue(), "xlsx")[0].text == "Words"


def test_a_lonely_cell_far_down_does_not_make_a_million_rows() -> None:
    workbook = openpyxl.Workbook()
    workbook.active.append(["text"])
    workbook.active.append(["Words"])
    workbook.active["A1048576"] = "far"
    buffer = io.BytesIO()
    workbook.save(buffer)
    assert [article.text for article in outcomes(buffer.getvalue(), "xlsx")] == ["Words"]
    assert limits.MAX_EMPTY_ROWS < 1_048_576


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"words", "not an Excel file"),
        (b"PK\x03\x04", "damaged"),
        (OLE_MAGIC + "EncryptedPackage".encode("utf-16-le"), "remove the password"),
    ],
)
def test_what_is_no_workbook_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(ImportRefusedError, match=reason):
        outcomes(data, "xlsx")


def test_lines_of_json() -> None:
    records = [
        {"headline": "Talks", "content": "One.", "tags": ["a", 1], "more": {"x": [1]}, "none": None},
        {"content": "Two.", "late": 1.5},
    ]
    found = outcomes("\r\n".join(["", *map(json.dumps, records)]).encode(), "jsonl")
    assert [article.location for article in found] == ["line 2", "line 3"]
    assert found[0].extra == (("tags", "a; 1"), ("more", '{"x": [1]}'))
    assert (found[1].title, found[1].extra) == ("Two.", (("late", "1.5"),))


def test_a_bad_line_is_refused_with_its_number_and_the_others_come_in() -> None:
    data = (
        b'{"text": "One."}\nnonsense\n["x"]\n' + b"[" * 100_000 + b'\n{"text": 1' + b"0" * 5000 + b'}\n{"text": "Two."}'
    )
    found = outcomes(data, "jsonl")
    assert [type(outcome).__name__ for outcome in found] == ["IncomingArticle", *["Refused"] * 4, "IncomingArticle"]
    assert [outcome.location for outcome in found] == [f"line {number}" for number in range(1, 7)]
    assert "not valid JSON" in found[1].reason
    assert "no object" in found[2].reason


def test_a_file_without_any_object_is_refused() -> None:
    with pytest.raises(ImportRefusedError, match="not JSONL"):
        outcomes(b"[1]\nwords", "jsonl")


def test_a_lone_surrogate_in_json_is_replaced() -> None:
    assert outcomes(b'{"text": "a\\ud800b"}', "jsonl")[0].text == "a\ufffdb"


def test_headers() -> None:
    assert header_of(b" Title ;text;\n", "csv") == ["Title", "text"]
    assert header_of(b'{"a": 1}\n{"b": 2, "a": 3}', "jsonl") == ["a", "b"]
    assert header_of(book([["x", None, "y"]]), "xlsx") == ["x", "", "y"]


def test_cells() -> None:
    assert [as_cell(value) for value in (None, "=a", True, 3.0, 1e300, 7, time(1, 2), date(2025, 3, 13), [[1]])] == [
        "", "=a", "yes", "3", "1e+300", "7", "01:02:00", "2025-03-13", "[[1]]",
    ]  # fmt: skip
    assert as_cell(datetime(2025, 3, 13, 1, 2)) == "2025-03-13 01:02:00"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=5))
def test_cells_written_by_csv_come_back_as_normalised_text(texts: list[str]) -> None:
    buffer = io.StringIO()
    csv.writer(buffer, quoting=csv.QUOTE_ALL).writerows([["text", "n"], *([text, "x" * 400] for text in texts)])
    try:
        found = outcomes(buffer.getvalue().encode())
    except ImportRefusedError as error:
        assert "binary" in str(error)  # more control characters than text has
        return
    assert len(found) == len(texts)
    for text, outcome in zip(texts, found, strict=True):
        assert isinstance(outcome, Refused) == (not text.strip() or not normalised(text).strip())
        assert isinstance(outcome, Refused) or outcome.text == normalised(text)
