"""Review mode in the window: the review joined to reader, panel and actions."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QSplitter, QWidget

from annotator.ui.actions.registry import Actions
from annotator.ui.actions.table import Mode
from annotator.ui.reader.view import Reader
from annotator.ui.review.deciding import Deciding
from annotator.ui.review.panel import ReviewPanel
from annotator.ui.review.session import Session
from annotator.ui.state import UiState


class Reviewing(QObject):
    """Swaps the panels with the mode, and has the reader show two sets while it lasts."""

    def __init__(self, state: UiState, actions: Actions, reader: Reader, parent: QObject) -> None:
        super().__init__(parent)
        self._state, self._actions, self._reader = state, actions, reader
        self.session = Session(state, actions, self)
        self.deciding = Deciding(state, actions, self.session)
        self.panel = ReviewPanel(state, actions, self.session, self.deciding)
        self.panel.hide()
        self._splitter: QSplitter | None = None
        self._other: QWidget | None = None
        self._other_was_shown = True
        actions.connect_to({"review.toggle": self.toggle})
        actions.mode_changed.connect(self._follow_mode)
        self.session.changed.connect(self._show_lanes)
        state.project_opened.connect(lambda: actions.set_mode(Mode.TAGGING))

    def stand_in_for(self, other: QWidget, splitter: QSplitter) -> None:
        """Put the panel behind another part of a splitter, to be shown in its stead."""
        self._other, self._splitter = other, splitter
        splitter.addWidget(self.panel)

    @property
    def side(self) -> QWidget:
        """The part at the right that is meant just now."""
        return self.panel if self._actions.mode is Mode.REVIEW or self._other is None else self._other

    def toggle(self) -> None:
        """Begin or leave review mode."""
        leave = self._actions.mode is Mode.REVIEW
        self._actions.set_mode(Mode.TAGGING if leave else Mode.REVIEW)
        self._state.focus_reader.emit()

    def _follow_mode(self) -> None:
        if self._splitter is None or self._other is None:
            return
        review = self._actions.mode is Mode.REVIEW
        sizes, mine, others = (
            self._splitter.sizes(),
            self._splitter.indexOf(self.panel),
            self._splitter.indexOf(self._other),
        )
        if review:
            self._other_was_shown = not self._other.isHidden()
            sizes[mine] = sizes[others] or self.panel.minimumWidth() + 40
        else:
            sizes[others] = sizes[mine]
        self._other.setVisible(not review and self._other_was_shown)
        self.panel.setVisible(review)
        self._splitter.setSizes(sizes)
        self._state.set_ghost(None)

    def _show_lanes(self) -> None:
        session = self.session
        if session.active and session.second:
            found = session.found
            self._reader.set_lanes(found.first, found.second, found.differing)
        elif session.active:
            self._reader.set_lanes(session.found.first, (), session.found.first)
        else:
            self._reader.clear_lanes()
