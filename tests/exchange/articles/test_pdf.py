from __future__ import annotations

import io
import time

import pytest
from pypdf import PdfReader, PdfWriter

from annotator.base.errors import ImportRefusedError
from annotator.exchange.articles import limits
from annotator.exchange.articles.incoming import IncomingArticle
from annotator.exchange.articles.pdf import read, rejoined


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
    assert rejoined(lines, 60) == [[long, long], [long], ["• one"], ["• two"], [long]]
    assert rejoined([], 0) == []


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
    monkeypatch.setattr("annotator.exchange.articles.pdf.MAX_PDF_PAGE_BYTES", 100)
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
