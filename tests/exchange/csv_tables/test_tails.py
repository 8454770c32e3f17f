"""Rows are written in two parts: the file must be the one that csv.writer makes of whole rows."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.exchange.csv_tables import writing
from annotator.exchange.csv_tables.cells import Cell, Profile, escaped_row
from annotator.exchange.csv_tables.spreading import Piece

CELLS = st.one_of(
    st.none(), st.integers(-9, 10**16), st.floats(-2, 2), st.text(st.sampled_from("a,\"'=+\r\n é🙂"), max_size=4)
)


@pytest.mark.parametrize("most", [1, 10_000])
@given(
    tails=st.lists(st.lists(CELLS, min_size=2, max_size=2).map(tuple), min_size=1, max_size=3),
    rows=st.lists(st.tuples(CELLS, CELLS, st.integers(0, 2)), max_size=5),
    profile=st.sampled_from(Profile),
)
def test_the_file_is_that_of_whole_rows(
    most: int, tails: list[tuple[Cell, ...]], rows: list[tuple[Cell, Cell, int]], profile: Profile
) -> None:
    piece = Piece([row[:2] for row in rows], [tails[row[2] % len(tails)] for row in rows])
    whole = io.StringIO(newline="")
    escape = escaped_row if profile is Profile.SPREADSHEET else list
    csv.writer(whole, lineterminator="\r\n").writerows(escape(row) for row in [["a"], *piece.rows()])
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(writing, "TAILS", most)
        file = Path(folder) / "a.csv"
        assert writing._write_csv(file, ["a"], profile, [piece]) == len(rows)
        assert file.read_bytes().decode("utf-8-sig") == whole.getvalue()


def test_equal_numbers_of_two_kinds_keep_their_looks(tmp_path: Path) -> None:
    writing._write_csv(tmp_path / "a.csv", ["x", "y"], Profile.EXACT, [Piece([["a"], ["b"]], [(10**15,), (1e15,)])])
    assert (tmp_path / "a.csv").read_bytes() == b"x,y\r\na,1000000000000000\r\nb,1000000000000000.0\r\n"


def test_without_attributes_the_line_ends_at_once(tmp_path: Path) -> None:
    writing._write_csv(tmp_path / "a.csv", ["x", "y"], Profile.EXACT, [Piece([["a", 1]], [()])])
    assert (tmp_path / "a.csv").read_bytes() == b"x,y\r\na,1\r\n"
