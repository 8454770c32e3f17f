from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QHelpEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from support.pointer import hover

from annotator.model.annotation import Annotation
from annotator.model.codebook import Codebook, Part, TagType
from annotator.model.span import Span, fragments
from annotator.ui.reader.content import Content
from annotator.ui.reader.margin_layout import LANE, LONGEST_LABEL, PILL_ENDS
from annotator.ui.theme.theme import load_theme

Left, NoModifier, Shift = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


def on_margin(reader, rectangle):
    return (rectangle.center() - QPointF(0, reader.scrolled().y())).toPoint()


def chip(reader, uid):
    return next(chip for chip in reader.margin.laid_out().chips if chip.uid == uid)


def bracket(reader, uid):
    return next(bracket for bracket in reader.margin.laid_out().brackets if bracket.uid == uid)


def pills(reader):
    return {pill.uid: pill for pill in reader.margin.laid_out().pills}


def test_a_click_on_a_chip_activates_its_annotation(make_reader, sheet):
    reader = make_reader(sheet, width=1200)
    told = []
    reader.annotation_activated.connect(told.append)
    QTest.mouseClick(reader.margin, Left, NoModifier, on_margin(reader, chip(reader, "L5").rectangle))
    assert told == ["L5"]


def test_a_click_on_a_bracket_activates_its_annotation(make_reader, sheet):
    reader = make_reader(sheet, width=1200)
    told = []
    reader.annotation_activated.connect(told.append)
    QTest.mouseClick(reader.margin, Left, NoModifier, on_margin(reader, bracket(reader, "Q4").rectangle))
    QTest.mouseClick(
        reader.margin, Qt.MouseButton.RightButton, NoModifier, on_margin(reader, chip(reader, "L5").rectangle)
    )
    QTest.mouseClick(reader.margin, Left, NoModifier, QPoint(reader.margin.width() - 2, reader.margin.height() - 2))
    assert told == ["Q4"]


def test_a_bracket_spans_its_lines_and_joins_fragments(make_reader, sheet):
    reader = make_reader(sheet, width=1200)
    long = bracket(reader, "Q4")
    boxes = reader.rectangles_of(
        sheet.span("that Russian forces had recaptured the town of Sudzha in the Kursk region")
    )
    assert long.bars[0][0] == pytest.approx(boxes[0].top(), abs=1)
    assert long.bars[-1][1] == pytest.approx(boxes[-1].bottom(), abs=1)
    assert len(bracket(reader, "Q5").bars) == 2
    assert "L5" not in {bracket.uid for bracket in reader.margin.laid_out().brackets}


def test_brackets_never_collide(make_reader, sheet):
    reader = make_reader(sheet, width=700)
    brackets = reader.margin.laid_out().brackets
    for one in brackets:
        for other in brackets:
            if one is not other and one.x == other.x:
                assert one.bars[-1][1] <= other.bars[0][0] or other.bars[-1][1] <= one.bars[0][0]


@pytest.mark.parametrize("width", [420, 560, 700, 1000, 1400])
@pytest.mark.parametrize("selected", [None, "Q3", "C2"])
def test_chips_and_pills_never_collide_nor_leave_the_margin(make_reader, sheet, width, selected):
    reader = make_reader(sheet, width=width)
    reader.select_annotation(selected)
    layout = reader.margin.laid_out()
    places = [chip.rectangle for chip in layout.chips] + [pill.rectangle for pill in layout.pills]
    for at, one in enumerate(places):
        assert one.left() > 0
        assert one.right() <= reader.margin.width() - LANE
        for other in places[at + 1 :]:
            assert not one.adjusted(1, 1, -1, -1).intersects(other.adjusted(1, 1, -1, -1))


def test_a_wide_margin_shows_all_labels_and_a_narrow_one_what_fits(make_reader, sheet):
    wide = make_reader(sheet, width=1400)
    first_row = [chip.label for chip in wide.margin.laid_out().chips[:1]]
    assert first_row == ["Location"]
    narrow = make_reader(sheet, width=420)
    labels = {chip.label for chip in narrow.margin.laid_out().chips}
    assert "" in labels
    cue = [chip for chip in wide.margin.laid_out().chips if chip.tag.auxiliary]
    assert any(chip.label == "" for chip in cue)


