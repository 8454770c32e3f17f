"""Telling our own tables from tables of articles, before anything is read."""

from __future__ import annotations

from pathlib import Path

from annotator.base.errors import ImportRefusedError
from annotator.exchange.articles import own_table_name, read_header
from annotator.exchange.csv_tables.columns import Table

_ENDINGS = frozenset({".csv", ".tsv"})


def is_own_tables(path: Path) -> bool:
    """Tell whether a path is a table that an export wrote, or a folder that holds such tables under their names."""
    if path.is_dir():
        return any(is_own_tables(path / table.file_name) for table in Table if (path / table.file_name).is_file())
    if path.suffix.lower() not in _ENDINGS or not path.is_file():
        return False
    try:
        return own_table_name(read_header(path)) is not None
    except ImportRefusedError:
        return False  # whoever reads it says what is wrong with it
