"""Kinds of difference are told apart by shape alone."""

from __future__ import annotations

from itertools import combinations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from annotator.analysis.comparison import DifferenceKind
from annotator.ui.review.kind_shapes import kind_shape, paint_kind


def drawn(kind: DifferenceKind) -> QImage:
    image = QImage(14, 14, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    paint_kind(painter, QRectF(0, 0, 14, 14), kind, QColor("black"))
    painter.end()
    return image


def test_every_two_differ_in_many_pixels(qapp) -> None:
    pictures = {kind: bytes(drawn(kind).constBits()) for kind in DifferenceKind}
    for one, other in combinations(pictures.values(), 2):
        assert sum(abs(a - b) > 100 for a, b in zip(one, other, strict=True)) > 15


def test_every_shape_lies_in_the_unit_square() -> None:
    for kind in DifferenceKind:
        assert QRectF(-0.1, -0.1, 1.2, 1.2).contains(kind_shape(kind).boundingRect())
