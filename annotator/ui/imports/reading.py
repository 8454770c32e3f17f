"""What a worker reads for an import: each file's articles and refusals, and which tables there are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePath

from msgspec import Struct, field

from annotator.base.errors import ImportRefusedError
from annotator.exchange.articles import (
    ColumnMapping,
    IncomingArticle,
    Outcome,
    Refused,
    propose_mapping,
    read_header,
    read_paths,
)
from annotator.exchange.articles.incoming import as_article
from annotator.model.article import Article
from annotator.project.project import Project
from annotator.ui.widgets.work import Job, Report, Stopped

TABLES = (".csv", ".tsv", ".xlsx", ".jsonl")


class Entry(Struct):
    """One article on its way in; ``known`` when the project has its text, ``twice`` when it came before in this import.

    ``article`` is replaced as the person corrects it.
    """

    article: Article
    text: str
    path: str = ""
    location: str = ""
    known: bool = False
    twice: bool = False
    ticked: bool = True

    @property
    def place(self) -> str:
        """The file's name and the place in it, as shown."""
        return ", ".join(part for part in (PurePath(self.path).name, self.location) if part)


class FileRead(Struct):
    """What came out of one file. ``header`` names a table's columns, ``mapping`` says which is which.

    ``left_out`` tells that somebody does not want this table.
    """

    entries: list[Entry] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    header: tuple[str, ...] = ()
    mapping: ColumnMapping | None = None
    left_out: bool = False


Read = dict[str, FileRead]
"""What was read, by path as it is shown, in the order of reading; pasted text has an empty path."""


def entries_of(read: Read) -> list[Entry]:
    """Return all articles in order."""
    return [entry for file in read.values() for entry in file.entries]


def refused_of(read: Read) -> list[Refused]:
    """Return all refusals in order."""
    return [refused for file in read.values() for refused in file.refused]


def tables_of(read: Read) -> dict[tuple[str, ...], list[str]]:
    """Return the tables whose columns can be chosen: paths by header."""
    tables: dict[tuple[str, ...], list[str]] = {}
    for path, file in read.items():
        if file.header:
            tables.setdefault(file.header, []).append(path)
    return tables


def first_reading(project: Project, paths: Sequence[Path]) -> Job:
    """Return the work of reading files and folders, tables by the usual names of their columns."""

    def job(report: Report, stopped: Stopped) -> Read:
        read: Read = {}
        outcomes = read_paths(paths, stop=stopped)
        for path, outcome in _counted(outcomes, report):
            _put(read.setdefault(path, FileRead()), outcome)
        for path, file in read.items():
            if stopped():
                break
            _find_columns(path, file)
        with project.worker_reader() as reader:
            mark_known(read, reader.known_texts())
        return read

    return job


def untold_tables(read: Read) -> dict[tuple[str, ...], list[str]]:
    """Return the tables of which nobody has said which column holds the text, nor that they are left out."""
    untold = {path: file for path, file in read.items() if not (file.left_out or (file.mapping and file.mapping.text))}
    return tables_of(untold)


def reading_again(
    project: Project,
    before: Read,
    mappings: Mapping[tuple[str, ...], ColumnMapping],
    left_out: Collection[tuple[str, ...]] = (),
) -> Job:
    """Return the work of reading the tables with these headers again, by other columns; the rest stays as it is.

    Those with a header in ``left_out`` are not read; they stand among the refused.
    """

    def job(report: Report, stopped: Stopped) -> Read:
        read: Read = {}
        for path, file in before.items():
            mapping = mappings.get(file.header)
            if file.header in left_out:
                read[path] = _left_out(path, file)
                continue
            if mapping is None or (mapping == file.mapping and not file.left_out):
                read[path] = file
                continue
            read[path] = FileRead(header=file.header, mapping=mapping)
            for _, outcome in _counted(read_paths([Path(path)], mapping=mapping, stop=stopped), report):
                _put(read[path], outcome)
        with project.worker_reader() as reader:
            mark_known(read, reader.known_texts())
        return read

    return job


def pasted(project: Project, incoming: IncomingArticle) -> Read:
    """Return a pasted text as if it had been read."""
    file = FileRead()
    _put(file, incoming)
    read = {"": file}
    mark_known(read, project.read.known_texts())
    return read


def _counted(outcomes: Iterable[Outcome], report: Report) -> Iterator[tuple[str, Outcome]]:
    for number, outcome in enumerate(outcomes, 1):
        report(number, 0)
        yield outcome.path, outcome


def _put(file: FileRead, outcome: Outcome) -> None:
    if isinstance(outcome, Refused):
        file.refused.append(outcome)
    else:
        article, text = as_article(outcome)
        file.entries.append(Entry(article, text, outcome.path, outcome.location))


def _left_out(path: str, file: FileRead) -> FileRead:
    """Return a table without its articles; why it could not be read goes before that it was left out."""
    refused = [one for one in file.refused if one.columns] or [Refused(path, "was left out")]
    return FileRead(refused=refused, header=file.header, mapping=file.mapping, left_out=True)


def _find_columns(path: str, file: FileRead) -> None:
    """Note a table's columns; a file that is none, or was refused whatever its columns hold, has none to choose."""
    hopeless = any(not (one.location or one.columns) for one in file.refused)
    if hopeless or PurePath(path).suffix.lower() not in TABLES:
        return
    try:
        header = read_header(Path(path))
    except ImportRefusedError:
        return  # it went away or was changed just now; what was read of it stays
    file.header, file.mapping = tuple(header), propose_mapping(header)


def mark_known(read: Read, known: set[str]) -> None:
    """Mark and untick what the project has already, and what comes twice."""
    seen: set[str] = set()
    for entry in entries_of(read):
        sha256 = entry.article.sha256
        entry.known, entry.twice = sha256 in known, sha256 in seen
        if entry.known or entry.twice:
            entry.ticked = False
        seen.add(sha256)
