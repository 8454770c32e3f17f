"""Review mode in the window: the review joined to reader, panel and actions."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QSplitter, QWidget

from annotator.model.span import Span
from annotator.ui.actions.registry import Actions
from annotator.ui.actions.table import Mode
from annotator.ui.reader.view import Reader
from annotator.ui.review.deciding import Deciding
from annotator.ui.review.panel import ReviewPanel
from annotator.ui.review.session import Cell, Session
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

    def show_article(self, article: str, first: str, second: str, position: int = -1) -> None:
        """Review two sets of an article, beginning at the difference nearest to a place, or at the first open one."""
        if self._begin(article, first, second) and position >= 0:
            self._reader.reveal(Span(position, position + 1))
            self.session.go_near(position)

    def show_place(self, article: str, sets: tuple[str, str], cell: Cell, annotation: str) -> None:
        """Review two sets of an article, only where they chose these two tags, and look at one annotation.

        What both agree on is no difference: then all differences are shown, and the annotation is selected.
        """
        if not self._begin(article, *sets):
            return
        self.session.narrow_to(cell)
        if not self.session.look_at(annotation):
            self.session.narrow_to(None)
            self._state.select(annotation)

    def _begin(self, article: str, first: str, second: str) -> bool:
        content = self._state.content
        if (content is None or content.article.uid != article) and not self._state.open_article(article):
            return False
        self.session.choose(first, second)
        self.session.narrow(frozenset(), frozenset())
        self._actions.set_mode(Mode.REVIEW)
        self._state.focus_reader.emit()
        return True

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
            sizes[mine] = sizes[others] or self.panel.minimumSizeHint().width() + 40
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
