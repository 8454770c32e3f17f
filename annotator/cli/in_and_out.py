"""Commands that bring articles and tables in and out: import, export, formats."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotator.base.errors import ExportRefusedError, ImportRefusedError
from annotator.cli.console import FILE, NAME, bar, reading_bar, say
from annotator.cli.projects import opened, work_as
from annotator.exchange.formats import Direction, as_lines, names

if TYPE_CHECKING:
    from annotator.model.annotation import Annotator
    from annotator.project.project import Project

_Start = Callable[[Collection["Annotator"] | None], None]
"""Says who works, once something is to be written; told the people whom tables bring in, None for articles."""
_NO_FOLDERS = frozenset((".tsv", ".txt", ".json", ".jsonl", ".xls", ".ods", ".html", ".annot"))
"""Endings by which somebody asks for a kind of file that an export does not write."""


@click.command("import", short_help="Import articles, or tables that `export` wrote.")
@click.argument("project", type=FILE)
@click.argument("sources", metavar="PATH...", nargs=-1, required=True, type=FILE)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["auto", *names(Direction.IN)]),
    default="auto",
    show_default=True,
    help="How to read the files; see `annotator formats`.",
)
@click.option("--annotator", "annotator_name", type=NAME, metavar="NAME", help="Who imports.")
@click.pass_obj
def import_(
    settings_dir: Path, project: Path, sources: Sequence[Path], format_name: str, annotator_name: str | None
) -> None:
    """Import articles from files and folders, or tables that `export` wrote.

    What cannot be read is listed with the reason, and the rest still comes in. An article whose text the project has
    already is not added again. Exit 1 when nothing could be read.
    """
    from annotator.exchange.csv_tables import is_own_tables

    with opened(project) as study:
        ours = format_name == "tables"
        tables = [path for path in sources if ours or (format_name == "auto" and is_own_tables(path))]
        others = [path for path in sources if path not in tables]

        def start(coming: Collection[Annotator] | None) -> None:
            work_as(study, settings_dir, annotator_name, coming)

        good = [_import_tables(study, path, start) for path in tables]
        if others:
            good.append(_import_articles(study, others, format_name, start))
    if not any(good):
        sys.exit(1)


def _import_tables(project: Project, path: Path, start: _Start) -> bool:
    from annotator.exchange.csv_tables.reading import plan_tables, write_plan
    from annotator.model.annotation import Annotator
    from annotator.operations.information import counted

    try:
        with bar("Reading") as progress:
            plan = plan_tables(project.read, path, progress=progress)
        if plan is not None and (plan.records or plan.info):
            before = project.read.last_sequence()
            start([record for record in plan.records.values() if isinstance(record, Annotator)])
            if project.read.last_sequence() != before:  # a new person, who may be in the tables too
                plan = plan_tables(project.read, path)
        if plan is None:
            return False
        summary = write_plan(project, plan)
    except ImportRefusedError as error:
        say(f"skipped: {error}", error=True)
        return False
    for line in summary.lines:
        say(line, error=True)
    for word, counts in (("added", summary.added), ("already there", summary.already)):
        held = ", ".join(counted(count, kind.replace("_", " ")) for kind, count in counts.items() if count)
        say(f"{word}: {held or 'nothing'}")
    return not summary.lines or any(summary.added.values()) or any(summary.already.values())


def _import_articles(project: Project, sources: Sequence[Path], format_name: str, start: _Start) -> bool:
    from annotator.exchange.articles import IncomingArticle, Refused, as_article, read_paths
    from annotator.operations.articles import add_articles

    incoming: list[IncomingArticle] = []
    refused: list[Refused] = []
    for outcome in reading_bar(read_paths(sources, format=format_name)):
        if isinstance(outcome, Refused):
            refused.append(outcome)
        else:
            incoming.append(outcome)
    if incoming:
        start(None)
    added = add_articles(project, (as_article(one) for one in incoming))
    for one in refused:
        where = f"{one.path}, {one.location}" if one.location else one.path
        say(f"skipped {where}: {one.reason}", error=True)
    if not incoming and not refused:
        say("There is no file in what you named; name files, or folders that hold some.", error=True)
    say(f"{len(added.articles)} added, {len(added.known)} already there, {len(refused)} skipped.")
    return bool(incoming)


@click.command(short_help="Export every table as CSV or as an Excel workbook.")
@click.argument("project", type=FILE)
@click.option(
    "--out",
    required=True,
    type=FILE,
    help="A folder for all tables, a FILE.csv for the annotations alone, or a FILE.xlsx for a workbook.",
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(names(Direction.OUT)),
    help="csv, unless the name after --out ends in .xlsx.",
)
@click.option("--annotator", "annotators", multiple=True, metavar="NAME", help="Only this annotator's; repeatable.")
@click.option(
    "--set", "sets", multiple=True, metavar="NAME", help="Only this annotation set, or `adjudicated`; repeatable."
)
@click.option(
    "--profile",
    type=click.Choice(["spreadsheet", "exact"]),
    default="exact",
    show_default=True,
    help="CSV for Excel and the like (nothing runs as a formula), or every cell as it is.",
)
@click.option("--with-text", is_flag=True, help="Write the articles' text too.")
def export(
    project: Path,
    out: Path,
    format_name: str | None,
    annotators: Sequence[str],
    sets: Sequence[str],
    profile: str,
    with_text: bool,
) -> None:
    """Export every table as CSV or as an Excel workbook.

    Tables of an earlier export are replaced, all of them or, when something goes wrong, none.
    """
    from annotator.exchange.csv_tables import Profile, export_csv
    from annotator.operations.information import counted

    wanted = _export_format(out, format_name)
    with opened(project, read_only=True) as study, bar("Exporting") as progress:
        if wanted == "xlsx":
            from annotator.exchange.csv_tables.xlsx import export_xlsx

            summary = export_xlsx(study, out, annotators=annotators, sets=sets, with_text=with_text, progress=progress)
        else:
            summary = export_csv(
                study,
                out,
                profile=Profile(profile),
                annotators=annotators,
                sets=sets,
                with_text=with_text,
                progress=progress,
            )
    for warning in summary.warnings:
        say(warning, error=True)
    for file, rows in summary.rows.items():
        say(f"{file}: {counted(rows, 'row')}")


def _export_format(out: Path, format_name: str | None) -> str:
    """Return what to write; raises ExportRefusedError when the name after --out asks for something else."""
    ending = out.suffix.lower()
    wanted = format_name or ("xlsx" if ending == ".xlsx" and not out.is_dir() else "csv")
    if wanted == "xlsx":
        if ending != ".xlsx" or out.is_dir():
            raise ExportRefusedError(f"A workbook is one file: {out} does not end in .xlsx or is a folder.")
    elif ending in _NO_FOLDERS and not out.is_dir():
        raise ExportRefusedError(f"No {ending} files are written: give --out a folder, a FILE.csv or a FILE.xlsx.")
    elif out.is_file() and ending != ".csv":
        raise ExportRefusedError(f"{out} is a file: give --out a folder for all tables, or a FILE.csv.")
    return wanted


@click.command()
def formats() -> None:
    """List the formats, with what each can and cannot hold."""
    for line in as_lines():
        say(line)
