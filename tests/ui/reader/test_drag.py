from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from support.pointer import hover

from annotator.model.span import Span
from annotator.ui.reader.drag import Edge
from annotator.ui.theme.theme import load_theme

Left, NoModifier = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def end_of(reader, span):
    box = reader.rectangles_of(span)[-1]
    return QPoint(round(box.right()) - 1, round(box.center().y()))


def start_of(reader, span):
    box = reader.rectangles_of(span)[0]
    return QPoint(round(box.left()) + 1, round(box.center().y()))


def drag(reader, start, stop):
    QTest.mousePress(reader.viewport(), Left, NoModifier, start)
    QTest.mouseMove(reader.viewport(), (start + stop) / 2)
    QTest.mouseMove(reader.viewport(), stop)
    QTest.mouseRelease(reader.viewport(), Left, NoModifier, stop)


@pytest.fixture
def told(make_reader, sheet):
    reader = make_reader(sheet, width=1000)
    signals = []
    reader.edge_dragged.connect(lambda uid, number, span: signals.append((uid, number, span)))
    return reader, sheet, signals


def test_dragging_the_end_tells_the_new_span(told):
    reader, sheet, signals = told
    reader.select_annotation("L5")
    kyiv, wanted = sheet.span("Kyiv"), sheet.span("Kyiv declined")
    drag(reader, end_of(reader, kyiv), end_of(reader, wanted))
    assert signals == [("L5", 0, wanted)]
    assert reader.selection() is None


def test_dragging_the_start_of_a_later_fragment(told):
    reader, sheet, signals = told
    reader.select_annotation("Q5")
    second = sheet.span("“but not at any price 😀, and not before spring.”")
    wanted = Span(sheet.span("evening, “but").start, second.stop)
    drag(reader, start_of(reader, second), start_of(reader, wanted))
    assert signals == [("Q5", 1, wanted)]


def test_an_edge_never_passes_the_other(told):
    reader, sheet, signals = told
    reader.select_annotation("L5")
    kyiv = sheet.span("Kyiv")
    drag(reader, end_of(reader, kyiv), start_of(reader, sheet.span("Her office")))
    assert signals == [("L5", 0, Span(kyiv.start, kyiv.start + 1))]


def test_an_edge_put_back_tells_nothing(told):
    reader, sheet, signals = told
    reader.select_annotation("L5")
    there = end_of(reader, sheet.span("Kyiv"))
    drag(reader, there, there + QPoint(1, 0))
    assert signals == []


def test_a_click_on_an_edge_sets_the_caret(told):
    reader, sheet, signals = told
    reader.select_annotation("L5")
    QTest.mouseClick(reader.viewport(), Left, NoModifier, end_of(reader, sheet.span("Kyiv")))
    assert reader.caret() == sheet.span("Kyiv").stop
    assert signals == []


def test_only_the_selected_annotation_has_edges(told):
    reader, sheet, signals = told
    drag(reader, end_of(reader, sheet.span("Kyiv")), end_of(reader, sheet.span("Kyiv declined")))
    assert signals == []
    assert reader.selection() is not None


def test_escape_leaves_the_fragment_where_it_is(told):
    reader, sheet, signals = told
    reader.select_annotation("L5")
    start, stop = end_of(reader, sheet.span("Kyiv")), end_of(reader, sheet.span("Kyiv declined"))
    QTest.mousePress(reader.viewport(), Left, NoModifier, start)
    QTest.mouseMove(reader.viewport(), stop)
    QTest.keyClick(reader, Qt.Key.Key_Escape)
    QTest.mouseRelease(reader.viewport(), Left, NoModifier, stop)
    assert signals == []


def test_the_new_place_is_shown_while_dragging(told):
    reader, sheet, _ = told
    reader.select_annotation("L5")
    box = reader.rectangles_of(sheet.span("declined"))[0]
    tint = load_theme("light").tag("#C85400").tint_selected.name()

    def tinted():
        image = reader.viewport().grab().toImage()
        return image.pixelColor(round(box.left()) + 1, round(box.top()) + 2).name() == tint

    QTest.mousePress(reader.viewport(), Left, NoModifier, end_of(reader, sheet.span("Kyiv")))
    assert not tinted()
    stop = end_of(reader, sheet.span("Kyiv declined"))
    QTest.mouseMove(reader.viewport(), stop)
    assert tinted()
    QTest.mouseRelease(reader.viewport(), Left, NoModifier, stop)
    assert not tinted()


