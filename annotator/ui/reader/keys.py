"""Which keys the reader keeps: moving and selecting, copying and zooming. All others belong to the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

_Key = Qt.Key
_Modifier = Qt.KeyboardModifier

_MOVES = frozenset({
    _Key.Key_Left, _Key.Key_Right, _Key.Key_Up, _Key.Key_Down,
    _Key.Key_Home, _Key.Key_End, _Key.Key_PageUp, _Key.Key_PageDown,
})  # fmt: skip
_ARTICLE_STEPS = frozenset({_Key.Key_Up, _Key.Key_Down, _Key.Key_PageUp, _Key.Key_PageDown})
"""With Ctrl these change the article, which is the window's."""


def is_navigation(event: QKeyEvent) -> bool:
    """Tell whether a key moves the caret, extends the selection, selects all or copies."""
    if event.matches(QKeySequence.StandardKey.Copy) or event.matches(QKeySequence.StandardKey.SelectAll):
        return True
    modifiers = event.modifiers() & ~_Modifier.KeypadModifier
    if event.key() not in _MOVES or modifiers & (_Modifier.AltModifier | _Modifier.MetaModifier):
        return False
    return not (modifiers & _Modifier.ControlModifier and event.key() in _ARTICLE_STEPS)


def zoom_step(event: QKeyEvent) -> int | None:
    """Return 1, -1 or 0 (back to the normal size) for a zoom key, None for any other."""
    if event.matches(QKeySequence.StandardKey.ZoomIn):
        return 1
    if event.matches(QKeySequence.StandardKey.ZoomOut):
        return -1
    if event.modifiers() & ~_Modifier.KeypadModifier != _Modifier.ControlModifier:
        return None
    return {_Key.Key_Plus: 1, _Key.Key_Equal: 1, _Key.Key_Minus: -1, _Key.Key_0: 0}.get(_Key(event.key()))
