from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from annotator.model.codebook import Part
from annotator.ui.widgets.shapes import paint_shape, tag_shape


def _drawn(part: Part, side: int = 12) -> QImage:
    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    paint_shape(painter, QRectF(0, 0, side, side), part, QColor("#0072B2"))
    painter.end()
    return image


def _ink(image: QImage) -> set[tuple[int, int]]:
    every = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return {(x, y) for x, y in every if image.pixelColor(x, y).alpha() > 127}


@pytest.mark.parametrize("part", Part)
def test_each_part_has_a_silhouette_in_the_unit_square(part: Part):
    assert QRectF(-0.001, -0.001, 1.002, 1.002).contains(tag_shape(part).boundingRect())
    assert len(_ink(_drawn(part))) > 20


@pytest.mark.parametrize(("first", "second"), list(combinations(Part, 2)))
def test_silhouettes_differ_without_colour_at_the_size_of_a_list_row(first: Part, second: Part):
    one, other = _ink(_drawn(first)), _ink(_drawn(second))
    assert len(one ^ other) >= 0.15 * len(one | other)


def test_a_shape_is_a_square_in_the_middle_and_leaves_the_painter_alone():
    image = QImage(40, 10, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    paint_shape(painter, QRectF(0, 0, 40, 10), Part.OTHER, QColor("#C85400"))
    assert not painter.testRenderHint(QPainter.RenderHint.Antialiasing)
    painter.end()
    columns = {x for x, _ in _ink(image)}
    assert min(columns) == 16
    assert max(columns) == 23
