from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.ui.parts import Parts, shares


def filled() -> Parts:
    made = Parts()
    made.fill(QWidget(made.reading), QWidget(made.reading), QWidget(made))
    return made


@pytest.fixture
def parts(qtbot: QtBot) -> Parts:
    made = filled()
    made.setStyleSheet("QSplitter::handle:horizontal { width: 1px; }")
    qtbot.addWidget(made)
    made.resize(1280, 400)
    made.show()
    return made


def test_the_parts_stand_in_their_order(parts: Parts) -> None:
    other = Parts()
    side, middle, panel = QWidget(), QWidget(), QWidget()
    other.fill(side, middle, panel)
    assert [parts.count(), parts.left.count(), parts.reading.count()] == [2, 1, 2]
    assert [other.reading.indexOf(side), other.reading.indexOf(middle), other.indexOf(panel)] == [0, 1, 1]
    other.close()


@pytest.mark.parametrize(
    ("width", "sides"),
    [(800, (220, 280)), (1024, (220, 280)), (1280, (256, 320)), (1920, (308, 390)), (2560, (360, 460)),
     (3840, (360, 460))],
)  # fmt: skip
def test_the_sides_share_a_windows_width(width: int, sides: tuple[int, int]) -> None:
    assert shares(width) == sides


@pytest.mark.parametrize("width", [1024, 2560, 1280])
def test_the_text_takes_the_rest(parts: Parts, width: int) -> None:
    parts.resize(width, 400)
    left, middle, right = parts.widths()
    assert (left, right) == pytest.approx(shares(width), abs=2)
    assert left + middle + right + 2 * parts.handleWidth() == pytest.approx(width, abs=2)


def test_sizes_set_by_hand_stay_and_are_remembered(parts: Parts, qtbot: QtBot) -> None:
    assert parts.remembered() == ""
    parts.reading.moveSplitter(400, 1)
    assert parts.widths()[0] == pytest.approx(400, abs=2)
    parts.resize(1800, 400)
    assert parts.widths()[0] == pytest.approx(400, abs=2)
    again = filled()
    qtbot.addWidget(again)
    again.restore(parts.remembered())
    again.resize(1800, 400)
    again.show()
    assert again.widths()[0] == pytest.approx(400, abs=2)
    assert again.remembered() != ""


@pytest.mark.parametrize("nonsense", ["", "AAAA", "not base64!"])
def test_what_cannot_be_restored_is_shared(qtbot: QtBot, nonsense: str) -> None:
    made = filled()
    qtbot.addWidget(made)
    made.restore(nonsense)
    made.resize(1280, 400)
    made.show()
    QApplication.processEvents()
    assert made.remembered() == ""
    assert made.widths()[0] == pytest.approx(256, abs=4)


def test_a_hidden_side_leaves_its_share_to_the_text_and_gets_it_back(parts: Parts) -> None:
    parts.reading.widget(0).hide()
    parts.resize(2560, 400)
    assert parts.widths()[1] > 2000
    parts.reading.widget(0).show()
    QApplication.processEvents()
    assert parts.widths()[0] == pytest.approx(360, abs=4)