def test_more_annotations_than_fit_are_counted(make_reader, new_sheet):
    sheet = new_sheet("one two three")
    for number in range(30):
        sheet.tag(f"{number:02}", "speaker", "two")
    reader = make_reader(sheet, width=700)
    reader.select_annotation("29")
    layout = reader.margin.laid_out()
    assert "29" in {chip.uid for chip in layout.chips}
    ((_, text),) = layout.more
    assert text == f"+{30 - len(layout.chips)}"
    reader.margin.grab()


def test_the_selected_ones_links_are_connectors_with_roles(make_reader, sheet):
    reader = make_reader(sheet, width=1200)
    assert pills(reader) == {}
    assert reader.margin.laid_out().handle is None
    reader.select_annotation("Q3")
    labels = [pill.label for pill in reader.margin.laid_out().pills]
    assert "← Content of" in labels
    assert any("Speaker" in label and "Cue" in label and "Addressee" in label for label in labels)
    height = reader.margin.laid_out().handle
    box = reader.rectangles_of(sheet.span("“Before"))[0]
    assert abs(height - box.center().y() - reader.scrolled().y()) < 2


@pytest.mark.parametrize("width", [420, 520, 700, 1200])
def test_a_role_is_told_whole_or_by_a_sign(make_reader, sheet, width):
    reader = make_reader(sheet, width=width)
    reader.select_annotation("Q5")
    reader.set_ghost(sheet.span("Her office"), "speaker? ⏎")
    layout = reader.margin.laid_out()
    for pill in (*layout.pills, layout.ghost):
        whole = pill.label == pill.told and pill.rectangle.width() >= reader.margin._label_width(pill.told) + PILL_ENDS
        assert whole or pill.label in ("", "?", "↑", "↓") or pill.rectangle.width() >= LONGEST_LABEL
    reader.margin.grab()


def test_what_an_arrow_stands_for_is_told_by_its_tooltip(make_reader, sheet):
    reader = make_reader(sheet, width=420)
    reader.select_annotation("Q5")
    pill = pills(reader)["S5"]
    assert (pill.told, pill.label) == ("Speaker", "")
    place = QPointF(on_margin(reader, pill.rectangle))
    assert reader.margin.tooltip_at(place).startswith("Speaker\nSpeaker: ")
    wide = make_reader(sheet, width=1200)
    wide.select_annotation("Q5")
    pill = pills(wide)["S5"]
    assert pill.label == "Speaker"
    assert wide.margin.tooltip_at(QPointF(on_margin(wide, pill.rectangle))).startswith("Speaker: ")


def test_a_role_without_a_rule_is_shown_as_it_is(make_reader, sheet):
    sheet.link("hearsay", "L5", "L7")
    reader = make_reader(sheet, width=1200)
    reader.select_annotation("L5")
    assert [pill.label for pill in reader.margin.laid_out().pills] == ["hearsay"]


def test_a_link_to_what_is_not_shown_here_has_no_connector(make_reader, sheet):
    sheet.link("speaker", "Q7", "elsewhere")
    reader = make_reader(sheet, width=1200)
    reader.select_annotation("Q7")
    assert reader.margin.laid_out().pills == []


def test_a_click_on_a_connector_goes_to_the_partner(make_reader, sheet):
    reader = make_reader(sheet, width=1200)
    reader.select_annotation("Q5")
    told = []
    reader.annotation_activated.connect(told.append)
    QTest.mouseClick(reader.margin, Left, NoModifier, on_margin(reader, pills(reader)["S5"].rectangle))
    assert told == ["S5"]


