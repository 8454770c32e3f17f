"""Whether a file's schema is the one that the migrations make: anything else is somebody's tampering."""

from __future__ import annotations

import hashlib
import sqlite3
from functools import lru_cache
from pathlib import Path

from annotator.storage import migrate

Objects = dict[str, tuple[str, str]]
"""Kind and SQL of each table, index, view and trigger, by name."""
_NOT_OURS = "_sqlite_migrations"  # kept by sqlite-utils
DIGESTS = {7: "ffd4a9867f99d2bb6dc352f4def7bfdc62129fd05c77992cef2bcbb2b5566a55"}
"""Of the newest version, so that a start need not make a schema to compare with; a test keeps it true."""


def strange_object(connection: sqlite3.Connection, version: int) -> str | None:
    """Return the name of a table, index, view or trigger that should not be there, is missing or reads otherwise.

    None when the schema is that of the version. Views and generated columns can run without end, triggers write what
    nobody asked for: so nothing is let through that the migrations did not make.
    """
    found = _objects(connection)
    if digest(found) == DIGESTS.get(version):
        return None
    expected = expected_objects(version)
    differing = sorted(name for name in found.keys() | expected.keys() if found.get(name) != expected.get(name))
    return differing[0] if differing else None


def expected_objects(version: int) -> Objects:
    """Return what the migrations up to a version make."""
    return _expected(tuple(file for file in migrate.migration_files() if int(file.name[:4]) <= version))


def digest(objects: Objects) -> str:
    """Return what tells a schema from any other."""
    return hashlib.sha256(repr(sorted(objects.items())).encode()).hexdigest()


@lru_cache(maxsize=4)
def _expected(files: tuple[Path, ...]) -> Objects:
    fresh = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for file in files:
            for statement in migrate.statements(file.read_text("utf-8")):
                fresh.execute(statement)
        return _objects(fresh)
    finally:
        fresh.close()


def _objects(connection: sqlite3.Connection) -> Objects:
    rows = connection.execute("SELECT type, name, sql, tbl_name FROM sqlite_master").fetchall()
    indexes = [name for kind, name, sql, _ in rows if kind == "table" and str(sql).startswith("CREATE VIRTUAL TABLE")]
    found: Objects = {}
    for kind, name, sql, owner in rows:
        if str(name).startswith("sqlite_") or (owner == _NOT_OURS and kind in ("table", "index")):
            continue
        # How a search index keeps its own tables is SQLite's business and may change with its version.
        inner = kind == "table" and any(name.startswith(f"{index}_") for index in indexes)
        found[name] = (kind, "" if inner else " ".join(str(sql).split()))
    return found
