from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from annotator.base.errors import ImportRefusedError
from annotator.exchange.articles import limits
from annotator.exchange.articles.docx import read
from annotator.exchange.articles.incoming import IncomingArticle
from annotator.exchange.articles.packages import OLE_MAGIC


def saved(document: object) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def rezipped(data: bytes, changes: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, content in changes.items():
            new.writestr(name, content)
    return buffer.getvalue()


def article(document: object) -> IncomingArticle:
    (result,) = read(saved(document), "a.docx")
    return result


def test_paragraphs_and_tables_come_in_document_order() -> None:
    document = docx.Document()
    document.add_paragraph("Talks begin")
    document.add_paragraph("")
    document.add_paragraph("By Jane Doe")
    table = document.add_table(3, 2)
    for row, cells in enumerate((("a", "b"), ("c", "d"), ("", ""))):
        for column, words in enumerate(cells):
            table.cell(row, column).text = words
    document.add_paragraph("13 March 2025")
    document.add_paragraph("After\tthe table.\nSecond line.")
    found = article(document)
    assert found.text == (
        "Talks begin\n\nBy Jane Doe\n\na\tb\nc\td\n\n13 March 2025\n\nAfter\tthe table.\nSecond line."
    )
    assert (found.title, found.byline, found.published) == ("Talks begin", "Jane Doe", "2025-03-13")
    assert found.extra == ()


def test_core_properties_are_metadata() -> None:
    document = docx.Document()
    document.core_properties.title = "The title"
    document.core_properties.author = "Jane Doe"
    document.core_properties.language = "en"
    document.add_paragraph("Words.")
    found = article(document)
    assert (found.title, found.language, found.byline) == ("The title", "en", "")
    assert found.extra == (("document_author", "Jane Doe"),)


def test_nested_and_merged_cells_come_once() -> None:
    document = docx.Document()
    table = document.add_table(1, 3)
    merged = table.cell(0, 0).merge(table.cell(0, 1))
    merged.text = "wide"
    inner = table.cell(0, 2).add_table(1, 1)
    inner.cell(0, 0).text = "inner"
    assert article(document).text == "wide\tinner"


def test_insertions_links_and_controls_are_text_and_deletions_are_not() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Start ")
    for piece in (
        "<w:ins {}><w:r><w:t>inserted </w:t></w:r></w:ins>",
        "<w:del {}><w:r><w:delText>gone </w:delText><w:t>gone</w:t></w:r></w:del>",
        "<w:hyperlink {}><w:r><w:t>linked</w:t><w:noBreakHyphen/><w:br/><w:t/></w:r></w:hyperlink>",
        "<w:sdt {}><w:sdtContent><w:r><w:t>controlled</w:t></w:r></w:sdtContent></w:sdt>",
        "<w:r {}><w:pict><w:txbxContent><w:p><w:r><w:t> boxed</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>",
    ):
        paragraph._p.append(parse_xml(piece.format(nsdecls("w"))))
    block = "<w:sdt {}><w:sdtContent><w:p><w:r><w:t>Block.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    document.element.body.insert(1, parse_xml(block.format(nsdecls("w"))))
    document.element.body.insert(2, parse_xml(f"<w:del {nsdecls('w')}><w:p/></w:del>"))
    assert article(document).text == "Start inserted linked\u2011\ncontrolled boxed\n\n\nBlock."


def test_a_document_without_words_is_refused() -> None:
    with pytest.raises(ImportRefusedError, match="no text"):
        article(docx.Document())


def test_an_encrypted_file_says_how_to_go_on() -> None:
    data = OLE_MAGIC + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(ImportRefusedError, match="remove the password in Word"):
        list(read(data, ""))


def test_an_old_doc_says_how_to_go_on() -> None:
    with pytest.raises(ImportRefusedError, match="before 2007"):
        list(read(OLE_MAGIC + bytes(600), ""))


@pytest.mark.parametrize("data", [b"words", b"PK\x03\x04 cut off"])
def test_what_is_no_package_is_refused(data: bytes) -> None:
    with pytest.raises(ImportRefusedError, match="save it"):
        list(read(data, ""))


def test_a_package_without_a_document_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("other.xml", "<a/>")
    with pytest.raises(ImportRefusedError, match="not a Word file"):
        list(read(buffer.getvalue(), ""))


def words() -> bytes:
    document = docx.Document()
    document.add_paragraph("Words.")
    return saved(document)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = rezipped(words(), {"word/media/a.bin": bytes(limits.MAX_EXPANDED_BYTES + 1)})
    assert len(bomb) < limits.MAX_FILE_BYTES
    with pytest.raises(ImportRefusedError, match="would unpack to 300 MB"):
        list(read(bomb, ""))


@pytest.mark.parametrize(
    ("name", "size"), [("word/other.xml", limits.MAX_XML_BYTES), ("word/styles.xml", limits.MAX_STYLES_BYTES)]
)
def test_a_single_huge_part_is_refused(name: str, size: int) -> None:
    with pytest.raises(ImportRefusedError, match="more than any article needs"):
        list(read(rezipped(words(), {name: bytes(size + 1)}), ""))


@pytest.mark.parametrize("encoding", ["ascii", "utf-16"])
def test_entities_are_refused(encoding: str) -> None:
    attack = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        f"<w:document {nsdecls('w')}><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"
    )
    with pytest.raises(ImportRefusedError, match="document type declaration"):
        list(read(rezipped(words(), {"word/document.xml": attack.encode(encoding)}), ""))


def test_names_that_climb_out_are_harmless(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (found,) = read(rezipped(words(), {"../../climbed.txt": b"x", "/etc/annotator-climbed": b"x"}), "")
    assert found.text == "Words."
    assert list(tmp_path.iterdir()) == []


def test_too_many_parts_and_broken_parts_are_refused() -> None:
    many = rezipped(words(), {f"p{number}": b"" for number in range(limits.MAX_ARCHIVE_PARTS)})
    with pytest.raises(ImportRefusedError, match="parts"):
        list(read(many, ""))
    data = bytearray(words())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as package:
        offset = package.getinfo("word/document.xml").header_offset
    data[offset + 60 : offset + 90] = b"\xff" * 30
    with pytest.raises(ImportRefusedError, match="damaged"):
        list(read(bytes(data), ""))


def test_a_document_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.exchange.articles.docx.Deadline", lambda: limits.Deadline(-1))
    with pytest.raises(ImportRefusedError, match="takes too long"):
        list(read(words(), ""))
