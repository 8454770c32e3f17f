"""Opening and creating project files: recognise before touching, one clear message for every kind of bad file."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from annotator.base.errors import DamagedError, NewerSchemaError, NotAProjectError, ProjectError
from annotator.storage import migrate, schema
from annotator.storage.connection import Connection, connect, is_open_here, told

SUFFIX = ".annot"
_MAGIC = b"SQLite format 3\0"
_QUICK_CHECK_BYTES = 16 * 1024 * 1024


class Sniffed(Struct, frozen=True):
    """What the first hundred bytes of a project file say."""

    version: int
    writable: bool


def sniff(path: Path) -> Sniffed:
    """Read the file's header before SQLite opens it; the file is never changed.

    Raises ProjectError, NotAProjectError, DamagedError or NewerSchemaError with what to do.
    """
    if is_open_here(path):
        # It was recognised when it was opened; a handle of our own, once closed, would drop SQLite's locks.
        return Sniffed(migrate.schema_version(), _writable(path))
    header = _header(path)
    if not header:
        raise DamagedError(f"{path.name} is empty (0 bytes). Restore a backup, or delete it and create a new project.")
    if not header.startswith(_MAGIC):
        raise NotAProjectError(f"{path.name} is not an Annotator project. Choose a file that ends in {SUFFIX}.")
    if len(header) < 100:
        raise DamagedError(f"{path.name} is cut off after {len(header)} bytes. Restore a backup (File ▸ Backups).")
    application = int.from_bytes(header[68:72])
    version = int.from_bytes(header[60:64])
    if application != migrate.APPLICATION_ID:
        raise NotAProjectError(
            f"{path.name} is an SQLite file of another program, not an Annotator project. It was left untouched."
        )
    if version > migrate.schema_version():
        raise NewerSchemaError(
            f"{path.name} was written by a newer version of Annotator (schema {version}, this one knows"
            f" {migrate.schema_version()}). Update Annotator to open it; it was left untouched."
        )
    _check_length(path, header)
    return Sniffed(version, _writable(path))


def _header(path: Path) -> bytes:
    if path.is_dir():
        raise ProjectError(f"{path.name} is a folder, not a project file. Choose a file that ends in {SUFFIX}.")
    try:
        with path.open("rb") as file:
            return file.read(100)
    except FileNotFoundError as error:
        raise ProjectError(f"There is no file {path}. Check the name, or create a new project.") from error
    except OSError as error:
        raise ProjectError(f"{path.name} cannot be read ({error.strerror}). Check its permissions.") from error


def _check_length(path: Path, header: bytes) -> None:
    page = int.from_bytes(header[16:18])
    page = 65536 if page == 1 else page
    pages, counter, valid_for = (int.from_bytes(header[at : at + 4]) for at in (28, 24, 92))
    size = path.stat().st_size
    # The page count is valid only when the change counter equals the version-valid-for number (file format, 1.3.7).
    # A hot journal repairs a file that a killed process left short: then SQLite must judge, not we.
    if counter == valid_for and size < pages * page and not Path(f"{path}-journal").exists():
        raise DamagedError(
            f"{path.name} is cut off: {size} of {pages * page} bytes are there. Restore a backup (File ▸ Backups)."
        )


def _writable(path: Path) -> bool:
    # The journal lies beside the file: both must be writable.
    return os.access(path, os.W_OK) and os.access(path.resolve().parent, os.W_OK)


def open_file(path: Path, *, read_only: bool = False, keep_older: bool = True) -> Connection:
    """Open a project file that sniff() has recognised, migrate it when it is writable, and check its schema.

    One of an older version is copied beside itself before, unless ``keep_older`` says that it is a copy itself.
    Raises ProjectError and its kinds; the file is then as it was.
    """
    sniffed = sniff(path)
    read_only = read_only or not sniffed.writable
    with told(path):
        connection = connect(path, read_only=read_only)
        try:
            _refuse_strange_objects(connection, path, sniffed.version)
            _quick_check(connection, path)
            _bring_up_to_date(connection, path, sniffed.version, read_only=read_only, keep_older=keep_older)
        except BaseException:
            connection.close()
            raise
    return connection


def _bring_up_to_date(connection: Connection, path: Path, version: int, *, read_only: bool, keep_older: bool) -> None:
    if version == migrate.schema_version():
        return
    if read_only:
        raise ProjectError(
            f"{path.name} was written by an older version and must be converted, but it is read-only."
            " Copy it to a folder where you may write and open the copy."
        )
    if keep_older:
        _copy_before_migration(path, version)
    migrate.migrate(connection)


def _copy_before_migration(path: Path, version: int) -> None:
    beside = path.with_name(f"{path.stem}.before-schema-{migrate.schema_version()}-was-{version}{path.suffix}")
    if not beside.exists():
        from annotator.storage import backups

        backups.back_up(path, beside)


def create_file(path: Path) -> Connection:
    """Create a new, empty project file; raises ProjectError when something of that name exists."""
    if path.exists():
        raise ProjectError(f"{path.name} exists already and is not overwritten. Choose another name.")
    if not path.parent.is_dir():
        raise ProjectError(f"There is no folder {path.parent}. Create it first.")
    try:
        with told(path):
            connection = connect(path, read_only=False, new=True)
            try:
                migrate.migrate(connection)
            except BaseException:
                connection.close()
                raise
    except BaseException:
        with suppress(FileNotFoundError):
            path.unlink()
        raise
    return connection


def _refuse_strange_objects(connection: Connection, path: Path, version: int) -> None:
    strange = schema.strange_object(connection, version)
    if strange is not None:
        raise DamagedError(
            f"{path.name} does not hold what Annotator puts into a project ({strange!r} differs): somebody has tampered"
            " with it. It was left untouched; restore a backup or ask whom you have it from."
        )


def _quick_check(connection: Connection, path: Path) -> None:
    if path.stat().st_size > _QUICK_CHECK_BYTES:
        return  # seconds on a large project: `annotator check` and every backup look at those
    (answer,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if answer != "ok":
        raise DamagedError(
            f"{path.name} is damaged ({' '.join(str(answer).split())}). Restore a backup (File ▸ Backups)."
        )
