"""Digits by their place, other keys by what they say, clashes told."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from annotator.ui.actions import keys
from annotator.ui.actions.table import TABLE, Action, Where

NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier


def press(key: int, modifiers: Qt.KeyboardModifier = NONE, scan: int = 0, virtual: int = 0) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, scan, virtual, 0)


linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="scan codes of X11 and Wayland")


@linux
@pytest.mark.parametrize(("scan", "digit"), [(10, "1"), (11, "2"), (14, "5"), (18, "9"), (19, ""), (24, "")])
def test_the_digit_row_counts_by_place(scan: int, digit: str) -> None:
    assert keys.digit_of(press(Qt.Key.Key_Q, scan=scan)) == digit


@linux
def test_unshifted_french_keys_are_digits() -> None:
    assert keys.digit_of(press(Qt.Key.Key_Ampersand, scan=10)) == "1"
    assert keys.digit_of(press(Qt.Key.Key_Eacute, scan=11)) == "2"


@linux
def test_a_digit_elsewhere_is_none() -> None:
    assert keys.digit_of(press(Qt.Key.Key_2, scan=40)) == ""


def test_without_a_native_code_the_key_decides() -> None:
    assert keys.digit_of(press(Qt.Key.Key_3)) == "3"
    assert keys.digit_of(press(Qt.Key.Key_0)) == ""
    assert keys.digit_of(press(Qt.Key.Key_A)) == ""


def test_the_keypad_counts_with_its_digits() -> None:
    assert keys.digit_of(press(Qt.Key.Key_4, KEYPAD, scan=83)) == "4"
    assert keys.digit_of(press(Qt.Key.Key_Left, KEYPAD, scan=83)) == ""


def test_windows_and_mac_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert keys.digit_of(press(Qt.Key.Key_Ampersand, scan=2)) == "1"
    assert keys.digit_of(press(Qt.Key.Key_Ccedilla, scan=10)) == "9"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert keys.digit_of(press(Qt.Key.Key_ParenLeft, virtual=23)) == "5"
    assert keys.digit_of(press(Qt.Key.Key_6, virtual=0)) == "6"


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (press(Qt.Key.Key_Z, CONTROL), "Ctrl+Z"),
        (press(Qt.Key.Key_L, SHIFT), "Shift+L"),
        (press(Qt.Key.Key_Enter, KEYPAD), "Return"),
        (press(Qt.Key.Key_Backtab, SHIFT), "Shift+Tab"),
        (press(Qt.Key.Key_Plus, SHIFT), "+"),
        (press(Qt.Key.Key_Plus, KEYPAD), "+"),
        (press(Qt.Key.Key_Delete), "Del"),
        (press(Qt.Key.Key_Shift, SHIFT), ""),
        (press(Qt.Key.Key_AltGr), ""),
    ],
)
def test_a_key_press_in_words(event: QKeyEvent, expected: str) -> None:
    assert keys.pressed(event) == expected


ONE = Action("one", "One", ("Ctrl+1", "A"), where=Where.READER)
TWO = Action("two", "Two", ("ctrl+1",))


def test_clashes_are_found_whatever_the_spelling() -> None:
    assert keys.clashes([ONE, TWO], {}) == [("Ctrl+1", "one", "two")]
    assert keys.clashes([ONE, TWO], {"two": ["F7"]}) == []
    assert keys.clashes([ONE, TWO], {"two": []}) == []


def test_keys_that_a_person_set_replace_those_of_the_table() -> None:
    assert keys.effective_keys(ONE, {"one": ["B"]}) == ("B",)
    assert keys.keys_in(Where.READER, [ONE, TWO], {"one": ["B"]}) == {"B": "one"}


def test_the_shipped_keys_do_not_clash() -> None:
    from annotator.exchange.codebook_file import shipped_codebook
    from annotator.ui.actions.table import codebook_actions

    assert keys.clashes([*codebook_actions(shipped_codebook("news")), *TABLE], {}) == []


def test_a_key_can_mean_something_else_in_review_mode_but_not_in_the_whole_window() -> None:
    other = Action("other", "Other", ("A",), where=Where.REVIEW)
    assert keys.clashes([ONE, other], {}) == []
    assert keys.clashes([other, TWO], {"two": ["A"]}) == [("A", "other", "two")]
    assert keys.clashes([ONE, other, TWO], {"two": ["A"]}) == [("A", "one", "two"), ("A", "other", "two")]
    assert keys.keys_in(Where.REVIEW, [ONE, other], {}) == {"A": "other"}
