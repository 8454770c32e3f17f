"""The three parts of the window beside each other: list, text, panel. They share its width until somebody says how."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

_STOPS = ((1024, 220, 280), (1280, 256, 320), (2560, 360, 460))
"""Window's width, the list's and the panel's, in pixels; between them in proportion.

In a small window the text comes first; in a large one it has its measure, and what is left goes to the sides.
"""


def shares(width: int) -> tuple[int, int]:
    """Return how wide list and panel are in a window of a width, in pixels."""
    width = min(max(width, _STOPS[0][0]), _STOPS[-1][0])
    low, high = next(pair for pair in pairwise(_STOPS) if width <= pair[1][0])
    part = (width - low[0]) / (high[0] - low[0])
    return round(low[1] + part * (high[1] - low[1])), round(low[2] + part * (high[2] - low[2]))


class Parts(QSplitter):
    """Follows the window's width with its shares; sizes that were set by hand stay and are remembered.

    Made empty, to be given to ``fill`` what was made within it: ``side`` and ``middle`` in ``reading``, ``panel`` here.
    Under a style sheet each move of a widget into another dresses it and all within it anew.
    ``left`` holds list and text one beside the other in ``reading``, and has room for what is shown beneath both: so
    the panel at the right keeps its height, which review mode needs.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName("parts")
        self._by_hand = False
        self.left = QSplitter(Qt.Orientation.Vertical, self)
        self.reading = QSplitter(Qt.Orientation.Horizontal, self.left)
        for splitter in (self, self.reading):
            splitter.splitterMoved.connect(self._keep)

    def fill(self, side: QWidget, middle: QWidget, panel: QWidget) -> None:
        """Put the three parts beside each other."""
        _fill(self.reading, (side, 0), (middle, 1))
        _fill(self.left, (self.reading, 1))
        _fill(self, (self.left, 1), (panel, 0))

    def widths(self) -> tuple[int, int, int]:
        """Return how wide list, text and what is shown at the right are, in pixels."""
        side, middle = self.reading.sizes()
        return side, middle, max(self.sizes()[1:])

    def remembered(self) -> str:
        """Return the sizes that were set by hand, as text; empty while the parts share the width by themselves."""
        if not self._by_hand:
            return ""
        return " ".join(bytes(one.saveState().toBase64().data()).decode() for one in (self, self.reading))

    def restore(self, remembered: str) -> None:
        """Set the sizes that were remembered."""
        states = [QByteArray.fromBase64(state.encode()) for state in remembered.split()]
        both = len(states) == 2
        self._by_hand = both and all([self.restoreState(states[0]), self.reading.restoreState(states[1])])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        if not self._by_hand and event.size().width() != event.oldSize().width():
            self._share()

    def _share(self) -> None:
        """Give list and panel their shares, whatever stands in for the panel the same, and the text the rest."""
        side, panel = shares(self.width())
        others = [self.widget(at) for at in range(1, self.count())]
        right = panel if any(part is not None and not part.isHidden() for part in others) else 0
        self.setSizes([self.width() - right, *[panel] * len(others)])
        self.reading.setSizes([side, self.width() - right - side])

    def _keep(self) -> None:
        self._by_hand = True


def _fill(splitter: QSplitter, *parts: tuple[QWidget, int]) -> None:
    """Put parts into a splitter, each with how much of further room it takes."""
    splitter.setChildrenCollapsible(False)
    for at, (part, stretch) in enumerate(parts):
        splitter.addWidget(part)
        splitter.setStretchFactor(at, stretch)
