"""The main job done by mouse and keys in the real window, for ``annotator demo``: what a user would do, no shortcut."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QKeyCombination, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from annotator.base.errors import AnnotatorError
from annotator.model.boundaries import paragraph_at, quotations, sentence_at
from annotator.model.codebook import Part
from annotator.model.span import Span
from annotator.ui.main_window import MainWindow

_SIZE = (1440, 900)


def tag_articles(window: MainWindow, count: int) -> int:
    """Tag so many articles of the open project by mouse and keys; return how many annotations there are then.

    A click and a digit tag each quotation, Enter takes the proposed speaker, a click and a digit the first sentence
    as a claim; Ctrl+Enter marks the article done and opens the next.
    """
    window.resize(*_SIZE)
    window.show()
    _settle()
    for _ in range(count):
        _tag_open_article(window)
        press(window.desk.reader, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    project = window.state.project
    return project.read.counts().annotations if project is not None else 0


def _tag_open_article(window: MainWindow) -> None:
    content = window.state.content
    if content is None:
        raise AnnotatorError("The demonstration found no article to tag; nothing was written.")
    text = content.text
    for quotation in _quotations(text):
        _tag_at(window, quotation.start + len(quotation) // 2, Part.QUOTE)
        if window.state.ghost is not None:
            press(window.desk.reader, Qt.Key.Key_Return)
    first = text.find("\n\n") + 2
    sentence = sentence_at(text, first)
    if sentence is not None:
        _tag_at(window, sentence.start + 1, Part.CLAIM)


def _quotations(text: str) -> list[Span]:
    found: list[Span] = []
    at = 0
    while at < len(text):
        paragraph = paragraph_at(text, at)
        if paragraph is None:
            at += 1
            continue
        # Two words in marks are a title or irony more often than speech.
        found.extend(q for q in quotations(text, paragraph) if len(q.of(text).split()) > 3)
        at = paragraph.stop + 1
    return found


def _tag_at(window: MainWindow, position: int, part: Part) -> None:
    tag = window.state.codebook.tag_of_part(part)
    if tag is None or not tag.key:
        return
    reader = window.desk.reader
    reader.reveal(Span(position, position + 1))
    _settle()
    click(reader.viewport(), reader.point_of(position))
    press(reader, Qt.Key(Qt.Key.Key_0 + int(tag.key)))


def click(widget: QWidget, place: QPoint) -> None:
    """Click with the left button, as a mouse would."""
    at = place.toPointF()
    for kind, buttons in (
        (QEvent.Type.MouseButtonPress, Qt.MouseButton.LeftButton),
        (QEvent.Type.MouseButtonRelease, Qt.MouseButton.NoButton),
    ):
        event = QMouseEvent(
            kind, at, widget.mapToGlobal(at), Qt.MouseButton.LeftButton, buttons, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(widget, event)
    _settle()


def press(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press and let go a key; shortcuts of the window are asked first, as with a real keyboard."""
    widget.setFocus(Qt.FocusReason.OtherFocusReason)
    text = chr(key) if key < 128 and not modifiers else ""
    for action in widget.window().actions():
        if QKeySequence(QKeyCombination(modifiers, key)) in action.shortcuts():
            action.trigger()
            _settle()
            return
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, modifiers, text))
    _settle()


def _settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


def picture(window: MainWindow, target: Path) -> None:
    """Save a picture of the window as PNG; raises AnnotatorError when it cannot be written."""
    _settle()
    if not window.grab().save(str(target), "PNG"):
        raise AnnotatorError(f"The picture {target.name} could not be written. Check the folder.")
