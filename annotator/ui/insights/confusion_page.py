"""The table of confused tags; a cell opens the list of what it counts, and Escape leads back."""

from __future__ import annotations

from itertools import combinations

from PySide6.QtCore import QEvent, QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QListView,
    QStackedWidget,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.ui.insights.confusion_model import Cell, ConfusionModel
from annotator.ui.insights.inquiry import Inquiry
from annotator.ui.insights.painting import ConfusionDelegate, PlaceDelegate
from annotator.ui.insights.place_model import Place, PlaceModel, places
from annotator.ui.state import UiState
from annotator.ui.theme.apply import current_theme
from annotator.ui.theme.icons import icon
from annotator.ui.widgets.elided_label import ElidedLabel

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_LEAST_COLUMN, _ROW = 56, 27


class ConfusionTable(QTableView):
    """``chosen``: a cell was clicked, or Enter pressed in it."""

    chosen = Signal(QModelIndex)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("confusionTable")
        self.setItemDelegate(ConfusionDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        heads, rows = self.horizontalHeader(), self.verticalHeader()
        heads.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        heads.setMinimumSectionSize(_LEAST_COLUMN)
        rows.setDefaultSectionSize(_ROW)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.clicked.connect(self.chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses the cell."""
        if event.key() in _ENTER and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class PlaceList(QListView):
    """``chosen``: a place was clicked, or Enter pressed on it. ``left``: back to the table."""

    chosen = Signal(QModelIndex)
    left = Signal()

    def __init__(self, model: PlaceModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("confusedPlaces")
        self.setModel(model)
        self.setItemDelegate(PlaceDelegate(self))
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.clicked.connect(self.chosen)

    def event(self, event: QEvent) -> bool:
        """Escape goes back to the table: it must not close the panel at once."""
        asked = event.type() is QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the place, Escape and Backspace back."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Backspace):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class ConfusionPage(QStackedWidget):
    """``place_asked`` tells a ``Place``, the cell it is of, and the uids of the two sets."""

    place_asked = Signal(object, object, str, str)

    def __init__(self, state: UiState, inquiry: Inquiry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inquiry = inquiry
        self._cell: Cell | None = None
        self.confusion = ConfusionModel(state, inquiry, self)
        self.found = PlaceModel(self)
        self.table, self.list = ConfusionTable(), PlaceList(self.found)
        self.table.setModel(self.confusion)
        self.pair = QComboBox()
        self.back = QToolButton()
        self._about, self._title = ElidedLabel(), ElidedLabel()
        self._build()
        self.addWidget(_page(self._about, self.pair, self.table))
        self.addWidget(_page(self._title, self.back, self.list, button_first=True))
        self.table.chosen.connect(self.show_cell)
        self.list.chosen.connect(self._go_to)
        self.list.left.connect(self.show_table)
        self.back.clicked.connect(self.show_table)
        inquiry.counted.connect(self.refresh)
        self.confusion.modelReset.connect(self._choose_first)
        self.refresh()

    def _build(self) -> None:
        self.table.setAccessibleName(self.tr("Confused tags"))
        self.list.setAccessibleName(self.tr("Places"))
        self.pair.setAccessibleName(self.tr("Which two"))
        self.pair.setObjectName("confusedPair")
        self.pair.currentIndexChanged.connect(self._choose_pair)
        self.back.setToolTip(self.tr("Back to the table (Esc)"))
        self.back.setAccessibleName(self.tr("Back to the table"))
        self._about.setProperty("secondary", True)
        self._tint()

    def changeEvent(self, event: QEvent) -> None:
        """Tint the button anew when the theme changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "back"):
            self._tint()

    def _tint(self) -> None:
        name = "chevron-right" if self.isRightToLeft() else "chevron-left"
        self.back.setIcon(icon(name, current_theme().text))

    # -- showing ------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Name who is compared; a list that is open shows what its cell holds now."""
        answer = self._inquiry.answer
        names = answer.loaded.names if answer is not None else ()
        pairs = list(combinations(range(len(names)), 2))
        with QSignalBlocker(self.pair):
            shown = [f"{names[i]} × {names[j]}" for i, j in pairs]
            if shown != [self.pair.itemText(at) for at in range(self.pair.count())]:
                self.pair.clear()
                for word, pair in zip(shown, pairs, strict=True):
                    self.pair.addItem(word, pair)
            self.pair.setCurrentIndex(pairs.index(self.confusion.pair) if self.confusion.pair in pairs else 0)
        self.pair.setVisible(len(pairs) > 1)
        if names:
            first, second = (names[at] for at in self.confusion.pair)
            self._about.setText(self.tr("Rows: {0} · columns: {1}").format(first, second))
        self._show_places()

    def _show_places(self) -> None:
        answer = self._inquiry.answer
        if self._cell is None or answer is None:
            self.setCurrentIndex(0)
            return
        found = list(places(answer, self.confusion.pair, self._cell))
        self.found.show(found)
        said = self.tr("%n place(s)", "", len(found))
        self._title.setText(f"{self.confusion.cell_word(self._cell)} · {said}")

    def _choose_pair(self, at: int) -> None:
        pair = self.pair.itemData(at)
        if pair is not None:
            self._cell = None
            self.confusion.choose(tuple(pair))
            self.refresh()

    def _choose_first(self) -> None:
        if self.confusion.rowCount() and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.confusion.index(0, 0))

    def show_cell(self, index: QModelIndex) -> None:
        """List what a cell counts; an empty one has nothing to list."""
        if self.confusion.count(index):
            self._cell = self.confusion.cell(index)
            self._show_places()
            self.setCurrentIndex(1)
            self.list.setCurrentIndex(self.found.index(0))
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_table(self) -> None:
        """Go back to the table."""
        self._cell = None
        self.setCurrentIndex(0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to(self, index: QModelIndex) -> None:
        place: Place | None = self.found.place(index)
        answer = self._inquiry.answer
        if place is not None and answer is not None and self._cell is not None:
            first, second = (answer.question.sets[at] for at in self.confusion.pair)
            self.place_asked.emit(place, self._cell, first, second)


def _page(label: QWidget, control: QWidget, view: QWidget, *, button_first: bool = False) -> QWidget:
    page, head = QWidget(), QHBoxLayout()
    head.setContentsMargins(8 if button_first else 12, 2, 12, 2)
    head.setSpacing(8)
    parts = ((control, 0), (label, 1)) if button_first else ((label, 1), (control, 0))
    for part, stretch in parts:
        head.addWidget(part, stretch)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 2, 0, 0)
    column.setSpacing(2)
    column.addLayout(head)
    column.addWidget(view, 1)
    return page
