"""Pairs that may be one and the same, listed quietly under the table."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from annotator.ui.codebook.duplicates import Pair
from annotator.ui.codebook.fields import tool
from annotator.ui.widgets.dismiss import dismiss
from annotator.ui.widgets.elided_label import ElidedLabel
from annotator.ui.widgets.section_header import SectionHeader

_SHOWN, _ROW, _ROOM = 20, 32, 104


class SameList(QWidget):
    """``merge_wanted`` tells a pair to be merged, ``dismissed`` one that are two."""

    merge_wanted = Signal(object)
    dismissed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pairs: list[Pair] = []
        self.header = SectionHeader(self.tr("May be the same"), expanded=True)
        self._body = QWidget()
        self._rows = QVBoxLayout(self._body)
        self._rows.setContentsMargins(8, 0, 4, 4)
        self._rows.setSpacing(2)
        self._rows.addStretch(1)
        self._shown: list[QWidget] = []
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self._body)
        self._scroll.setAccessibleName(self.tr("May be the same"))
        self.header.set_body(self._scroll)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._scroll)
        self.hide()

    def show_pairs(self, pairs: list[Pair], *, editable: bool) -> None:
        """Show these pairs; nothing is shown when there are none."""
        self.setVisible(bool(pairs) and editable)
        self.header.set_count(len(pairs))
        if pairs == self.pairs:
            return
        self.pairs = pairs
        for row in self._shown:
            dismiss(row)
        self._shown = [self._row(pair) for pair in pairs[:_SHOWN]]
        for row in self._shown:
            self._rows.insertWidget(self._rows.count() - 1, row)  # before the stretch
        self._scroll.setFixedHeight(min(len(pairs) * _ROW + 6, _ROOM))

    def _row(self, pair: Pair) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        text = self.tr("{0}  –  {1}").format(pair.short.name, pair.full.name)
        merge = QToolButton()
        merge.setText(self.tr("Merge …"))
        merge.setToolTip(self.tr("Choose which name stays"))
        merge.setObjectName("mergePair")
        merge.setAccessibleName(self.tr("Merge {0}").format(text))
        merge.clicked.connect(lambda: self.merge_wanted.emit(pair))
        apart = tool("close", self.tr("They are two; do not propose them again until the next start"), "keepApart")
        apart.clicked.connect(lambda: self.dismissed.emit(pair))
        line.addWidget(ElidedLabel(text), 1)
        line.addWidget(merge)
        line.addWidget(apart)
        return row
