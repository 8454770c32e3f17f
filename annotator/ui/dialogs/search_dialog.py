"""Searching everything: titles, texts, notes, attributes, entities and tags, each place in its context."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStackedWidget, QWidget

from annotator.model.content import SearchHit
from annotator.model.finding import Terms, terms
from annotator.ui.dialogs.hits import HitDelegate, HitModel
from annotator.ui.state import UiState
from annotator.ui.widgets.dialog import Dialog, small
from annotator.ui.widgets.empty_state import EmptyState
from annotator.ui.widgets.search_field import SearchField
from annotator.ui.widgets.work import Report, Stopped, Work, run_work

_LIMIT = 200
_PAUSE_MS = 150


class SearchDialog(Dialog):
    """``open_requested`` tells the article's uid, the Span or None, and the annotation's uid or nothing.

    It stays open beside the window, so that one place after the other can be gone to.
    """

    open_requested = Signal(str, object, str)

    def __init__(self, parent: QWidget | None, state: UiState) -> None:
        super().__init__(parent, 620, 560)
        self.set_title(self.tr("Search everything"))
        self.setObjectName("searchDialog")
        self._state = state
        self._work: Work | None = None
        self._sought = ""
        self._model = HitModel()
        self._field = SearchField(self.tr("Titles, texts, notes, names and tags"), delay_ms=_PAUSE_MS)
        self._list = QListView()
        self._count = small()
        self._empty = EmptyState("search", "", "")
        self._pages = QStackedWidget()
        self._set_up_list()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._list)
        for widget, stretch in ((self._field, 0), (self._pages, 1), (self._count, 0)):
            self.body.addWidget(widget, stretch)
        self.add_cancel(self.tr("Close"))
        self._open = self.add_button(self.tr("Open"), primary=True)
        # Enter in the field goes to the first place; as the default button this would open it at once.
        self._open.setDefault(False)
        self._open.setAutoDefault(False)
        self._open.clicked.connect(lambda: self._go_to(self._list.currentIndex()))
        self._field.text_changed.connect(self._search)
        self._field.installEventFilter(self)
        state.project_opened.connect(self.close)
        state.project_changed.connect(self._search_again)
        self._show([], terms(""))
        self._field.setFocus()

    def _set_up_list(self) -> None:
        view = self._list
        view.setModel(self._model)
        view.setItemDelegate(HitDelegate(view))
        view.setProperty("framed", True)
        view.setMouseTracking(True)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setAccessibleName(self.tr("Places found"))
        view.clicked.connect(self._go_to)
        view.installEventFilter(self)

    def search_for(self, words: str) -> None:
        """Search for these words."""
        self._field.setText(words)
        self._field.selectAll()

    # -- searching ----------------------------------------------------------------------------------------

    def _search(self, words: str) -> None:
        self._sought = words
        if self._work is not None:
            self._work.cancel()
            self._work = None
        project = self._state.project
        if project is None or not words.strip():
            self._show([], terms(""))
            return

        def find(_report: Report, _stopped: Stopped) -> object:
            with project.worker_reader() as read:
                return read.find_everywhere(words, _LIMIT + 1)

        self._work = run_work(self, find)
        self._work.finished.connect(lambda found: self._take(cast("list[SearchHit]", found), words))
        self._work.failed.connect(self._fail)

    def _search_again(self, _change_set: object) -> None:
        self._search(self._field.text())

    def _take(self, hits: list[SearchHit], words: str) -> None:
        self._work = None
        self._show(hits, terms(words))

    def _fail(self, text: str) -> None:
        self._work = None
        self._state.tell(text, "warning")

    def _show(self, hits: list[SearchHit], wanted: Terms) -> None:
        before = self._model.hit(self._list.currentIndex().row())
        self._model.show(hits[:_LIMIT], wanted)
        self._tell(hits)
        self._open.setEnabled(bool(hits))
        if hits:
            self._list.setCurrentIndex(self._model.index(self._row_of(before)))

    def _row_of(self, hit: SearchHit | None) -> int:
        """Return the row of a place that was chosen before, else of the first."""
        rows = range(self._model.rowCount())
        return next((row for row in rows if hit is not None and self._model.hit(row) == hit), self._model.first())

    def _tell(self, hits: list[SearchHit]) -> None:
        sought = bool(self._field.text().strip())
        self._pages.setCurrentIndex(1 if hits else 0)
        if sought:
            self._empty.set_message("search", self.tr("Nothing found"), self.tr("Try fewer words, or parts of words."))
        else:
            sentence = self.tr("Every word must be there. Put a phrase in quotation marks.")
            self._empty.set_message("search", self.tr("Search the whole project"), sentence)
        if len(hits) > _LIMIT:
            self._count.setText(self.tr("The first {0} places. More words narrow the search.").format(_LIMIT))
        elif hits:
            number = self.locale().toString(len(hits))
            self._count.setText(self.tr("1 place") if len(hits) == 1 else self.tr("{0} places").format(number))
        else:
            self._count.setText("")

    # -- going there --------------------------------------------------------------------------------------

    def _go_to(self, index: QModelIndex) -> None:
        hit = self._model.hit(index.row())
        if hit is not None:
            self.open_requested.emit(hit.article, hit.span, hit.annotation or "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the field the arrows move in the list; Enter opens the place that is chosen."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if watched is self._field and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._step(1 if key is Qt.Key.Key_Down else -1)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._awaited(watched):
                self._go_to(self._list.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def _awaited(self, watched: QObject) -> bool:
        """Return whether what is typed in the field is still to be searched: Enter then searches it at once."""
        return watched is self._field and (self._field.text() != self._sought or self._work is not None)

    def _step(self, by: int) -> None:
        row = self._list.currentIndex().row() + by
        while 0 <= row < self._model.rowCount() and self._model.hit(row) is None:
            row += by
        if 0 <= row < self._model.rowCount():
            self._list.setCurrentIndex(self._model.index(row))
