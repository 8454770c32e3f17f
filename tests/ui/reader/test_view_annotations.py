from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.model.annotation import Annotation
from annotator.model.span import Span, fragments
from annotator.ui.theme.theme import load_theme

Left = Qt.MouseButton.LeftButton
NoModifier, Control = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
COLOURS = {"speaker": "#0072B2", "quote": "#00805E", "location": "#C85400", "claim": "#A3498B", "cue": "#6B7280"}


def picture(reader):
    return reader.viewport().grab().toImage()


def colours_in(image, box):
    """All colours of the pixels in a rectangle, by name."""
    return {
        image.pixelColor(x, y).name()
        for x in range(max(0, round(box.left())), min(image.width(), round(box.right())))
        for y in range(max(0, round(box.top())), min(image.height(), round(box.bottom())))
    }


def below(box, height=5):
    """The strip under a band where its underline lies."""
    return box.translated(0, box.height() - 1).adjusted(0, 0, 0, height - box.height())


@pytest.mark.parametrize("name", ["light", "dark", "high_contrast"])
@pytest.mark.parametrize(("words", "tag"), [("Kyiv", "location"), ("she", "speaker"), ("confirmed", "cue")])
def test_a_span_has_its_tint_and_its_underline(make_reader, sheet, name, words, tag):
    theme = load_theme(name)
    reader = make_reader(sheet, width=1000)
    reader.set_theme(theme)
    box = reader.rectangles_of(sheet.span(words))[0]
    image, colours = picture(reader), theme.tag(COLOURS[tag])
    assert colours.tint.name() in colours_in(image, box)
    assert colours.line.name() in colours_in(image, below(box))
    assert image.pixelColor(2, 2).name() == theme.reader.lower()


def test_quote_and_claim_underlines_are_painted(make_reader, sheet):
    reader = make_reader(sheet, width=1000)
    theme = load_theme("light")
    quote = reader.rectangles_of(sheet.span("We are ready,"))[0]
    assert theme.tag(COLOURS["quote"]).line.name() in colours_in(picture(reader), below(quote))
    claim = reader.rectangles_of(sheet.span("they haven’t started"))[0]
    line = theme.tag(COLOURS["claim"]).line
    seen = [QColor(name) for name in colours_in(picture(reader), below(claim))]
    assert any(abs(c.red() - line.red()) + abs(c.green() - line.green()) < 60 for c in seen)


def test_the_selected_annotation_has_a_stronger_tint_and_an_outline(make_reader, sheet):
    reader = make_reader(sheet, width=1000)
    colours = load_theme("light").tag(COLOURS["location"])
    box = reader.rectangles_of(sheet.span("Kyiv"))[0]
    assert colours.tint_selected.name() not in colours_in(picture(reader), box)
    reader.select_annotation("L5")
    assert reader.selected_annotation == "L5"
    image = picture(reader)
    assert colours.tint_selected.name() in colours_in(image, box)
    assert image.pixelColor(round(box.center().x()), round(box.top() - 1)).name() == colours.line.name()
    reader.select_annotation(None)
    assert reader.selected_annotation is None


def test_an_unknown_annotation_cannot_be_selected(make_reader, sheet):
    reader = make_reader(sheet)
    reader.select_annotation("nobody")
    assert reader.selected_annotation is None


def test_partners_of_the_selected_one_are_outlined(make_reader, sheet):
    reader = make_reader(sheet, width=1000)
    box = reader.rectangles_of(sheet.span("reporters"))[0]
    strip = box.adjusted(4, -1, -4, 1 - box.height())
    line = load_theme("light").tag(COLOURS["speaker"]).line.name()
    before = colours_in(picture(reader), strip)
    reader.select_annotation("Q3")
    assert line not in before
    assert colours_in(picture(reader), strip) != before


def test_selecting_scrolls_to_the_annotation_unless_told_not_to(make_reader, sheet):
    reader = make_reader(sheet, height=160)
    reader.select_annotation("L7", reveal=False)
    assert reader.verticalScrollBar().value() == 0
    reader.select_annotation("L7")
    box = reader.rectangles_of(sheet.span("Saudi Arabia"))[0]
    assert 0 <= box.top() < box.bottom() <= reader.viewport().height()
    before = reader.verticalScrollBar().value()
    reader.select_annotation("L7")
    assert reader.verticalScrollBar().value() == before


