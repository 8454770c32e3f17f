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
    """Follows the window's width with its shares; sizes that were set by hand stay and are remembered."""

    def __init__(self, side: QWidget, middle: QWidget, panel: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName("parts")
        self.setChildrenCollapsible(False)
        self._middle = middle
        self._by_hand = False
        for part in (side, middle, panel):
            self.addWidget(part)
            self.setStretchFactor(self.count() - 1, int(part is middle))
        self.splitterMoved.connect(self._keep)

    def remembered(self) -> str:
        """Return the sizes that were set by hand, as text; empty while the parts share the width by themselves."""
        return bytes(self.saveState().toBase64().data()).decode() if self._by_hand else ""

    def restore(self, remembered: str) -> None:
        """Set the sizes that were remembered."""
        self._by_hand = bool(remembered) and self.restoreState(QByteArray.fromBase64(remembered.encode()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        if not self._by_hand and event.size().width() != event.oldSize().width():
            self._share()

    def _share(self) -> None:
        """Give list and panel their shares, whatever stands in for the panel the same, and the text the rest."""
        left, right = shares(self.width())
        middle = self.indexOf(self._middle)
        wanted = [left if at < middle else right for at in range(self.count())]
        parts = [self.widget(at) for at in range(self.count())]
        beside = [at for at, part in enumerate(parts) if part is not None and not part.isHidden() and at != middle]
        wanted[middle] = self.width() - sum(wanted[at] for at in beside)
        self.setSizes(wanted)

    def _keep(self) -> None:
        self._by_hand = True
