"""What stands in a cell: the two profiles, lists, values and spans, each with the way back."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

from annotator.model.span import Span
from annotator.model.values import Value, as_text

LIST_JOINER = "; "
Cell = str | int | float | None
_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
_ESCAPED = re.compile(r"'+[=+\-@\t\r\n]")
_FIRST = frozenset("'=+-@\t\r\n")


class Profile(StrEnum):
    """Whom a table is for: a spreadsheet program, which would run formulas, or what takes cells as they are."""

    SPREADSHEET = "spreadsheet"
    EXACT = "exact"


def escaped(cell: Cell) -> Cell:
    """Give a text that a spreadsheet could take for a formula one more leading ``'``; numbers stay as they are."""
    if isinstance(cell, str) and cell and cell[0] in _FIRST and _FORMULA.match(cell):
        return f"'{cell}"
    return cell


def escaped_row(cells: Iterable[Cell]) -> list[Cell]:
    """Return the cells, each escaped."""
    return [escaped(cell) if type(cell) is str and cell and cell[0] in _FIRST else cell for cell in cells]


def unescaped(cell: str) -> str:
    """Take the ``'`` away again that escaped() gave."""
    return cell[1:] if _ESCAPED.match(cell) else cell


def list_cell(items: Sequence[str]) -> str:
    """Join by ``; ``; a list that could not be told apart again is written as JSON."""
    joined = LIST_JOINER.join(items)
    if list_items(joined) == tuple(items):
        return joined
    return json.dumps(list(items), ensure_ascii=False)


def list_items(cell: str) -> tuple[str, ...]:
    """Return the items of a list cell; none for an empty one."""
    if not cell:
        return ()
    if cell.startswith("["):
        try:
            items = json.loads(cell)
        except ValueError:
            items = None
        if isinstance(items, list) and all(isinstance(item, str) for item in items):
            return tuple(items)
    return tuple(cell.split(LIST_JOINER))


def value_cell(value: Value | list[str]) -> Cell:
    """Return an attribute's value as its cell: a number stays a number, yes/no in words."""
    if isinstance(value, list | tuple):
        return list_cell(tuple(value))
    if isinstance(value, bool | str):
        return as_text(value)
    if not math.isfinite(value):
        return repr(value)
    return int(value) if value == int(value) and abs(value) < 1e15 else value


def spans_cell(spans: Iterable[Sequence[int]]) -> str:
    """Write spans as ``133-180;200-234``."""
    return ";".join(f"{start}-{stop}" for start, stop in spans)


def spans_of(cell: str) -> tuple[Span, ...]:
    """Return the spans of a cell; raises ValueError when they are not ordered, disjoint and non-empty."""
    found: list[Span] = []
    for piece in cell.split(";") if cell else ():
        numbers = re.fullmatch(r"(\d{1,15})-(\d{1,15})", piece.strip(), re.ASCII)
        if not numbers:
            raise ValueError(f"‘{piece}’ is not like 133-234")
        span = Span(int(numbers[1]), int(numbers[2]))
        if found and span.start < found[-1].stop:
            raise ValueError(f"{piece} does not come after {found[-1].start}-{found[-1].stop}")
        found.append(span)
    return tuple(found)
