from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow

from annotator.model.span import Span

Left, NoModifier, Shift = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
Control = Qt.KeyboardModifier.ControlModifier


def edge(reader, position, *, stop=False):
    """A point just inside a code point's leading half, or trailing half with ``stop``."""
    box = reader.rectangles_of(Span(position, position + 1))[0]
    return QPoint(round(box.right() - 1) if stop else round(box.left() + 1), round(box.center().y()))


def drag(reader, start, stop, modifiers=NoModifier):
    port = reader.viewport()
    QTest.mousePress(port, Left, NoModifier, start)
    QTest.mouseMove(port, (start + stop) / 2)
    QTest.mouseMove(port, stop)
    QTest.mouseRelease(port, Left, modifiers, stop)


TEXTS = [
    ("before the talks start", "the talks"),
    ("after 😀👍🏽 emoji the talks 𝒳 go on", "the talks 𝒳"),
    ("de\u0301ja\u0300 vu e\u0301te\u0301 enfin", "e\u0301te\u0301"),
    ("no\u00a0break\u00a0space and words", "break\u00a0space"),
    ("one line\u2028another line here", "another"),
    ("first\nsecond paragraph\nthird", "paragraph"),
    ("tab\there \ufdd0odd characters", "odd"),
]


@pytest.mark.parametrize(("text", "words"), TEXTS)
def test_a_drag_selects_exactly_the_code_points(make_reader, text, words):
    reader = make_reader(text)
    start = text.index(words)
    told = []
    reader.selection_changed.connect(told.append)
    drag(reader, edge(reader, start), edge(reader, start + len(words) - 1, stop=True))
    assert told == [Span(start, start + len(words))]
    assert reader.selection().of(text) == words


def test_right_to_left_text_is_selected_from_right_to_left(make_reader):
    text = "אמר שר הביטחון ביום חמישי"
    reader = make_reader(text)
    boxes = [reader.rectangles_of(Span(at, at + 1))[0] for at in (0, 4)]
    assert boxes[0].left() > boxes[1].left()
    assert boxes[0].right() > reader.viewport().width() - 6
    start = QPoint(round(boxes[1].right() - 1), round(boxes[1].center().y()))
    last = reader.rectangles_of(Span(5, 6))[0]
    drag(reader, start, QPoint(round(last.left() + 1), round(last.center().y())))
    assert reader.selection() == Span(4, 6)


def test_every_character_of_a_mixed_line_is_found_under_its_own_box(make_reader):
    text = "The word שלום עולם 123 means peace מה abc"
    reader = make_reader(text)
    for position in range(len(text)):
        assert reader.hit(reader.point_of(position)).character == position


def test_a_point_between_lines_means_the_line_above_it(make_reader, sheet):
    reader = make_reader(sheet, width=700)
    box = reader.rectangles_of(sheet.span("spokesman"))[0]
    line = reader._geometry.line_at(sheet.span("spokesman").start)
    below = QPoint(round(box.center().x()), round(line.bottom - reader.scrolled().y() - 1))
    assert reader.hit(below).character in sheet.span("spokesman")


def test_a_click_sets_the_caret_and_tells(make_reader):
    reader = make_reader("one two three")
    told = []
    reader.caret_changed.connect(told.append)
    QTest.mouseClick(reader.viewport(), Left, NoModifier, edge(reader, 4))
    assert told == [4]
    assert reader.caret() == 4
    assert reader.selection() is None


def test_double_click_takes_the_word_and_a_third_the_paragraph(make_reader):
    reader = make_reader("one two\nthree four\nfive")
    point = reader.point_of(10)
    QTest.mouseDClick(reader.viewport(), Left, NoModifier, point)
    assert reader.selection() == Span(8, 13)
    QTest.mouseClick(reader.viewport(), Left, NoModifier, point)
    assert reader.selection() == Span(8, 18)


def test_the_selection_by_mouse_snaps_unless_shift_is_held_at_the_end(make_reader):
    reader = make_reader("hastily chosen words here")
    reader.set_snapper(lambda span: Span(0, 20))
    drag(reader, edge(reader, 2), edge(reader, 16, stop=True))
    assert reader.selection() == Span(0, 20)
    assert not reader.exact_selection
    drag(reader, edge(reader, 2), edge(reader, 16, stop=True), Shift)
    assert reader.selection() == Span(2, 17)
    assert reader.exact_selection


def test_snapping_keeps_the_caret_on_its_side(make_reader):
    reader = make_reader("hastily chosen words here")
    reader.set_snapper(lambda span: Span(0, 20))
    drag(reader, edge(reader, 16, stop=True), edge(reader, 2))
    assert reader.selection() == Span(0, 20)
    assert reader.caret() == 0


def test_shift_click_extends_from_where_the_selection_began(make_reader):
    reader = make_reader("one two three four")
    reader.set_caret(4)
    QTest.mouseClick(reader.viewport(), Left, Shift, edge(reader, 12, stop=True))
    assert reader.selection() == Span(4, 13)


def test_shift_and_arrows_select_by_code_points_and_are_not_snapped(make_reader):
    reader = make_reader("a😀b c")
    reader.set_snapper(lambda span: Span(0, 5))
    told = []
    reader.selection_changed.connect(told.append)
    for _ in range(2):
        QTest.keyClick(reader, Qt.Key.Key_Right, Shift)
    assert told == [Span(0, 1), Span(0, 2)]
    QTest.keyClick(reader, Qt.Key.Key_End)
    assert told[-1] is None
    assert reader.caret() == 5


