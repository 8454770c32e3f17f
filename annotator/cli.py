"""The command line: the same operations as the window, so that anything can be scripted.

Exit 0 done, 1 refused or failed (one line on standard error, never a traceback), 2 wrong usage.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator import __version__
from annotator.base import paths
from annotator.base.errors import AnnotatorError, ProjectError

if TYPE_CHECKING:
    from annotator.project.project import Project

_log = logging.getLogger(__name__)
_FILE = click.Path(path_type=Path)


class _Commands(click.Group):
    """A first word that is no command is a project to open in the window."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take a first word that is no command as a project."""
        if args and args[0] not in self.commands:
            return "open", self.commands["open"], args
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """List the commands in the order of their writing, without the hidden one."""
        return [name for name in self.commands if not self.commands[name].hidden]

    def invoke(self, ctx: click.Context) -> Any:
        """Turn what a user can be told into one line and exit code 1."""
        try:
            return super().invoke(ctx)
        except AnnotatorError as error:
            _fail(str(error))
        except OSError as error:
            _fail(
                f"{error.filename or 'A file'} cannot be used ({error.strerror or error}). Check name and permissions."
            )
        except KeyboardInterrupt:
            _fail("Stopped; nothing of this step was written.")


def _fail(line: str) -> None:
    click.echo(f"annotator: {' '.join(line.split())}", err=True)
    sys.exit(1)


@click.group(cls=_Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="annotator")
@click.option("--sample", is_flag=True, help="Open the sample project in the window.")
@click.option("--settings-dir", type=_FILE, envvar="ANNOTATOR_SETTINGS_DIR", help="Folder of the settings and backups.")
@click.pass_context
def main(ctx: click.Context, sample: bool, settings_dir: Path | None) -> None:
    """Annotate news articles by hand: speakers, quotes, places and claims.

    Without a command, `annotator [PROJECT]` opens the window.
    """
    ctx.obj = settings_dir or paths.default_settings_dir()
    if ctx.invoked_subcommand is None:
        _open_window(None, ctx.obj, sample=sample)


def _open_window(project: Path | None, settings_dir: Path, *, sample: bool = False) -> None:
    missing = paths.missing_display()
    if missing:
        raise ProjectError(missing)
    try:
        from annotator import app
    except ImportError as error:
        raise ProjectError(
            f"The window's libraries cannot be loaded ({error}). On Debian or Ubuntu run: apt-get install libegl1"
            " libgl1 libxkbcommon0 libfontconfig1 libdbus-1-3 libxcb-cursor0"
        ) from error
    sys.exit(app.run(project, settings_dir=settings_dir, sample=sample))


@main.command("open", hidden=True)
@click.argument("project", type=_FILE)
@click.pass_obj
def open_(settings_dir: Path, project: Path) -> None:
    """Open the window on a project."""
    from annotator.project.opening import recognise

    recognise(project)
    _open_window(project, settings_dir)


@main.command()
@click.argument("project", type=_FILE)
@click.option("--codebook", type=_FILE, help="A codebook file (TOML), or `news` (the default) or `empty`.")
@click.option(
    "--annotator", "annotator_name", metavar="NAME", help="Who works on it; also kept as the first annotator."
)
@click.pass_obj
def new(settings_dir: Path, project: Path, codebook: Path | None, annotator_name: str | None) -> None:
    """Create a project; an existing file is never overwritten."""
    from annotator.exchange.codebook_file import read_codebook, shipped_codebook, shipped_codebooks
    from annotator.project.opening import create_project

    wanted = codebook or Path("news")
    shipped = {name for name, _ in shipped_codebooks()}
    book = shipped_codebook(str(wanted)) if str(wanted) in shipped else read_codebook(wanted)
    created = create_project(project, book)
    try:
        if annotator_name:
            _work_as(created, settings_dir, annotator_name)
    finally:
        created.close()
    click.echo(f"Created {project}.")


@contextmanager
def _opened(path: Path, *, read_only: bool = False) -> Iterator[Project]:
    from annotator.project.opening import open_project

    project = open_project(path, read_only=read_only)
    try:
        if project.read_only and not read_only:
            by = (
                f"{project.holder} has it open; close it there" if project.holder else "the file or folder is read-only"
            )
            raise ProjectError(f"{path.name} cannot be written: {by}.")
        yield project
    finally:
        project.close()


def _work_as(project: Project, settings_dir: Path, name: str | None) -> None:
    from annotator.base.settings import Settings
    from annotator.base.uuid7 import uuid7
    from annotator.model.annotation import Annotator
    from annotator.project.opening import login_name, work_as

    settings = Settings(settings_dir)
    own = settings["annotator_name"] or login_name()
    wanted = name or own
    work_as(project, Annotator(settings.annotator_uid if wanted == own else uuid7(), wanted))


@main.command("import")
@click.argument("project", type=_FILE)
@click.argument("sources", metavar="PATH...", nargs=-1, required=True, type=_FILE)
@click.option("--format", "format_name", default="auto", show_default=True, help="How to read the files.")
@click.option("--annotator", "annotator_name", metavar="NAME", help="Who imports.")
@click.pass_obj
def import_(
    settings_dir: Path, project: Path, sources: Sequence[Path], format_name: str, annotator_name: str | None
) -> None:
    """Import articles from files and folders, or tables that `export` wrote."""
    from annotator.exchange.csv_tables import is_own_tables

    with _opened(project) as opened:
        _work_as(opened, settings_dir, annotator_name)
        tables = [path for path in sources if format_name in ("auto", "tables") and is_own_tables(path)]
        for path in tables:
            _import_tables(opened, path)
        others = [path for path in sources if path not in tables]
        if others:
            _import_articles(opened, others, format_name)


