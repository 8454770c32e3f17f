"""Between records and rows: one table per record kind, its columns the record's fields, lists as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from enum import StrEnum
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, cast, get_type_hints

from msgspec import Struct

from annotator.model.annotation import Annotation
from annotator.model.changes import RECORD_TYPES, Kind, Record
from annotator.model.span import Fragment, Span
from annotator.model.values import Value, Values

Cell = str | int | float | None
Row = tuple[Cell, ...]

_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_quote = cast("Callable[[Any], str]", json.encoder.encode_basestring)
_parse = json.JSONDecoder().raw_decode


def _encode_spans(spans: tuple[Span, ...]) -> str:
    return _dump([[span.start, span.stop] for span in spans])


def _encode_fragments(fragments: tuple[Fragment, ...]) -> str:
    pieces = [f"[{f.start:d},{f.stop:d},{_quote(f.exact)},{_quote(f.prefix)},{_quote(f.suffix)}]" for f in fragments]
    return f"[{','.join(pieces)}]"


def _encode_values(values: Values) -> str:
    pieces = [
        f"{_quote(uid)}:{_quote(value) if value.__class__ is str else _dump(value)}"
        for uid, value in dict(values).items()
    ]
    return f"{{{','.join(pieces)}}}"


def _parsed(cell: str) -> Any:
    """Do what json.loads() does in less time, for cells as we write them."""
    try:
        value, end = _parse(cell)
    except ValueError:
        return json.loads(cell)  # blanks at the beginning, or the error to tell
    return value if end == len(cell) else json.loads(cell)


def _decode_spans(cell: str) -> tuple[Span, ...]:
    return tuple([Span(start, stop) for start, stop in _parsed(cell)])


def _decode_fragments(cell: str) -> tuple[Fragment, ...]:
    return tuple([Fragment(*parts) for parts in _parsed(cell)])


@lru_cache(maxsize=4096)
def decode_values(cell: str) -> Values:
    """Most annotations bear one of a few combinations of values: each is parsed once, and kept once."""
    if cell == "{}":
        return ()
    return tuple((uid, _value(value)) for uid, value in _parsed(cell).items())


def _value(value: Any) -> Value:
    return tuple(value) if isinstance(value, list) else cast("Value", value)


def _decode_strings(cell: str) -> tuple[str, ...]:
    return tuple(_parsed(cell))


def _decode_pairs(cell: str) -> tuple[tuple[str, str], ...]:
    return tuple((key, value) for key, value in _parsed(cell))


def _same(cell: Any) -> Any:
    return cell


_CODECS: dict[str, tuple[Callable[[Any], Cell], Callable[[Any], Any]]] = {
    "fragments": (_encode_fragments, _decode_fragments),
    "furniture": (_encode_spans, _decode_spans),
    "values": (_encode_values, decode_values),
    "extra": (_dump, _decode_pairs),
    "aliases": (_dump, _decode_strings),
    "examples": (_dump, _decode_strings),
    "choices": (_dump, _decode_strings),
}


class Table(Struct, frozen=True):
    """How one record kind is stored.

    ``columns`` are the record's fields in order; ``derived`` are further columns computed from it, which
    only queries and views read. ``fields`` gets a record's values at once; ``uncoded`` are the places of those that are
    not their cells themselves, with what makes cells of them, ``coded`` the same for the way back.
    ``heads`` are the names of the columns as they stand in JSON.
    """

    kind: Kind
    record_type: type[Record]
    columns: tuple[str, ...]
    fields: Callable[[Record], tuple[Any, ...]]
    uncoded: tuple[tuple[int, Callable[[Any], Cell]], ...]
    decoders: tuple[Callable[[Any], Any], ...]
    coded: tuple[tuple[int, Callable[[Any], Any]], ...]
    derived: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()

    def encode(self, record: Record) -> Row:
        """Return the record's columns as cells."""
        cells: list[Any] = list(self.fields(record))
        for at, encode in self.uncoded:
            cells[at] = encode(cells[at])
        return tuple(cells)

    def row(self, record: Record) -> Row:
        """Return ``encode`` and ``derive`` at once: for annotations of one fragment in two thirds of the time."""
        if type(record) is not Annotation or len(record.fragments) != 1:
            return (*self.encode(record), *self.derive(record))
        (one,) = record.fragments
        start, stop, exact = one.start, one.stop, one.exact
        return (
            record.uid, record.article, record.tag_type, record.annotation_set,
            f"[[{start:d},{stop:d},{_quote(exact)},{_quote(one.prefix)},{_quote(one.suffix)}]]",
            record.annotator, record.entity, _encode_values(record.values) if record.values else "{}", record.note,
            record.confidence._value_, record.origin, record.created, record.modified,
            start, stop, exact, f"{start}-{stop}",
        )  # fmt: skip

    def decode(self, row: Row) -> Record:
        """Return the record that these cells hold; raises ValueError, TypeError or KeyError on a damaged row."""
        cells: list[Any] = list(row)
        for at, decode in self.coded:
            cells[at] = decode(cells[at])
        return self.record_type(*cells)

    def derive(self, record: Record) -> Row:
        """Return the derived columns of the record."""
        return _derived(record) if self.derived and isinstance(record, Annotation) else ()

    @property
    def select(self) -> str:
        """``SELECT columns FROM table``, to which a WHERE may be added."""
        return f"SELECT {', '.join(quoted(column) for column in self.columns)} FROM {self.kind}"


