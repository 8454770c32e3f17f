"""What kind of file it is: by its content first, by its name's ending second."""

from __future__ import annotations

from annotator.base.errors import ImportRefusedError
from annotator.exchange.articles.docx import DOCUMENT
from annotator.exchange.articles.packages import OLE_MAGIC, ZIP_MAGIC, parts
from annotator.exchange.articles.rows import WORKBOOK

ENDINGS = {
    "txt": "text", "text": "text", "md": "text", "markdown": "text",
    "html": "html", "htm": "html", "xhtml": "html",
    "docx": "docx", "docm": "docx", "pdf": "pdf",
    "csv": "csv", "tsv": "tsv", "tab": "tsv", "xlsx": "xlsx", "xlsm": "xlsx",
    "jsonl": "jsonl", "ndjson": "jsonl",
}  # fmt: skip
"""The format that a name's ending stands for."""

NO_ARTICLES = "is not a kind of file that holds articles"
_INSTEAD = "export the articles as .txt, .docx, .html, .pdf, .csv, .xlsx or .jsonl"
_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"SQLite format 3\0", "a database or a project file"),
    (b"{\\rtf", "a Rich Text file"),
    (b"\x1f\x8b\x08", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed file"),
    (b"Rar!\x1a\x07", "a compressed file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\0", "a program"),
    (b"ID3\x03", "a sound file"),
    (b"OggS\0", "a sound file"),
    (b"RIFF", "a sound, video or picture file"),
    (b"%!PS-Adobe", "a PostScript file"),
)
_FOREIGN_MAGIC = tuple(magic for magic, _ in _FOREIGN)
_HTML_STARTS = (b"<!doctype html", b"<html", b"<head>", b"<body")
_XML_STARTS = (b"<?xml", b"<!--")


def format_of(data: bytes, ending: str, *, named: bool) -> str:
    """Return the format that reads these bytes of a file with that ending (without the dot).

    ``named`` tells that a person chose this very file: then an unknown ending is read as plain text, while in a
    folder it is somebody's other file. Raises ImportRefusedError for what holds no articles.
    """
    ending = ending.lower()
    content = _by_content(data)
    by_name = ENDINGS.get(ending)
    if content is None and by_name is None and not named:
        raise ImportRefusedError(f"{NO_ARTICLES}: {_INSTEAD}, or choose it alone to read it as plain text")
    return _ole(by_name) if content == "ole" else content or by_name or "text"


def _ole(by_name: str | None) -> str:
    """Return a reader that says what is wrong with an OLE file."""
    return by_name if by_name in ("docx", "xlsx") else "docx"


def _by_content(data: bytes) -> str | None:
    """Return what the first bytes say, None when they could be any text."""
    if data.startswith(ZIP_MAGIC):
        return _in_zip(data)
    if data.startswith(OLE_MAGIC):
        return "ole"
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(_FOREIGN_MAGIC):
        kind = next(kind for magic, kind in _FOREIGN if data.startswith(magic))
        raise ImportRefusedError(f"is {kind}, {NO_ARTICLES.removeprefix('is ')}: {_INSTEAD}")
    start = data[:3].lstrip(b"\xef\xbb\xbf")
    return "html" if start[:1] in (b"<", b" ", b"\n", b"\r", b"\t", b"") and _is_html(data) else None


def _is_html(data: bytes) -> bool:
    head = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return head.startswith(_HTML_STARTS) or (head.startswith(_XML_STARTS) and b"<html" in head)


def _in_zip(data: bytes) -> str:
    names = parts(data)
    if DOCUMENT in names:
        return "docx"
    if WORKBOOK in names:
        return "xlsx"
    raise ImportRefusedError(f"is a zip archive without a Word or Excel file in it: unpack it, or {_INSTEAD}")
