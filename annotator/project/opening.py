"""Creating and opening projects, and saying who works on them."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.base.clock import now
from annotator.base.errors import DamagedError
from annotator.base.uuid7 import uuid7
from annotator.model.annotation import AnnotationSet, Annotator, SetKind
from annotator.model.changes import Origin
from annotator.model.codebook import Codebook
from annotator.model.hand_out import HandOut
from annotator.model.project_info import ProjectInfo
from annotator.project.project import Project
from annotator.storage import migrate, project_file
from annotator.storage.session import Session
from annotator.storage.window_lock import WindowLock

CONVERTED_AT_ONCE = 8_000_000
"""Bytes of a project of an older version that are converted in the blink of an eye."""


def create_project(path: Path, codebook: Codebook, *, name: str = "") -> Project:
    """Create a project file with a codebook and open it for writing; raises ProjectError when the name is taken."""
    path = path.resolve()
    session = Session.create(path)
    lock = WindowLock(path)
    lock.take()
    project = Project(session, lock)
    try:
        with project.edit("Create project", origin=Origin.SYSTEM) as edit:
            edit.add(ProjectInfo(uuid7(), name or path.stem, created=now()))
            for record in codebook.records:
                edit.add(record)
    except BaseException:
        project.close()
        path.unlink()
        raise
    return project


def open_project(path: Path, *, read_only: bool = False) -> Project:
    """Open a project file; it is read-only when the file is, or when another window holds it (``holder`` says who).

    Raises ProjectError and its kinds, the file untouched.
    """
    path = path.resolve()
    sniffed = project_file.sniff(path)
    lock, holder = None, ""
    if sniffed.writable and not read_only:
        lock = WindowLock(path)
        holder = lock.take() or ""
    read_only = read_only or bool(holder) or not sniffed.writable
    try:
        session = Session.open(path, read_only=read_only)
        try:
            _refuse_unfinished(session)
            return Project(session, lock, holder)
        except BaseException:
            session.close()
            raise
    except BaseException:
        if lock is not None:
            lock.free()
        raise


def _refuse_unfinished(session: Session) -> None:
    if next(session.read.all(ProjectInfo), None) is None:
        raise DamagedError(
            f"{session.path.name} is empty: the program ended while it was created. Delete it and create it again."
        )


def recognise(path: Path) -> None:
    """Raise ProjectError or one of its kinds unless the file looks like a project; the file is not opened."""
    project_file.sniff(path)


def is_convertible(path: Path) -> bool:
    """Tell whether an older version wrote the project and opening it for writing would convert it.

    Raises ProjectError and its kinds; the file is not opened.
    """
    sniffed = project_file.sniff(path.resolve())
    return sniffed.writable and sniffed.version < migrate.schema_version()


def takes_long_to_open(path: Path) -> bool:
    """Tell whether opening the project for writing would convert it, and that takes longer than one would wait for.

    Raises ProjectError and its kinds; the file is not opened.
    """
    # The size first: of most projects nothing need be read twice at a start. What is not there cannot take long.
    return path.is_file() and path.stat().st_size > CONVERTED_AT_ONCE and is_convertible(path)


def convert(path: Path) -> None:
    """Make a project of an older version one of this, with a copy of it as it was beside it.

    Raises ProjectError and its kinds, the file untouched.
    """
    open_project(path).close()


@contextmanager
def in_this_version(path: Path) -> Iterator[Path]:
    """Yield a project file to be read: itself, or a converted copy for that long where an older version wrote it.

    Raises ProjectError and its kinds; the file is never changed.
    """
    if project_file.sniff(path.resolve()).version == migrate.schema_version():
        yield path
        return
    # Imported here: hardly ever needed, and not at a start.
    from tempfile import TemporaryDirectory

    from annotator.storage import backups

    with TemporaryDirectory(prefix="annotator-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / path.name
        backups.back_up(path, copy)
        project_file.open_file(copy, keep_older=False).close()
        yield copy


def login_name() -> str:
    """Return the name that the system knows the user by: what an annotator is called until they say so themselves."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "Annotator"


def work_as(project: Project, annotator: Annotator) -> AnnotationSet | None:
    """Say who works on the project now; the person and their annotation set are added when they are new.

    A person known by another uid but the same name is taken to be the one in the file, so that somebody who moves to
    a new computer goes on as themselves; so is one who has said that the file was handed out to them. Returns the
    person's set, or None in a read-only project they are new to.
    """
    people = project.cache.annotators
    accepted = next((one.annotator for one in project.read.all(HandOut) if one.accepted == annotator.uid != ""), "")
    known = (
        people.get(accepted)
        or people.get(annotator.uid)
        or next((person for person in people.values() if person.name == annotator.name != ""), None)
    )
    project.annotator = known or annotator
    mine = own_set(project)
    if mine is not None or project.read_only:
        return mine
    mine = AnnotationSet(uuid7(), annotator.name, SetKind.PERSON, project.annotator.uid)
    with project.edit("Add annotator", origin=Origin.SYSTEM) as edit:
        if known is None:
            edit.add(annotator)
        edit.add(mine)
    return mine


def own_set(project: Project) -> AnnotationSet | None:
    """Return the annotation set of the person who works now, or None when they have none yet."""
    who = project.annotator.uid
    return next((s for s in project.cache.sets.values() if s.kind is SetKind.PERSON and s.annotator == who), None)
