"""Files and folders to articles: one bad file is refused with the reason and never stops the others."""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from annotator.base.errors import ImportRefusedError
from annotator.exchange.articles import docx, html, pdf, plain_text, tables
from annotator.exchange.articles.assembly import assembled
from annotator.exchange.articles.columns import ColumnMapping
from annotator.exchange.articles.incoming import IncomingArticle, Outcome, Refused
from annotator.exchange.articles.limits import MAX_FILE_BYTES, MEGABYTE
from annotator.exchange.articles.sniffing import format_of
from annotator.storage.connection import is_open_here

AUTO = "auto"
FORMATS: dict[str, str] = {
    "text": "Plain text",
    "html": "Web page (HTML)",
    "docx": "Word document",
    "pdf": "PDF with text",
    "csv": "CSV, an article a row",
    "tsv": "TSV, an article a row",
    "xlsx": "Excel workbook, an article a row",
    "jsonl": "JSON lines, an article a line",
}
"""The formats that articles come in, with what a person may be shown."""

_READERS: dict[str, Callable[[bytes, str], Iterator[IncomingArticle]]] = {
    "text": plain_text.read,
    "html": html.read,
    "docx": docx.read,
    "pdf": pdf.read,
}
_HIDDEN = (".", "~$", "__MACOSX")
"""Hidden files, Word's lock files, and what macOS adds to archives."""

_LOCK = ".annot.lock"
"""Lies beside a project that a window has open."""

_log = logging.getLogger(__name__)


def read_paths(
    paths: Iterable[Path],
    *,
    format: str = AUTO,  # noqa: A002  the word of the command line
    mapping: ColumnMapping | None = None,
    stop: Callable[[], bool] | None = None,
) -> Iterator[Outcome]:
    """Read files and folders (with what is in them, sorted, hidden files left out) one article after another.

    ``mapping`` names the columns of tables, else they are found by their usual names. ``stop`` is asked before each
    article; once true the reading ends. Raises ImportRefusedError at once when there is no such format; whatever is
    wrong with a file becomes a Refused in its place.
    """
    if format != AUTO and format not in FORMATS:
        raise ImportRefusedError(f"no format is called “{format}”: choose {AUTO}, {', '.join(FORMATS)}")
    return _outcomes(paths, format, mapping, stop or _never)


def read_text(text: str, name: str = "") -> IncomingArticle:
    """Make an article of pasted text; ``name`` is its title when its first lines propose none.

    Raises ImportRefusedError when the text is empty or only white space.
    """
    return assembled(text, name=name)


def read_header(path: Path) -> list[str]:
    """Return the names of a table's columns, for choosing a mapping.

    Raises ImportRefusedError when the file cannot be read or is no table.
    """
    try:
        data = _content(path)
    except OSError as error:
        raise ImportRefusedError(_unreadable(error)) from error
    format_name = format_of(data, path.suffix.removeprefix("."), named=True)
    if format_name not in tables.FORMATS:
        raise ImportRefusedError(f"is not a table: choose a file ending in {', '.join(tables.FORMATS)}")
    return tables.header_of(data, format_name)


def _never() -> bool:
    return False


def _outcomes(
    paths: Iterable[Path], format_name: str, mapping: ColumnMapping | None, stop: Callable[[], bool]
) -> Iterator[Outcome]:
    for path, named in _files(paths):
        if stop():
            return
        for outcome in _from_file(path, format_name, mapping, named=named):
            yield outcome
            if stop():
                return


def _files(paths: Iterable[Path]) -> Iterator[tuple[Path, bool]]:
    """Yield each file and whether it was named itself (True) or found in a folder (False)."""
    for path in paths:
        if not path.is_dir():
            yield path, True
            continue
        closed: list[OSError] = []
        for folder, folders, names in os.walk(path, onerror=closed.append):
            folders[:] = sorted(name for name in folders if not name.startswith(_HIDDEN))
            for name in sorted(names):
                if not name.startswith(_HIDDEN) and not name.endswith(_LOCK):
                    yield Path(folder, name), False
        for error in closed:
            yield Path(error.filename), False


def _from_file(path: Path, format_name: str, mapping: ColumnMapping | None, *, named: bool) -> Iterator[Outcome]:
    """Yield a file's articles; the one place where any failure of a reader becomes a Refused."""
    shown = _shown(path)
    try:
        data = _content(path)
        if format_name == AUTO:
            format_name = format_of(data, path.suffix.removeprefix("."), named=named)
        if format_name in tables.FORMATS:
            yield from tables.read(data, shown, format_name, mapping)
        else:
            yield from _READERS[format_name](data, shown)
    except ImportRefusedError as error:
        yield Refused(shown, str(error))
    except OSError as error:
        yield Refused(shown, _unreadable(error))
    except Exception as error:  # noqa: BLE001  libraries fail in any way on hostile files; the others must still come in
        # The type alone: messages of parsers quote the file, and article text never goes into a log.
        _log.warning("a file could not be read as %s: %s", format_name, type(error).__name__)
        yield Refused(
            shown,
            f"cannot be read as {FORMATS.get(format_name, 'an article')}: it is damaged or unusual; "
            "save it again in its own program, or as plain text",
        )


def _content(path: Path) -> bytes:
    """Return a file's bytes; raises ImportRefusedError for folders, devices, empty and huge files."""
    found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        os.listdir(path)  # noqa: PTH208  a folder that may not be read says so
    if is_open_here(path):
        raise ImportRefusedError("is the project that is open: choose files with articles")
    if not stat.S_ISREG(found.st_mode):
        raise ImportRefusedError("is not a file but a folder, device or pipe: choose a file")
    if found.st_size > MAX_FILE_BYTES:
        size, most = -(-found.st_size // MEGABYTE), MAX_FILE_BYTES // MEGABYTE
        raise ImportRefusedError(f"is {size:,} MB large, more than the {most} MB that are read: split it")
    if not found.st_size:
        raise ImportRefusedError("is empty, 0 bytes: check whether it was copied in full")
    return path.read_bytes()


def _unreadable(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "does not exist: check the name"
    return f"cannot be opened ({error.strerror or type(error).__name__}): check that you may read it"


def _shown(path: Path) -> str:
    """Return the path as text that can be stored and shown, also when its bytes are not UTF-8."""
    text = str(path)
    return text if text.isascii() else os.fsencode(text).decode("utf-8", "replace")
