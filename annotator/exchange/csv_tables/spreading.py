"""From the rows of the export views to the cells of the tables: what depends on the project is spread into columns."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache

from msgspec import Struct

from annotator.exchange.csv_tables.cells import Cell, list_cell, spans_cell, value_cell
from annotator.exchange.csv_tables.codebook_rows import codebook_rows, ordered_attributes
from annotator.exchange.csv_tables.columns import (
    COLUMNS,
    VALUE_COLUMNS,
    WORK_COLUMNS,
    WORK_NOTES,
    Table,
    extra_columns,
    numbered,
    work_column,
)  # fmt: skip
from annotator.exchange.csv_tables.names import distinct_names
from annotator.model.codebook import Codebook
from annotator.storage.export_rows import Chosen
from annotator.storage.reader import Reader

Row = Sequence[Cell]
TAILS = 10_000
"""So many combinations of attribute values are kept, each as the cells that it makes."""
_UID_COLUMNS = {"annotation_set": "annotation_set_uid", "annotator": "annotator_uid", "reviewer": "reviewer_uid"}


class Layout(Struct, frozen=True, dict=True):
    """What the columns of one export depend on, read once."""

    codebook: Codebook
    annotators: dict[str, str]
    sets: dict[str, str]
    extras: tuple[str, ...]
    work: dict[str, tuple[str, ...]]
    chosen: Chosen
    with_text: bool

    @property
    def attributes(self) -> dict[str, str]:
        """Column ``tag.attribute`` by attribute uid, in the codebook's order."""
        tags = {tag.uid: tag.name for tag in self.codebook.tag_types}
        return {a.uid: f"{tags[a.tag_type]}.{a.name}" for a in ordered_attributes(self.codebook) if a.tag_type}

    @cached_property
    def tail_of(self) -> Callable[[Cell], tuple[Cell, ...]]:
        """Return the cells of an annotation's attributes; most bear one of a few combinations, so each is made once."""
        return lru_cache(maxsize=TAILS)(_Tails(self.attributes))

    def header(self, table: Table) -> tuple[str, ...]:
        """Return a table's column names."""
        columns = COLUMNS[table]
        if table is Table.ANNOTATIONS:
            return (*columns, *self.attributes.values())
        if table is Table.ARTICLES:
            work = [column for columns_of in self.work.values() for column in columns_of]
            return (*columns, *self.extras, *work, *(["text"] if self.with_text else []))
        return columns


def layout_of(read: Reader, chosen: Chosen, *, with_text: bool) -> Layout:
    """Read what the columns depend on: codebook, people, sets and the articles' extra fields."""
    codebook = read.codebook()
    annotators = distinct_names(read.annotators())
    noted = read.export.work_notes(chosen)
    levels = [attribute.name for attribute in codebook.attributes_of(None)]
    work = {
        uid: (
            *(f"{name}.{column}" for column in WORK_COLUMNS),
            *(work_column(name, attribute) for attribute in levels),
            *(f"{name}.{column}" for column in WORK_NOTES if (uid, column) in noted),
        )
        for uid, name in annotators.items()
        if not chosen.annotators or uid in chosen.annotators
    }
    extras = extra_columns(read.export.extra_fields(chosen))
    return Layout(codebook, annotators, distinct_names(read.sets()), extras, work, chosen, with_text)


def whole_table(read: Reader, layout: Layout, table: Table) -> list[Row]:
    """Return all rows of a table that does not go by articles: entities or codebook."""
    if table is Table.CODEBOOK:
        return list(codebook_rows(layout.codebook, read.annotators(), read.sets(), read.info()))
    columns = COLUMNS[Table.ENTITIES]
    aliases = columns.index("aliases")
    rows = [list(row) for row in read.export.entity_rows(columns, layout.chosen)]
    for row in rows:
        row[aliases] = list_cell(json.loads(str(row[aliases])))
    return [*rows]


class Piece(Struct, frozen=True):
    """Some rows of a table, each in two parts: its own cells, and a tail that many rows have in common.

    ``tails`` None: the rows are whole. Rows with the same attribute values have the same tail, the very tuple.
    """

    heads: Sequence[Row]
    tails: Sequence[tuple[Cell, ...]] | None = None

    def rows(self) -> Iterator[Row]:
        """Yield the rows whole."""
        if self.tails is None:
            return iter(self.heads)
        return ((*head, *tail) for head, tail in zip(self.heads, self.tails, strict=True))


def article_rows(read: Reader, layout: Layout, table: Table, articles: Sequence[str]) -> Piece:
    """Return a table's rows of some articles."""
    if table is Table.ARTICLES:
        return Piece(list(_articles(read, layout, articles)))
    columns = COLUMNS[table]
    asked = [_UID_COLUMNS.get(column, column) for column in columns]
    if table is Table.ANNOTATIONS:
        asked.append("attribute_values")
    elif table in VALUE_COLUMNS:
        named = VALUE_COLUMNS[table]
        asked = [column for column in asked if column not in named] + ["attribute_values", "tag_uid"]
    rows = read.export.rows(f"export_{table}", asked, articles, layout.chosen)
    if table is Table.ANNOTATIONS:
        return _with_tails(layout, rows)
    return Piece(list(_spread(layout, table, rows)))


