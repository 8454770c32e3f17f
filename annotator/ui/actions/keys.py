"""Which action a key press means: digits by their place on the keyboard, other keys by what they say."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from itertools import product

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from annotator.ui.actions.table import Action, Where

_X11_FIRST, _WINDOWS_FIRST = 10, 2  # evdev's KEY_1 (2) plus 8 on X11 and Wayland; set-1 scan codes on Windows
_MAC_DIGITS = (18, 19, 20, 21, 23, 22, 26, 28, 25)  # kVK_ANSI_1 to kVK_ANSI_9 (HIToolbox/Events.h)
_IGNORED = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier


def digit_of(event: QKeyEvent) -> str:
    """Return the digit ``1`` to ``9`` on whose key the press was, whatever the layout writes there; else empty.

    The keypad counts with its digits. Without a native code (synthetic events) what the key says decides.
    """
    number = event.key() - Qt.Key.Key_0
    if event.modifiers() & Qt.KeyboardModifier.KeypadModifier:
        return str(number) if 1 <= number <= 9 else ""
    place = _place_of_digit(event)
    if place is None:
        return str(number) if 1 <= number <= 9 else ""
    return place


def _place_of_digit(event: QKeyEvent) -> str | None:
    """Return the digit by place, empty for another key, or None when the event carries no native code."""
    if sys.platform == "darwin":
        # Letter A has virtual key 0, so nothing tells a synthetic event from it: both fall through to the text.
        code = event.nativeVirtualKey()
        return str(_MAC_DIGITS.index(code) + 1) if code in _MAC_DIGITS else None
    code = event.nativeScanCode()
    if code == 0:
        return None
    first = _WINDOWS_FIRST if sys.platform == "win32" else _X11_FIRST
    return str(code - first + 1) if first <= code < first + 9 else ""


def pressed(event: QKeyEvent) -> str:
    """Return the key press as a portable sequence ("Ctrl+Shift+Z"), empty for a modifier alone."""
    key = Qt.Key(event.key())
    if key in (Qt.Key.Key_unknown, Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta,
               Qt.Key.Key_AltGr):  # fmt: skip
        return ""
    modifiers = event.modifiers() & ~_IGNORED
    if key is Qt.Key.Key_Enter:
        key = Qt.Key.Key_Return
    if key is Qt.Key.Key_Backtab:
        key, modifiers = Qt.Key.Key_Tab, modifiers | Qt.KeyboardModifier.ShiftModifier
    if key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Period, Qt.Key.Key_Comma):
        # Which of these needs Shift differs from layout to layout.
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
    return QKeySequence(QKeyCombination(modifiers, key)).toString(QKeySequence.SequenceFormat.PortableText)


def portable(keys: str) -> str:
    """Return a key sequence in the one spelling that comparisons use."""
    return QKeySequence.fromString(keys).toString(QKeySequence.SequenceFormat.PortableText)


def effective_keys(action: Action, changed: Mapping[str, list[str]]) -> tuple[str, ...]:
    """Return an action's keys: those a person set, else those of the table."""
    return tuple(changed[action.id]) if action.id in changed else action.keys


def clashes(actions: Iterable[Action], changed: Mapping[str, list[str]]) -> list[tuple[str, str, str]]:
    """Return (key, first action's id, second action's id) for each key that two actions claim.

    A bare key of the reader and the same key of the window clash too: the window would take it. A key of the reader
    and the same key of review mode do not: only one of them counts at a time.
    """
    owner: dict[tuple[Where, str], Action] = {}
    found: dict[tuple[str, str, str], None] = {}
    for action in actions:
        places = (Where.READER, Where.REVIEW) if action.where is Where.WINDOW else (action.where,)
        for place, keys in product(places, effective_keys(action, changed)):
            known = owner.setdefault((place, portable(keys)), action)
            if known.id != action.id:
                found[portable(keys), known.id, action.id] = None
    return list(found)


def keys_in(where: Where, actions: Iterable[Action], changed: Mapping[str, list[str]]) -> dict[str, str]:
    """Return the action id of each key that counts there: in the window, or in reader and lists only."""
    return {
        portable(keys): action.id
        for action in actions
        if action.where is where
        for keys in effective_keys(action, changed)
    }


def native(keys: str) -> str:
    """Return a portable key sequence as the platform writes it."""
    return QKeySequence.fromString(keys).toString(QKeySequence.SequenceFormat.NativeText)
