"""Looking for damage in a project file: everything that must hold, one line for each thing that does not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from annotator.base.bulk import without_collections
from annotator.base.errors import AnnotatorError, DamagedError, ProjectError
from annotator.storage import backups, check_records, check_search, counts, migrate, project_file, schema
from annotator.storage.check_records import Problem
from annotator.storage.connection import Connection, connect

_SHOWN = 20


def check_file(path: Path, *, with_search: bool = True) -> list[Problem]:
    """Return everything that is wrong with a project file, which is only read; none when it is sound.

    The search index, which repeats what the records hold, takes as long as all the rest; it may be left out, and the
    numbers of annotations that are kept with it.
    Raises ProjectError when it is no project, cannot be read at all, or is of an older schema.
    """
    try:
        version = project_file.sniff(path).version
        if version != migrate.schema_version():
            raise ProjectError(f"{path.name} was written by an older version. Open it once, then check it.")
        connection = connect(path, read_only=True)
    except DamagedError as error:
        return [Problem("file", "", str(error))]
    found: list[Problem] = []
    try:
        connection.execute("BEGIN")  # one state of the file
        found.extend(_problems(connection, with_search=with_search))
    except AnnotatorError as error:  # damage that stops a query
        found.append(Problem("file", "", str(error)))
    finally:
        connection.close()
    return found


def _problems(connection: Connection, *, with_search: bool) -> Iterator[Problem]:
    strange = schema.strange_object(connection, migrate.schema_version())
    if strange is not None:
        yield Problem("schema", strange, "is not what Annotator puts into a project")
        return
    answers = [str(answer) for (answer,) in connection.execute(f"PRAGMA integrity_check({_SHOWN})")]
    if answers != ["ok"]:
        # What broken tables say of themselves is worth nothing.
        yield from (Problem("file", "", answer) for answer in answers)
        return
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield Problem(str(table), "", f"row {row} refers to a {parent} that is not there")
    wrong = set(backups.wrong_texts(connection))
    yield from (Problem("text", sha256, "its words are not those that were imported") for sha256 in sorted(wrong))
    with without_collections():
        readable, found = check_records.problems(connection, wrong)
    yield from found
    if with_search and readable and not wrong:
        yield from (Problem(table, "", what) for table, what in check_search.out_of_step(connection))
        if counts.out_of_step(connection):
            yield Problem("annotation_count", "", "says other numbers of annotations than there are")
