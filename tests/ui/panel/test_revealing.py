from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from annotator.ui.panel.revealing import AIR, reveal


class Form(QScrollArea):
    """Ten sections of a label and a field, and a note among them."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[QWidget] = []
        body = QWidget()
        column = QVBoxLayout(body)
        for number in range(10):
            field = QPlainTextEdit() if number == 5 else QLineEdit()
            field.setFixedHeight(60 if number == 5 else 30)
            section = QWidget()
            inner = QVBoxLayout(section)
            inner.addWidget(QLabel(f"Field {number}"))
            inner.addWidget(field)
            column.addWidget(section)
            self.fields.append(field)
        self.setWidgetResizable(True)
        self.setWidget(body)

    def place(self, widget: QWidget) -> tuple[int, int]:
        """Return where a widget begins and ends in the viewport."""
        top = widget.mapTo(self.viewport(), QPoint(0, 0)).y()
        return top, top + widget.height()


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    made = Form()
    qtbot.addWidget(made)
    made.resize(300, 250)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_a_text_field_is_shown_whole_with_its_label_and_air(form: Form):
    section = form.fields[5].parentWidget()
    assert form.place(section)[0] > form.viewport().height()
    reveal(form, form.fields[5])
    top, bottom = form.place(section)
    assert top >= AIR
    assert bottom <= form.viewport().height() - AIR


@pytest.mark.parametrize("height", range(150, 260, 7))
def test_scrolling_down_leaves_nothing_cut_at_the_upper_edge(form: Form, height: int):
    form.resize(300, height)
    reveal(form, form.fields[5])
    assert form.verticalScrollBar().value() > 0
    parts = [part for part in form.widget().findChildren(QWidget) if isinstance(part, (QLabel, QLineEdit))]
    assert not [form.place(part) for part in parts if form.place(part)[0] < 0 < form.place(part)[1]]


def test_scrolling_up_begins_at_the_section(form: Form):
    form.verticalScrollBar().setValue(form.verticalScrollBar().maximum())
    reveal(form, form.fields[1])
    assert form.place(form.fields[1].parentWidget())[0] == AIR


def test_what_is_in_sight_stays_where_it_is(form: Form):
    reveal(form, form.fields[0])
    assert form.verticalScrollBar().value() == 0


def test_a_section_higher_than_the_area_gives_way_to_its_field(form: Form):
    form.fields[5].parentWidget().setMinimumHeight(400)
    form.widget().layout().activate()
    form.widget().adjustSize()
    reveal(form, form.fields[5])
    top, bottom = form.place(form.fields[5])
    assert top >= 0
    assert bottom <= form.viewport().height()
