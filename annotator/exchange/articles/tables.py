"""CSV, TSV, XLSX and JSONL files with one article a row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain

from annotator.base.errors import ImportRefusedError
from annotator.exchange.articles.assembly import Given, assembled
from annotator.exchange.articles.columns import (
    FIELDS,
    ColumnMapping,
    expected_names,
    lost_key,
    own_table_name,
    propose_mapping,
)
from annotator.exchange.articles.dates import guess_date
from annotator.exchange.articles.incoming import IncomingArticle, Outcome, Refused
from annotator.exchange.articles.rows import Row, Table, delimited, json_lines, workbook

_OPENERS: dict[str, Callable[[bytes], Table]] = {
    "csv": delimited,
    "tsv": lambda data: delimited(data, "\t"),
    "xlsx": workbook,
    "jsonl": json_lines,
}
FORMATS = tuple(_OPENERS)
_SHOWN = 20
_PARTIAL_DATE = re.compile(r"[12]\d{3}(?:-(?:0[1-9]|1[0-2]))?", re.ASCII)
"""A year or a month: in a column of dates it is one, in a text's first lines it might be anything."""


def header_of(data: bytes, format_name: str) -> list[str]:
    """Return the names of a table's columns, in order; raises ImportRefusedError when there are none."""
    return _OPENERS[format_name](data).header


def read(data: bytes, path: str, format_name: str, mapping: ColumnMapping | None = None) -> Iterator[Outcome]:
    """Read a table's articles, one a row; without a mapping the usual names of columns are looked for.

    Raises ImportRefusedError when the table has no row, has no column of a name in the mapping, or is one that this
    program wrote itself; one whose text column is not known is a Refused with its columns.
    """
    table = _OPENERS[format_name](data)
    if mapping is None:
        _refuse_own(table.header)
    first = next(table.rows, None)
    if first is None:
        raise ImportRefusedError("has a header but no row below it, so no article: check whether it was saved in full")
    mapping = propose_mapping(table.header) if mapping is None else mapping
    if not mapping.text:
        columns = _listed(table.header)
        reason = f"has no column with the articles' text; its columns: {columns}. Name that column {expected_names()}"
        yield Refused(path, reason, columns=tuple(table.header))
        return
    places = _places(table.header, mapping)
    for row in chain((first,), table.rows):
        if isinstance(row, Refused):
            yield Refused(path, row.reason, row.location)
            continue
        try:
            yield _article(row, table.header, places, path)
        except ImportRefusedError as error:
            yield Refused(path, str(error), row.location)


def _refuse_own(header: list[str]) -> None:
    """Refuse a table that this program wrote: its rows would become articles, however its header was damaged."""
    own, lost = own_table_name(header), lost_key(header)
    if lost is not None:
        table, key = lost
        raise ImportRefusedError(
            f"is this program's own table of {table}, but none of its columns is called {key} any more:"
            " give that column its name again, or export the table anew"
        )
    if own is not None:
        raise ImportRefusedError(f"is this program's own table of {own}: import it as annotations, not as articles")


def _places(header: list[str], mapping: ColumnMapping) -> dict[str, int]:
    """Return where each field's column stands."""
    chosen = {field: column for field in FIELDS if (column := getattr(mapping, field))}
    for column in chosen.values():
        if column not in header:
            raise ImportRefusedError(f"has no column “{column}”; its columns: {_listed(header)}. Choose among these")
    return {field: header.index(column) for field, column in chosen.items()}


def _listed(header: list[str]) -> str:
    """Return a header for a message, which stays one line however many columns there are."""
    more = f" and {len(header) - _SHOWN} more" if len(header) > _SHOWN else ""
    return ", ".join(name or "(no name)" for name in header[:_SHOWN]) + more


def _article(row: Row, header: list[str], places: dict[str, int], path: str) -> IncomingArticle:
    """Make a row's article; a date that cannot be read for sure, the id and all other columns are kept in extra."""
    cells = row.cells
    values = {field: cells[place] if place < len(cells) else "" for field, place in places.items()}
    text, published = values.pop("text"), values.pop("published", "")
    values.pop("id", None)
    iso = published.strip() if _PARTIAL_DATE.fullmatch(published.strip()) else guess_date(published)
    used = {place for field, place in places.items() if field != "id" and (field != "published" or iso)}
    extra = [(_column(header, place), cell) for place, cell in enumerate(cells) if place not in used and cell.strip()]
    if not text.strip():
        raise ImportRefusedError(f"has nothing in the column “{header[places['text']]}”: fill it in or leave it out")
    return assembled(text, path, row.location, given=Given(published=iso, **values), extra=extra)


def _column(header: list[str], place: int) -> str:
    return (header[place] if place < len(header) else "") or f"column {place + 1}"
