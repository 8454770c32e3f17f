"""Writing change sets: every row must still equal its ``before``; all or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from itertools import groupby

from msgspec.structs import replace

from annotator.base.errors import RuleError, StaleError
from annotator.model.article import text_hash
from annotator.model.changes import Change, ChangeSet, Kind, Origin, Record
from annotator.storage import counts, records, search
from annotator.storage.records import Cell, Row, Table, quoted

_MANY, _VERY_MANY = 100, 2000
"""From how many of a kind on SQLite writes their history, and beyond how many they are put in while others are made."""
_AS_JSON = (Kind.ANNOTATION, Kind.LINK)
"""Kinds of which SQLite can write the history's JSON to the letter: their cells are texts, never a REAL."""
_INTO_HISTORY = "INSERT INTO history (sequence, kind, uid, before, after)"
_STALE = "This was changed in the meantime by somebody else; nothing was written. Look at it again and repeat the step."


def apply(
    connection: sqlite3.Connection,
    change_set: ChangeSet,
    texts: Mapping[str, str],
    reverted: Iterable[int] = (),
) -> ChangeSet:
    """Write a change set within the transaction that is open, and return it with its ``sequence``.

    ``texts`` are new article texts by SHA-256. ``reverted`` are the sequences of the steps that an UNDO takes back
    or a REDO does again. Raises StaleError when a row is not what it was, RuleError when a reference would hang in
    the air; the caller then rolls back.
    """
    _write_texts(connection, texts)
    words = search.Words(change_set.changes)
    words.forget(connection)
    encoded = _Encoded()
    added = _write_rows(connection, change_set.changes, encoded)
    words.learn(connection, texts)
    counts.keep(connection, change_set.changes)
    sequence = _write_history(connection, change_set, encoded, added)
    _move_states(connection, change_set, reverted)
    return replace(change_set, sequence=sequence)


class _Encoded:
    """The columns of each record of a change set, encoded once: for its row and for the history."""

    def __init__(self) -> None:
        self._known: dict[int, Row] = {}  # by identity: the change set holds the records as long as this lives

    def of(self, stored: Table, record: Record) -> Row:
        """Return a record's columns as cells."""
        found = self._known.get(id(record))
        if found is None:
            found = self._known[id(record)] = stored.encode(record)
        return found

    def json(self, kind: Kind, record: Record | None) -> str | None:
        """Write a record for the history."""
        return None if record is None else records.to_json(kind, record, self.of(records.table(kind), record))


def _write_texts(connection: sqlite3.Connection, texts: Mapping[str, str]) -> None:
    for sha256, body in texts.items():
        if text_hash(body) != sha256:
            raise RuleError("A text does not match its checksum; nothing was written. Import the article again.")
    connection.executemany(
        "INSERT INTO text (sha256, body) VALUES (?, ?) ON CONFLICT (sha256) DO NOTHING", texts.items()
    )


def _write_rows(connection: sqlite3.Connection, changes: Iterable[Change], encoded: _Encoded) -> dict[Kind, int]:
    """Write all rows; where very many of a kind were added, one after the other, return the first one's row id."""
    added: dict[Kind, int] = {}
    by_kind: dict[Kind, list[Change]] = {}
    for change in changes:
        by_kind.setdefault(change.kind, []).append(change)
    for kind, group in by_kind.items():
        stored = records.table(kind)
        # Removals first, so that what takes a removed record's place never meets it.
        _remove(connection, encoded, stored, [c for c in group if c.after is None])
        _replace(connection, encoded, stored, [c for c in group if c.before is not None and c.after is not None])
        new = [c.after for c in group if c.before is None and c.after is not None]
        if kind not in _AS_JSON or len(new) < _MANY:
            _add(connection, stored, [(*encoded.of(stored, one), *stored.derive(one)) for one in new], len(new))
            continue
        before = _last_row(connection, kind)
        _add(connection, stored, map(stored.row, new), len(new))
        if _last_row(connection, kind) == before + len(new):
            added[kind] = before + 1
    return added


def _last_row(connection: sqlite3.Connection, kind: Kind) -> int:
    (last,) = connection.execute(f"SELECT coalesce(max(id), 0) FROM {kind}").fetchone()
    return int(last)


def _as_it_was(stored: Table) -> str:
    return " AND ".join(f"{quoted(column)} IS ?" for column in stored.columns)


