"""Two sets beside each other: what differs stands out, what is agreed is quiet, nothing else shows."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage

FIRST, SECOND, DIFFERING = ["S1", "Q3", "C1"], ["S2", "L0", "Q4"], ["Q3", "C1", "Q4"]


def test_only_the_two_sets_are_shown_and_where_they_agree_one_stands_for_both(make_reader, sheet) -> None:
    reader = make_reader(sheet)
    reader.set_lanes(FIRST, SECOND, DIFFERING)
    shown = {a.uid for position in range(len(sheet.text)) for a in reader.annotations_at(position)}
    assert shown == {"S1", "Q3", "C1", "Q4"}
    reader.clear_lanes()
    assert {a.uid for a in reader.annotations_at(sheet.span("Sudzha").start)} >= {"L2", "C2"}


def test_the_margin_names_the_lane_of_what_differs(make_reader, sheet) -> None:
    reader = make_reader(sheet, width=1100)
    reader.set_lanes(FIRST, SECOND, DIFFERING)
    assert reader.content.label(reader.content.index.get("Q3")) == "A · Quote"
    assert reader.content.label(reader.content.index.get("Q4")) == "B · Quote"
    assert reader.content.label(reader.content.index.get("S1")) == "Speaker"
    assert reader.content.quiet("S1")
    assert not reader.content.quiet("Q4")
    reader.set_lanes(FIRST, (), FIRST)
    assert reader.content.label(reader.content.index.get("Q3")) == "Quote"


def test_the_second_stands_below_the_first_where_they_overlap(make_reader, new_sheet) -> None:
    sheet = new_sheet("He said the talks go on today.")
    sheet.tag("a", "quote", "the talks go on")
    sheet.tag("b", "quote", "talks go on")
    sheet.tag("c", "location", "today")
    reader = make_reader(sheet)
    reader.set_lanes(["a"], ["b", "c"], ["a", "b", "c"])
    marks = {mark.entry.uid: mark.depths[0] for mark in reader._painter.marks(reader.document().firstBlock())}
    assert marks == {"a": 0, "b": 1, "c": 0}


def test_the_lanes_have_room_left_of_the_text_and_are_painted_there(make_reader, sheet) -> None:
    reader = make_reader(sheet, width=500)
    before = reader.viewport().geometry().left()
    reader.set_lanes(FIRST, SECOND, DIFFERING)
    assert before < 44 <= reader.viewport().geometry().left()
    reader.select_annotation("Q3")
    painted = _strip(reader)
    reader.clear_lanes()
    assert reader.viewport().geometry().left() == before
    assert len(_colours(painted)) > 3
    assert len(_colours(_strip(reader))) == 1


def test_no_edge_and_no_link_can_be_dragged_while_sets_are_compared(make_reader, sheet) -> None:
    reader = make_reader(sheet)
    reader.select_annotation("Q3")
    box = reader.rectangles_of(sheet.annotations[8].spans[0])[0]
    edge = QPointF(box.left(), box.center().y()).toPoint()
    assert reader._edges.edge_at(edge) is not None
    assert reader.margin.handle_point() is not None
    reader.set_lanes(FIRST, SECOND, DIFFERING)
    assert reader._edges.edge_at(edge) is None
    assert reader.margin.handle_point() is None


def _strip(reader) -> QImage:
    return reader._gutter.grab().toImage()


def _colours(image: QImage) -> set[int]:
    return {image.pixel(x, y) for x in range(image.width()) for y in range(0, image.height(), 3)}
