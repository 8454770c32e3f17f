from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from annotator.ui.theme.apply import apply_theme
from annotator.ui.theme.theme import load_theme
from annotator.ui.widgets.empty_state import EmptyState

SENTENCE = "Drop text files here, paste a text, or import a whole folder of them."


@pytest.fixture
def state(qapp: QApplication, qtbot: QtBot) -> EmptyState:
    apply_theme(qapp, load_theme("light"))
    made = EmptyState("article", "No articles yet", SENTENCE)
    qtbot.addWidget(made)
    return made


def test_it_says_what_to_do_next(state: EmptyState):
    assert state.accessibleName() == "No articles yet"
    assert state.accessibleDescription().startswith("Drop text files")
    state.set_message("search", "Nothing found", "Try fewer words.")
    shown = [label.text() for label in state.findChildren(QLabel)]
    assert "Nothing found" in shown
    assert "Try fewer words." in shown


def test_buttons_are_two_at_most_and_work(state: EmptyState, qtbot: QtBot):
    first = state.add_button("Import…", primary=True)
    second = state.add_button("Open the sample")
    assert first.property("primary") is True
    assert second.property("primary") is False
    with qtbot.waitSignal(first.clicked, timeout=500):
        qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    with pytest.raises(ValueError, match="two"):
        state.add_button("Third")
    assert len(state.findChildren(QPushButton)) == 2


def test_a_long_sentence_is_wrapped_not_cut(state: EmptyState):
    state.resize(260, 400)
    state.show()
    sentence = next(label for label in state.findChildren(QLabel) if label.text().startswith("Drop"))
    assert sentence.height() >= sentence.heightForWidth(sentence.width())
    assert sentence.height() >= 2 * sentence.fontMetrics().height()


def test_the_icon_follows_the_theme(qapp: QApplication, state: EmptyState):
    state.show()
    before = state.grab().toImage()
    apply_theme(qapp, load_theme("dark"))
    picture = next(label for label in state.findChildren(QLabel) if not label.pixmap().isNull())
    lightest = max(picture.pixmap().toImage().pixelColor(x, 16).lightness() for x in range(32))
    assert lightest > 120
    assert state.grab().toImage() != before
    apply_theme(qapp, load_theme("light"))
