"""Commands on a project as a whole: new, info, check, backup; and opening one for the others."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotator.base.errors import ProjectError
from annotator.cli.console import FILE, NAME, bar, fail, say

if TYPE_CHECKING:
    from annotator.model.annotation import Annotator
    from annotator.project.project import Project


@contextmanager
def opened(path: Path, *, read_only: bool = False) -> Iterator[Project]:
    """Open a project for one command; raises ProjectError when it is to be written and cannot be."""
    from annotator.project.opening import is_convertible, open_project

    if read_only and is_convertible(path):
        open_project(path).close()
        say(f"{path.name} was written by an older version and was converted; a copy of it is beside it.", error=True)
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


def work_as(
    project: Project, settings_dir: Path, name: str | None, coming: Collection[Annotator] | None = None
) -> None:
    """Work as the one who is named, else as the user of the window, else as the only one of the project.

    ``coming`` are the people whom tables bring in, None when articles come. One of them is not added a second time
    under another uid, and who merely reads tables is not added at all: the project is to hold the tables' people.
    """
    from annotator.base.settings import Settings
    from annotator.base.uuid7 import uuid7
    from annotator.model.annotation import Annotator
    from annotator.project.opening import login_name
    from annotator.project.opening import work_as as register

    settings = Settings(settings_dir)
    people = project.cache.annotators
    known = {person.name: person for person in people.values()}
    new = {person.name: person for person in coming or () if person.name not in known}
    own = settings["annotator_name"] or _only(known or new) or login_name()
    wanted = name or own
    if wanted in new:
        project.annotator = new[wanted]
    elif coming is not None and name is None:
        me = Annotator(settings.annotator_uid, own)
        project.annotator = known.get(own) or people.get(me.uid) or me
    elif wanted in known:
        register(project, known[wanted])
    else:
        register(project, Annotator(settings.annotator_uid if wanted == own else uuid7(), wanted))


def _only(names: Collection[str]) -> str:
    """Return the only name there is, or empty."""
    return next(iter(names)) if len(names) == 1 else ""


@click.command(short_help="Create a project.")
@click.argument("project", type=FILE)
@click.option("--codebook", type=FILE, help="A codebook file (TOML), or `news` (the default) or `empty`.")
@click.option(
    "--annotator", "annotator_name", type=NAME, metavar="NAME", help="Who works on it; becomes its first annotator."
)
@click.pass_obj
def new(settings_dir: Path, project: Path, codebook: Path | None, annotator_name: str | None) -> None:
    """Create a project, a file that usually ends in .annot; an existing file is never overwritten.

    A name without an ending gets .annot: `annotator new study` makes study.annot. Another ending is kept.
    """
    from annotator.exchange.codebook_file import read_codebook, shipped_codebook, shipped_codebooks
    from annotator.project.opening import create_project
    from annotator.storage.project_file import SUFFIX

    wanted = codebook or Path("news")
    shipped = {name for name, _ in shipped_codebooks()}
    book = shipped_codebook(str(wanted)) if str(wanted) in shipped else read_codebook(wanted)
    path = _with_ending(project)
    created = create_project(path, book, name=os.fsencode(path.stem).decode("utf-8", "replace"))
    try:
        if annotator_name:
            work_as(created, settings_dir, annotator_name)
    finally:
        created.close()
    say(f"Created {path}." if path == project else f"Created {path}; the name had no ending, so {SUFFIX} was added.")


def _with_ending(path: Path) -> Path:
    """Return a new project's path as people look for it: with the ending unless the name has any."""
    from annotator.storage.project_file import SUFFIX

    return path if "." in path.name or not path.name else path.with_name(f"{path.name}{SUFFIX}")


@click.command(short_help="Say what a project holds.")
@click.argument("project", type=FILE)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people, or one JSON document for programs.",
)
def info(project: Path, format_name: str) -> None:
    """Say what a project holds: counts per tag, annotator and article."""
    from annotator.operations import information

    with opened(project, read_only=True) as study:
        found = information.information(study)
    if format_name == "json":
        utf8 = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
        click.echo(json.dumps(found, ensure_ascii=not utf8, indent=1))
        return
    for line in information.as_lines(found):
        say(line)


@click.command()
@click.argument("project", type=FILE)
def check(project: Path) -> None:
    """Look for damage in a project file.

    The file's integrity, the texts' checksums, offsets and links are looked at, and nothing is changed. Exit 1 with a
    list when something is wrong.
    """
    from annotator.operations.checking import check_project
    from annotator.operations.information import counted

    problems = check_project(project)
    for problem in problems:
        say(str(problem), error=True)
    if problems:
        found = counted(len(problems), "problem")
        fail(f"{project.name}: {found} found. Restore a backup, or ask for help with this list.")
    say(f"{project.name}: everything is in order.")


@click.command(short_help="Write a verified copy of a project.")
@click.argument("project", type=FILE)
@click.option("--out", required=True, type=FILE, help="The copy's name.")
def backup(project: Path, out: Path) -> None:
    """Write a verified copy of a project; an existing file is never overwritten.

    The project may be open in a window meanwhile.
    """
    from annotator.project.backups import back_up
    from annotator.project.opening import recognise

    recognise(project)
    if out.exists():
        raise ProjectError(f"{out} exists already and is not overwritten. Choose another name.")
    with bar("Copying") as progress:
        told = (lambda remaining, total: progress(total - remaining, total)) if progress else None
        back_up(project, out, overwrite=False, progress=told)
    say(f"Copied and verified: {out}")
