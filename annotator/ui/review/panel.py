"""The panel of review mode: what is compared, the differences, both versions, what was said, and the decisions."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QSplitter, QVBoxLayout, QWidget

from annotator.operations import reviewing
from annotator.ui.actions.registry import Actions
from annotator.ui.review.ask import Ask
from annotator.ui.review.deciding import Deciding
from annotator.ui.review.difference_list import DifferenceList
from annotator.ui.review.filter_bar import FilterBar
from annotator.ui.review.key_button import KeyButton
from annotator.ui.review.session import Session
from annotator.ui.review.set_chooser import SetChooser
from annotator.ui.review.versions import Versions
from annotator.ui.state import UiState
from annotator.ui.widgets.remarks import Remarks, remarks_on

_LEAST_WIDTH = 280


class ReviewPanel(QWidget):
    """Stands where the annotations stand otherwise; everything in it has a key."""

    def __init__(
        self, state: UiState, actions: Actions, session: Session, deciding: Deciding, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("reviewPanel")
        self.setAccessibleName(self.tr("Review"))
        self._state, self._session, self._deciding = state, session, deciding
        self.chooser = SetChooser(state, session)
        self.filter = FilterBar(state, session)
        self.list = DifferenceList(state, actions, session)
        self.versions, self.remarks, self.ask = Versions(), Remarks(), Ask()
        self.reviewed = QLabel()
        self.reviewed.setObjectName("reviewedBy")
        self.buttons = {uid: KeyButton(actions, uid, label, drawn) for uid, label, drawn in self._labels()}
        self._lay_out()
        session.changed.connect(self.refresh)
        session.moved.connect(self.refresh)
        session.moved.connect(self._leave_field)
        self.versions.chosen.connect(lambda uid: session.go(session.current, uid))
        self.remarks.answer_asked.connect(self.ask_answer)
        self.ask.left.connect(state.focus_reader)
        self.ask.asking.connect(lambda on: self._decisions.setVisible(not on))
        deciding.reason_asked.connect(self.ask_reason)
        deciding.comment_asked.connect(self.ask_comment)
        self.refresh()

    def minimumSizeHint(self) -> QSize:
        """Return room for three buttons beside each other, which a wide font needs more of."""
        least = super().minimumSizeHint()
        return QSize(max(_LEAST_WIDTH, least.width()), least.height())

    # -- asking -------------------------------------------------------------------------------------------

    def ask_reason(self) -> None:
        """Ask why the version that is judged is rejected."""
        self._asked_about = self._session.subject
        self.ask.ask(self.tr("Rejected: why?"), reviewing.REASONS, self._deciding.reject)

    def ask_comment(self) -> None:
        """Ask what there is to say."""
        self._asked_about = self._session.subject
        self.ask.ask(self.tr("Comment"), (), self._deciding.comment)

    def ask_answer(self, verdict: str) -> None:
        """Ask for an answer to what was said."""
        self._asked_about = self._session.subject
        self.ask.ask(self.tr("Answer"), (), lambda text: self._deciding.reply(verdict, text))

    def _leave_field(self) -> None:
        """Another difference is looked at: what was asked of the one before is no longer meant."""
        before, now = getattr(self, "_asked_about", None), self._session.subject
        if (before.uid if before else "") != (now.uid if now else ""):
            self.ask.give_up()

    # -- showing ------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the difference that is looked at, and who has reviewed the article."""
        session, teller = self._session, self.list.differences.teller()
        item, subject = session.current, session.subject
        there = item is not None and subject is not None and teller is not None
        self._detail.setVisible(there)
        self._name_buttons()
        self._show_reviewers()
        project, content = self._state.project, self._state.content
        if item is None or subject is None or teller is None or project is None or content is None:
            return
        self.versions.show_item(item, subject, teller, self.chooser.names())
        said = remarks_on(content, project.cache.annotators, {one.uid for one in item.sides})
        self.remarks.show_remarks(said, can_answer=self._state.writable)
        self._said.setVisible(bool(said))

    def _name_buttons(self) -> None:
        pair = bool(self._session.second)
        for uid in ("review.first", "review.second", "review.merged", "review.side", "review.acceptAgreed"):
            self.buttons[uid].setVisible(pair)

    def _show_reviewers(self) -> None:
        project, content = self._state.project, self._state.content
        by: list[str] = []
        if project is not None and content is not None and self._session.active:
            known = project.cache.annotators
            by = [known[uid].name for uid in reviewing.reviewers(project, content.article.uid) if uid in known]
        self.reviewed.setText(self.tr("Reviewed by {0}").format(", ".join(by)) if by else "")
        self.reviewed.setVisible(bool(by))
        self.buttons["review.reviewed"].setVisible(not by)
        self.buttons["review.reopen"].setVisible(bool(by))

    # -- making -------------------------------------------------------------------------------------------

    def _labels(self) -> list[tuple[str, str, str]]:
        return [
            ("review.accept", self.tr("Accept"), "check"),
            ("review.reject", self.tr("Reject"), "close"),
            ("review.revise", self.tr("Revise"), "edit"),
            ("review.first", self.tr("Take A"), ""),
            ("review.second", self.tr("Take B"), ""),
            ("review.merged", self.tr("Merged"), ""),
            ("review.comment", self.tr("Comment"), ""),
            ("review.nothing", self.tr("Nothing"), ""),
            ("review.side", self.tr("Other"), ""),
            ("review.acceptAgreed", self.tr("Accept all agreed"), ""),
            ("review.reviewed", self.tr("Reviewed"), ""),
            ("review.reopen", self.tr("Reopen"), ""),
        ]

    def _lay_out(self) -> None:
        self.reviewed.setProperty("secondary", True)
        self.reviewed.setContentsMargins(8, 4, 8, 0)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.list)
        splitter.addWidget(self._scrolled())
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([500, 500])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.chooser)
        column.addWidget(self.filter)
        column.addWidget(_rule())
        column.addWidget(splitter, 1)
        self._decisions = self._button_rows()
        for part in (_rule(), self.ask, self.reviewed, self._decisions):
            column.addWidget(part)

    def _scrolled(self) -> QWidget:
        self._detail = QWidget()
        column = QVBoxLayout(self._detail)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        self._said = QLabel(self.tr("Said so far"))
        self._said.setProperty("secondary", True)
        for part in (self.versions, self._said, self.remarks):
            column.addWidget(part)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self._detail)
        return scroll

    def _button_rows(self) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(8, 8, 8, 8)
        grid.setSpacing(4)
        for column in range(3):
            grid.setColumnStretch(column, 1)
            grid.setColumnMinimumWidth(column, 80)
        names = list(self.buttons)
        for at, uid in enumerate(names[:9]):
            grid.addWidget(self.buttons[uid], at // 3, at % 3)
        # What is about the whole article has a row of its own: its words and keys are the longest.
        grid.addWidget(self.buttons["review.acceptAgreed"], 3, 0, 1, 3)
        grid.addWidget(self.buttons["review.reviewed"], 4, 0, 1, 3)
        grid.addWidget(self.buttons["review.reopen"], 4, 0, 1, 3)
        return box


def _rule() -> QFrame:
    line = QFrame()
    line.setProperty("rule", True)
    return line
