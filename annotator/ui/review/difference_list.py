"""The list of differences: a row is looked at when it is current; the bare keys are review mode's."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from annotator.ui.actions.registry import Actions
from annotator.ui.review.delegate import DifferenceDelegate
from annotator.ui.review.model import DifferenceModel
from annotator.ui.review.session import Session
from annotator.ui.state import UiState
from annotator.ui.theme.apply import current_theme

_Index = QModelIndex | QPersistentModelIndex


class DifferenceList(QListView):
    """Follows the review, and moves it."""

    def __init__(self, state: UiState, actions: Actions, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("differenceList")
        self.setAccessibleName(self.tr("Differences"))
        self._session = session
        self._following = False
        self.differences = DifferenceModel(state, session, self)
        self.setItemDelegate(DifferenceDelegate(self.differences))
        self.setModel(self.differences)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.selectionModel().currentChanged.connect(self._go)
        self.differences.modelReset.connect(self.follow)
        session.moved.connect(self.follow)
        actions.watch(self)
        self.follow()

    def follow(self) -> None:
        """Show which difference is looked at."""
        self._following = True
        row = self.differences.row_of(self._session.current)
        if row >= 0:
            index = self.differences.index(row)
            self.setCurrentIndex(index)
            self.scrollTo(index)
        else:
            self.selectionModel().clear()
        self._following = False

    def dataChanged(self, top_left: _Index, bottom_right: _Index, roles: Sequence[int] = ()) -> None:
        """Paint rows anew, and say so to screen readers; a list view would measure all of them, thousands, again.

        What a row says can change, how many versions it shows cannot: that would be another difference.
        """
        QAbstractItemView.dataChanged(self, top_left, bottom_right, roles)

    def _go(self, current: QModelIndex, _previous: QModelIndex) -> None:
        item = self.differences.item(current)
        if item is not None and not self._following:
            self._session.go(item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave letters to the actions; arrows move."""
        if event.text() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say why an empty list is empty."""
        super().paintEvent(event)
        if self.differences.rowCount() == 0 and self._session.active:
            painter = QPainter(self.viewport())
            painter.setPen(current_theme().secondary)
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect().adjusted(16, 16, -16, -16), int(flags), self._emptiness())
            painter.end()

    def _emptiness(self) -> str:
        if self._session.found.items:
            return self.tr("No difference matches the filter.")
        if self._session.second and self._session.found.agreed:
            return self.tr("The two agree on everything here. Shift+A accepts it.")
        return self.tr("Nothing is tagged here by those you have chosen.")
