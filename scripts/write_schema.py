"""Write db/schema.sql: every table, index and view as they are after all migrations, sorted, to read and to compare.

Run from anywhere: ``python scripts/write_schema.py``.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from annotator.storage import migrate

TARGET = Path(__file__).resolve().parent.parent / "db" / "schema.sql"
HEAD = "-- The schema after all migrations, made by scripts/write_schema.py; change it by a new migration only.\n"
SHADOWS = ("_data", "_idx", "_content", "_docsize", "_config")


def schema_text() -> str:
    """Return the whole schema: tables, then indexes, then views, each by name."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate.migrate(connection)
        rows = connection.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
    finally:
        connection.close()
    virtual = [name for _, name, sql in rows if sql.startswith("CREATE VIRTUAL")]
    shadows = {name + ending for name in virtual for ending in SHADOWS}
    order = ("table", "index", "view")
    kept = sorted((order.index(kind), name, sql) for kind, name, sql in rows if name not in shadows)
    return HEAD + "".join(f"\n{sql};\n" for _, name, sql in kept if "_sqlite_migrations" not in name)


if __name__ == "__main__":
    TARGET.write_text(schema_text(), encoding="utf-8", newline="\n")