def test_a_click_in_a_span_activates_the_innermost(make_reader, sheet):
    reader = make_reader(sheet, width=1000)
    told = []
    reader.annotation_activated.connect(told.append)
    QTest.mouseClick(reader.viewport(), Left, NoModifier, reader.point_of(sheet.span("haven’t").start))
    QTest.mouseClick(reader.viewport(), Left, NoModifier, reader.point_of(sheet.span("Earlier").start))
    assert told == ["C1"]


def test_control_click_cycles_through_the_spans_under_the_pointer(make_reader, sheet):
    reader = make_reader(sheet, width=1000)
    told = []
    reader.annotation_activated.connect(told.append)
    reader.annotation_activated.connect(reader.select_annotation)
    point = reader.point_of(sheet.span("Sudzha").start + 2)
    for _ in range(4):
        QTest.mouseClick(reader.viewport(), Left, Control, point)
    assert told == ["L2", "C2", "Q4", "L2"]


def test_annotations_at_gives_the_innermost_first_and_no_hidden_ones(make_reader, sheet):
    reader = make_reader(sheet)
    position = sheet.span("Sudzha").start
    assert [a.uid for a in reader.annotations_at(position)] == ["L2", "C2", "Q4"]
    reader.set_hidden_tag_types({"claim"})
    assert [a.uid for a in reader.annotations_at(position)] == ["L2", "Q4"]
    colours = load_theme("light").tag(COLOURS["claim"])
    box = reader.rectangles_of(sheet.span("they haven’t started yet"))[0]
    assert colours.tint.name() not in colours_in(picture(reader), box)


def test_changes_are_taken_over_and_painted(make_reader, sheet):
    reader = make_reader(sheet, width=1000)
    span = sheet.span("Riyadh")
    made = Annotation("new", "a", "location", "set", fragments(sheet.text, [span]), "me")
    colours = load_theme("light").tag(COLOURS["location"])
    box = reader.rectangles_of(span)[0]
    reader.apply_changes([], [made], [], [])
    assert colours.tint.name() in colours_in(picture(reader), box)
    wider = Annotation("new", "a", "location", "set", fragments(sheet.text, [sheet.span("to Riyadh")]), "me")
    reader.apply_changes(["new"], [wider], [], [])
    assert reader.annotations_at(span.start - 2) == [wider]
    reader.select_annotation("new")
    reader.apply_changes(["new", "never seen"], [], ["Q3-speaker-S2", "never seen"], [])
    assert reader.selected_annotation is None
    assert colours.tint.name() not in colours_in(picture(reader), box)


def test_replacing_the_selected_annotation_keeps_it_selected(make_reader, sheet):
    reader = make_reader(sheet)
    reader.select_annotation("L5")
    wider = Span(sheet.span("Kyiv").start, sheet.span("Kyiv").stop + 1)
    moved = Annotation("L5", "a", "location", "set", fragments(sheet.text, [wider]), "me")
    reader.apply_changes(["L5"], [moved], [], [])
    assert reader.selected_annotation == "L5"


def test_only_touched_paragraphs_are_painted_again(make_reader, sheet):
    reader = make_reader(sheet, width=1000)
    picture(reader)
    kept = dict(reader._painter._marks)
    made = Annotation("new", "a", "location", "set", fragments(sheet.text, [sheet.span("Riyadh")]), "me")
    reader.apply_changes([], [made], [], [])
    gone = set(kept) - set(reader._painter._marks)
    assert gone == {reader.document().findBlock(sheet.span("Riyadh").start).blockNumber()}


@pytest.mark.parametrize("many", [0, 200])
def test_very_many_changes_are_painted_as_few_are(make_reader, sheet, monkeypatch, many):
    monkeypatch.setattr("annotator.ui.reader.view._MANY", many)
    reader = make_reader(sheet, width=1000)
    before = picture(reader)
    made = Annotation("new", "a", "location", "set", fragments(sheet.text, [sheet.span("Riyadh")]), "me")
    reader.apply_changes(["L5"], [made], [], [])
    after = picture(reader)
    assert after != before
    reader.refresh()
    assert picture(reader) == after


