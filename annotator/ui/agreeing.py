"""The agreement panel in the window: shown beneath the other parts, and joined to review mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QSplitter, QWidget

from annotator.ui.actions.registry import Actions
from annotator.ui.reviewing import Reviewing
from annotator.ui.state import UiState

if TYPE_CHECKING:
    from annotator.ui.insights.confusion_model import Cell
    from annotator.ui.insights.panel import InsightsPanel
    from annotator.ui.insights.place_model import Place

_SHARE, _LEAST, _MOST = 0.44, 320, 460
"""How much of the height there is the panel takes when it is first shown, and how many pixels at least and at most."""


class Agreeing(QObject):
    """Builds the panel when it is first asked for."""

    def __init__(self, state: UiState, actions: Actions, review: Reviewing, splitter: QSplitter) -> None:
        super().__init__(splitter)
        self._state, self._actions, self._review, self._splitter = state, actions, review, splitter
        self.panel: InsightsPanel | None = None
        actions.connect_to({"review.agreement": self.toggle})
        state.project_opened.connect(self._follow_project)

    @property
    def parts(self) -> list[QWidget]:
        """What of the panel F6 leads to."""
        if self.panel is None or not self.panel.isVisible():
            return []
        return self.panel.parts

    def toggle(self) -> None:
        """Show the panel, or hide it."""
        if self.panel is not None and self.panel.isVisible():
            self.hide()
        else:
            self.show()

    def show(self) -> None:
        """Show the panel and lead into it."""
        panel = self.panel or self._build()
        panel.show()
        self._actions.action("review.agreement").setChecked(True)
        panel.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def hide(self) -> None:
        """Hide the panel and lead back to the text."""
        if self.panel is not None:
            self.panel.hide()
        self._actions.action("review.agreement").setChecked(False)
        self._state.focus_reader.emit()

    def _build(self) -> InsightsPanel:
        from annotator.ui.insights.panel import InsightsPanel

        panel = InsightsPanel(self._state)
        self.panel = panel
        panel.hide()
        panel.close_asked.connect(self.hide)
        panel.articles.article_asked.connect(self._review.show_article)
        panel.confusion.place_asked.connect(self._go_to)
        self._splitter.addWidget(panel)
        self._splitter.setStretchFactor(self._splitter.count() - 1, 0)
        height = self._splitter.height()
        mine = min(max(round(height * _SHARE), _LEAST), _MOST)
        self._splitter.setSizes([height - mine, mine])
        return panel

    def _go_to(self, place: Place, cell: Cell, first: str, second: str) -> None:
        one = place.sides[0]
        self._review.show_place(one.article, (first, second), cell, one.uid)

    def _follow_project(self) -> None:
        if self.panel is not None and self._state.project is None:
            self.panel.hide()
            self._actions.action("review.agreement").setChecked(False)
