from __future__ import annotations

import io
import time
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from PySide6.QtGui import QFont, QPdfWriter, QTextDocument

from annotator.base.errors import ImportRefusedError
from annotator.exchange.articles import limits
from annotator.exchange.articles.incoming import IncomingArticle
from annotator.exchange.articles.pdf import read, rejoined
from annotator.exchange.articles.pdf_lines import Line, Measures
from annotator.exchange.articles.reading import read_text


def pdf(*pages: list[str], title: str = "") -> bytes:
    """Return a PDF with these lines on its pages, written by hand as the standard's shortest (ISO 32000-1, annex H)."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        content = "BT /F1 12 Tf 14 TL 50 800 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
        resources = "/Resources << /Font << /F1 3 0 R >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {resources} /Contents {5 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    objects.append(f"<< /Title ({title}) >>")
    result, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(result))
        result += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>"
    end = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n{trailer}\nstartxref\n{len(result)}\n%%EOF\n"
    )
    return (result + end).encode("latin-1")


def article(data: bytes) -> IncomingArticle:
    (result,) = read(data, "a.pdf")
    return result


FIRST = [
    "Talks begin in Moscow",
    "By Jane Doe",
    "A delegation arrived in Moscow on Thursday for talks with the inter-",
    "national officials about a ceasefire that has been proposed, he said.",
    "It was late.",
    "Another paragraph begins here and goes on to the end of the page and",
]


def test_lines_become_paragraphs_also_across_pages() -> None:
    found = article(pdf(FIRST, ["then on the next one.", "The end."], title="Talks begin in Moscow"))
    assert found.text.split("\n\n") == [
        "Talks begin in Moscow",
        "By Jane Doe",
        FIRST[2].removesuffix("-") + FIRST[3] + " It was late.",
        "Another paragraph begins here and goes on to the end of the page and then on the next one.",
        "The end.",
    ]
    assert (found.title, found.byline) == ("Talks begin in Moscow", "Jane Doe")


def test_a_title_that_is_not_in_the_text_is_a_programs() -> None:
    assert article(pdf(["Talks begin", "in Moscow."], title="Microsoft Word - x.doc")).title != "Microsoft Word - x.doc"


def test_blank_lines_and_bullets_part_paragraphs() -> None:
    long = "x" * 60
    lines = [long, long, "", long, "• one", "• two", long]
    usual = Measures(long=60)
    assert rejoined(list(map(Line, lines)), usual) == [[long, long], [long], ["• one"], ["• two"], [long]]
    assert rejoined([], Measures()) == []


def placed(*pages: list[tuple[float, float, str]]) -> bytes:
    """Return a PDF with lines at a height and in a size."""
    shown = [") Tj ".join(f"1 0 0 1 50 {y} Tm /F1 {size} Tf ({text}" for y, size, text in lines) for lines in pages]
    return pdf(*([f") Tj {lines}"] for lines in shown))


BODY = "A delegation arrived in Moscow on Thursday for talks, it was said there"


def test_the_distance_of_lines_and_their_size_part_paragraphs() -> None:
    found = article(
        placed(
            [
                (800, 20, "Talks begin in Moscow on the future of"),
                (777, 20, "Ukraine this week"),
                (750, 10, BODY),
                (738, 10, f"and {BODY}"),
                (716, 10, f"The other: {BODY}"),
                (704, 10, "he said on Thursday"),
            ]
        )
    )
    assert found.text.split("\n\n") == [
        "Talks begin in Moscow on the future of Ukraine this week",
        f"{BODY} and {BODY}",
        f"The other: {BODY} he said on Thursday",
    ]
    assert found.title == "Talks begin in Moscow on the future of Ukraine this week"


def test_a_large_first_letter_parts_nothing() -> None:
    lines = [Line("T", 800, 30), Line("he talks", 790, 10)]
    assert rejoined(lines, Measures(10, 1.2, 5)) == [["T", "he talks"]]


def test_the_first_lines_are_not_joined_where_every_line_has_the_same_distance() -> None:
    title = "US Delegation Arrives in Russia to Present a Ceasefire Plan"
    head = [
        title,
        "Thu Mar 13 2025",
        "By Jane Doe",
        "KEY POINTS",
        "* Russian forces recaptured settlements in the region",
    ]
    found = article(pdf([*head, f"MOSCOW: {BODY}", f"and {BODY}"]))
    assert found.text.split("\n\n") == [*head, f"MOSCOW: {BODY} and {BODY}"]
    assert (found.title, found.published, found.byline) == (title, "2025-03-13", "Jane Doe")
    assert [span.of(found.text) for span in found.furniture] == ["KEY POINTS"]


def test_a_date_at_the_end_of_a_sentence_stays_with_it() -> None:
    assert article(pdf([f"{BODY} on", "March 13, 2025."])).text == f"{BODY} on March 13, 2025."


def test_a_full_line_at_a_pages_end_goes_on_and_a_heading_does_not() -> None:
    assert article(pdf([BODY], [f"Moscow. {BODY}"])).text == f"{BODY} Moscow. {BODY}"
    page = [(800, 10, BODY), (788, 10, f"and {BODY}"), (760, 10, "A heading")]
    apart = article(placed(page, [(800, 10, f"Moscow. {BODY}")]))
    assert apart.text.split("\n\n") == [f"{BODY} and {BODY}", "A heading", f"Moscow. {BODY}"]


def test_a_line_that_ends_in_a_dash_is_joined_as_it_was_set() -> None:
    first = "x" * 30
    assert article(pdf([f"{first}\x97", f"{first} \x96", first])).text == f"{first}—{first} – {first}"


def test_what_printing_put_within_the_text_is_not_there() -> None:
    top, foot = (830.0, 8.0, "The Daily"), (20.0, 8.0, "http://a.org/1 {0}/3")
    found = article(
        placed(
            [top, (800, 10, f"First: {BODY}"), (788, 10, f"and {BODY}"), (60, 10, "1"), foot],
            [top, (920, 10, f"and {BODY}"), (800, 10, f"but {BODY}"), (60, 10, "2"), foot],
            [top, (800, 10, "he said."), (788, 10, "The end of it."), (60, 10, "3"), foot],
        )
    )
    assert found.text.split("\n\n") == [
        f"First: {BODY} and {BODY} but {BODY} he said.",
        "The end of it.",
        "The Daily",
        "http://a.org/1 {0}/3",
    ]


SEED = """US Delegation Arrives in Russia to Present Ukraine Ceasefire Plan