def test_an_annotation_of_an_unknown_tag_type_is_shown_in_grey(make_reader, sheet):
    made = Annotation("odd", "a", "unheard of", "set", fragments(sheet.text, [sheet.span("Riyadh")]), "me")
    sheet.annotations.append(made)
    reader = make_reader(sheet, width=1000)
    box = reader.rectangles_of(sheet.span("Riyadh"))[0]
    assert load_theme("light").tag("#6B7280").tint.name() in colours_in(picture(reader), box)


def test_furniture_is_dimmed_in_every_theme(make_reader, sheet):
    reader = make_reader(sheet)
    for name in ("dark", "light"):
        theme = load_theme(name)
        reader.set_theme(theme)
        cursor = reader.cursor_at(sheet.span("Share").start + 1)
        assert cursor.charFormat().foreground().color() == QColor(theme.furniture)


def test_found_spans_are_highlighted_and_the_current_one_is_scrolled_to(make_reader, sheet):
    reader = make_reader(sheet, height=200)
    words = [sheet.span("Telegram"), sheet.span("delegation")]
    reader.set_found(words, 0)
    assert reader.verticalScrollBar().value() > 0
    ground = QColor(load_theme("light").reader).name()
    inside = reader.rectangles_of(words[0])[0].adjusted(1, 1, -1, -1)
    assert ground not in colours_in(picture(reader), inside)
    reader.set_found([])
    assert ground in colours_in(picture(reader), inside)


def test_a_flash_fades_and_ends(make_reader, sheet, qtbot):
    reader = make_reader(sheet)
    ground = QColor(load_theme("light").reader).name()
    box = reader.rectangles_of(sheet.span("declined"))[0].adjusted(1, 1, -1, -1)
    reader.flash([sheet.span("declined")])
    assert ground not in colours_in(picture(reader), box)
    qtbot.waitUntil(lambda: not reader._flash.isActive(), timeout=3000)
    assert ground in colours_in(picture(reader), box)
    reader.flash([])
    assert not reader._flash.isActive()


def test_a_ghost_has_a_dotted_underline_and_no_tint(make_reader, sheet):
    reader = make_reader(sheet, width=1000)
    span = sheet.span("Her office")
    box = reader.rectangles_of(span)[0]
    reader.set_ghost(span, "Her office")
    image = picture(reader)
    assert colours_in(image, below(box)) != {QColor(load_theme("light").reader).name()}
    assert QColor(load_theme("light").reader).name() in colours_in(image, box)
    assert reader.margin.laid_out().ghost.label == "Her office"
    reader.set_ghost(None)
    assert reader.margin.laid_out().ghost is None


def test_zoom_by_keys_and_wheel(make_reader, sheet):
    reader = make_reader(sheet)
    told = []
    reader.zoom_changed.connect(told.append)
    QTest.keyClick(reader, Qt.Key.Key_Plus, Control)
    assert reader.document().defaultFont().pixelSize() == round(16 * 1.1)
    QTest.keyClick(reader, Qt.Key.Key_Minus, Control)
    QTest.keyClick(reader, Qt.Key.Key_Minus, Control)
    QTest.keyClick(reader, Qt.Key.Key_0, Control)
    wheel(reader, 120, Control)
    wheel(reader, -120, Control)
    assert told == [110, 100, 90, 100, 110, 100]
    reader.set_zoom(9999)
    assert reader.zoom == 300
    reader.step_zoom(1)
    assert reader.zoom == 300
    reader.set_zoom(1)
    reader.step_zoom(-1)
    assert reader.zoom == 50


