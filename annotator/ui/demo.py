"""The main job done by mouse and keys in the real window, for ``annotator demo``: what a user would do, no shortcut."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QEvent, QKeyCombination, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from annotator.base.errors import AnnotatorError
from annotator.exchange.gazetteer import Gazetteer, fold
from annotator.model.annotation import Annotation
from annotator.model.boundaries import name_phrase_at, paragraph_at, quotations, sentence_at
from annotator.model.codebook import Part
from annotator.model.span import Span
from annotator.ui.main_window import MainWindow

_SIZE = (1440, 900)
_SPEECH = re.compile(r"(?:\S+\s+){3}.*[,.!?]\W?\Z", re.DOTALL)
"""Words that end like a sentence: two or three in marks are a title or irony more often than speech."""
_FIGURE = re.compile(r"\d[\d,]*\d \w")
"""A number of things: what claims in the news are often about."""
_PLACES = 3
_SMALLEST = 20_000
"""People of the smallest place looked for: hamlets bear the names of persons."""
_BEFORE_A_PLACE = re.compile(r"(?:\A|\n\n)(?=[A-Z]{4})|\b(?:at|from|in|near|of|over|to) ")
"""The head of a dateline, or a preposition."""


def tag_articles(window: MainWindow, count: int) -> int:
    """Tag so many articles of the open project by mouse and keys; return how many annotations there are then.

    A click and a digit tag each quotation, Enter takes the speaker when a full name is proposed; a click and a digit
    make the first sentence with a figure a claim; a click, a digit, G and Enter tag a place and take its coordinates
    from the gazetteer; Ctrl+Enter marks the article done and opens the next.
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
        ghost = window.state.ghost
        if ghost is not None and " " in ghost.name and text[ghost.mention.start].isupper():
            press(window.desk.reader, Qt.Key.Key_Return)
    figure = _FIGURE.search(text)
    sentence = sentence_at(text, figure.start()) if figure is not None else None
    if sentence is not None:
        _tag_at(window, sentence.start + 1, Part.CLAIM)
    for place in _places(text):
        _tag_at(window, place.start + 1, Part.LOCATION)
        press(window.desk.reader, Qt.Key.Key_G)
        press(QApplication.focusWidget() or window.desk.reader, Qt.Key.Key_Return)


def _places(text: str) -> list[Span]:
    """Return the first mentions of places where the words before announce one and the gazetteer knows it."""
    gazetteer = Gazetteer.open_shipped()
    found: dict[str, Span] = {}
    try:
        for span in _after_announcements(text):
            name = fold(span.of(text))
            known = gazetteer.search(name, 1)
            if known and known[0].matched == name and known[0].population >= _SMALLEST:
                found.setdefault(name, span)
    finally:
        gazetteer.close()
    return list(found.values())[:_PLACES]


def _after_announcements(text: str) -> Iterator[Span]:
    for match in _BEFORE_A_PLACE.finditer(text):
        span = name_phrase_at(text, match.end(), place=True) if text[match.end() :][:1].isupper() else None
        if span is not None:
            yield span


def _quotations(text: str) -> list[Span]:
    found: list[Span] = []
    at = 0
    while at < len(text):
        paragraph = paragraph_at(text, at)
        if paragraph is None:
            at += 1
            continue
        found.extend(q for q in quotations(text, paragraph) if _SPEECH.search(q.of(text)))
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


def show_best(window: MainWindow) -> None:
    """Open the article with the most annotations, a quote with a speaker selected by a click."""
    project = window.state.project
    if project is None:
        return
    rows = project.read.article_rows(project.read.all_article_uids(), project.annotator.uid)
    best = max(rows, key=lambda row: sum(row.tags.values()))
    window.go_to(best.uid, None, "")
    _settle()
    quote = _spoken_quote(window)
    if quote is not None:
        reader = window.desk.reader
        reader.reveal(quote.spans[0])
        _settle()
        click(reader.viewport(), reader.point_of(quote.start + 1))


def _spoken_quote(window: MainWindow) -> Annotation | None:
    content = window.state.content
    if content is None:
        return None
    spoken = {link.from_annotation for link in content.links.values()}
    quotes = [one for one in content.annotations.values() if one.uid in spoken]
    return min(quotes, key=lambda one: one.start, default=None)


def picture(window: MainWindow, target: Path) -> None:
    """Save a picture of the window as PNG; raises AnnotatorError when it cannot be written."""
    _settle()
    if not window.grab().save(str(target), "PNG"):
        raise AnnotatorError(f"The picture {target.name} could not be written. Check the folder.")