def test_partners_out_of_sight_are_at_the_edges(make_reader, sheet):
    sheet.link("speaker", "Q5", "S1")
    sheet.link("speaker", "Q5", "L7")
    reader = make_reader(sheet, width=700, height=110)
    reader.select_annotation("Q5")
    box = reader.rectangles_of(sheet.span("“We are ready,”"))[0]
    reader.verticalScrollBar().setValue(round(reader.verticalScrollBar().value() + box.top() - 10))
    found = pills(reader)
    assert found["S1"].label.startswith("↑")
    assert found["L7"].label.startswith("↓")
    assert found["S1"].told.startswith("↑ ")
    top = reader.scrolled().y()
    assert top < found["S1"].y < found["L7"].y < top + reader.viewport().height()
    chips = [chip.rectangle for chip in reader.margin.laid_out().chips]
    assert not any(chip.intersects(pill.rectangle) for chip in chips for pill in found.values())


def test_the_handle_of_a_selected_one_out_of_sight_waits_at_the_edge(make_reader, sheet):
    reader = make_reader(sheet, width=700, height=110)
    reader.select_annotation("Q3")
    reader.verticalScrollBar().setValue(reader.verticalScrollBar().maximum())
    assert reader.margin.laid_out().handle == pytest.approx(reader.scrolled().y() + 13)
    reader.select_annotation("Q7", reveal=False)
    reader.verticalScrollBar().setValue(0)
    assert reader.margin.laid_out().handle == pytest.approx(reader.viewport().height() - 13)


def test_links_added_and_removed_show(make_reader, sheet):
    reader = make_reader(sheet, width=1200)
    reader.select_annotation("Q7")
    link = sheet.link("speaker", "Q7", "S7")
    reader.apply_changes([], [], [], [link])
    assert [pill.uid for pill in reader.margin.laid_out().pills] == ["S7"]
    reader.apply_changes([], [], [link.uid], [])
    assert reader.margin.laid_out().pills == []


def test_tooltips_say_what_an_annotation_covers(make_reader, sheet):
    reader = make_reader(sheet, width=1200)
    reader.set_incomplete({"Q3"})
    assert reader.margin.tooltip_at(on_margin(reader, chip(reader, "L5").rectangle).toPointF()) == "Location: Kyiv"
    quote = reader.margin.tooltip_at(on_margin(reader, chip(reader, "Q3").rectangle).toPointF())
    assert quote.startswith("Quote: “Before the talks start")
    assert quote.endswith("Incomplete")
    assert reader.margin.tooltip_at(QPointF(1, reader.margin.height() - 1)) == ""
    reader.select_annotation("Q3")
    assert "link" in reader.margin.tooltip_at(reader.margin.handle_point())


def test_long_words_are_shortened_in_the_tooltip(make_reader, new_sheet):
    sheet = new_sheet("word " * 80)
    sheet.annotations.append(Annotation("a", "a", "quote", "s", fragments(sheet.text, [Span(0, 390)]), "me"))
    reader = make_reader(sheet, width=1200)
    text = reader.margin.tooltip_at(on_margin(reader, chip(reader, "a").rectangle).toPointF())
    assert text.endswith("…")
    assert len(text) < 135


def test_the_tooltip_event_is_answered(make_reader, sheet):
    reader = make_reader(sheet, width=1200)
    point = on_margin(reader, chip(reader, "L5").rectangle)
    event = QHelpEvent(QEvent.Type.ToolTip, point, reader.margin.mapToGlobal(point))
    assert QApplication.sendEvent(reader.margin, event)


def test_incomplete_ones_carry_a_mark(make_reader, sheet):
    reader = make_reader(sheet, width=1200)
    box = QRectF(chip(reader, "Q7").rectangle)
    area = box.translated(0, -reader.scrolled().y()).adjusted(-4, -2, -box.width() + 8, -6).toRect()

    def reds():
        image = reader.margin.grab(area).toImage()
        return sum(
            image.pixelColor(x, y).red() - image.pixelColor(x, y).blue() > 60
            for x in range(image.width())
            for y in range(image.height())
        )

    assert reds() == 0
    reader.set_incomplete({"Q7"})
    assert reds() > 3


