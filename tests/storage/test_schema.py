from __future__ import annotations

import importlib.util
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from annotator.storage import migrate, schema

ROOT = Path(__file__).resolve().parent.parent.parent
DICTIONARY = (ROOT / "db" / "README.md").read_text("utf-8")


def schema_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("write_schema", ROOT / "scripts" / "write_schema.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def connection() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate.migrate(connection)
    yield connection
    connection.close()


def objects(connection: sqlite3.Connection, kind: str) -> list[str]:
    shadows = schema_script().SHADOWS
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = ? ORDER BY name", (kind,)).fetchall()
    virtual = [name for name, sql in rows if (sql or "").startswith("CREATE VIRTUAL")]
    hidden = {name + ending for name in virtual for ending in shadows}
    return [name for name, _ in rows if name not in hidden and not name.startswith(("sqlite_", "_sqlite_"))]


def columns(connection: sqlite3.Connection, name: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({name})") if row[1] != "id"]


def section(name: str) -> str:
    found = re.search(rf"^### `{name}`\n(.*?)(?=^### |^## |\Z)", DICTIONARY, re.DOTALL | re.MULTILINE)
    assert found, f"db/README.md says nothing of {name}"
    return found[1]


def test_schema_file_is_what_the_migrations_make() -> None:
    assert (ROOT / "db" / "schema.sql").read_text("utf-8") == schema_script().schema_text()


def test_every_table_and_column_is_in_the_dictionary_and_nothing_else(connection: sqlite3.Connection) -> None:
    tables = objects(connection, "table")
    assert "annotation" in tables
    for name in tables:
        described = re.findall(r"^\| `(\w+)` \| (.+) \|$", section(name), re.MULTILINE)
        assert [column for column, _ in described] == columns(connection, name)
        assert not section(name).startswith("\n")


def test_every_view_and_column_is_in_the_dictionary_and_nothing_else(connection: sqlite3.Connection) -> None:
    views = objects(connection, "view")
    assert all(name.startswith("export_") for name in views)
    for name in views:
        listed = section(name).partition("\nColumns: ")[2]
        assert re.findall(r"`(\w+)`", listed) == columns(connection, name)


def test_the_dictionary_describes_nothing_that_is_not_there(connection: sqlite3.Connection) -> None:
    described = re.findall(r"^### `(\w+)`$", DICTIONARY, re.MULTILINE)
    assert sorted(described) == sorted(objects(connection, "table") + objects(connection, "view"))


def test_every_view_works_with_schema_functions_untrusted(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA trusted_schema = OFF")
    for name in objects(connection, "view"):
        assert connection.execute(f"SELECT * FROM {name}").fetchall() == []


def test_reading_some_articles_never_scans_a_table_that_grows(connection: sqlite3.Connection) -> None:
    for view in ("annotations", "quotes", "claims", "links", "verdicts", "articles", "work"):
        plan = connection.execute(
            f"EXPLAIN QUERY PLAN SELECT * FROM export_{view} WHERE article_uid IN ('a', 'b')"
        ).fetchall()
        scans = {row[3].split()[1] for row in plan if row[3].startswith("SCAN")}
        growing = {"annotation", "article", "link", "verdict", "entity", "text", "article_work", "mention", "place"}
        assert not scans & growing, (view, scans)


def test_the_newest_schema_is_known_by_its_digest():
    version = migrate.schema_version()
    assert schema.digest(schema.expected_objects(version)) == schema.DIGESTS[version]


def test_a_schema_with_the_digest_is_not_compared_any_further(connection, monkeypatch):
    version = migrate.schema_version()
    monkeypatch.setattr(schema, "expected_objects", lambda _version: pytest.fail("compared"))
    assert schema.strange_object(connection, version) is None


def test_without_a_digest_it_is_compared_name_by_name(connection, monkeypatch):
    monkeypatch.setattr(schema, "DIGESTS", {})
    assert schema.strange_object(connection, migrate.schema_version()) is None
