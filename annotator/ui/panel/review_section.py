"""What was said of the selected annotation in review, to be read and answered."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from annotator.model.annotation import Annotation
from annotator.model.review import Decision, Verdict
from annotator.operations import reviewing
from annotator.operations.verdicts import when
from annotator.ui.state import UiState
from annotator.ui.widgets.project_undo import ProjectUndoLineEdit
from annotator.ui.widgets.remarks import Remarks, remarks_on


class ReviewSection(QWidget):
    """Hidden as long as nothing was said. Enter in the field answers the newest remark, or the one chosen."""

    def __init__(self, state: UiState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._shown = ""
        self._answered = ""
        self.remarks = Remarks(self)
        self.field = ProjectUndoLineEdit(self)
        self.field.setObjectName("answerField")
        self.field.setAccessibleName(self.tr("Answer"))
        title = QLabel(self.tr("Review"))
        title.setProperty("secondary", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (title, self.remarks, self.field):
            column.addWidget(part)
        self.remarks.answer_asked.connect(self._choose)
        self.field.returnPressed.connect(self._answer)
        self.hide()

    def show_annotation(self, annotation: Annotation) -> None:
        """Show what was said of an annotation."""
        project, content = self._state.project, self._state.content
        if annotation.uid != self._shown:
            self._shown, self._answered = annotation.uid, ""
            self.field.clear()
        if project is None or content is None:
            self.hide()
            return
        said = remarks_on(content, project.cache.annotators, {annotation.uid})
        self.remarks.show_remarks(said, can_answer=self._state.writable)
        self.field.setVisible(self._state.writable)
        asked = self._asked()
        who = project.cache.annotators.get(asked.reviewer) if asked is not None else None
        self.field.setPlaceholderText(self.tr("Answer {name}").format(name=who.name) if who else self.tr("Answer"))
        self.setVisible(bool(said))

    def _choose(self, verdict: str) -> None:
        self._answered = verdict
        annotation = self._state.selected
        if annotation is not None:
            self.show_annotation(annotation)
        self.field.setFocus()

    def _asked(self) -> Verdict | None:
        """Return what an answer answers: what was chosen, else the newest that is no answer itself."""
        content = self._state.content
        if content is None:
            return None
        about = [one for one in content.verdicts.values() if one.annotation == self._shown]
        chosen = [one for one in about if one.uid == self._answered]
        said = [one for one in about if one.decision is not Decision.REPLY]
        return max(chosen or said or about, key=when, default=None)

    def _answer(self) -> None:
        project, content, asked = self._state.project, self._state.content, self._asked()
        text = self.field.text()
        if project is None or content is None or asked is None:
            return
        if self._state.attempt(lambda: reviewing.reply(project, content, asked, text)):
            self.field.clear()
            self._answered = ""
            self._state.focus_reader.emit()