def test_the_pointer_shows_an_edge(told):
    reader, sheet, _ = told
    reader.select_annotation("L5")
    hover(reader.viewport(), end_of(reader, sheet.span("Kyiv")))
    assert reader.viewport().cursor().shape() is Qt.CursorShape.SplitHCursor
    hover(reader.viewport(), reader.point_of(sheet.span("declined").start + 4))
    assert reader.viewport().cursor().shape() is Qt.CursorShape.IBeamCursor


def test_edges_of_right_to_left_words_are_on_the_other_side(make_reader, new_sheet):
    sheet = new_sheet("אמר שר הביטחון ביום חמישי")
    sheet.tag("a", "speaker", "שר הביטחון")
    reader = make_reader(sheet)
    signals = []
    reader.edge_dragged.connect(lambda *told: signals.append(told))
    reader.select_annotation("a")
    last = reader.rectangles_of(Span(13, 14))[0]
    target = reader.rectangles_of(Span(18, 19))[0]
    start = QPoint(round(last.left()) + 1, round(last.center().y()))
    drag(reader, start, QPoint(round(target.left()) + 1, start.y()))
    assert signals == [("a", 0, Span(4, 19))]


def test_an_edge_moves_within_the_text():
    edge = Edge("a", 0, Span(3, 6), at_start=True)
    assert edge.moved(-4) == Span(0, 6)
    assert edge.moved(9) == Span(5, 6)
    assert Edge("a", 0, Span(3, 6), at_start=False).moved(0) == Span(3, 4)


def pull(reader, point):
    """Draw from the handle to a point of the viewport."""
    margin = reader.margin
    handle = margin.handle_point().toPoint()
    there = margin.mapFrom(reader, reader.viewport().mapTo(reader, point))
    QTest.mousePress(margin, Left, NoModifier, handle)
    QTest.mouseMove(margin, (handle + there) / 2)
    QTest.mouseMove(margin, there)
    return there


def test_a_link_is_drawn_from_the_handle_to_a_mention(make_reader, sheet):
    reader = make_reader(sheet, width=1000)
    signals = []
    reader.link_dragged.connect(lambda uid, position: signals.append((uid, position)))
    reader.select_annotation("Q7")
    position = sheet.span("Ushakov").start + 2
    there = pull(reader, reader.point_of(position))
    assert reader._painter.target == "S7"
    reader.grab()
    QTest.mouseRelease(reader.margin, Left, NoModifier, there)
    assert signals == [("Q7", position)]
    assert reader._painter.target is None


def test_a_link_let_go_outside_the_text_is_none(make_reader, sheet):
    reader = make_reader(sheet, width=1000)
    signals = []
    reader.link_dragged.connect(lambda *told: signals.append(told))
    reader.select_annotation("Q7")
    there = pull(reader, QPoint(reader.viewport().width() + 30, 20))
    QTest.mouseRelease(reader.margin, Left, NoModifier, there)
    there = pull(reader, QPoint(20, reader.viewport().height() - 5))
    QTest.mouseRelease(reader.margin, Left, NoModifier, there)
    assert signals == []


def test_only_types_that_start_links_have_a_handle(make_reader, sheet):
    reader = make_reader(sheet, width=1000)
    assert reader.margin.handle_point() is None
    reader.select_annotation("L5")
    assert reader.margin.handle_point() is None
    reader.select_annotation("C1")
    assert reader.margin.handle_point() is not None


def test_escape_gives_up_a_link(make_reader, sheet):
    reader = make_reader(sheet, width=1000)
    signals = []
    reader.link_dragged.connect(lambda *told: signals.append(told))
    reader.select_annotation("Q7")
    there = pull(reader, reader.point_of(sheet.span("Ushakov").start))
    assert reader.margin.linking
    QTest.keyClick(reader, Qt.Key.Key_Escape)
    assert not reader.margin.linking
    QTest.mouseRelease(reader.margin, Left, NoModifier, there)
    assert signals == []


def test_an_edge_out_of_sight_cannot_be_taken(make_reader, sheet):
    reader = make_reader(sheet, height=100)
    reader.select_annotation("L7")
    reader.verticalScrollBar().setValue(0)
    assert reader._edges.edge_at(QPoint(10, 10)) is None
