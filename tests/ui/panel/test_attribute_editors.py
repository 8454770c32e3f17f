from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.model.codebook import Attribute, AttributeKind
from annotator.ui.panel.attribute_editors import AttributeEditor, AttributeForm
from annotator.ui.panel.choice_chips import ChoiceChips

LEFT, KEY = Qt.MouseButton.LeftButton, Qt.Key


def make(qtbot: QtBot, kind: AttributeKind, choices: tuple[str, ...] = ()) -> tuple[AttributeEditor, list[object]]:
    editor = AttributeEditor(Attribute("u", None, "asked", "Asked", kind, choices, definition="What is asked"))
    qtbot.addWidget(editor)
    with qtbot.waitExposed(editor):
        editor.show()
    told: list[object] = []
    editor.changed.connect(told.append)
    editor.show_value(None)
    return editor, told


def test_yes_no_has_three_states(qtbot: QtBot):
    editor, told = make(qtbot, AttributeKind.YES_NO)
    for choice in ("yes", "no", "no"):
        qtbot.mouseClick(editor.field.chip(choice), LEFT)
    assert told == [True, False, None]
    editor.show_value(False)
    assert editor.field.choices() == ("no",)
    editor.show_value(True)
    assert editor.field.choices() == ("yes",)


@pytest.mark.parametrize(("typed", "told"), [("3,5", "3.5"), ("1,000.5", "1,000.5"), ("7", "7"), (" ", None)])
def test_a_number_may_have_a_comma(qtbot: QtBot, typed: str, told: str | None):
    editor, heard = make(qtbot, AttributeKind.NUMBER)
    qtbot.keyClicks(editor.field, typed)
    qtbot.keyClick(editor.field, KEY.Key_Return)
    assert heard == [told]


def test_a_date_says_how_it_is_written(qtbot: QtBot):
    editor, told = make(qtbot, AttributeKind.DATE)
    assert "2025-03" in editor.field.placeholderText()
    qtbot.keyClicks(editor.field, "2025-03")
    editor.flush()
    assert told == ["2025-03"]
    assert editor.field.toolTip() == "What is asked"


def test_typing_is_not_disturbed_by_a_change_elsewhere(qtbot: QtBot):
    editor, told = make(qtbot, AttributeKind.TEXT)
    editor.activateWindow()
    editor.field.setFocus()
    qtbot.waitUntil(editor.field.hasFocus)
    qtbot.keyClicks(editor.field, "half")
    editor.show_value("from elsewhere")
    assert editor.field.text() == "half"
    assert editor.take_typed() == ["half"]
    assert editor.take_typed() == []
    assert told == []


@pytest.mark.parametrize("mirrored", [False, True])
def test_arrows_go_round_in_reading_direction(qtbot: QtBot, mirrored: bool):
    chips = ChoiceChips(("one", "two", "three"))
    qtbot.addWidget(chips)
    chips.setLayoutDirection(Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight)
    with qtbot.waitExposed(chips):
        chips.show()
    chips.activateWindow()
    chips.chip("one").setFocus()
    qtbot.keyClick(chips.chip("one"), KEY.Key_Left)
    assert chips.focusWidget() is chips.chip("two" if mirrored else "three")
    qtbot.keyClick(chips.focusWidget(), KEY.Key_Down)
    assert chips.focusWidget() is chips.chip("three" if mirrored else "one")
    qtbot.keyClick(chips.focusWidget(), KEY.Key_Return)
    assert chips.choices() == (("three",) if mirrored else ("one",))


def test_one_tab_stop(qtbot: QtBot):
    chips = ChoiceChips(("one", "two"))
    qtbot.addWidget(chips)
    chips.set_choices(["two"])
    assert chips.chip("two").focusPolicy() is Qt.FocusPolicy.TabFocus
    assert chips.chip("one").focusPolicy() is Qt.FocusPolicy.NoFocus


def test_the_wheel_over_a_combo_box_changes_nothing(qtbot: QtBot):
    editor, told = make(qtbot, AttributeKind.ONE, ("a", "b", "c", "d", "e"))
    middle = QPointF(10, 10)
    event = QWheelEvent(
        middle, middle, QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    editor.field.clearFocus()
    QApplication.sendEvent(editor.field, event)
    assert editor.field.currentIndex() == 0
    assert told == []


def test_a_form_keeps_its_editors_while_the_questions_are_the_same(qtbot: QtBot):
    form = AttributeForm()
    qtbot.addWidget(form)
    asked = (Attribute("u", None, "asked", "Asked", AttributeKind.TEXT),)
    form.ask(asked)
    editor = form.editors["u"]
    form.ask(asked)
    assert form.editors["u"] is editor
    form.ask(())
    assert form.isHidden()


def asked(number: int, label: str = "Asked") -> tuple[Attribute, ...]:
    return (Attribute(f"u{number}", f"t{number}", "asked", label, AttributeKind.TEXT),)


def test_the_editors_of_another_tag_are_kept_out_of_sight_and_shown_again(qtbot: QtBot):
    form = AttributeForm()
    qtbot.addWidget(form)
    form.show()
    told: list[tuple[str, object]] = []
    form.changed.connect(lambda *given: told.append(given))
    form.ask(asked(1))
    first = form.editors["u1"]
    form.ask(asked(2))
    assert list(form.editors) == ["u2"]
    assert not first.isVisible() and form.editors["u2"].isVisible()
    form.let_edit(False)
    assert not form.editors["u2"].isEnabled() and first.isEnabled()
    form.ask(asked(1))
    assert form.editors["u1"] is first
    assert first.isVisible() and not first.isEnabled()
    form.let_edit(True)
    form.show_values({"u1": "shown", "u2": "not asked"})
    qtbot.keyClicks(first.field, "!")
    form.flush()
    assert told == [("u1", "!shown")]


def test_what_the_codebook_says_otherwise_now_is_made_anew_and_not_too_much_is_kept(qtbot: QtBot):
    form = AttributeForm()
    qtbot.addWidget(form)
    form.ask(asked(1))
    first = form.editors["u1"]
    form.ask(asked(2))
    form.ask(asked(1, "Renamed"))
    assert form.editors["u1"] is not first
    assert form.editors["u1"].attribute.label == "Renamed"
    qtbot.waitUntil(lambda: len(form.findChildren(AttributeEditor)) == 2)
    for number in range(3, 40):
        form.ask(asked(number))
    qtbot.waitUntil(lambda: len(form.findChildren(AttributeEditor)) <= 13)
    assert list(form.editors) == ["u39"]
    form.ask(asked(38))
    form.ask(())
    assert dict(form.editors) == {}


def test_arrows_open_the_list_of_a_combo_box_and_letters_change_nothing(qtbot: QtBot):
    editor, told = make(qtbot, AttributeKind.ONE, ("a", "b", "c", "d", "e"))
    editor.field.setFocus()
    qtbot.keyClick(editor.field, KEY.Key_B)
    qtbot.keyClick(editor.field, KEY.Key_Down)
    assert editor.field.view().isVisible()
    assert told == []
    qtbot.keyClick(editor.field.view(), KEY.Key_Down)
    qtbot.keyClick(editor.field.view(), KEY.Key_Return)
    assert told == ["a"]
    assert not editor.field.view().isVisible()
