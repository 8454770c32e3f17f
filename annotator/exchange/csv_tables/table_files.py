"""Opening a table: its profile, its header, and its rows with the numbers that a spreadsheet shows."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from annotator.base.errors import ImportRefusedError
from annotator.exchange.csv_tables.cells import unescaped
from annotator.exchange.csv_tables.columns import COLUMNS, Table

_BOM = b"\xef\xbb\xbf"
_DERIVED: dict[Table, frozenset[str]] = {
    Table.ANNOTATIONS: frozenset(
        ("article_title", "article_source", "article_published", "article_url", "speaker", "status")
    ),
    Table.LINKS: frozenset(("article_uid", "annotation_set", "from_tag", "from_text", "to_tag", "to_text")),
    Table.ARTICLES: frozenset(("characters", "words")),
    Table.ENTITIES: frozenset(("mentions",)),
    Table.VERDICTS: frozenset(("article_uid", "annotation_set")),
    Table.CODEBOOK: frozenset(),
}
"""Columns that repeat what other records say; a table may come without them."""
READABLE = tuple(_DERIVED)
"""The tables that are read; quotes and claims repeat what the others hold."""


class TableRow(Struct, frozen=True):
    """One row: its number as a spreadsheet shows it (the header is 1) and its cells by column."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """Return a cell; empty when the table has no such column."""
        return self.cells.get(column, "")


class TableFile(Struct, frozen=True):
    """A table whose header has been recognised."""

    table: Table
    path: Path
    header: tuple[str, ...]
    spreadsheet: bool

    @property
    def name(self) -> str:
        """The file's name, for messages."""
        return self.path.name

    @property
    def further(self) -> tuple[str, ...]:
        """The columns behind the fixed ones, in order."""
        return tuple(column for column in self.header if column not in COLUMNS[self.table])

    def rows(self) -> Iterator[TableRow]:
        """Yield the rows; raises ImportRefusedError where the file is no table any more."""
        for number, cells in enumerate(_records(self.path, spreadsheet=self.spreadsheet), 1):
            if number == 1 or not cells:
                continue
            if len(cells) != len(self.header):
                raise ImportRefusedError(
                    f"{self.name}, row {number}: {len(cells)} cells where the header has {len(self.header)}."
                    " Nothing was imported; export the table again or mend the row."
                )
            yield TableRow(number, dict(zip(self.header, cells, strict=True)))


def open_table(path: Path, table: Table | None = None) -> TableFile:
    """Recognise a table by its header; ``table`` is what it must be, None for whichever it is.

    Raises ImportRefusedError with one line that names the columns that are missing.
    """
    try:
        with path.open("rb") as file:
            spreadsheet = file.read(3) == _BOM
    except OSError as error:
        raise ImportRefusedError(f"{path.name} cannot be read ({error.strerror}). Check the file.") from error
    header = tuple(next(_records(path, spreadsheet=spreadsheet), ()))
    recognised = _recognised(path, header, table)
    twice = sorted({column for column in header if header.count(column) > 1})
    if twice:
        raise ImportRefusedError(f"{path.name} has the column {twice[0]} twice. Rename or remove one of them.")
    return TableFile(recognised, path, header, spreadsheet)


def _recognised(path: Path, header: tuple[str, ...], table: Table | None) -> Table:
    missing = {
        one: [column for column in COLUMNS[one] if column not in header and column not in derived]
        for one, derived in _DERIVED.items()
        if table in (None, one)
    }
    found = min(missing, key=lambda one: len(missing[one]) / len(COLUMNS[one]))
    if missing[found]:
        raise ImportRefusedError(
            f"{path.name} is not a table of this program: as {found.file_name} it lacks the columns"
            f" {', '.join(missing[found])}. Export the table anew, or add them."
        )
    return found


def _records(path: Path, *, spreadsheet: bool) -> Iterator[list[str]]:
    csv.field_size_limit(2**31 - 1)  # an article's text is one cell
    try:
        with path.open(encoding="utf-8-sig" if spreadsheet else "utf-8", newline="") as file:
            for cells in csv.reader(file, strict=True):
                yield [unescaped(cell) for cell in cells] if spreadsheet else cells
    except UnicodeDecodeError as error:
        raise ImportRefusedError(
            f"{path.name} is not in UTF-8 (byte {error.start}). In the spreadsheet program save it as “CSV UTF-8”."
        ) from error
    except csv.Error as error:
        raise ImportRefusedError(f"{path.name} is not a CSV file ({error}). Export the table again.") from error
    except OSError as error:
        raise ImportRefusedError(f"{path.name} cannot be read ({error.strerror}). Check the file.") from error