def test_the_pointer_shows_what_can_be_clicked(make_reader, sheet):
    reader = make_reader(sheet, width=1200)
    margin = reader.margin
    hover(margin, on_margin(reader, chip(reader, "L5").rectangle))
    assert margin.cursor().shape() is Qt.CursorShape.PointingHandCursor
    hover(margin, QPoint(2, margin.height() - 3))
    assert margin.cursor().shape() is Qt.CursorShape.ArrowCursor
    reader.select_annotation("Q3")
    hover(margin, margin.handle_point().toPoint())
    assert margin.cursor().shape() is Qt.CursorShape.CrossCursor
    QApplication.sendEvent(margin, QEvent(QEvent.Type.Leave))
    assert margin._hovered == ""


def test_the_wheel_over_the_margin_and_the_gutter_scrolls(make_reader, sheet):
    reader = make_reader(sheet, height=200)
    for widget in (reader.margin, reader._gutter):
        before = reader.verticalScrollBar().value()
        event = QWheelEvent(
            QPointF(5, 5), QPointF(widget.mapToGlobal(QPointF(5, 5))), QPoint(), QPoint(0, -120),
            Qt.MouseButton.NoButton, NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(widget, event)
        assert reader.verticalScrollBar().value() > before


def test_a_selection_may_begin_in_the_gutter(make_reader, sheet):
    reader = make_reader(sheet, width=1200)
    gutter = reader._gutter
    y = round(reader.rectangles_of(sheet.span("US delegation"))[0].center().y())
    QTest.mousePress(gutter, Left, NoModifier, QPoint(gutter.width() - 3, y))
    stop = gutter.mapFrom(reader, reader.viewport().mapTo(reader, reader.point_of(3)))
    QTest.mouseMove(gutter, stop + QPoint(-2, 0))
    QTest.mouseRelease(gutter, Left, NoModifier, stop + QPoint(-4, 0))
    assert reader.selection() == Span(0, 3)


def test_the_margin_takes_the_themes_ground(make_reader, sheet):
    reader = make_reader(sheet, width=1200)
    reader.set_theme(load_theme("dark"))
    reader.select_annotation("Q3")
    image = reader.margin.grab().toImage()
    assert image.pixelColor(1, 1).name() == load_theme("dark").reader.lower()


def test_a_ghosts_label_has_a_dotted_pill(make_reader, sheet):
    reader = make_reader(sheet, width=1200)
    reader.set_ghost(sheet.span("Her office"), "Her office")
    box = reader.margin.laid_out().ghost.rectangle.translated(0, -reader.scrolled().y()).toRect()
    with_ghost = reader.margin.grab(box).toImage()
    reader.set_ghost(None)
    assert reader.margin.grab(box).toImage() != with_ghost
    reader.set_ghost(sheet.span("Saudi"), "out of sight")
    reader.resize(1200, 120)
    assert reader.margin.laid_out().ghost is None


def test_a_long_label_is_shortened(make_reader, sheet):
    long = TagType("location", "location", "A location of which much can be said", "#C85400", "3", Part.LOCATION)
    reader = make_reader(sheet, width=1400)
    reader.set_codebook(Codebook((long,)))
    box = chip(reader, "L5").rectangle
    assert box.width() < 125
    reader.margin.grab()


def test_partners_are_outlined_as_soon_as_they_are_linked(make_reader, sheet):
    reader = make_reader(sheet, width=1000)
    reader.select_annotation("Q7")
    box = reader.rectangles_of(sheet.span("Top Kremlin aide Yuri Ushakov"))[0].toRect().adjusted(0, 0, 0, -12)
    before = reader.viewport().grab(box).toImage()
    link = sheet.link("speaker", "Q7", "S7")
    reader.apply_changes([], [], [], [link])
    assert reader.viewport().grab(box).toImage() != before
    reader.apply_changes(["Q7"], [], [link.uid], [])
    assert reader.viewport().grab(box).toImage() == before


@given(before=st.sets(st.sampled_from("abcdef")), among=st.sets(st.sampled_from("abcdef")), data=st.data())
def test_what_is_incomplete_among_some_leaves_the_others_as_they_are(before, among, data):
    content = Content()
    assert content.set_incomplete(before, None) is bool(before)
    now = data.draw(st.sets(st.sampled_from(sorted(among)))) if among else set()
    assert content.set_incomplete(now, among) is ((before - among) | now != before)
    assert content.incomplete == (before - among) | now
