from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QListView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from annotator.ui.widgets.choices import Choice, row_width
from annotator.ui.widgets.type_ahead import TypeAhead

PEOPLE = [
    Choice("e1", "Dmitry Peskov", "this article · 3", "person"),
    Choice("e2", "Kremlin", "", "organisation"),
    Choice("e3", "Yuri Ushakov", "", "person"),
]


def find(text: str) -> list[Choice]:
    return [choice for choice in PEOPLE if text.casefold() in choice.label.casefold()]


class Form(QWidget):
    """A window with a type-ahead field and another field; keeps what it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.field, self.other = TypeAhead(), QLineEdit()
        self.field.set_source(find)
        self.chosen: list[Choice] = []
        self.created: list[str] = []
        self.cancelled = 0
        self.keys: list[int] = []
        self.field.chosen.connect(self.chosen.append)
        self.field.created.connect(self.created.append)
        self.field.cancelled.connect(self._cancel)
        self.column = QVBoxLayout(self)
        self.column.addWidget(self.field)
        self.column.addWidget(self.other)
        self.column.addStretch()

    def _cancel(self) -> None:
        self.cancelled += 1

    def keyPressEvent(self, event) -> None:
        self.keys.append(event.key())

    def popup(self) -> QListView:
        found = self.findChild(QListView, "typeAheadList")
        assert found is not None
        return found

    def rows(self) -> list[str]:
        model = self.popup().model()
        return [model.index(row, 0).data() for row in range(model.rowCount())]


@pytest.fixture
def form(qtbot: QtBot) -> Iterator[Form]:
    made = Form()
    qtbot.addWidget(made)
    made.resize(400, 400)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.field.setFocus()
    yield made


def test_typing_opens_the_list_with_the_first_row_selected(form: Form, qtbot: QtBot):
    qtbot.keyClicks(form.field, "k")
    assert form.field.is_open()
    assert form.rows() == ["Dmitry Peskov", "Kremlin", "Yuri Ushakov", "Create “k”"]
    assert form.popup().currentIndex().row() == 0
    assert form.focusWidget() is form.field


def test_enter_takes_the_first_row(form: Form, qtbot: QtBot):
    qtbot.keyClicks(form.field, "pes")
    qtbot.keyClick(form.field, Qt.Key.Key_Return)
    assert form.chosen == [PEOPLE[0]]
    assert form.created == []
    assert form.field.text() == "Dmitry Peskov"
    assert not form.field.is_open()
    assert form.keys == []


def test_arrows_move_and_stop_at_the_ends(form: Form, qtbot: QtBot):
    qtbot.keyClick(form.field, Qt.Key.Key_Down)
    assert form.field.is_open()
    qtbot.keyClick(form.field, Qt.Key.Key_Up)
    assert form.popup().currentIndex().row() == 0
    for _ in range(5):
        qtbot.keyClick(form.field, Qt.Key.Key_Down)
    assert form.popup().currentIndex().row() == 2
    qtbot.keyClick(form.field, Qt.Key.Key_PageUp)
    qtbot.keyClick(form.field, Qt.Key.Key_Down)
    qtbot.keyClick(form.field, Qt.Key.Key_Enter)
    assert form.chosen == [PEOPLE[1]]


def test_a_new_name_is_made_by_enter(form: Form, qtbot: QtBot):
    qtbot.keyClicks(form.field, "  Steve Witkoff ")
    assert form.rows() == ["Create “Steve Witkoff”"]
    qtbot.keyClick(form.field, Qt.Key.Key_Return)
    assert form.created == ["Steve Witkoff"]
    assert form.chosen == []


def test_a_name_that_is_there_is_not_offered_anew(form: Form, qtbot: QtBot):
    qtbot.keyClicks(form.field, "kremlin")
    assert form.rows() == ["Kremlin"]


def test_where_names_cannot_be_made_no_match_leaves_the_list_closed(form: Form, qtbot: QtBot):
    form.field.set_creatable(False)
    qtbot.keyClicks(form.field, "kre")
    assert form.rows() == ["Kremlin"]
    qtbot.keyClicks(form.field, "x")
    assert not form.field.is_open()
    qtbot.keyClick(form.field, Qt.Key.Key_Return)
    assert form.keys == [Qt.Key.Key_Return]
    assert form.created == []


def test_escape_closes_first_and_is_the_parents_then(form: Form, qtbot: QtBot):
    qtbot.keyClicks(form.field, "k")
    qtbot.keyClick(form.field, Qt.Key.Key_Escape)
    assert not form.field.is_open()
    assert form.cancelled == 1
    assert form.field.text() == "k"
    assert form.keys == []
    qtbot.keyClick(form.field, Qt.Key.Key_Escape)
    assert form.keys == [Qt.Key.Key_Escape]


def test_a_click_takes_a_row_and_the_focus_stays(form: Form, qtbot: QtBot):
    form.field.open_list()
    spot = form.popup().visualRect(form.popup().model().index(1, 0)).center()
    qtbot.mouseClick(form.popup().viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert form.chosen == [PEOPLE[1]]
    assert form.focusWidget() is form.field


def test_leaving_the_field_closes_the_list(form: Form, qtbot: QtBot):
    qtbot.keyClicks(form.field, "k")
    form.other.setFocus()
    assert not form.field.is_open()


def test_hiding_or_resizing_closes_the_list(form: Form, qtbot: QtBot):
    qtbot.keyClicks(form.field, "k")
    form.resize(420, 400)
    assert not form.field.is_open()
    form.field.open_list()
    form.field.hide()
    assert not form.field.is_open()


def test_the_list_lies_under_the_field_within_the_window(form: Form, qtbot: QtBot):
    form.field.open_list()
    place = form.popup().geometry()
    assert place.top() > form.field.geometry().bottom()
    assert form.rect().contains(place)
    assert place.width() >= form.field.width()


def test_with_more_room_above_the_list_lies_above(form: Form, qtbot: QtBot):
    form.column.insertStretch(0, 1)
    form.column.removeItem(form.column.itemAt(3))
    form.column.activate()
    form.field.open_list()
    place = form.popup().geometry()
    assert place.bottom() < form.field.mapTo(form, QPoint(0, 0)).y()
    assert form.rect().contains(place)


def test_the_list_is_as_wide_as_its_longest_row_and_stays_in_the_window(form: Form, qtbot: QtBot):
    long = Choice("p1", "Springfield, Massachusetts", "United States · 153,060", "place")
    form.field.setFixedWidth(160)
    form.resize(900, 400)
    form.field.set_source(lambda text: [long] if len(text) < 3 else [PEOPLE[1]])
    form.field.set_creatable(False)
    qtbot.keyClicks(form.field, "sp")
    popup = form.popup()
    wide = popup.width()
    assert popup.viewport().width() >= row_width(long, popup.font())
    assert wide > form.field.width()
    qtbot.keyClicks(form.field, "r")
    assert form.rows() == ["Kremlin"]
    assert popup.width() == wide, "it does not jump while one types"
    form.field.close_list()
    form.column.setAlignment(form.field, Qt.AlignmentFlag.AlignRight)
    form.column.activate()
    form.field.setText("s")
    form.field.open_list()
    assert form.rect().contains(popup.geometry())
    assert popup.viewport().width() >= row_width(long, popup.font())


def test_right_to_left_the_list_ends_where_the_field_ends(form: Form):
    form.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    form.field.setFixedWidth(150)
    form.column.activate()
    form.field.open_list()
    assert form.popup().geometry().right() == form.field.geometry().right()


def test_the_current_row_is_said(form: Form, qtbot: QtBot):
    qtbot.keyClick(form.field, Qt.Key.Key_Down)
    assert form.field.accessibleDescription() == "Dmitry Peskov, this article · 3"
    qtbot.keyClick(form.field, Qt.Key.Key_Down)
    assert form.field.accessibleDescription() == "Kremlin"
    form.field.close_list()
    assert form.field.accessibleDescription() == ""


def test_without_a_source_nothing_opens(qtbot: QtBot):
    field = TypeAhead()
    qtbot.addWidget(field)
    field.open_list()
    assert not field.is_open()


def test_a_field_that_is_a_window_has_its_list_too(qtbot: QtBot):
    field = TypeAhead()
    qtbot.addWidget(field)
    field.set_source(find)
    field.show()
    field.open_list()
    assert field.is_open()
    with qtbot.waitSignal(field.chosen, timeout=500):
        qtbot.keyClick(field, Qt.Key.Key_Return)


def test_a_field_moved_to_another_window_has_its_list_there(form: Form, qtbot: QtBot):
    form.field.open_list()
    other = Form()
    qtbot.addWidget(other)
    other.column.addWidget(form.field)
    other.show()
    form.field.open_list()
    assert form.field.is_open()
    assert other.popup().isVisible()
