"""Reading the tables back: one plan, one step, and a line for everything that did not come in as it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from msgspec import Struct

from annotator.base.errors import ImportRefusedError
from annotator.exchange.csv_tables.annotations_in import AnnotationsIn
from annotator.exchange.csv_tables.articles_in import ArticlesIn
from annotator.exchange.csv_tables.codebook_in import CodebookIn
from annotator.exchange.csv_tables.columns import Table
from annotator.exchange.csv_tables.entities_in import EntitiesIn
from annotator.exchange.csv_tables.links_in import LinksIn
from annotator.exchange.csv_tables.people_in import People
from annotator.exchange.csv_tables.plan import Notice, NoticeKind, Plan
from annotator.exchange.csv_tables.table_files import READABLE, TableFile, open_table
from annotator.model.annotation import Annotation
from annotator.project.project import Project
from annotator.storage.reader import Reader

LABEL = "Import tables"
_ORDER = (
    Table.CODEBOOK, Table.ENTITIES, Table.ARTICLES, Table.ANNOTATIONS, Table.LINKS, Table.VERDICTS,
)  # fmt: skip
_ALONE = {
    Table.ANNOTATIONS: "links, verdicts and the articles' status are not in it; import the folder to have them.",
}


class TablesSummary(Struct, frozen=True):
    """What an import came to: how many records of each kind were added or there already, and what is to be told.

    ``stopped`` tells that the user ended it; nothing was written then.
    """

    added: dict[str, int]
    already: dict[str, int]
    notices: tuple[Notice, ...]
    stopped: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        """The notices as a user is told them."""
        return tuple(str(notice) for notice in self.notices)


def import_tables(
    project: Project,
    path: Path,
    *,
    stop: Callable[[], bool] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> TablesSummary:
    """Read an export folder, or one of its tables, into the project as one step that can be undone.

    What is there already is left as it is. Uids, times and values come back as they were; what the tables do not hold:
    an entity's mark as given, the history, and the uids of articles' status, which are made anew of article and
    annotator. Raises ImportRefusedError when something is no table of an export; nothing is written then.
    """
    plan = plan_tables(project.read, path, stop=stop, progress=progress)
    if plan is None:
        return TablesSummary({}, {}, (), stopped=True)
    return write_plan(project, plan)


def write_plan(project: Project, plan: Plan) -> TablesSummary:
    """Write what plan_tables() found, as one step; on the thread of the project."""
    if plan.records or plan.info:
        with project.edit(LABEL) as edit:
            for text in plan.texts.values():
                edit.add_text(text)
            for record in plan.records.values():
                edit.add(record)
            if plan.info:
                edit.replace(plan.read.info(), plan.info)
    added = Counter(str(kind) for kind, _ in plan.records)
    already = {str(kind): count for kind, count in plan.already.items()}
    return TablesSummary(dict(added), already, tuple(plan.notices))


def plan_tables(
    read: Reader,
    path: Path,
    *,
    stop: Callable[[], bool] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Plan | None:
    """Find out what an import would do, in any thread with a Reader of its own; None when stopped.

    Raises ImportRefusedError.
    """
    files = _files(path)
    plan = Plan(read)
    for done, take in enumerate(_steps(plan, files)):
        if stop is not None and stop():
            return None
        take()
        if progress is not None:
            progress(done + 1, len(files))
    if path.is_file():
        for table in files.keys() & _ALONE.keys():
            plan.tell(NoticeKind.LEFT_OUT, path.name, 0, _ALONE[table])
    return plan


def _files(path: Path) -> dict[Table, TableFile]:
    if path.is_file():
        file = open_table(path)
        return {file.table: file}
    if not path.is_dir():
        raise ImportRefusedError(f"There is no file or folder {path}. Check the name.")
    found = {
        table: open_table(path / table.file_name, table) for table in READABLE if (path / table.file_name).exists()
    }
    if not found:
        raise ImportRefusedError(f"{path.name} holds no tables of an export, such as annotations.csv.")
    return found


def _steps(plan: Plan, files: dict[Table, TableFile]) -> Iterator[Callable[[], object]]:
    """Yield what reads each table that is there, those that others refer to first."""
    people, codebook, entities = People(plan), CodebookIn(plan), EntitiesIn(plan)
    articles = ArticlesIn(plan, codebook, people)
    known: dict[str, Annotation] = {}
    annotations = AnnotationsIn(plan, codebook, people, entities, articles)
    links = LinksIn(plan, codebook, people, known)
    take: dict[Table, Callable[[TableFile], object]] = {
        Table.CODEBOOK: lambda file: codebook.take(file, people),
        Table.ENTITIES: entities.take,
        Table.ARTICLES: articles.take,
        Table.ANNOTATIONS: lambda file: known.update(annotations.take(file)),
        Table.LINKS: links.take_links,
        Table.VERDICTS: links.take_verdicts,
    }
    for table in _ORDER:
        if table in files:
            yield partial(take[table], files[table])
