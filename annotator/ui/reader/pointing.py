"""Selecting with the mouse: press, drag, double and triple click, and scrolling while dragging outside."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QClipboard, QTextCursor
from PySide6.QtWidgets import QApplication

from annotator.model.span import Span
from annotator.ui.reader.host import TextHost

_SCROLL_INTERVAL = 40
_Shift = Qt.KeyboardModifier.ShiftModifier


class Outcome(Enum):
    """What a finished gesture was."""

    CLICK = "click"
    SELECTION = "selection"


class Pointing(QObject):
    """Turns presses and moves in the surface's viewport into caret and selection."""

    def __init__(self, surface: TextHost, parent: QObject) -> None:
        super().__init__(parent)
        self._surface = surface
        self._anchor: int | None = None
        self._pressed_at = QPoint()
        self._moved = False
        self._extending = False
        self._last = QPoint()
        self._scroll = QTimer(self)
        self._scroll.setInterval(_SCROLL_INTERVAL)
        self._scroll.timeout.connect(self._scroll_on)
        self.snapper: Callable[[Span], Span] | None = None
        self.exact = False
        """Whether Shift was held when the last drag ended."""

    @property
    def active(self) -> bool:
        """Whether a button is held that was pressed in the text."""
        return self._anchor is not None

    def press(self, point: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        """Begin at a point of the viewport; with Shift the selection is extended from where it began."""
        caret = self._surface.hit(point).caret
        self._extending = bool(modifiers & _Shift)
        self._anchor = self._surface.anchor() if self._extending else caret
        self._pressed_at, self._moved, self.exact = point, False, False
        self._surface.move_caret(self._anchor, caret)

    def move(self, point: QPoint) -> None:
        """Drag to a point, which may lie outside: then the text scrolls towards it."""
        if self._anchor is None:
            return
        self._last = point
        far = (point - self._pressed_at).manhattanLength() >= QApplication.startDragDistance()
        self._moved = self._moved or far
        if self._moved:
            self._surface.move_caret(self._anchor, self._surface.hit(point).caret)
        outside = not 0 <= point.y() < self._surface.viewport().height()
        if outside and not self._scroll.isActive():
            self._scroll.start()
        elif not outside:
            self._scroll.stop()

    def _scroll_on(self) -> None:
        height = self._surface.viewport().height()
        beyond = self._last.y() if self._last.y() < 0 else max(0, self._last.y() - height)
        bar = self._surface.verticalScrollBar()
        bar.setValue(bar.value() + beyond)
        self.move(self._last)

    def release(self, modifiers: Qt.KeyboardModifier) -> Outcome:
        """End the gesture: a drag's selection grows to what the snapper says, unless Shift is held."""
        self._scroll.stop()
        self._anchor = None
        drawn = self._surface.drawn_selection()
        if drawn is None:
            return Outcome.CLICK
        self.exact = self._moved and bool(modifiers & _Shift)
        if self.snapper and not self.exact:
            self._surface.draw_selection(self.snapper(drawn))
        self._offer_selection()
        return Outcome.SELECTION

    def _offer_selection(self) -> None:
        """Put the selected words where X11's middle button finds them."""
        clipboard = QApplication.clipboard()
        if clipboard.supportsSelection():
            clipboard.setMimeData(self._surface.createMimeDataFromSelection(), QClipboard.Mode.Selection)

    def select_word(self, point: QPoint) -> None:
        """Select the word under a point (double click)."""
        cursor = self._cursor_under(point)
        cursor.select(QTextCursor.SelectionType.WordUnderCursor)
        self._surface.setTextCursor(cursor)

    def select_paragraph(self, point: QPoint) -> None:
        """Select the paragraph under a point without its line feed (third click)."""
        cursor = self._cursor_under(point)
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        self._surface.setTextCursor(cursor)

    def _cursor_under(self, point: QPoint) -> QTextCursor:
        self._anchor = None
        hit = self._surface.hit(point)
        return self._surface.cursor_at(hit.caret if hit.character is None else hit.character)