def quoted(column: str) -> str:
    """Quote a column name of ours that is a word of SQL."""
    return f'"{column}"'


def spans_text(annotation: Annotation) -> str:
    """Write the fragments as exports do: ``133-180;200-234``."""
    return ";".join(f"{f.start}-{f.stop}" for f in annotation.fragments)


def _derived(annotation: Annotation) -> Row:
    if len(annotation.fragments) == 1:  # most are so, and need nothing joined
        (one,) = annotation.fragments
        return (one.start, one.stop, one.exact, f"{one.start}-{one.stop}")
    return (annotation.start, annotation.stop, annotation.text, spans_text(annotation))


def _plain_encoder(hint: Any) -> Callable[[Any], Cell]:
    if hint is bool:
        return int
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return str
    return _same


def _plain_decoder(hint: Any) -> Callable[[Any], Any]:
    if hint is bool:
        return bool
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _member_decoder(hint)
    return _same


def _member_decoder(enum: type[StrEnum]) -> Callable[[Any], Any]:
    members: dict[str, StrEnum] = {member.value: member for member in enum}

    def decode(cell: str) -> StrEnum:
        # Asked of the class itself, what is no member raises its ValueError.
        return members[cell] if cell in members else enum(cell)

    return decode


@cache
def table(kind: Kind) -> Table:
    """Return how a record kind is stored."""
    record_type = RECORD_TYPES[kind]
    hints = get_type_hints(record_type)
    names = record_type.__struct_fields__
    codecs = [_CODECS.get(name) or (_plain_encoder(hints[name]), _plain_decoder(hints[name])) for name in names]
    derived = ("start", "stop", "text", "spans") if kind is Kind.ANNOTATION else ()
    encoders, decoders = zip(*codecs, strict=True)
    uncoded = tuple((at, encode) for at, encode in enumerate(encoders) if encode is not _same)
    coded = tuple((at, decode) for at, decode in enumerate(decoders) if decode is not _same)
    return Table(kind, record_type, names, attrgetter(*names), uncoded, decoders, coded, derived,
                 tuple(f"{_quote(name)}:" for name in names))  # fmt: skip


def to_json(kind: Kind, record: Record | None, cells: Row | None = None) -> str | None:
    """Write a record for the history, or None; ``cells`` are its columns where they have been encoded already."""
    if record is None:
        return None
    stored = table(kind)
    pairs = zip(stored.heads, stored.encode(record) if cells is None else cells, strict=True)
    # Most cells are texts: quoted alone each takes a fifth of the time.
    return f"{{{','.join([head + (_quote(cell) if cell.__class__ is str else _dump(cell)) for head, cell in pairs])}}}"


def from_json(kind: Kind, cell: str | None) -> Record | None:
    """Read a record of the history; fields that a later version added take their defaults."""
    if cell is None:
        return None
    stored = table(kind)
    cells: dict[str, Cell] = _parsed(cell)
    if tuple(cells) == stored.columns:
        return stored.decode(tuple(cells.values()))
    decoders = zip(stored.columns, stored.decoders, strict=True)
    return stored.record_type(**{name: decode(cells[name]) for name, decode in decoders if name in cells})
