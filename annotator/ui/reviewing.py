"""Review mode in the window: the review joined to reader, panel and actions."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QSplitter, QWidget

from annotator.model.span import Span
from annotator.ui.actions.registry import Actions
from annotator.ui.actions.table import TABLE, Mode, Need
from annotator.ui.reader.view import Reader
from annotator.ui.state import UiState

if TYPE_CHECKING:
    from annotator.ui.review.deciding import Deciding
    from annotator.ui.review.listed import Cell
    from annotator.ui.review.panel import ReviewPanel
    from annotator.ui.review.session import Session


class Reviewing(QObject):
    """Swaps the panels with the mode, and has the reader show two sets while it lasts.

    What review mode consists of is made when it is first entered, or first asked for.
    """

    def __init__(self, state: UiState, actions: Actions, reader: Reader, parent: QObject) -> None:
        super().__init__(parent)
        self._state, self._actions, self._reader = state, actions, reader
        self._splitter: QSplitter | None = None
        self._other: QWidget | None = None
        self._other_was_shown = True
        mine = (action.id for action in TABLE if action.need in (Need.REVIEWING, Need.DECIDING))
        actions.connect_to({uid: partial(self._first, uid) for uid in mine} | {"review.toggle": self.toggle})
        actions.mode_changed.connect(self._follow_mode)
        state.project_opened.connect(lambda: actions.set_mode(Mode.TAGGING))

    def stand_in_for(self, other: QWidget, splitter: QSplitter) -> None:
        """Put the panel behind another part of a splitter, to be shown in its stead."""
        self._other, self._splitter = other, splitter

    # -- making -------------------------------------------------------------------------------------------

    @cached_property
    def session(self) -> Session:
        """Where the review stands."""
        from annotator.ui.review.session import Session

        session = Session(self._state, self._actions, self)
        session.changed.connect(self._show_lanes)
        return session

    @cached_property
    def deciding(self) -> Deciding:
        """What the keys of review mode do."""
        from annotator.ui.review.deciding import Deciding

        return Deciding(self._state, self._actions, self.session)

    @cached_property
    def panel(self) -> ReviewPanel:
        """The panel, hidden outside of review mode."""
        from annotator.ui.review.panel import ReviewPanel

        panel = ReviewPanel(self._state, self._actions, self.session, self.deciding, self._splitter)
        panel.hide()
        if self._splitter is not None:
            self._splitter.addWidget(panel)
        return panel

    @property
    def parts(self) -> list[QWidget]:
        """What of the panel F6 leads to."""
        return [self.panel.list] if "panel" in self.__dict__ else []

    def _first(self, uid: str) -> None:
        """Do the first action of review mode: making what decides puts it in this one's place."""
        if "panel" not in self.__dict__:
            self.panel.hide()
            self._actions.run(uid)

    # -- doing --------------------------------------------------------------------------------------------

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
        made = "session" in self.__dict__
        panel = self.panel
        if not made:
            self.session.begin()  # what is made while the mode changes has not heard of it
        sizes, mine, others = (
            self._splitter.sizes(),
            self._splitter.indexOf(panel),
            self._splitter.indexOf(self._other),
        )
        if review:
            self._other_was_shown = not self._other.isHidden()
            sizes[mine] = sizes[others] or panel.minimumSizeHint().width() + 40
        else:
            sizes[others] = sizes[mine]
        self._other.setVisible(not review and self._other_was_shown)
        panel.setVisible(review)
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
