"""Copies of a project file by SQLite's backup API, verified before they get their name."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from annotator.base.errors import BusyError, DamagedError, ProjectError
from annotator.base.uuid7 import uuid7
from annotator.storage.connection import connect, is_open_here, told
from annotator.storage.window_lock import WindowLock

_PAGES = 512
"""Pages copied at a time, 2 MB: about a millisecond, after which others may write."""

_TRIES = 40
"""How often in a row a busy file is waited for, a quarter of a second each, before the backup is given up."""

Progress = Callable[[int, int], None]
"""Told the pages that remain and all pages; what it raises ends the copying."""


class State(Struct, frozen=True):
    """Which state of which project a file holds: its uid, the newest change set's sequence and uid ("" when none)."""

    project: str
    sequence: int
    change_set: str


def back_up(source: Path, target: Path, *, overwrite: bool = True, progress: Progress | None = None) -> None:
    """Copy a project file while others may be writing to it; the copy gets its name only once it is verified.

    Runs in any thread, with connections of its own. When the source changes meanwhile the copying starts again.
    Raises ProjectError when the target is taken (unless ``overwrite``), open or not writable, and DamagedError when
    the source or the copy is not sound; then nothing is left behind and an existing target stays.
    """
    _refuse(source, target, overwrite=overwrite)
    partial = target.with_name(f".{target.name}.{uuid7()}.part")
    try:
        partial.touch(exist_ok=False)  # SQLite would say only that it cannot, and by the wrong name
        with told(target):
            _copy(source, partial, progress)
        verify(partial, source.name)
        _place(partial, target, overwrite=overwrite)
    except OSError as error:
        raise ProjectError(
            f"The backup {target.name} cannot be written ({error.strerror}). Choose another folder."
        ) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
            Path(f"{partial}-journal").unlink(missing_ok=True)


def _refuse(source: Path, target: Path, *, overwrite: bool) -> None:
    if not target.parent.is_dir():
        raise ProjectError(f"There is no folder {target.parent}. Create it first.")
    if target.is_dir():
        raise ProjectError(f"{target.name} is a folder. Choose another name for the backup.")
    if not target.exists():
        return
    if not overwrite:
        raise ProjectError(f"{target.name} exists already and is not overwritten. Choose another name.")
    if target.samefile(source) or is_open_here(target):
        raise ProjectError(f"{target.name} is the open project itself. Choose another name for the backup.")
    lock = WindowLock(target)
    holder = lock.take()
    lock.free()
    if holder is not None:
        raise ProjectError(f"{target.name} is open: {holder}. Choose another name for the backup.")


def _copy(source: Path, partial: Path, progress: Progress | None) -> None:
    tries = 0

    def watch(status: int, remaining: int, total: int) -> None:
        nonlocal tries
        tries = tries + 1 if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) else 0
        if tries > _TRIES:
            raise BusyError(f"{source.name} is in use by another program; no backup was made. Close it there.")
        if progress is not None:
            progress(remaining, total)

    original = connect(source, read_only=True)
    try:
        copy = connect(partial, read_only=False, new=True)
        try:
            original.backup(copy, pages=_PAGES, progress=watch)
        finally:
            copy.close()
    finally:
        original.close()


def verify(path: Path, name: str) -> None:
    """Look at every page and every text of a project file; raises DamagedError with what is wrong first."""
    connection = connect(path, read_only=True)
    try:
        (answer,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        if answer != "ok":
            raise DamagedError(f"{name} is damaged ({' '.join(str(answer).split())}); no backup was made of it.")
        wrong = next(wrong_texts(connection), None)
        if wrong is not None:
            raise DamagedError(f"{name} is damaged (the text {wrong[:12]}… is not what it was); no backup was made.")
    finally:
        connection.close()


def wrong_texts(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the SHA-256 of every text whose words no longer answer to it."""
    for sha256, body in connection.execute("SELECT sha256, CAST(body AS BLOB) FROM text"):
        if hashlib.sha256(body).hexdigest() != sha256:
            yield str(sha256)


def _place(partial: Path, target: Path, *, overwrite: bool) -> None:
    # A journal that was left by an older file of that name would be rolled back into the new one.
    Path(f"{target}-journal").unlink(missing_ok=True)
    if overwrite:
        partial.replace(target)
    else:
        _link(partial, target)
    _sync(target.parent)


def _link(partial: Path, target: Path) -> None:
    try:
        os.link(partial, target)  # unlike a rename it fails when the name was taken meanwhile
    except FileExistsError:
        raise ProjectError(f"{target.name} exists already and is not overwritten. Choose another name.") from None
    except OSError:  # a file system without links
        partial.rename(target)


def _sync(folder: Path) -> None:
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def state_of(path: Path) -> State:
    """Return which state of which project a file holds; raises ProjectError and its kinds."""
    connection = connect(path, read_only=True)
    try:
        project = connection.execute("SELECT uid FROM project").fetchone()
        newest = connection.execute("SELECT sequence, uid FROM change_set ORDER BY sequence DESC LIMIT 1").fetchone()
    finally:
        connection.close()
    if project is None:
        raise DamagedError(f"{path.name} holds no project.")
    return State(str(project[0]), *(newest or (0, "")))
