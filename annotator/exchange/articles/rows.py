"""The rows of a table file, whatever its format: first the header, then each row with its place in the file."""

from __future__ import annotations

import csv
import io
import json
import warnings
from collections import deque
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

from msgspec import Struct

from annotator.base.errors import ImportRefusedError
from annotator.exchange.articles.columns import own_table_name, propose_mapping
from annotator.exchange.articles.incoming import Refused
from annotator.exchange.articles.limits import MAX_COLUMNS, MAX_EMPTY_ROWS, MAX_FILE_BYTES
from annotator.exchange.articles.packages import OLE_MAGIC, ZIP_MAGIC, examine, parts, refuse_ole
from annotator.exchange.articles.plain_text import decoded
from annotator.model.article import normalised

WORKBOOK = "xl/workbook.xml"
DELIMITERS = (",", ";", "\t", "|")
_HEADER_LINES = 50
_UNCLOSED = "a quotation mark is opened and never closed, so the rows behind it ran together: close it and import again"
_EMPTY = "is empty or has no header row: the first row must name the columns"


class Row(Struct, frozen=True):
    """One row: its cells in the order of the header, and where it stands in the file (``row 7``)."""

    cells: list[str]
    location: str


class Table(Struct, frozen=True):
    """A header and its rows; a row that cannot be read is a Refused in its place."""

    header: list[str]
    rows: Iterator[Row | Refused]


def delimited(data: bytes, delimiter: str = "") -> Table:
    """Open a CSV or TSV file; the delimiter is found from the header unless given.

    Raises ImportRefusedError when it is empty or no text.
    """
    csv.field_size_limit(MAX_FILE_BYTES)
    text = normalised(decoded(data))
    delimiter = delimiter or _delimiter(text)
    records = enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1)
    header = next((record for _, record in records if any(cell.strip() for cell in record)), None)
    if header is None:
        raise ImportRefusedError(_EMPTY)
    return Table(_named(header), _delimited_rows(records, _unclosed(text, delimiter)))


def _delimiter(text: str) -> str:
    """Return the delimiter under which the header has a text column, or else the most columns."""

    def merit(delimiter: str) -> tuple[bool, int]:
        records = csv.reader(io.StringIO(text.lstrip("\n"), newline=""), delimiter=delimiter)
        header = next(records, [])
        return bool(propose_mapping(header).text or own_table_name(header)), len(header)

    return max(DELIMITERS, key=merit)


def _unclosed(text: str, delimiter: str) -> bool:
    """Tell whether the last record runs to the end of the file inside quotation marks."""
    try:
        deque(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), maxlen=0)
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _delimited_rows(records: Iterator[tuple[int, list[str]]], unclosed: bool) -> Iterator[Row | Refused]:
    previous: Row | None = None
    for number, cells in records:
        if previous is not None:
            yield previous
        previous = Row(cells, f"row {number}") if any(cells) else None
    if previous is not None:
        yield Refused("", _UNCLOSED, previous.location) if unclosed else previous


def workbook(data: bytes) -> Table:
    """Open the first sheet of an .xlsx file that has a text column, or else the first that is not empty.

    Raises ImportRefusedError when the file is encrypted, damaged, hostile or empty.
    """
    if data.startswith(OLE_MAGIC):
        refuse_ole(data)
    if not data.startswith(ZIP_MAGIC) or WORKBOOK not in parts(data):
        raise ImportRefusedError("is not an Excel file in spite of its name: save it as .xlsx in Excel, or as CSV")
    examine(data)
    import openpyxl  # costs a fifth of a second, needed for workbooks alone

    # It warns of charts, styles and validations that it leaves out, none of which is text.
    warnings.filterwarnings("ignore", module=r"openpyxl\.")
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    tables = [table for sheet in book.worksheets if (table := _sheet(sheet)) is not None]
    if not tables:
        raise ImportRefusedError(_EMPTY)
    return next((table for table in tables if propose_mapping(table.header).text), tables[0])


def _sheet(sheet: Any) -> Table | None:
    sheet.reset_dimensions()  # some programs write dimensions that are too small
    rows = _sheet_rows(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True))
    header = next(rows, None)
    return None if header is None else Table(_named(header.cells), rows)


def _sheet_rows(rows: Iterable[Iterable[object]]) -> Iterator[Row]:
    empty = 0
    for number, values in enumerate(rows, 1):
        cells = [as_cell(value) for value in values]
        empty = 0 if any(cells) else empty + 1
        if not empty:
            yield Row(cells, f"row {number}")
        elif empty > MAX_EMPTY_ROWS:
            return


def json_lines(data: bytes) -> Table:
    """Open a JSONL file: one object a line; the header is the keys of the first lines, in order.

    Raises ImportRefusedError when no line holds an object.
    """
    lines = normalised(decoded(data)).split("\n")
    header: dict[str, None] = {}
    for line in lines[:_HEADER_LINES]:
        record = _record(line)
        header.update(dict.fromkeys(record if isinstance(record, dict) else ()))
    if not header:
        raise ImportRefusedError("is not JSONL: each line must be one JSON object with the fields of one article")
    return Table(list(header), _json_rows(lines, list(header)))


def _json_rows(lines: list[str], header: list[str]) -> Iterator[Row | Refused]:
    for number, line in enumerate(lines, 1):
        record, location = _record(line), f"line {number}"
        if isinstance(record, str):
            yield Refused("", record, location)
        elif record is not None:
            yield Row([as_cell(record.get(name)) for name in header], location)


def _record(line: str) -> dict[str, Any] | str | None:
    """Return a line's object, None for an empty line, or why it is none."""
    if not line.strip():
        return None
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return "is not valid JSON: correct this line; the others were read"
    return record if isinstance(record, dict) else "is JSON but no object in braces: write one object a line"


def as_cell(value: object) -> str:
    """Return a value as text: dates as ISO, 3.0 as 3, lists joined by ``; ``, other structures as JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, list) and all(isinstance(item, str | int | float) for item in value):
        return "; ".join(as_cell(item) for item in value)
    return json.dumps(value, ensure_ascii=False, default=str)


def _named(header: list[str]) -> list[str]:
    """Return the header without blanks around names; trailing columns without a name or use are cut."""
    names = [" ".join(name.split()) for name in header]
    while names and not names[-1]:
        names.pop()
    return names