def _remove(connection: sqlite3.Connection, encoded: _Encoded, stored: Table, changes: list[Change]) -> None:
    statement = f"DELETE FROM {stored.kind} WHERE {_as_it_was(stored)}"
    rows = [encoded.of(stored, c.before) for c in changes if c.before is not None]
    _run(connection, statement, rows)


def _replace(connection: sqlite3.Connection, encoded: _Encoded, stored: Table, changes: list[Change]) -> None:
    assignments = ", ".join(f"{quoted(column)} = ?" for column in (*stored.columns, *stored.derived))
    statement = f"UPDATE {stored.kind} SET {assignments} WHERE {_as_it_was(stored)}"
    rows = [
        (*encoded.of(stored, c.after), *stored.derive(c.after), *encoded.of(stored, c.before))
        for c in changes
        if c.before is not None and c.after is not None
    ]
    _run(connection, statement, rows)


def _add(connection: sqlite3.Connection, stored: Table, rows: Iterable[Row], count: int) -> None:
    columns = (*stored.columns, *stored.derived)
    names, marks = ", ".join(map(quoted, columns)), ", ".join("?" * len(columns))
    try:
        if count > _VERY_MANY:
            _fill(connection, stored.kind, columns, rows, count)
        else:
            _run(connection, f"INSERT INTO {stored.kind} ({names}) VALUES ({marks})", list(rows))
    except sqlite3.IntegrityError as error:
        if "UNIQUE" in str(error):
            raise StaleError(_STALE) from error
        raise RuleError(f"The {stored.kind} breaks a rule of the file ({error}); nothing was written.") from error


def _fill(
    connection: sqlite3.Connection, kind: Kind, columns: tuple[str, ...], rows: Iterable[Row], count: int
) -> None:
    from annotator.storage.filling import fill  # not at the start of the program: it brings a good deal along

    if fill(connection, kind, columns, rows) != count:
        raise StaleError(_STALE)


def _run(connection: sqlite3.Connection, statement: str, rows: list[tuple[Cell, ...]]) -> None:
    if not rows:
        return
    cursor = connection.executemany(statement, rows)
    if cursor.rowcount != len(rows):
        raise StaleError(_STALE)


def _write_history(
    connection: sqlite3.Connection, change_set: ChangeSet, encoded: _Encoded, added: dict[Kind, int]
) -> int:
    state = "done" if change_set.origin is Origin.USER else ""
    cursor = connection.execute(
        "INSERT INTO change_set (uid, label, origin, annotator, time, merge_key, reverts, state)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            change_set.uid, change_set.label, change_set.origin, change_set.annotator,
            change_set.time, change_set.merge_key, change_set.reverts, state,
        ),
    )  # fmt: skip
    sequence = cursor.lastrowid or 0
    for kind, alike in groupby(change_set.changes, lambda c: c.kind if c.before is None and c.kind in added else None):
        changes = list(alike)
        if kind is None:
            rows = (
                (sequence, c.kind, c.uid, encoded.json(c.kind, c.before), encoded.json(c.kind, c.after))
                for c in changes
            )
            connection.executemany(f"{_INTO_HISTORY} VALUES (?, ?, ?, ?, ?)", rows)
        else:
            _copy_to_history(connection, sequence, kind, added[kind], len(changes))
            added[kind] += len(changes)
    return sequence


def _copy_to_history(connection: sqlite3.Connection, sequence: int, kind: Kind, first: int, count: int) -> None:
    """Let SQLite write what was added, which takes it a third of the time that it takes us."""
    pairs = ", ".join(f"'{column}', {quoted(column)}" for column in records.table(kind).columns)
    cursor = connection.execute(
        f"{_INTO_HISTORY} SELECT ?, ?, uid, NULL, json_object({pairs})"
        f" FROM {kind} WHERE id BETWEEN ? AND ? ORDER BY id",
        (sequence, kind, first, first + count - 1),
    )
    if cursor.rowcount != count:
        raise StaleError(_STALE)


def _move_states(connection: sqlite3.Connection, change_set: ChangeSet, reverted: Iterable[int]) -> None:
    if change_set.origin is Origin.USER:
        # A new step: what was undone before it can no longer be done again.
        connection.execute(
            "UPDATE change_set SET state = 'dropped' WHERE annotator = ? AND state = 'undone'", (change_set.annotator,)
        )
    elif change_set.origin in (Origin.UNDO, Origin.REDO):
        state = "undone" if change_set.origin is Origin.UNDO else "done"
        connection.executemany("UPDATE change_set SET state = ? WHERE sequence = ?", [(state, s) for s in reverted])
