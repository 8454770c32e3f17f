"""The agreement panel: what is compared, the measures at the left, at the right where and about what people differ."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from annotator.analysis.result import Level
from annotator.ui.insights.article_list import ArticleList
from annotator.ui.insights.choices import Choices
from annotator.ui.insights.confusion_page import ConfusionPage
from annotator.ui.insights.counting import Lone
from annotator.ui.insights.inquiry import Inquiry
from annotator.ui.insights.measures import Measures
from annotator.ui.insights.report import ReportBar
from annotator.ui.insights.tabs import Tabs
from annotator.ui.insights.wording import number
from annotator.ui.state import UiState
from annotator.ui.widgets.empty_state import EmptyState
from annotator.ui.widgets.tab_order import chain_tabs

LEAST_HEIGHT = 200
"""The lowest the panel gets, in pixels."""
_WIDE = 1180
"""From this width on numbers and differences stand side by side."""


class InsightsPanel(QWidget):
    """Counts while it is shown. ``close_asked``: Escape or the button with the cross."""

    close_asked = Signal()

    def __init__(self, state: UiState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("agreementPanel")
        self.setAccessibleName(self.tr("Agreement"))
        self.setMinimumHeight(LEAST_HEIGHT)
        self._state = state
        self.inquiry = Inquiry(state, self)
        self.choices = Choices(state, self.inquiry)
        self.report = ReportBar(state, self.inquiry)
        self.measures = Measures(state, self.inquiry)
        self.articles = ArticleList(state, self.inquiry)
        self.confusion = ConfusionPage(state, self.inquiry)
        self.differences = Tabs(self.tr("Differences"))
        self.empty = EmptyState("insights", "", "")
        self._lay_out()
        # Buttons that are made later stand in their place for Tab too, and so do pages that change sides.
        self.choices.chips_made.connect(lambda: chain_tabs(self))
        self.choices.close_asked.connect(self.close_asked)
        self.choices.report.clicked.connect(self.report.ask)
        for signal in (self.inquiry.asked, self.inquiry.counted):
            signal.connect(self._show_page)
            signal.connect(self._say)
        for signal in (self.inquiry.here_changed, self.inquiry.grew_old, self.inquiry.went_on):
            signal.connect(self._say)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.close_asked)
        self._show_page()

    @property
    def first(self) -> QWidget:
        """What has the focus first: the measures, or the choice of sets while there are none."""
        shown = self.measures.tabs.current()
        if self._pages.currentIndex() == 1 and shown is not None:
            return shown
        return next(iter(self.choices.chips.values()), self.choices.articles)

    @property
    def parts(self) -> list[QWidget]:
        """What F6 leads to, one after the other."""
        second = self.differences.current()
        return [self.first] if second is None or not second.isVisible() else [self.first, second]

    def showEvent(self, event: QShowEvent) -> None:
        """Count from now on."""
        super().showEvent(event)
        self.inquiry.watch(watched=True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave off counting."""
        super().hideEvent(event)
        self.inquiry.watch(watched=False)

    # -- showing ------------------------------------------------------------------------------------------

    def _show_page(self) -> None:
        inquiry, answer = self.inquiry, self.inquiry.answer
        if not inquiry.question.askable:
            self._say_who_is_missing()
        elif answer is not None and not answer.loaded.articles and not inquiry.counting:
            self._say_nothing_is_done()
        else:
            self._pages.setCurrentIndex(1)
            return
        self._pages.setCurrentIndex(0)

    def _say_who_is_missing(self) -> None:
        if len(self.inquiry.offered) > 1:
            heading, sentence = self.tr("Choose two at least"), self.tr("Press the names above whose tags to compare.")
        else:
            heading = self.tr("Agreement needs two people")
            sentence = self.tr(
                "Have a colleague tag the same articles and bring their work in. Then the numbers stand here, and"
                " follow what you decide in review mode."
            )
        self.empty.set_message("insights", heading, sentence)

    def _say_nothing_is_done(self) -> None:
        left = self.inquiry.answer.loaded.left_out if self.inquiry.answer is not None else 0
        if left:
            heading = self.tr("No article is done by all")
            sentence = self.tr("Mark articles done with Ctrl+Return, or choose “All articles” above.")
        else:
            heading, sentence = self.tr("There is no article yet"), self.tr("Import some, and tag them.")
        self.empty.set_message("insights", heading, sentence)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show numbers and differences side by side where there is room for both."""
        super().resizeEvent(event)
        self._arrange(wide=self.width() >= _WIDE)

    def _arrange(self, *, wide: bool) -> None:
        home, other = self.differences, self.measures.tabs
        if not wide:
            home, other = other, home
        for page, title in ((self.articles, self.tr("Articles")), (self.confusion, self.tr("Confused tags"))):
            if not home.has(page):
                other.remove(page)
                home.add(page, title)
                chain_tabs(self)
        self.differences.setVisible(wide)
        self._say()

    def _say(self) -> None:
        """Say at the end of the tabs what is being counted, and how the open article stands."""
        told, here = self._counting_told(), self._here_told(self.inquiry.here)
        if self.differences.isHidden():
            self.measures.tabs.say(told or here)
        else:
            self.measures.tabs.say(told)
            self.differences.say(here)

    def _counting_told(self) -> str:
        inquiry = self.inquiry
        if inquiry.counting:
            return self.tr("counting… {0} %").format(inquiry.progress) if inquiry.progress else self.tr("counting…")
        return inquiry.problem

    def _here_told(self, here: Lone | None) -> str:
        if here is None:
            return ""
        tag = self.inquiry.tag_name or None
        named = {
            "F1": here.measures.get((Level.SPAN, tag, None, "f1_exact")),
            self.tr("overlapping"): here.measures.get((Level.SPAN, tag, None, "f1_overlap")),
            "κ": here.measures.get((Level.TOKEN, tag, None, "cohen_kappa")),
        }
        if all(one is None or one.value is None for one in named.values()):
            return self.tr("This article: nothing to compare")
        said = " · ".join(f"{word} {number(one.value, 2)}" for word, one in named.items() if one is not None)
        return self.tr("This article: {0}").format(said)

    # -- making -------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.measures)
        self.splitter.addWidget(self.differences)
        self.splitter.setSizes([560, 500])
        self._pages = QStackedWidget()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self.splitter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.choices, self.report, _rule()):
            column.addWidget(part)
        column.addWidget(self._pages, 1)
        self._arrange(wide=True)


def _rule() -> QFrame:
    line = QFrame()
    line.setProperty("rule", True)
    return line
