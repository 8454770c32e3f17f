from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF

from annotator.model.span import Span

PIECES = [
    "word ",
    "שלום ",
    "مرحبا ",
    "123 ",
    "😀",
    "👍🏽 ",
    "e\u0301",
    "\u00a0",
    "\u2028",
    "\n",
    "(a) ",
    "中文。",
    "\t",
]
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=25).map("".join)
MIXED = ["word ", "שלום ", "مكتب ", "123 ", "(a) ", "中文"]
mixed = st.lists(st.sampled_from(MIXED), min_size=1, max_size=12).map("".join)
modest = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def one_reader(make_reader):
    return make_reader("", width=520)


@modest
@given(texts)
def test_the_lines_cover_the_whole_text_in_order(one_reader, text):
    reader = one_reader
    reader.show_article(text)
    at = 0
    for position in range(len(text)):
        line = reader._geometry.line_at(position)
        assert line.start <= position
        assert position < line.stop or text[position] == "\n" or position == len(text)
        assert line.top < line.baseline < line.bottom + 8
        assert line.top >= at
        at = line.top


@modest
@given(texts)
def test_the_document_has_a_place_for_every_code_point(one_reader, text):
    reader = one_reader
    reader.show_article(text)
    assert reader.document().characterCount() - 1 == reader._geometry.positions.units
    reader.set_selection(Span(0, len(text)))
    assert reader.selection() == Span(0, len(text))


@modest
@given(texts, st.data())
def test_a_spans_rectangles_lie_in_the_text_and_never_overlap(one_reader, text, data):
    reader = one_reader
    reader.show_article(text)
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    boxes = reader.rectangles_of(span)
    assert boxes
    for at, box in enumerate(boxes):
        assert box.width() > 0
        assert box.left() >= 0
        for other in boxes[at + 1 :]:
            assert not box.adjusted(0.6, 0.6, -0.6, -0.6).intersects(other)


@modest
@given(mixed)
def test_a_visible_character_is_found_where_it_is(one_reader, text):
    reader = one_reader
    reader.show_article(text.strip())
    for position, character in enumerate(text.strip()):
        if not character.isspace():
            assert reader.hit(reader.point_of(position)).character == position


def test_beside_and_below_the_text_there_is_no_character(make_reader):
    reader = make_reader("one two\nthree")
    line = reader.rectangles_of(Span(0, 3))[0]
    assert reader.hit(QPoint(reader.viewport().width() - 2, round(line.center().y()))).character is None
    assert reader.hit(QPoint(reader.viewport().width() - 2, round(line.center().y()))).caret == 7
    below = reader.hit(QPoint(1, reader.viewport().height() - 2))
    assert (below.caret, below.character) == (8, None)
    assert reader.hit(QPoint(1, -50)).caret == 0


def test_the_line_is_measured_again_after_a_change_of_width(make_reader, sheet):
    reader, longest = make_reader(sheet, width=1200), max(sheet.text.split("\n"), key=len)
    wide = len(reader.rectangles_of(sheet.span(longest)))
    reader.resize(420, 600)
    assert len(reader.rectangles_of(sheet.span(longest))) > wide


def test_a_combining_mark_has_the_box_of_its_letter(make_reader):
    reader = make_reader("ae\u0301b")
    letter, mark = (reader.rectangles_of(Span(at, at + 1))[0] for at in (1, 2))
    assert letter == mark


def test_shown_span_is_what_is_in_sight(make_reader, sheet):
    reader = make_reader(sheet, height=120)
    assert reader.shown_span().start == 0
    assert reader.shown_span().stop < len(sheet.text)
    reader.verticalScrollBar().setValue(reader.verticalScrollBar().maximum())
    assert reader.shown_span().start > 0
    assert reader.shown_span().stop >= len(sheet.text) - 1
    assert make_reader("").shown_span() == Span(0, 1)


def test_an_empty_line_within_a_span_has_no_box(make_reader):
    reader = make_reader("one\n\n\ntwo")
    assert len(reader.rectangles_of(Span(0, 9))) == 2
    assert len(reader.rectangles_of(Span(4, 5))) == 1  # where the caret would stand


@modest
@given(texts)
def test_the_blank_above_the_text_is_above_its_first_paragraph(one_reader, text):
    reader = one_reader
    reader.show_article(text)
    first = reader.document().begin()
    top = reader._geometry.lines(first)[0].top
    assert top > 0
    for y in (-50.0, 0.0, top - 0.5, top):
        assert reader._geometry._block_near(QPointF(0, y)) == first


def test_only_what_is_in_sight_is_measured_for_the_first_frame(make_reader, qtbot):
    reader = make_reader("", width=520)
    reader.show_article("\n".join(f"Paragraph {number}: the talks go on in the harbour." for number in range(400)))
    reader.grab()
    in_sight = reader.viewport().height() / (reader._geometry.lines(reader.document().begin())[0].bottom)
    assert 0 < len(reader._geometry._blocks) < 2 * in_sight


@modest
@given(texts, st.integers(-500, 1500), st.integers(0, 1500), st.data())
def test_a_span_is_cut_to_the_lines_between_two_heights(one_reader, text, top, height, data):
    reader = one_reader
    reader.show_article(text)
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    cut = reader._geometry.cut(span, top, top + height)
    between = reader._geometry.lines_span(top, top + height)
    assert span.start <= cut.start < cut.stop <= span.stop
    if between is not None and between.overlaps(span):
        assert cut.covers(Span(max(span.start, between.start), min(span.stop, between.stop)))
    if cut != span:
        assert between is not None
        assert between.covers(cut)
