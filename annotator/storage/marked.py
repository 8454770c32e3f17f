"""What of annotations is compared, read in columns: a tenth of the time that whole records take."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Sequence
from typing import Any

from annotator.model.marks import SHIFT, Marks
from annotator.model.span import Span
from annotator.storage.records import decode_values

_DETAILS = ', annotation.uid, entity, "values"'


def marks(
    connection: sqlite3.Connection,
    articles: Sequence[str],
    sets: Sequence[str],
    tags: Sequence[str],
    *,
    first: int = 0,
    detailed: bool = True,
) -> Marks:
    """Return what these sets have on these articles, of which the first bears the number ``first``.

    Without ``detailed`` only where that is.
    """
    found = Marks(tuple(tags), len(sets), detailed)
    if not tags:
        return found
    statement = (
        f"SELECT ((chosen.key + ?) * ? + {_place('annotation_set', sets)}) << {SHIFT} | start AS begin,"
        f" {_place('tag_type', tags)} << {SHIFT} | stop, CASE WHEN instr(spans, ';') THEN spans END"
        f"{_DETAILS if detailed else ''} FROM json_each(?) AS chosen CROSS JOIN annotation ON article = chosen.value"
        f" WHERE annotation_set IN ({', '.join('?' * len(sets))})"
        " ORDER BY begin, stop DESC, annotation.uid"
    )
    values = (first, len(sets), *sets, *tags, json.dumps(list(articles)), *sets)
    rows = connection.execute(statement, values).fetchall()
    if rows:
        _fill(found, list(zip(*rows, strict=True)))
    return found


def sets_on(connection: sqlite3.Connection, articles: Sequence[str]) -> dict[str, set[str]]:
    """Return, by article, the uids of the sets that hold an annotation of it."""
    held: dict[str, set[str]] = {}
    rows = connection.execute(
        "SELECT DISTINCT article, annotation_set FROM annotation WHERE article IN (SELECT value FROM json_each(?))",
        (json.dumps(list(articles)),),
    )
    for article, annotation_set in rows:
        held.setdefault(article, set()).add(annotation_set)
    return held


def _place(column: str, known: Sequence[str]) -> str:
    """Write the place of a column's value among those that are given; one parameter for each."""
    return f"CASE {column}{''.join(f' WHEN ? THEN {number}' for number in range(len(known)))} END"


def _fill(found: Marks, columns: list[tuple[Any, ...]]) -> None:
    begin, end, spans, *details = columns
    found.begin, found.end = array("q", begin), array("q", end)
    found.fragments = {at: _spans(cell) for at, cell in enumerate(spans) if cell is not None}
    if found.detailed:
        uids, entities, values = details
        found.uid, found.entity, found.values = list(uids), list(entities), list(map(decode_values, values))


def _spans(cell: str) -> tuple[Span, ...]:
    """Read what ``records.spans_text`` writes."""
    return tuple(Span(*map(int, piece.split("-"))) for piece in cell.split(";"))