def _with_tails(layout: Layout, rows: list[tuple[Cell, ...]]) -> Piece:
    columns, tail_of = COLUMNS[Table.ANNOTATIONS], layout.tail_of
    set_at, annotator_at = columns.index("annotation_set"), columns.index("annotator")
    heads, tails = [], []
    for cells in rows:
        head = [*cells]
        tails.append(tail_of(head.pop()))
        head[set_at] = layout.sets[str(head[set_at])]
        head[annotator_at] = layout.annotators[str(head[annotator_at])]
        heads.append(head)
    return Piece(heads, tails)


def _spread(layout: Layout, table: Table, rows: list[tuple[Cell, ...]]) -> Iterator[list[Cell]]:
    columns = COLUMNS[table]
    named: list[tuple[int, dict[str, str]]] = [
        (columns.index(column), names)
        for column, names in (
            ("annotation_set", layout.sets),
            ("annotator", layout.annotators),
            ("reviewer", layout.annotators),
        )
        if column in columns
    ]
    spread_values = _value_spreader(layout, table)
    for cells in rows:
        row = spread_values(cells)
        for at, names in named:
            row[at] = names[str(row[at])]
        yield row


def _value_spreader(layout: Layout, table: Table) -> Callable[[tuple[Cell, ...]], list[Cell]]:
    if table in VALUE_COLUMNS:
        return _NamedValues(layout, table)
    return list


class _Tails:
    """What stands behind the fixed columns of annotations: a cell for every attribute."""

    def __init__(self, attributes: dict[str, str]) -> None:
        self._at = {uid: at for at, uid in enumerate(attributes)}

    def __call__(self, values: Cell) -> tuple[Cell, ...]:
        tail: list[Cell] = [""] * len(self._at)
        for uid, value in json.loads(str(values)).items():
            if uid in self._at:
                tail[self._at[uid]] = value_cell(value)
        return tuple(tail)


class _NamedValues:
    """The values of the attributes of certain names, put before the columns of the links."""

    def __init__(self, layout: Layout, table: Table) -> None:
        self._names = VALUE_COLUMNS[table]
        self._before = COLUMNS[table].index(self._names[0])
        self._uids = {
            tag.uid: [getattr(layout.codebook.attribute_named(tag.uid, name), "uid", None) for name in self._names]
            for tag in layout.codebook.tag_types
        }

    def __call__(self, cells: tuple[Cell, ...]) -> list[Cell]:
        *known, values, tag = cells
        said = json.loads(str(values))
        spread = [value_cell(said[uid]) if uid in said else "" for uid in self._uids[str(tag)]]
        return [*known[: self._before], *spread, *known[self._before :]]


def _articles(read: Reader, layout: Layout, articles: Sequence[str]) -> Iterator[Row]:
    columns = COLUMNS[Table.ARTICLES]
    asked = (*columns, "extra", *(["text"] if layout.with_text else []))
    works: dict[tuple[str, str], tuple[Cell, ...]] = {}
    for row in read.export.rows("export_work", _WORK, articles, layout.chosen):
        works[str(row[0]), str(row[1])] = row[2:]
    furniture = columns.index("furniture")
    for row in read.export.rows("export_articles", asked, articles, layout.chosen):
        cells = list(row[: len(columns)])
        cells[furniture] = spans_cell(json.loads(str(cells[furniture])))
        pairs = json.loads(str(row[len(columns)]))
        extra = dict(zip(numbered(field for field, _ in pairs), (value for _, value in pairs), strict=True))
        work = [cell for uid in layout.work for cell in _work_cells(layout, uid, works[str(cells[0]), uid])]
        yield [*cells, *(extra.get(column, "") for column in layout.extras), *work, *row[len(columns) + 1 :]]


_WORK = ("article_uid", "annotator_uid", "status", "annotations", "attribute_values", *WORK_NOTES)


def _work_cells(layout: Layout, annotator: str, row: tuple[Cell, ...]) -> list[Cell]:
    status, annotations, values, assigned, memo, reviewed = row
    said = json.loads(str(values))
    levels = [value_cell(said[a.uid]) if a.uid in said else "" for a in layout.codebook.attributes_of(None)]
    said_of_it = ("yes" if assigned else "", memo, "yes" if reviewed else "")
    notes = dict(zip(WORK_NOTES, said_of_it, strict=True))
    name = layout.annotators[annotator]
    kept = layout.work[annotator][len(WORK_COLUMNS) + len(levels) :]
    return [status, annotations, *levels, *(notes[column.removeprefix(f"{name}.")] for column in kept)]
