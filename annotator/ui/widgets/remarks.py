"""What reviewers have said of an annotation, with answers under it; each can be answered."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from annotator.model.annotation import Annotator
from annotator.model.content import ArticleContent
from annotator.model.review import Decision, Verdict
from annotator.ui.theme.apply import current_theme
from annotator.ui.theme.icons import icon
from annotator.ui.widgets.dismiss import dismiss
from annotator.ui.widgets.moments import shown_stored_moment

_ICONS = {
    Decision.ACCEPTED: "check", Decision.REJECTED: "close", Decision.REVISED: "edit", Decision.COMMENT: "note",
    Decision.REPLY: "note",
}  # fmt: skip


class Remark(Struct, frozen=True):
    """One thing said: a verdict's uid, its decision, what was said, by whom and when; ``depth`` 1 for an answer."""

    uid: str
    decision: Decision
    said: str
    who: str
    when: str
    depth: int = 0


def remarks_on(
    content: ArticleContent, annotators: Mapping[str, Annotator], annotations: Collection[str]
) -> list[Remark]:
    """Return what was said of some annotations (uids), oldest first, each followed by its answers."""
    about = [one for one in content.verdicts.values() if one.annotation in annotations]
    ordered = sorted(about, key=lambda one: (one.created, one.uid))
    known = {one.uid for one in about}
    found: list[Remark] = []

    def add(verdict: Verdict, depth: int) -> None:
        who = annotators.get(verdict.reviewer)
        said = ": ".join(filter(None, (verdict.reason, verdict.comment)))
        found.append(Remark(verdict.uid, verdict.decision, said, who.name if who else "?", verdict.created, depth))
        for answer in ordered:
            if answer.reply_to == verdict.uid:
                add(answer, 1)

    for verdict in ordered:
        if verdict.reply_to not in known:
            add(verdict, 0)
    return found


def decision_word(decision: Decision) -> str:
    """Return what a decision is called."""
    tr = QCoreApplication.translate
    return {
        Decision.ACCEPTED: tr("remarks", "Accepted"),
        Decision.REJECTED: tr("remarks", "Rejected"),
        Decision.REVISED: tr("remarks", "Revised"),
        Decision.COMMENT: tr("remarks", "Comment"),
        Decision.REPLY: tr("remarks", "Answer"),
    }[decision]


class Remarks(QWidget):
    """``answer_asked`` tells the uid of what somebody wants to answer."""

    answer_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: list[Remark] = []
        self._can_answer = False
        self._rows: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    @property
    def shown(self) -> list[Remark]:
        """What is shown."""
        return self._shown

    def show_remarks(self, remarks: list[Remark], *, can_answer: bool) -> None:
        """Show these, with a button to answer each if that can be done."""
        if (remarks, can_answer) == (self._shown, self._can_answer):
            return
        self._shown, self._can_answer = list(remarks), can_answer
        self._build()

    def changeEvent(self, event: QEvent) -> None:
        """Tint the icons anew when the theme changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self._shown:
            self._build()

    def _build(self) -> None:
        for row in self._rows:
            dismiss(row)
        self._rows = [self._row(remark) for remark in self._shown]
        for row in self._rows:
            self._column.addWidget(row)

    def _row(self, remark: Remark) -> QWidget:
        row, theme = QWidget(), current_theme()
        colours = {Decision.ACCEPTED: theme.success, Decision.REJECTED: theme.error, Decision.REVISED: theme.accent}
        picture, text = QLabel(), QLabel()
        picture.setPixmap(icon(_ICONS[remark.decision], colours.get(remark.decision, theme.secondary)).pixmap(13, 13))
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        text.setText(": ".join(filter(None, (decision_word(remark.decision), remark.said))))
        by = QLabel(" · ".join(filter(None, (remark.who, shown_stored_moment(remark.when, self.locale())))))
        by.setProperty("secondary", True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(text)
        words.addWidget(by)
        line = QHBoxLayout(row)
        line.setContentsMargins(20 * remark.depth, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        if self._can_answer:
            line.addWidget(self._button(remark), 0, Qt.AlignmentFlag.AlignTop)
        row.setAccessibleName(f"{text.text()}, {by.text()}")
        return row

    def _button(self, remark: Remark) -> QToolButton:
        button = QToolButton()
        button.setText(self.tr("Answer"))
        button.setToolTip(self.tr("Answer what {name} said").format(name=remark.who))
        button.setAccessibleName(button.toolTip())
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.answer_asked.emit(remark.uid))
        return button
