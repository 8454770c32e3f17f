from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from annotator.model.annotation import Annotation
from annotator.model.changes import RECORD_TYPES, Kind
from annotator.model.entity import Entity, EntityKind
from annotator.model.span import Fragment, Span
from annotator.storage import records

VALUES = st.dictionaries(
    st.text(alphabet="abc", min_size=1), st.text() | st.floats(allow_nan=False) | st.booleans() | st.tuples(st.text())
).map(lambda found: tuple(sorted(found.items())))


@pytest.mark.parametrize("kind", Kind)
def test_a_table_has_the_record_s_fields_as_columns(kind: Kind) -> None:
    stored = records.table(kind)
    assert stored.record_type is RECORD_TYPES[kind]
    assert stored.columns[0] == "uid"
    assert stored.select.endswith(f" FROM {kind}")


@given(note=st.text(), values=VALUES, exact=st.text(min_size=1))
def test_what_is_written_is_read_back(note: str, values: tuple[tuple[str, str], ...], exact: str) -> None:
    pieces = (Fragment(0, 1, exact, note, ""), Fragment(5, 9, exact))
    made = Annotation("u", "a", "t", "s", pieces, "p", None, values, note)
    stored = records.table(Kind.ANNOTATION)
    assert stored.decode(stored.encode(made)) == made
    assert records.from_json(Kind.ANNOTATION, records.to_json(Kind.ANNOTATION, made)) == made
    assert stored.derive(made) == (0, 9, f"{exact} […] {exact}", "0-1;5-9")
    for one in (made, replace(made, fragments=pieces[:1])):
        row = stored.row(one)
        assert row == (*stored.encode(one), *stored.derive(one))
        assert {type(cell) for cell in row} <= {str, int, type(None)}


def test_coordinates_keep_every_digit() -> None:
    made = Entity("e", EntityKind.PLACE, "Sudzha", ("a",), latitude=51.190000000000005, longitude=-0.1)
    assert records.from_json(Kind.ENTITY, records.to_json(Kind.ENTITY, made)) == made
    assert records.table(Kind.ENTITY).derive(made) == ()


def test_nothing_and_fields_that_came_later() -> None:
    assert records.to_json(Kind.ENTITY, None) is None
    assert records.from_json(Kind.ENTITY, None) is None
    old = '{"uid":"e","kind":"place","name":"Sudzha"}'
    assert records.from_json(Kind.ENTITY, old) == Entity("e", EntityKind.PLACE, "Sudzha")


def test_furniture_and_extra_fields() -> None:
    from support import projects

    made, _ = projects.new_article(furniture=(Span(1, 2), Span(4, 6)), extra=(("desk", "b"), ("desk", "a")))
    stored = records.table(Kind.ARTICLE)
    assert stored.decode(stored.encode(made)) == made
    assert stored.decode(stored.encode(replace(made, furniture=()))).furniture == ()  # type: ignore[union-attr]


@pytest.mark.parametrize("cell", ["", "[[1,2]", "[[1,2]] x", "nothing", "[[2,1]]", "[1]"])
def test_a_damaged_cell_is_no_record(cell: str) -> None:
    from support import projects

    made, _ = projects.new_article()
    stored = records.table(Kind.ARTICLE)
    row = list(stored.encode(made))
    row[stored.columns.index("furniture")] = cell
    with pytest.raises((ValueError, TypeError)):
        stored.decode(tuple(row))


def test_blanks_around_a_cell_do_no_harm() -> None:
    stored = records.table(Kind.ENTITY)
    row = list(stored.encode(Entity("e", EntityKind.PLACE, "Sudzha", ("a", "b"))))
    row[stored.columns.index("aliases")] = ' ["a", "b"] '
    assert stored.decode(tuple(row)) == Entity("e", EntityKind.PLACE, "Sudzha", ("a", "b"))


def test_a_row_of_another_length_or_with_an_unknown_word_is_no_record() -> None:
    stored = records.table(Kind.ENTITY)
    row = stored.encode(Entity("e", EntityKind.PLACE, "Sudzha"))
    for wrong in ((*row, "more"), ("e", "planet", *row[2:])):
        with pytest.raises((ValueError, TypeError)):
            stored.decode(wrong)
