"""The project's name, memo and settings, and who works on it; each change is taken over at once, as one step."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLabel, QWidget

from annotator.operations import people, settings
from annotator.project.project import Project
from annotator.ui.state import UiState
from annotator.ui.widgets.dialog import Dialog, heading, small
from annotator.ui.widgets.elided_label import ElidedLabel
from annotator.ui.widgets.project_undo import ProjectUndoLineEdit, ProjectUndoTextEdit

_MEMO_KEY = "project memo"
_MEMO_HEIGHT = 120


class ProjectDialog(Dialog):
    """Shows one project; closes when another takes its place."""

    def __init__(self, parent: QWidget | None, state: UiState) -> None:
        super().__init__(parent, 520)
        self.setObjectName("projectDialog")
        self.set_title(self.tr("Project"))
        self._state = state
        self._name = ProjectUndoLineEdit()
        self._me = ProjectUndoLineEdit()
        self._memo = ProjectUndoTextEdit()
        self._snap = QCheckBox(self.tr("Selections grow to whole &words"))
        self._people = QLabel()
        self._figures = small()
        self._path = ElidedLabel()
        self._lay_out()
        self._listen()
        self._show()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._name.setAccessibleName(self.tr("Name of the project"))
        self._me.setAccessibleName(self.tr("Your name"))
        self._memo.setAccessibleName(self.tr("Memo"))
        self._memo.setPlaceholderText(self.tr("What this project is about, and what was agreed"))
        self._memo.setFixedHeight(_MEMO_HEIGHT)
        self._people.setWordWrap(True)
        self._path.setProperty("secondary", True)
        form.addRow(self.tr("&Name"), self._name)
        form.addRow(self.tr("&Memo"), self._memo)
        form.addRow(self.tr("&Your name"), self._me)
        self.body.addLayout(form)
        self.body.addWidget(self._snap)
        self.body.addWidget(
            small(self.tr("Off where words are not the unit, as in Chinese. Shift at the end of a drag: exact once."))
        )
        for widget in (heading(self.tr("People")), self._people, self._figures, self._path):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        close = self.add_button(self.tr("Close"), primary=True)
        close.setAutoDefault(False)  # Enter in a field takes its text over and closes nothing
        close.setDefault(False)
        close.clicked.connect(self.accept)

    def _listen(self) -> None:
        self._name.editingFinished.connect(self._take_name)
        self._me.editingFinished.connect(self._take_me)
        self._snap.toggled.connect(self._take_snap)
        self._memo.installEventFilter(self)
        self._state.project_changed.connect(self._show)
        self._state.project_opened.connect(self.close)
        self.finished.connect(self._take_memo)

    def _project(self) -> Project | None:
        return self._state.project

    # -- showing ------------------------------------------------------------------------------------------

    def _show(self, *_: object) -> None:
        project = self._project()
        if project is None:
            return
        info = project.cache.info
        self._name.setText(info.name)
        self._me.setText(project.annotator.name)
        if self._memo.toPlainText() != info.memo and not self._memo.hasFocus():
            self._memo.setPlainText(info.memo)
        self._snap.blockSignals(True)
        self._snap.setChecked(info.snap_to_words)
        self._snap.blockSignals(False)
        for field in (self._name, self._me, self._memo, self._snap):
            field.setEnabled(self._state.writable)
        self._show_figures(project)

    def _show_figures(self, project: Project) -> None:
        counts, locale = project.read.counts(), self.locale()
        lines = []
        for person in project.cache.annotators.values():
            name = self.tr("{0} (you)").format(person.name) if person.uid == project.annotator.uid else person.name
            number = locale.toString(counts.by_annotator.get(person.name, 0))
            lines.append(self.tr("{0}: {1} annotations").format(name, number))
        self._people.setText("\n".join(lines))
        self._figures.setText(
            self.tr("{0} articles, {1} annotations, {2} people, bodies and places").format(
                *(locale.toString(one) for one in (counts.articles, counts.annotations, counts.entities))
            )
        )
        self._path.setText(str(project.path))

    # -- taking over --------------------------------------------------------------------------------------

    def _take_name(self) -> None:
        project = self._project()
        if project is not None and self._state.writable:
            name = " ".join(self._name.text().split())
            if not self._state.attempt(lambda: settings.set_name(project, name)):
                self._show()

    def _take_me(self) -> None:
        project = self._project()
        if project is not None and self._state.writable:
            name = self._me.text()
            if not self._state.attempt(lambda: people.rename_annotator(project, name)):
                self._show()

    def _take_snap(self, snap: bool) -> None:
        project = self._project()
        if project is not None:
            self._state.attempt(lambda: settings.set_snap_to_words(project, snap))

    def _take_memo(self, *_: object) -> None:
        project = self._project()
        if project is not None and self._state.writable:
            memo = self._memo.toPlainText()
            self._state.attempt(lambda: settings.set_memo(project, memo, merge_key=_MEMO_KEY))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the memo over when its field loses the focus."""
        if watched is self._memo and event.type() is QEvent.Type.FocusOut:
            self._take_memo()
        return super().eventFilter(watched, event)
