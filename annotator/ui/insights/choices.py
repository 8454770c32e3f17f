"""What is compared: whose tags, which articles, which tag; with the report and the way out beside it."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from annotator.ui.insights.inquiry import Inquiry
from annotator.ui.insights.wording import set_word
from annotator.ui.state import UiState
from annotator.ui.theme.apply import current_theme
from annotator.ui.theme.icons import icon
from annotator.ui.widgets.flow import Flow


class _Choice(QComboBox):
    """A list that the wheel does not turn: it would compare others by accident."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what is around."""
        event.ignore()


class Choices(QWidget):
    """A button for each set, pressed when it is compared; lists for articles and tag.

    ``close_asked``: the way out; ``chips_made``: there are other buttons than before.
    """

    close_asked = Signal()
    chips_made = Signal()

    def __init__(self, state: UiState, inquiry: Inquiry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state, self._inquiry = state, inquiry
        self.sets = Flow()
        self.chips: dict[str, QToolButton] = {}
        self.articles, self.tag = _Choice(), _Choice()
        self.report = QPushButton(self.tr("Agreement report…"))
        self.close_button = QToolButton()
        self._build()
        self._lay_out()
        inquiry.asked.connect(self.refresh)
        inquiry.counted.connect(self.refresh_counts)
        inquiry.grew_old.connect(self._allow_report)
        self.refresh()

    def refresh(self) -> None:
        """Offer what there is now."""
        self._fill_chips()
        question = self._inquiry.question
        with QSignalBlocker(self.articles):
            self.articles.setCurrentIndex(0 if question.only_done else 1)
            self._name_articles()
        tags = [("", self.tr("All tags")), *((tag.uid, tag.label) for tag in self._state.codebook.tag_types)]
        with QSignalBlocker(self.tag):
            if [(self.tag.itemData(at), self.tag.itemText(at)) for at in range(self.tag.count())] != tags:
                self.tag.clear()
                for uid, label in tags:
                    self.tag.addItem(label, uid)
            self.tag.setCurrentIndex(max(self.tag.findData(question.tag), 0))
        self.refresh_counts()

    def refresh_counts(self) -> None:
        """Say how many articles are compared, and allow the report once all is counted."""
        self._name_articles()
        self._allow_report()

    def changeEvent(self, event: QEvent) -> None:
        """Tint the marks anew when the theme changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "close_button"):
            self._tint()

    # -- making -------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.articles.setObjectName("agreementArticles")
        self.articles.setAccessibleName(self.tr("Articles"))
        self.articles.addItems(["", ""])
        self._name_articles()
        self.articles.currentIndexChanged.connect(
            lambda at: self._inquiry.choose(replace(self._inquiry.question, only_done=at == 0))
        )
        self.tag.setObjectName("agreementTag")
        self.tag.setAccessibleName(self.tr("Tag"))
        self.tag.setToolTip(self.tr("Compare one tag only"))
        self.tag.currentIndexChanged.connect(
            lambda at: self._inquiry.choose(replace(self._inquiry.question, tag=self.tag.itemData(at) or ""))
        )
        for box in (self.articles, self.tag):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.report.setObjectName("agreementReport")
        self.close_button.setObjectName("agreementClose")
        self.close_button.setToolTip(self.tr("Close the agreement panel (Esc)"))
        self.close_button.setAccessibleName(self.tr("Close the agreement panel"))
        self.close_button.clicked.connect(self.close_asked)
        self.sets.setAccessibleName(self.tr("Whose tags are compared"))
        self._tint()

    def _lay_out(self) -> None:
        heading = QLabel(self.tr("Agreement"))
        heading.setProperty("heading", True)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 4)
        row.setSpacing(8)
        row.addWidget(heading)
        row.addSpacing(4)
        row.addWidget(self.sets, 1)
        for part in (self.articles, self.tag, self.report, self.close_button):
            row.addWidget(part)

    def _name_articles(self) -> None:
        """Say beside the choice how many articles that is, and how many are left out."""
        answer, done, every = self._inquiry.answer, self.tr("Done by all"), self.tr("All articles")
        tip = self.tr("Which articles are compared")
        if answer is not None and answer.question == self._inquiry.question:
            count, left = len(answer.loaded.articles), answer.loaded.left_out
            if answer.question.only_done:
                done = self.tr("Done by all: {0} of {1}").format(count, count + left)
                if left:
                    tip = self.tr("%n article(s) left out: not everybody has marked them done", "", left)
            else:
                every = self.tr("All articles: {0}").format(count)
        for at, text in enumerate((done, every)):
            if self.articles.itemText(at) != text:
                self.articles.setItemText(at, text)
        self.articles.setToolTip(tip)
        self.articles.setAccessibleDescription(tip)

    # -- the sets -----------------------------------------------------------------------------------------

    def _fill_chips(self) -> None:
        offered = {one.uid: set_word(self._state.project, one) for one in self._inquiry.offered}
        if list(self.chips) != list(offered):
            self.sets.empty()
            self.chips = {uid: self._chip(uid) for uid in offered}
            for chip in self.chips.values():
                self.sets.add(chip)
            self.chips_made.emit()
        for uid, chip in self.chips.items():
            chip.setText(offered[uid])
            chip.setAccessibleName(offered[uid])
            chip.setChecked(uid in self._inquiry.question.sets)
        self._tint()

    def _chip(self, uid: str) -> QToolButton:
        chip = QToolButton()
        chip.setCheckable(True)
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        chip.setToolTip(self.tr("Compare these tags, or leave them out"))
        chip.clicked.connect(lambda _checked=False: self._toggle(uid))
        return chip

    def _toggle(self, uid: str) -> None:
        """Compare a set or leave it out; the order is always that of the buttons."""
        question = self._inquiry.question
        wanted = set(question.sets) ^ {uid}
        self._inquiry.choose(replace(question, sets=tuple(one for one in self.chips if one in wanted)))

    def _tint(self) -> None:
        theme = current_theme()
        self.close_button.setIcon(icon("close", theme.secondary))
        for chip in self.chips.values():
            chip.setIcon(
                icon("check" if chip.isChecked() else "add", theme.text if chip.isChecked() else theme.secondary)
            )

    def _allow_report(self) -> None:
        answer = self._inquiry.answer
        ready = answer is not None and not self._inquiry.counting and bool(answer.loaded.articles)
        self.report.setEnabled(ready)
        self.report.setToolTip(
            self.tr("Save a page to cite, with a table beside it")
            if ready
            else self.tr("As soon as there are numbers to report")
        )
