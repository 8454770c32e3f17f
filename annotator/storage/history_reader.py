"""Reading the history of a project file: the steps that were taken, and what each of them changed."""

from __future__ import annotations

import sqlite3

from annotator.model.changes import Change, ChangeSet, Kind, Origin
from annotator.storage import records


class HistoryReader:
    """Queries over the change sets of one connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def last_sequence(self) -> int:
        """Return the sequence of the newest change set, 0 in a new file."""
        (sequence,) = self._connection.execute("SELECT coalesce(max(sequence), 0) FROM change_set").fetchone()
        return int(sequence)

    def kinds_since(self, sequence: int) -> set[Kind]:
        """Return the kinds of records that the change sets behind a sequence have changed."""
        rows = self._connection.execute("SELECT DISTINCT kind FROM history WHERE sequence > ?", (sequence,))
        return {Kind(kind) for (kind,) in rows.fetchall()}

    def next_undo(self, annotator: str) -> list[ChangeSet]:
        """Return the annotator's newest step that is done, together with those it merged with; newest first."""
        return self._steps(annotator, "done", "DESC")

    def next_redo(self, annotator: str) -> list[ChangeSet]:
        """Return the step that was undone last, together with those it merged with; oldest first."""
        return self._steps(annotator, "undone", "ASC")

    def _steps(self, annotator: str, state: str, order: str) -> list[ChangeSet]:
        cursor = self._connection.execute(
            "SELECT sequence, uid, label, annotator, time, origin, merge_key, reverts FROM change_set"
            f" WHERE annotator = ? AND state = ? ORDER BY sequence {order}",
            (annotator, state),
        )
        steps: list[ChangeSet] = []
        for sequence, uid, label, who, time, origin, merge_key, reverts in cursor:
            if steps and (not merge_key or merge_key != steps[0].merge_key):
                break
            changes = self.changes_of(sequence)
            steps.append(ChangeSet(uid, label, changes, who, time, Origin(origin), merge_key, reverts, sequence))
            if not merge_key:
                break
        cursor.close()
        return steps

    def step_label(self, annotator: str, state: str) -> str:
        """Return the name of the next step to undo (state ``done``) or to redo (``undone``); empty when none."""
        order = "DESC" if state == "done" else "ASC"
        row = self._connection.execute(
            f"SELECT label FROM change_set WHERE annotator = ? AND state = ? ORDER BY sequence {order} LIMIT 1",
            (annotator, state),
        ).fetchone()
        return str(row[0]) if row else ""

    def step_size(self, annotator: str, state: str, limit: int) -> int:
        """Return how many changes the next step to undo or redo holds, with those it merged with; at most ``limit``."""
        order, size, key = ("DESC" if state == "done" else "ASC"), 0, None
        cursor = self._connection.execute(
            f"SELECT sequence, merge_key FROM change_set WHERE annotator = ? AND state = ? ORDER BY sequence {order}",
            (annotator, state),
        )
        for sequence, merge_key in cursor:
            if size >= limit or (key is not None and (not merge_key or merge_key != key)):
                break
            counted = "SELECT count(*) FROM (SELECT 1 FROM history WHERE sequence = ? LIMIT ?)"
            size += self._connection.execute(counted, (sequence, limit)).fetchone()[0]
            key = merge_key
        cursor.close()
        return min(size, limit)

    def changes_of(self, sequence: int) -> tuple[Change, ...]:
        """Return the changes of one change set of the history, in order."""
        rows = self._connection.execute(
            "SELECT kind, uid, before, after FROM history WHERE sequence = ? ORDER BY id", (sequence,)
        ).fetchall()
        kinds, decode = {str(kind): kind for kind in Kind}, records.from_json
        return tuple([
            Change(kind, uid, decode(kind, before), decode(kind, after))
            for kind, uid, before, after in ((kinds[name], *cells) for name, *cells in rows)
        ])  # fmt: skip
