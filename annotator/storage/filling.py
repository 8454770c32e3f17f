"""Putting very many rows into a table: SQLite takes some, on a thread of its own, while the next are made."""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from itertools import chain, islice

from annotator.storage.records import Cell, Row, quoted

IN_A_LOT = 1000
"""Rows put in by one statement: SQLite is busy with them for some thousandths of a second, and needs no interpreter."""

AHEAD = 2
"""Lots that may have been made and not put in."""


def fill(connection: sqlite3.Connection, table: str, columns: Sequence[str], rows: Iterable[Row]) -> int:
    """Put rows into a table, in order and within the transaction that is open, and return how many there were.

    Whatever goes wrong on the way, nothing is being written any more when it is raised.
    """
    lot = max(1, min(IN_A_LOT, connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER) // len(columns)))
    put = partial(_put, connection, f"INSERT INTO {table} ({', '.join(map(quoted, columns))}) VALUES", len(columns))
    left, count = iter(rows), 0
    waiting: deque[Future[int]] = deque()
    with ThreadPoolExecutor(1, "annotator-filling") as thread:
        while cells := list(chain.from_iterable(islice(left, lot))):
            # Not further ahead: who makes rows without a pause keeps the interpreter from who puts them in.
            count += waiting.popleft().result() if len(waiting) == AHEAD else 0
            waiting.append(thread.submit(put, cells))
        return count + sum(one.result() for one in waiting)


def _put(connection: sqlite3.Connection, statement: str, columns: int, cells: list[Cell]) -> int:
    row = f"({', '.join('?' * columns)})"
    return connection.execute(f"{statement} {', '.join([row] * (len(cells) // columns))}", cells).rowcount
