"""Cells to values: what an attribute's kind makes of them."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from annotator.exchange.csv_tables.cells import list_items
from annotator.exchange.csv_tables.plan import NoticeKind, Plan, RowError
from annotator.exchange.csv_tables.table_files import TableFile, TableRow
from annotator.model.codebook import Attribute, AttributeKind
from annotator.model.values import Value, Values, from_mapping

_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?", re.ASCII)
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)


def number(cell: str, column: str) -> float | None:
    """Return the number of a cell, None for an empty one; raises RowError."""
    if not cell:
        return None
    if not _NUMBER.fullmatch(cell) or not math.isfinite(float(cell)):
        raise RowError(f"‘{cell[:40]}’ in {column} is not a number; write it like 51.19.")
    return float(cell)


def value_of(attribute: Attribute, cell: str) -> Value:
    """Return the value that a cell holds; raises RowError. A choice that the codebook lacks stays as it is."""
    match attribute.kind:
        case AttributeKind.SEVERAL:
            return list_items(cell)
        case AttributeKind.NUMBER:
            return number(cell, attribute.name) or 0.0
        case AttributeKind.YES_NO if cell not in ("yes", "no"):
            raise RowError(f"‘{cell[:40]}’ in {attribute.name} is neither yes nor no.")
        case AttributeKind.YES_NO:
            return cell == "yes"
        case AttributeKind.DATE if not _DATE.fullmatch(cell):
            raise RowError(f"‘{cell[:40]}’ in {attribute.name} is not a date; write it like 2025-03-13.")
        case _:
            return cell


def values_in(plan: Plan, file: TableFile, row: TableRow, columns: Mapping[str, Attribute]) -> Values:
    """Return the values of a row; those that cannot be read are left out and told."""
    values: dict[str, Value | None] = {}
    for column, attribute in columns.items():
        cell = row[column]
        if not cell:
            continue
        try:
            values[attribute.uid] = value_of(attribute, cell)
        except RowError as error:
            plan.tell(NoticeKind.LEFT_OUT, file.name, row.number, f"{error} The value was left out.")
    return from_mapping(values)
