"""The right-hand panel: tag bar, list and inspector, and the Article tab."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from annotator.ui.actions.registry import Actions
from annotator.ui.panel.annotation_pane import AnnotationPane
from annotator.ui.panel.inspector import Inspector
from annotator.ui.panel.tag_bar import TagBar
from annotator.ui.state import UiState
from annotator.ui.widgets.tab_order import chain_tabs

if TYPE_CHECKING:
    from annotator.ui.panel.article_tab import ArticleTab

LEAST_WIDTH = 280
"""The narrowest the panel gets, in pixels."""

_CHAIN_MS = 100
"""How long after a selection the order of its fields is told to Qt."""


class Panel(QWidget):
    """Built once per window. Call ``flush`` before the project is closed."""

    def __init__(self, state: UiState, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Annotations"))
        self.setMinimumWidth(LEAST_WIDTH)
        # From the outside in, as the window is: what is moved into its place is dressed once more.
        self.tag_bar = TagBar(state, actions, self)
        self.tabs = QTabBar(self)
        self._pages = QStackedWidget(self)
        self.splitter = QSplitter(Qt.Orientation.Vertical, self._pages)
        self.pane = AnnotationPane(state, actions, self.splitter)
        self.annotation_list = self.pane.list
        self.inspector = Inspector(state, actions, self.splitter)
        self._state = state
        self._lay_out()
        self.tabs.currentChanged.connect(self._turn_to)
        # What the codebook and the selected annotation bring is made after everything else.
        # Once for all that some quick steps make: nobody presses Tab in a field while they go from tag to tag.
        self._chaining = QTimer(self, singleShot=True, interval=_CHAIN_MS)
        self._chaining.timeout.connect(lambda: chain_tabs(self))
        state.project_opened.connect(self._chaining.start)
        self.inspector.fields_made.connect(self._chaining.start)

    @cached_property
    def article_tab(self) -> ArticleTab:
        """What is known of the article, made when it is first shown."""
        from annotator.ui.panel.article_tab import ArticleTab

        tab = ArticleTab(self._state, self._pages)
        self._pages.addWidget(tab)
        self._chaining.start()
        return tab

    def _turn_to(self, page: int) -> None:
        self._pages.setCurrentWidget(self.article_tab if page else self.splitter)

    def flush(self) -> None:
        """Commit what was typed and not stored yet."""
        self.inspector.flush()
        if "article_tab" in self.__dict__:
            self.article_tab.flush()

    def show_annotations(self) -> None:
        """Show list and inspector, as the keys that lead into the inspector need; Tab goes on from there."""
        self.tabs.setCurrentIndex(0)
        if self._chaining.isActive():
            self._chaining.stop()
            chain_tabs(self)

    def show_article(self) -> None:
        """Show what is known of the article."""
        self.tabs.setCurrentIndex(1)

    def _lay_out(self) -> None:
        self.tabs.addTab(self.tr("Annotations"))
        self.tabs.addTab(self.tr("Article"))
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(self.tr("Panel"))
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.pane)
        self.splitter.addWidget(self.inspector)
        self.splitter.setStretchFactor(0, 9)
        self.splitter.setStretchFactor(1, 11)
        self.splitter.setSizes([450, 550])
        self._pages.addWidget(self.splitter)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 8, 0)
        row.addWidget(self.tabs, 1)
        row.addWidget(self.tag_bar.eye)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tag_bar)
        column.addLayout(row)
        column.addWidget(_rule())
        column.addWidget(self._pages, 1)


def _rule() -> QFrame:
    line = QFrame()
    line.setProperty("rule", True)
    return line
