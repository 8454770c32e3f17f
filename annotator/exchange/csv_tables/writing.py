"""Writing the tables: some articles at a time, the same bytes for the same project, all files or none."""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

from msgspec import Struct, field

from annotator.base.errors import ExportRefusedError
from annotator.exchange.csv_tables.cells import Cell, Profile, escaped_row
from annotator.exchange.csv_tables.choosing import chosen_of
from annotator.exchange.csv_tables.columns import Table
from annotator.exchange.csv_tables.replacing import replacing
from annotator.exchange.csv_tables.spreading import TAILS, Layout, Piece, Row, article_rows, layout_of, whole_table
from annotator.project.project import Project
from annotator.storage.reader import Reader

CHUNK = 20
"""Articles read in one transaction, so that a commit of the window never waits long."""
_LINE_END = "\r\n"
_TRIES = 3
_WHOLE = (Table.ENTITIES, Table.CODEBOOK)
Progress = Callable[[int, int], None]
ChunksOf = Callable[[Table], Iterator[Piece]]
T = TypeVar("T")


class ExportSummary(Struct, frozen=True):
    """What an export wrote: the files, the rows of each by its name, and what a reader of them should know.

    ``stopped`` tells that the user ended it; nothing was written then.
    """

    files: tuple[Path, ...] = ()
    rows: dict[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    stopped: bool = False


class Moved(Exception):  # noqa: N818  a signal, not an error
    """The project changed while it was being read; the export begins again."""


class Stopped(Exception):  # noqa: N818  a signal, not an error
    """The user ended the export."""


def export_csv(
    project: Project,
    out: Path,
    *,
    profile: Profile,
    tables: Collection[str] | None = None,
    annotators: Collection[str] = (),
    sets: Collection[str] = (),
    articles: Collection[str] | None = None,
    with_text: bool = False,
    progress: Progress | None = None,
    stop: Callable[[], bool] | None = None,
) -> ExportSummary:
    """Write all tables into the folder ``out``, or annotations alone into the file ``out`` that ends in ``.csv``.

    ``annotators`` and ``sets`` are names as the tables show them, real names or uids, and for sets ``adjudicated``;
    ``articles`` are uids. ``with_text`` puts the articles' text into their table. ``progress`` is told the articles
    done and to do, of all tables. May run in any thread. Raises ExportRefusedError; what was there is then as it was.
    """
    wanted = _tables(out, tables)
    files = [out] if _is_file(out) else [out / table.file_name for table in wanted]
    job = Job(wanted, progress or _untold, stop or _never)

    def write(layout: Layout, chunks_of: ChunksOf) -> list[int]:
        return [
            _write_csv(part, layout.header(table), profile, chunks_of(table))
            for table, part in zip(wanted, parts.values(), strict=True)
        ]

    with project.worker_reader() as read:
        chosen = chosen_of(read, annotators, sets, articles)
        try:
            with replacing(files) as parts:
                counts = job.run(read, partial(layout_of, read, chosen, with_text=with_text), write)
        except Stopped:
            return ExportSummary(stopped=True)
    rows = {file.name: count for file, count in zip(files, counts, strict=True)}
    return ExportSummary(tuple(files), rows, warnings_of(wanted, with_text=with_text))


def preview(
    project: Project,
    table: str,
    limit: int = 50,
    *,
    profile: Profile = Profile.EXACT,
    annotators: Collection[str] = (),
    sets: Collection[str] = (),
    articles: Collection[str] | None = None,
    with_text: bool = False,
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return a table's header and first rows, every cell as the file will show it."""
    with project.worker_reader() as read, read.export.one_state():
        chosen = chosen_of(read, annotators, sets, articles)
        layout = layout_of(read, chosen, with_text=with_text)
        rows = (row for chunk in _chunks(read, layout, Table(table)) for row in chunk.rows())
        header = layout.header(Table(table))
        shown = [tuple(_shown(cell) for cell in _profiled(row, profile)) for row in islice(rows, limit)]
    return tuple(str(cell) for cell in _profiled(header, profile)), shown


def _shown(cell: object) -> str:
    return "" if cell is None else str(cell)


def _tables(out: Path, tables: Collection[str] | None) -> tuple[Table, ...]:
    if tables is None:
        return (Table.ANNOTATIONS,) if _is_file(out) else tuple(Table)
    unknown = sorted(set(tables) - set(Table))
    if unknown or not tables:
        raise ExportRefusedError(f"There is no table {', '.join(unknown)}; there are {', '.join(Table)}.")
    if _is_file(out) and len(set(tables)) > 1:
        raise ExportRefusedError(f"{out.name} can hold one table only; choose a folder for several.")
    return tuple(table for table in Table if table in tables)


def _is_file(out: Path) -> bool:
    return out.suffix.lower() == ".csv" and not out.is_dir()


def _never() -> bool:
    return False


def _untold(_done: int, _total: int) -> None:
    return None


def warnings_of(tables: Collection[Table], *, with_text: bool) -> tuple[str, ...]:
    """Return what a reader of the tables should know."""
    if Table.ARTICLES in tables and not with_text:
        return ("The articles' text is not in the tables: they can be read back only where the articles are.",)
    return ()


def _profiled(row: Row, profile: Profile) -> Row:
    return row if profile is Profile.EXACT else escaped_row(row)


class Job(Struct):
    """Reading tables in one state of the project, in short transactions; begins again when somebody writes."""

    tables: tuple[Table, ...]
    progress: Progress
    stop: Callable[[], bool]

    def run(self, read: Reader, lay_out: Callable[[], Layout], write: Callable[[Layout, ChunksOf], T]) -> T:
        """Have the tables written, again from the start when the project moved meanwhile. Raises Stopped."""
        for _ in range(_TRIES):
            try:
                return self._write(read, lay_out, write)
            except Moved:
                continue
        # Somebody types all the time: their commits wait for us, once, rather than we for ever.
        with read.export.one_state():
            return self._write(read, lay_out, write)

    def _write(self, read: Reader, lay_out: Callable[[], Layout], write: Callable[[Layout, ChunksOf], T]) -> T:
        sequence = read.last_sequence()
        layout = lay_out()
        return write(layout, lambda table: self._chunks(read, layout, table, sequence))

    def _chunks(self, read: Reader, layout: Layout, table: Table, sequence: int) -> Iterator[Piece]:
        """Yield a table's rows in pieces, telling the progress; raises Moved or Stopped."""
        at = self.tables.index(table)
        for done, total, chunk in _counted_chunks(read, layout, table):
            if self.stop():
                raise Stopped
            if read.last_sequence() != sequence:
                raise Moved
            yield chunk
            self.progress(at * total + done, len(self.tables) * total)


def _write_csv(file: Path, header: Row, profile: Profile, pieces: Iterable[Piece]) -> int:
    encoding = "utf-8-sig" if profile is Profile.SPREADSHEET else "utf-8"
    count = 0
    with file.open("w", encoding=encoding, newline="") as opened:
        tails = _TailTexts(profile)
        opened.write(_lines([_profiled(header, profile)])[0] + _LINE_END)
        for piece in pieces:
            heads = piece.heads if profile is Profile.EXACT else [escaped_row(row) for row in piece.heads]
            ends = [_LINE_END] * len(heads) if piece.tails is None else map(tails.of, piece.tails)
            opened.write("".join([line + end for line, end in zip(_lines(heads), ends, strict=True)]))
            count += len(heads)
    return count


class _Lines:
    """Takes what a csv.writer writes: one text for each row."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.write = self.lines.append


def _lines(rows: Sequence[Row]) -> list[str]:
    """Return each row as its line, without what ends it.

    The writer looks for the characters of the line's end in every cell, to quote them: half of its time. So it is told
    of none first, and once more of the right one for the few rows in which they occur.
    """
    lines = _written(rows, "")
    for at, line in enumerate(lines):
        if "\n" in line or "\r" in line:
            lines[at] = _written([rows[at]], _LINE_END)[0][: -len(_LINE_END)]
    return lines


def _written(rows: Iterable[Row], end: str) -> list[str]:
    taken = _Lines()
    csv.writer(taken, lineterminator=end).writerows(rows)
    return taken.lines


class _TailTexts:
    """The ends of lines, each made once: an annotation has a cell for every attribute there is, nearly all empty."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._known: dict[int, tuple[tuple[Cell, ...], str]] = {}  # by identity, and so kept: 1 and 1.0 are equal

    def of(self, tail: tuple[Cell, ...]) -> str:
        """Return a tail as it ends a line."""
        found = self._known.get(id(tail))
        if found is None:
            if len(self._known) >= TAILS:
                self._known.clear()
            (text,) = _lines([["", *_profiled(tail, self._profile)]]) if tail else ("",)
            found = self._known[id(tail)] = (tail, text + _LINE_END)
        return found[1]


def _chunks(read: Reader, layout: Layout, table: Table) -> Iterator[Piece]:
    return (chunk for _, _, chunk in _counted_chunks(read, layout, table))


def _counted_chunks(read: Reader, layout: Layout, table: Table) -> Iterator[tuple[int, int, Piece]]:
    articles = read.export.article_uids(layout.chosen)
    total = max(len(articles), 1)
    if table in _WHOLE:
        yield total, total, Piece(whole_table(read, layout, table))
        return
    for at in range(0, len(articles), CHUNK):
        some = articles[at : at + CHUNK]
        yield at + len(some), total, article_rows(read, layout, table, some)
