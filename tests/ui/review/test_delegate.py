"""A row of differences in either direction."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem

from annotator.ui.review.delegate import _right_to_left
from annotator.ui.theme.theme import load_theme

WIDTH = 320


def drawn(panel, row: int, direction: Qt.LayoutDirection) -> QImage:
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, WIDTH, 70)
    option.direction = direction
    option.font = QApplication.font()
    image = QImage(WIDTH, 70, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    panel.list.itemDelegate().paint(painter, option, panel.list.differences.index(row))
    painter.end()
    return image


def inked(image: QImage, left: int, right: int) -> bool:
    """Tell whether something is painted in the head line between two columns."""
    white = QColor("white").rgb()
    return any(image.pixel(x, y) != white for x in range(left, right) for y in range(8, 20))


@pytest.mark.parametrize("row", [1, 2])
def test_a_row_is_mirrored_in_a_right_to_left_layout(panel, row: int) -> None:
    plain = drawn(panel, row, Qt.LayoutDirection.LeftToRight)
    mirrored = drawn(panel, row, Qt.LayoutDirection.RightToLeft)
    accent = QColor(load_theme("light").warning if row == 1 else load_theme("light").accent).rgb()
    left, right = range(10, 25), range(WIDTH - 25, WIDTH - 10)
    assert any(plain.pixel(x, y) == accent for x in left for y in range(30))
    assert any(mirrored.pixel(x, y) == accent for x in right for y in range(30))
    assert inked(plain, WIDTH - 25, WIDTH - 10)  # the ring of what is open
    assert inked(mirrored, 10, 25)


def test_what_is_decided_is_told_by_letters_and_marks(table, panel) -> None:
    before = drawn(panel, 0, Qt.LayoutDirection.LeftToRight)
    table.deciding.take_second()
    after = drawn(panel, 0, Qt.LayoutDirection.LeftToRight)
    assert not inked(before, WIDTH - 70, WIDTH - 45)
    assert inked(after, WIDTH - 70, WIDTH - 45)


@pytest.mark.parametrize(("text", "expected"), [("talks", False), ("“قال", True), ("12 …", False), ("שלום", True)])
def test_words_run_as_their_script_does(text: str, expected: bool) -> None:
    assert _right_to_left(text) is expected
