from __future__ import annotations

import io
import zipfile

import pytest

from annotator.base.errors import ImportRefusedError
from annotator.exchange.articles.packages import OLE_MAGIC
from annotator.exchange.articles.sniffing import format_of


def package(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as opened:
        for name in names:
            opened.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "ending", "wanted"),
    [
        (b"Words", "txt", "text"),
        (b"Words", "MD", "text"),
        (b"a,b", "csv", "csv"),
        (b"a\tb", "tab", "tsv"),
        (b"{}", "ndjson", "jsonl"),
        (b"Words", "docx", "docx"),
        (b"Words", "html", "html"),
        (b"%PDF-1.7", "txt", "pdf"),
        (b"<!DOCTYPE html><p>", "txt", "html"),
        (b"\xef\xbb\xbf\n <HTML lang=en>", "txt", "html"),
        (b"<?xml version='1.0'?>\n<html>", "txt", "html"),
        (b"<!-- saved --><html>", "txt", "html"),
        (b"<?xml version='1.0'?>\n<tei>", "txt", "text"),
        (b" <b> Words", "txt", "text"),
        (package("word/document.xml"), "txt", "docx"),
        (package("xl/workbook.xml"), "docx", "xlsx"),
        (OLE_MAGIC, "txt", "docx"),
        (OLE_MAGIC, "xlsx", "xlsx"),
    ],
)
def test_content_goes_before_the_ending(data: bytes, ending: str, wanted: str) -> None:
    assert format_of(data, ending, named=False) == wanted


def test_an_unknown_ending_is_text_only_when_somebody_chose_the_file() -> None:
    assert format_of(b"Words", "xyz", named=True) == "text"
    assert format_of(b"Words", "", named=True) == "text"
    with pytest.raises(ImportRefusedError, match="not a kind of file that holds articles"):
        format_of(b"Words", "xyz", named=False)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"GIF89a", "GIF"),
        (b"SQLite format 3\0", "project file"),
        (b"{\\rtf1", "Rich Text"),
        (b"\x1f\x8b\x08", "compressed"),
        (b"MZ\x90\0", "program"),
        (package("a.txt"), "zip archive"),
        (b"PK\x03\x04cut", "damaged"),
    ],
)
def test_other_kinds_are_named(data: bytes, kind: str) -> None:
    with pytest.raises(ImportRefusedError, match=kind):
        format_of(data, "txt", named=True)