Thu Mar 13 2025
icon-facebook icon-twitter icon-whatsapp

KEY POINTS

  • A high-level US delegation arrived in Moscow for ceasefire talks
  • Russian forces recaptured key settlements in the Kursk region

MOSCOW: A high-level US delegation on Thursday arrived in Moscow for talks with Russian officials on a proposed 30-day \
ceasefire in Ukraine, as Washington pushes for a temporary truce to end the three-year war.

Russia’s state-run TASS news agency reported on Thursday that a plane carrying US envoy Steve Witkoff had landed.
"""


@pytest.mark.parametrize("size", [8, 11, 14])
@pytest.mark.usefixtures("qapp")
def test_an_article_printed_by_qt_comes_in_as_its_text_does(tmp_path: Path, size: int) -> None:
    text = "\n".join([SEED] * 5)
    document = QTextDocument()
    document.setDefaultFont(QFont(QFont().family(), size))
    document.setPlainText(text)
    writer = QPdfWriter(str(tmp_path / "a.pdf"))
    document.print_(writer)
    found, wanted = article((tmp_path / "a.pdf").read_bytes()), read_text(text)
    assert (found.title, found.published) == (wanted.title, "2025-03-13")
    assert [s.of(found.text) for s in found.furniture] == [s.of(wanted.text) for s in wanted.furniture]
    assert found.text.split("\n\n") == [line.strip() for line in wanted.text.split("\n") if line]


def test_a_scan_without_text_is_refused() -> None:
    with pytest.raises(ImportRefusedError, match="has no text layer"):
        article(pdf([]))
    with pytest.raises(ImportRefusedError, match="OCR"):
        article(pdf([" "], []))


def encrypted(password: str) -> bytes:
    writer = PdfWriter()
    writer.append(PdfReader(io.BytesIO(pdf(["Secret words."]))))
    writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_a_password_is_the_reason() -> None:
    with pytest.raises(ImportRefusedError, match="protected by a password"):
        article(encrypted("secret"))


def test_an_empty_password_opens_the_file() -> None:
    assert article(encrypted("")).text == "Secret words."


def test_encryption_that_cannot_be_read_is_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise NotImplementedError

    monkeypatch.setattr("pypdf.PdfReader.decrypt", fail)
    with pytest.raises(ImportRefusedError, match="protected by a password"):
        article(encrypted("secret"))


@pytest.mark.parametrize("data", [b"%PDF-1.4 rubbish", b"words", pdf(FIRST)[:300]])
def test_damaged_files_are_refused(data: bytes) -> None:
    with pytest.raises(ImportRefusedError, match=r"damaged|no text layer"):
        article(data)


def test_too_many_pages_and_too_long_a_time_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.exchange.articles.pdf.MAX_PDF_PAGES", 1)
    with pytest.raises(ImportRefusedError, match="more than 1 pages"):
        article(pdf(FIRST, FIRST))
    monkeypatch.setattr("annotator.exchange.articles.pdf.Deadline", lambda: limits.Deadline(-1))
    with pytest.raises(ImportRefusedError, match="takes too long"):
        article(pdf(FIRST))


def test_a_page_with_too_much_on_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.exchange.articles.pdf_lines.MAX_PDF_PAGE_BYTES", 100)
    with pytest.raises(ImportRefusedError, match="too much drawn"):
        article(pdf(FIRST))


def test_very_many_lines_take_time_in_proportion() -> None:
    started = time.monotonic()
    assert len(article(pdf(["words of a line"] * 5_000)).text) == 5_000 * 16 - 1
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("content", ["[" * 50_000, "q " * 20_000, "(" * 50_000, "<<" * 20_000])
def test_hostile_pages_are_refused_soon(content: str) -> None:
    started = time.monotonic()
    with pytest.raises(ImportRefusedError):
        article(pdf([") Tj ET " + content]))
    assert time.monotonic() - started < 10


def test_a_circle_of_pages_is_refused() -> None:
    with pytest.raises(ImportRefusedError):
        article(pdf(["x"]).replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]"))
