from __future__ import annotations

from pytestqt.qtbot import QtBot

from annotator.ui.colleagues.compare import ComparePane
from annotator.ui.colleagues.record_wording import Field

NAMES = ("Mine", "Ben’s")


def test_what_differs_bears_a_sign_and_is_marked_word_by_word(qtbot: QtBot) -> None:
    pane = ComparePane()
    qtbot.addWidget(pane)
    pane.show_fields([Field("Title", "All <schools> shut", "All shut"), Field("Source", "BBC", "BBC")], NAMES)
    text = pane.toPlainText()
    assert [line for line in text.split("\n") if line] == [
        "Mine", "Ben’s", "≠ Title", "All <schools> shut", "All shut", "Source", "BBC", "BBC",
    ]  # fmt: skip
    assert pane.toHtml().count("text-decoration: underline") == 1
    assert pane.accessibleDescription() == "Title: Mine All [<schools> ]shut, Ben’s All shut; Source: BBC"


def test_a_side_that_is_not_there_says_so_and_nothing_is_marked(qtbot: QtBot) -> None:
    pane = ComparePane()
    qtbot.addWidget(pane)
    pane.show_fields([Field("Title", "", "Found")], NAMES, ("removed", ""))
    assert "removed" in pane.toPlainText()
    assert "≠" not in pane.toPlainText()
    pane.show_nothing()
    assert pane.toPlainText() == ""
    assert pane.accessibleDescription() == ""


def test_each_paragraph_reads_in_its_own_direction(qtbot: QtBot) -> None:
    pane = ComparePane()
    qtbot.addWidget(pane)
    pane.show_fields([Field("Text", "", "المفاوضات\n\nBerlin said nothing.")], NAMES, ("removed", ""))
    block, directions = pane.document().begin(), {}
    while block.isValid():
        directions[block.text()] = block.textDirection()
        block = block.next()
    assert directions["المفاوضات"] != directions["Berlin said nothing."]