def _import_tables(project: Project, path: Path) -> None:
    from annotator.exchange.csv_tables import import_tables

    summary = import_tables(project, path)
    for line in summary.lines:
        click.echo(line, err=True)
    for word, counts in (("added", summary.added), ("already there", summary.already)):
        held = ", ".join(f"{count} {kind.replace('_', ' ')}" for kind, count in counts.items() if count)
        click.echo(f"{word}: {held or 'nothing'}")
    if summary.lines and not any(summary.added.values()) and not any(summary.already.values()):
        sys.exit(1)


def _import_articles(project: Project, sources: Sequence[Path], format_name: str) -> None:
    from annotator.exchange.articles import FORMATS, IncomingArticle, Refused, as_article, read_paths
    from annotator.operations.articles import add_articles

    if format_name not in ("auto", *FORMATS):
        raise click.BadParameter(f"{format_name} is none of auto, {', '.join(FORMATS)}", param_hint="--format")
    incoming: list[IncomingArticle] = []
    refused: list[Refused] = []
    for outcome in _with_progress(read_paths(sources, format=format_name)):
        if isinstance(outcome, Refused):
            refused.append(outcome)
        else:
            incoming.append(outcome)
    added = add_articles(project, (as_article(one) for one in incoming))
    for one in refused:
        where = f"{one.path}, {one.location}" if one.location else one.path
        click.echo(f"skipped {where}: {one.reason}", err=True)
    click.echo(f"{len(added.articles)} added, {len(added.known)} already there, {len(refused)} skipped.")
    if refused and not added.articles and not added.known:
        sys.exit(1)


def _with_progress(items: Iterator[Any]) -> Iterator[Any]:
    if not sys.stderr.isatty():
        yield from items
        return
    with click.progressbar(items, label="Reading", file=sys.stderr, show_pos=True) as bar:
        yield from bar


@main.command()
@click.argument("project", type=_FILE)
@click.option(
    "--out", required=True, type=_FILE, help="A folder for all tables, or a FILE.csv for the annotations alone."
)
@click.option("--format", "format_name", type=click.Choice(["csv", "xlsx"]), default="csv", show_default=True)
@click.option("--annotator", "annotators", multiple=True, metavar="NAME", help="Only this annotator's; repeatable.")
@click.option("--set", "sets", multiple=True, metavar="NAME", help="Only this annotation set; repeatable.")
@click.option("--profile", type=click.Choice(["spreadsheet", "exact"]), default="exact", show_default=True)
@click.option("--with-text", is_flag=True, help="Write the articles' text too.")
def export(
    project: Path,
    out: Path,
    format_name: str,
    annotators: Sequence[str],
    sets: Sequence[str],
    profile: str,
    with_text: bool,
) -> None:
    """Export every table as CSV (or sheets of one workbook)."""
    from annotator.exchange.csv_tables import Profile, export_csv

    with _opened(project, read_only=True) as opened:
        if format_name == "xlsx":
            from annotator.exchange.csv_tables.xlsx import export_xlsx

            summary = export_xlsx(opened, out, annotators=annotators, sets=sets, with_text=with_text)
        else:
            summary = export_csv(
                opened, out, profile=Profile(profile), annotators=annotators, sets=sets, with_text=with_text
            )
    for warning in summary.warnings:
        click.echo(warning, err=True)
    for file, rows in summary.rows.items():
        click.echo(f"{file}: {rows} rows")


@main.command()
@click.argument("project", type=_FILE)
@click.option("--format", "format_name", type=click.Choice(["text", "json"]), default="text", show_default=True)
def info(project: Path, format_name: str) -> None:
    """Say what a project holds."""
    from annotator.operations.information import as_text, information

    with _opened(project, read_only=True) as opened:
        found = information(opened)
    click.echo(json.dumps(found, ensure_ascii=False, indent=1) if format_name == "json" else as_text(found))


@main.command()
@click.argument("project", type=_FILE)
def check(project: Path) -> None:
    """Look for damage: integrity, text hashes, offsets, dangling links; exit 1 with a list when there is any."""
    from annotator.operations.checking import check_project

    problems = check_project(project)
    for problem in problems:
        click.echo(str(problem), err=True)
    if problems:
        _fail(f"{project.name}: {len(problems)} problem(s) found. Restore a backup, or ask for help with this list.")
    click.echo(f"{project.name}: everything is in order.")


@main.command()
@click.argument("project", type=_FILE)
@click.option("--out", required=True, type=_FILE, help="Where the copy goes.")
def backup(project: Path, out: Path) -> None:
    """Write a verified copy of a project; an existing file is never overwritten."""
    from annotator.project.backups import back_up

    if out.exists():
        raise ProjectError(f"{out.name} exists already and is not overwritten. Choose another name.")
    back_up(project, out)
    click.echo(f"Copied and verified: {out}")


@main.command()
def formats() -> None:
    """List the formats, with what each can and cannot hold."""
    from annotator.exchange.formats import FORMATS

    for one in FORMATS:
        click.echo(f"{one.name:<8} {one.directions:<7} {one.holds}")
        if one.lacks:
            click.echo(f"{'':<16} not: {one.lacks}")


@main.command()
@click.option("--out", required=True, type=_FILE, help="Folder for the project, the CSV tables and the picture.")
def demo(out: Path) -> None:
    """Do the main job without a screen: articles in, tagged through the real window, saved, CSV out, a picture."""
    import os

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from annotator.app import run_demo

    for made in run_demo(out):
        click.echo(f"Made: {made}")


if __name__ == "__main__":
    main()