def wheel(reader, angle, modifiers=NoModifier):
    middle = QPointF(100, 100)
    event = QWheelEvent(
        middle, QPointF(reader.viewport().mapToGlobal(middle)), QPoint(), QPoint(0, angle), Qt.MouseButton.NoButton,
        modifiers, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(reader.viewport(), event)


def test_zooming_keeps_the_place(make_reader, sheet):
    reader = make_reader(sheet, height=200)
    reader.reveal(sheet.span("Earlier"))
    top = reader.hit(QPoint(1, 1)).caret
    reader.set_zoom(200)
    assert abs(reader.hit(QPoint(1, 1)).caret - top) < 80


def test_the_wheel_scrolls_without_control(make_reader, sheet):
    reader = make_reader(sheet, height=200)
    wheel(reader, -240)
    assert reader.verticalScrollBar().value() > 0
    assert reader.zoom == 100


def test_the_menu_is_asked_for_with_the_place_under_the_pointer(make_reader, sheet):
    reader = make_reader(sheet, width=1000)
    told = []
    reader.context_requested.connect(lambda _, position: told.append(position))
    position = sheet.span("Kyiv").start + 1
    point = reader.point_of(position)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, reader.viewport().mapToGlobal(point))
    QApplication.sendEvent(reader.viewport(), event)
    assert told == [position]
    assert reader.caret() == position
    reader.set_selection(sheet.span("Kyiv declined"))
    QApplication.sendEvent(reader.viewport(), event)
    assert reader.selection() == sheet.span("Kyiv declined")
    key = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, point, reader.viewport().mapToGlobal(point))
    QApplication.sendEvent(reader.viewport(), key)
    assert told[-1] == reader.caret()


def test_another_article_begins_anew(make_reader, sheet):
    reader = make_reader(sheet, height=200)
    reader.select_annotation("L7")
    reader.set_selection(sheet.span("Saudi"))
    reader.set_ghost(sheet.span("Her"), "x")
    told = []
    reader.selection_changed.connect(told.append)
    reader.show_article("other")
    assert told == [None]
    assert (reader.caret(), reader.selection(), reader.selected_annotation) == (0, None, None)
    assert reader.annotations_at(0) == []
    reader.clear_article()
    assert reader.text == ""
    assert reader.point_of(0) is not None
    picture(reader)


def test_a_giant_opens_and_shows_its_end(make_reader):
    text = "\n".join(f"Paragraph {number} " + "words and more words " * 18 for number in range(2550))
    annotations = [
        Annotation(f"{n:05}", "a", "quote", "set", fragments(text, [Span(n * 90, n * 90 + 120)]), "me")
        for n in range(10000)
    ]
    reader = make_reader()
    reader.show_article(text, (), annotations)
    picture(reader)
    reader.select_annotation("09990")
    box = reader.rectangles_of(Span(9990 * 90, 9990 * 90 + 120))[0]
    assert 0 <= box.top() < reader.viewport().height()
    tint = load_theme("light").tag(COLOURS["quote"]).tint_selected.name()
    assert tint in colours_in(picture(reader), box)


def test_a_span_of_a_line_feed_alone_has_a_narrow_rectangle(make_reader):
    reader = make_reader("one\ntwo")
    (box,) = reader.rectangles_of(Span(3, 4))
    assert 0 < box.width() < 6


def test_the_measure_is_about_seventy_characters_and_centred(make_reader, sheet):
    reader = make_reader(sheet, width=1400)
    port = reader.viewport().geometry()
    line = reader._geometry.line_at(sheet.span("negotiations").start)
    assert 55 <= line.stop - line.start <= 82
    assert abs(port.center().x() - 700) < 15
    reader.resize(500, 600)
    QApplication.processEvents()
    assert reader.viewport().width() + reader.margin.width() <= 500
    assert reader.margin.width() >= 60


def test_one_endless_paragraph_lays_out_only_what_is_near(make_reader):
    text = "a few words more " * 8000
    annotations = [
        Annotation(f"{n:05}", "a", "quote", "set", fragments(text, [Span(n * 60, n * 60 + 90)]), "me")
        for n in range(2000)
    ]
    reader = make_reader()
    reader.show_article(text, (), annotations)
    reader.select_annotation("01500")
    assert len(reader.margin.laid_out().chips) < 500
    box = reader.rectangles_of(Span(1500 * 60, 1500 * 60 + 90))[0]
    tint = load_theme("light").tag(COLOURS["quote"]).tint_selected.name()
    assert tint in colours_in(picture(reader), box)


@pytest.mark.parametrize("chosen", ["quote", "claim"])
def test_of_two_that_cover_the_same_the_selected_one_is_on_top(make_reader, new_sheet, chosen):
    sheet = new_sheet("one two three four")
    for tag in ("quote", "claim"):
        sheet.tag(tag, tag, "two three")
    reader = make_reader(sheet, width=700)
    reader.select_annotation(chosen)
    box = reader.rectangles_of(sheet.span("two three"))[0]
    assert load_theme("light").tag(COLOURS[chosen]).tint_selected.name() in colours_in(picture(reader), box)
