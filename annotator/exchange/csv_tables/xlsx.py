"""The tables as one Excel workbook, a sheet each: strings as strings, and nothing cut silently."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from annotator.base.errors import ExportRefusedError
from annotator.exchange.csv_tables.choosing import chosen_of
from annotator.exchange.csv_tables.columns import Table
from annotator.exchange.csv_tables.replacing import replacing
from annotator.exchange.csv_tables.spreading import Layout, Row, layout_of
from annotator.exchange.csv_tables.writing import (
    ChunksOf,
    ExportSummary,
    Job,
    Progress,
    Stopped,
    warnings_of,
)  # fmt: skip
from annotator.project.project import Project

CELL_UNITS = 32_767
"""The most that a cell of Excel holds, in UTF-16 code units."""
SHEET_ROWS = 1_048_576
_TIME = datetime(2000, 1, 1, tzinfo=UTC)  # a fixed one: the same project gives the same bytes


def export_xlsx(
    project: Project,
    out: Path,
    *,
    annotators: Collection[str] = (),
    sets: Collection[str] = (),
    articles: Collection[str] | None = None,
    with_text: bool = False,
    progress: Progress | None = None,
    stop: Callable[[], bool] | None = None,
) -> ExportSummary:
    """Write all tables into one workbook; the arguments are those of export_csv().

    ``rows`` counts by sheet. Every cell that is too long for Excel is cut and listed among the warnings. Raises
    ExportRefusedError, also when a table has more rows than a sheet; what was there is then as it was.
    """
    job = Job(tuple(Table), progress or (lambda *_: None), stop or (lambda: False))
    with project.worker_reader() as read:
        chosen = chosen_of(read, annotators, sets, articles)
        try:
            with replacing([out]) as parts:
                book = job.run(read, partial(layout_of, read, chosen, with_text=with_text), partial(_write, parts[out]))
        except Stopped:
            return ExportSummary(stopped=True)
    return ExportSummary((out,), book.rows, (*warnings_of(tuple(Table), with_text=with_text), *book.cut))


class _Book(Struct):
    """What went into a workbook."""

    rows: dict[str, int] = field(default_factory=dict)
    cut: list[str] = field(default_factory=list)


def _write(file: Path, layout: Layout, chunks_of: ChunksOf) -> _Book:
    # Imported here: it costs a tenth of a second at the program's start.
    import xlsxwriter

    book = _Book()
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as workbook:
        workbook.set_properties({"created": _TIME})
        bold = workbook.add_format({"bold": True})
        for table in Table:
            sheet = workbook.add_worksheet(table.value)
            sheet.freeze_panes(1, 0)
            header = layout.header(table)
            for at, name in enumerate(header):
                sheet.write_string(0, at, name, bold)
            rows = (row for piece in chunks_of(table) for row in piece.rows())
            book.rows[table.value] = _write_rows(book, sheet, table, header, rows)
    return book


def _write_rows(book: _Book, sheet: Any, table: Table, header: tuple[str, ...], rows: Iterable[Row]) -> int:
    count = 0
    for count, row in enumerate(rows, 1):
        if count >= SHEET_ROWS:
            raise ExportRefusedError(
                f"The table {table} has more rows than an Excel sheet holds ({SHEET_ROWS}). Export as CSV instead."
            )
        for at, cell in enumerate(row):
            if isinstance(cell, int | float):
                sheet.write_number(count, at, cell)
            elif cell:
                kept = _fitting(cell)
                if kept != cell:
                    book.cut.append(
                        f"{table}, row {count + 1}, {header[at]}: {len(cell)} characters are too many for Excel;"
                        f" the first {len(kept)} were kept. The CSV tables hold all of it."
                    )
                sheet.write_string(count, at, kept)
    return count


def _fitting(text: str) -> str:
    if len(text) * 2 <= CELL_UNITS:
        return text
    return text.encode("utf-16-le", "surrogatepass")[: CELL_UNITS * 2].decode("utf-16-le", "ignore")