def test_keys_that_do_not_move_are_left_to_the_window(make_reader):
    reader = make_reader("one two")
    seen = []

    for key in (Qt.Key.Key_1, Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Delete, Qt.Key.Key_Escape, Qt.Key.Key_A):
        event = _pressed(key)
        QApplication.sendEvent(reader, event)
        seen.append(event.isAccepted())
    assert not any(seen)
    step = _pressed(Qt.Key.Key_Down, Control)
    QApplication.sendEvent(reader, step)
    assert not step.isAccepted()
    assert reader.toPlainText() == "one two"


def _pressed(key, modifiers=NoModifier):
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers)


def test_copy_gives_the_articles_own_text(make_reader):
    reader = make_reader("a\u00a0b\u2028c")
    reader.set_selection(Span(0, 5))
    assert reader.createMimeDataFromSelection().text() == "a\u00a0b\u2028c"
    reader.set_selection(None)
    assert reader.createMimeDataFromSelection().text() == ""


def test_nothing_comes_in(make_reader):
    reader = make_reader("one")
    data = reader.createMimeDataFromSelection()
    data.setText("other")
    assert not reader.canInsertFromMimeData(data)
    reader.insertFromMimeData(data)
    QApplication.clipboard().setText("other")
    reader.paste()
    assert reader.toPlainText() == "one"
    assert not reader.acceptDrops()
    assert reader.isReadOnly()


def test_selection_set_by_the_program_is_told_once(make_reader):
    reader = make_reader("one two three")
    told = []
    reader.selection_changed.connect(told.append)
    reader.set_selection(Span(4, 7))
    reader.set_selection(Span(4, 7))
    assert told == [Span(4, 7)]
    assert reader.selection() == Span(4, 7)
    assert reader.textCursor().position() == 7
    reader.set_selection(None)
    assert told[-1] is None
    assert reader.caret() == 7


def test_dragging_below_the_text_scrolls(make_reader, qtbot):
    reader = make_reader("\n".join(f"paragraph {n}" for n in range(200)), height=200)
    port = reader.viewport()
    QTest.mousePress(port, Left, NoModifier, reader.point_of(0))
    outside = QPoint(60, port.height() + 60)
    QTest.mouseMove(port, outside)
    qtbot.waitUntil(lambda: reader.verticalScrollBar().value() > 200, timeout=2000)
    QTest.mouseRelease(port, Left, NoModifier, outside)
    at_rest = reader.verticalScrollBar().value()
    qtbot.wait(90)
    assert reader.verticalScrollBar().value() == at_rest
    assert len(reader.selection()) > 100


def test_the_text_of_the_document_has_as_many_units_as_the_article(make_reader, sheet):
    text = sheet.text + "\u2029x\ufdd0y\ufffc\u2028\u0085z"
    reader = make_reader(text)
    assert reader.document().characterCount() - 1 == reader._geometry.positions.units
    cursor = QTextCursor(reader.document())
    cursor.movePosition(QTextCursor.MoveOperation.End)
    reader.setTextCursor(cursor)
    assert reader.caret() == len(text)


def test_shortcuts_of_the_window_win_except_over_moving_and_copying(qtbot, make_reader):
    reader = make_reader("one two three\nfour")
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setCentralWidget(reader)
    fired = []
    for keys in ("1", "Ctrl+Down", "Ctrl+Return", "Right", "Ctrl+0", "U"):
        action = QAction(keys, window)
        action.setShortcut(keys)
        action.triggered.connect(lambda _=False, keys=keys: fired.append(keys))
        window.addAction(action)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    reader.setFocus()
    for key, modifiers in (
        (Qt.Key.Key_1, NoModifier),
        (Qt.Key.Key_Down, Control),
        (Qt.Key.Key_Return, Control),
        (Qt.Key.Key_Right, NoModifier),
        (Qt.Key.Key_0, Control),
        (Qt.Key.Key_U, NoModifier),
    ):
        QTest.keyClick(reader, key, modifiers)
    assert fired == ["1", "Ctrl+Down", "Ctrl+Return", "Ctrl+0", "U"]
    assert reader.caret() == 1
    window.takeCentralWidget()


def test_select_all_and_copy_by_keys(make_reader):
    reader = make_reader("a\u00a0b\nc")
    QTest.keyClick(reader, Qt.Key.Key_A, Control)
    assert reader.selection() == Span(0, 5)
    QTest.keyClick(reader, Qt.Key.Key_C, Control)
    assert QApplication.clipboard().text() == "a\u00a0b\nc"


def test_other_buttons_do_not_select(make_reader):
    reader = make_reader("one two three")
    port = reader.viewport()
    for button in (Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton):
        QTest.mousePress(port, button, NoModifier, edge(reader, 4))
        QTest.mouseMove(port, edge(reader, 10))
        QTest.mouseRelease(port, button, NoModifier, edge(reader, 10))
        QTest.mouseDClick(port, button, NoModifier, edge(reader, 4))
        QTest.mouseRelease(port, button, NoModifier, edge(reader, 4))  # a double click leaves its button pressed
    assert (reader.caret(), reader.selection()) == (0, None)


def test_the_caret_shows_also_without_the_focus(make_reader):
    reader = make_reader("one two three")
    reader.set_caret(4)
    reader.clearFocus()
    assert not reader.hasFocus()
    place = reader.cursorRect()
    image = reader.viewport().grab().toImage()
    ground = image.pixelColor(2, 2)
    assert image.pixelColor(place.left(), place.center().y()) != ground


def test_in_a_right_to_left_window_the_scroll_bar_is_on_the_left(make_reader):
    reader = make_reader("שלום עולם", width=900)
    reader.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    reader.resize(905, 600)
    QApplication.processEvents()
    bar = reader.verticalScrollBar().width()
    assert reader._gutter.x() == bar
    assert reader.margin.geometry().right() == reader.width() - 1
