from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.storage import filling
from annotator.storage.filling import fill


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    """A table of numbers and words, open to any thread."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.execute("CREATE TABLE one (id INTEGER PRIMARY KEY, number INTEGER UNIQUE, word TEXT)")
    yield connection
    connection.close()


def rows_of(connection: sqlite3.Connection) -> list[tuple[int, str]]:
    return connection.execute("SELECT number, word FROM one ORDER BY id").fetchall()


@given(count=st.integers(0, 40), lot=st.integers(1, 9), most=st.integers(2, 12), ahead=st.integers(1, 3))
@settings(deadline=None)
def test_all_rows_are_put_in_in_order(count: int, lot: int, most: int, ahead: int) -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.execute("CREATE TABLE one (id INTEGER PRIMARY KEY, number INTEGER, word TEXT)")
    connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, most)
    made = [(number, f"word {number}") for number in range(count)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(filling, "IN_A_LOT", lot)
        patch.setattr(filling, "AHEAD", ahead)
        assert fill(connection, "one", ("number", "word"), iter(made)) == count
    assert rows_of(connection) == made
    connection.close()


def test_only_so_many_are_made_before_they_are_put_in(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filling, "IN_A_LOT", 10)
    put, ahead, threads = filling._put, list[int](), set[threading.Thread]()
    made = done = 0

    def putting(connection: sqlite3.Connection, statement: str, columns: int, cells: list[filling.Cell]) -> int:
        nonlocal done
        threads.add(threading.current_thread())
        count = put(connection, statement, columns, cells)
        done += count
        return count

    def numbers() -> Iterator[tuple[int, str]]:
        nonlocal made
        for made in range(1, 501):
            ahead.append(made - done)
            yield made, "x"

    monkeypatch.setattr(filling, "_put", putting)
    assert fill(connection, "one", ("number", "word"), numbers()) == 500
    assert max(ahead) <= 10 * (filling.AHEAD + 1)
    assert threads and threading.current_thread() not in threads
    assert not any(one.is_alive() for one in threads)


@pytest.mark.parametrize("at", [0, 4, 12, 29])
def test_what_cannot_be_made_or_put_in_is_raised_when_nothing_is_being_written_any_more(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    monkeypatch.setattr(filling, "IN_A_LOT", 5)

    def failing() -> Iterator[tuple[int, str]]:
        for number in range(30):
            if number == at:
                raise KeyError(number)
            yield number, "x"

    for rows, error in ((failing(), KeyError), ([(n - (n == at), "x") for n in range(-1, 30)], sqlite3.IntegrityError)):
        connection.execute("BEGIN")
        with pytest.raises(error):
            fill(connection, "one", ("number", "word"), rows)
        assert not any(one.name.startswith("annotator-filling") for one in threading.enumerate())
        connection.execute("ROLLBACK")
        assert rows_of(connection) == []
