"""The dialog that brings a colleague's work in: reading, the preview with what is to be decided, and then the step."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from pathlib import Path
from typing import cast

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from annotator.base.errors import AnnotatorError, StaleError
from annotator.model.changes import ChangeSet
from annotator.model.merge_plan import Decisions, Merge
from annotator.operations.bringing_in import Plan, Summary, apply
from annotator.project.project import MANY, Project
from annotator.ui.colleagues import reading
from annotator.ui.colleagues.articles_page import ArticlesPage
from annotator.ui.colleagues.bring_in_wording import brought, file_line, nothing_new, warning
from annotator.ui.colleagues.codebook_page import CodebookPage
from annotator.ui.colleagues.conflicts_page import ConflictsPage
from annotator.ui.colleagues.names_page import NamesPage
from annotator.ui.colleagues.record_wording import RecordTeller, in_line
from annotator.ui.state import UiState
from annotator.ui.widgets.dialog import Dialog, problem, show_problem, small
from annotator.ui.widgets.empty_state import EmptyState
from annotator.ui.widgets.work import Job, Work, run_work

_NAME = 24


class Page(IntEnum):
    """What the dialog shows."""

    READING = 0
    PREVIEW = 1
    MESSAGE = 2


class BringInDialog(Dialog):
    """Nothing is written before the button that says so; then it is one step that undo takes back.

    ``another_wanted`` tells that another file is to be chosen, where this one cannot be brought in.
    """

    another_wanted = Signal()

    def __init__(self, parent: QWidget | None, state: UiState, other: Path) -> None:
        super().__init__(parent, 920, 620)
        self.set_title(self.tr("Bring in a colleague’s work"))
        self.setObjectName("bringInDialog")
        self._state, self._other = state, other
        self._project = cast("Project", state.project)
        self._work: Work | None = None
        self._read: reading.Read | None = None
        self._ready: Merge | None = None
        self._applying = False
        self.articles, self.conflicts = ArticlesPage(), ConflictsPage()
        self.names, self.codebook = NamesPage(), CodebookPage()
        self.tabs = QTabWidget()
        self.message = EmptyState("bring-in", "", "")
        self._bar, self._bar_text = QProgressBar(), QLabel()
        self._head, self._file, self._warning, self._problem = QLabel(), small(), small(), problem()
        self._lay_out()
        self.conflicts.changed.connect(self._decisions_changed)
        self.names.changed.connect(self._join)
        self.tabs.currentChanged.connect(lambda _: self._name_buttons())
        self.primary.clicked.connect(self._go_on)
        state.project_changed.connect(self._look_again)
        state.project_opened.connect(self.reject)
        self._begin()

    def _lay_out(self) -> None:
        self._head.setProperty("title", True)
        self._warning.setProperty("secondary", False)
        self._warning.setObjectName("bringInWarning")
        self._problem.setObjectName("bringInProblem")
        for label in (self._head, self._file, self._warning):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.tabs.setObjectName("bringInTabs")
        self.tabs.setDocumentMode(True)
        for page in (self.articles, self.conflicts, self.names, self.codebook):
            self.tabs.addTab(page, "")
        preview = QWidget()
        column = QVBoxLayout(preview)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for label in (self._head, self._file, self._warning):
            column.addWidget(label)
        column.addSpacing(8)
        column.addWidget(self.tabs, 1)
        self._pages = QStackedWidget()
        for part in (self._reading_page(), preview, self.message):
            self._pages.addWidget(part)
        self.body.addWidget(self._pages, 1)
        self.body.addWidget(self._problem)
        self._another = self.add_button(self.tr("Choose another file…"), left=True)
        self._another.setObjectName("bringInAnother")
        self._another.clicked.connect(self._choose_another)
        self._cancel: QPushButton = self.add_cancel()
        self.primary = self.add_button(self.tr("Bring in"), primary=True)
        self.primary.setObjectName("bringInPrimary")

    def _reading_page(self) -> QWidget:
        page, bar, text = QWidget(), self._bar, self._bar_text
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setFixedWidth(320)
        column = QVBoxLayout(page)
        column.addStretch(2)
        for widget in (text, bar):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        return page

    # -- reading --------------------------------------------------------------------------------------------

    @property
    def page(self) -> Page:
        """What is shown."""
        return Page(self._pages.currentIndex())

    @property
    def _who(self) -> str:
        """What the colleague is called here: as much of the name as a button has room for."""
        plan = self._read.plan if self._read is not None else None
        if plan is None or plan.who is None:
            return in_line(plan.name, _NAME) if plan is not None else ""
        return in_line(plan.who.name, _NAME)

    def _begin(self, told: str = "") -> None:
        """Read the file, from the start; ``told`` is why, when it was read before."""
        show_problem(self._problem, told)
        self._show_bar(self.tr("Reading and comparing {0}…").format(self._other.name))
        self._run(reading.reading(self._project.path, self._other, self.names.joined), self._show)

    def _run(self, job: Job, then: object) -> None:
        if self._work is not None:
            self._work.cancel()
        self._ready = None
        self._work = work = run_work(self, job)
        work.finished.connect(then)
        work.failed.connect(self._fail)
        self._name_buttons()

    def _show_bar(self, text: str) -> None:
        self._bar_text.setText(text)
        self._bar.setAccessibleName(text)
        self._turn_to(Page.READING)

    def _turn_to(self, page: Page) -> None:
        self._pages.setCurrentIndex(page)
        self._name_buttons()

    def _fail(self, text: str) -> None:
        self._work = None
        show_problem(self._problem, "")
        self.message.set_message("warning", self.tr("Nothing was brought in"), text)
        self._turn_to(Page.MESSAGE)

    def _look_again(self, _change_set: ChangeSet | None) -> None:
        if not self._applying and self.page is not Page.MESSAGE:
            self._begin(self.tr("The project has changed in the meantime; it was compared anew."))

    # -- the preview ----------------------------------------------------------------------------------------

    def _show(self, result: object) -> None:
        self._read = read = cast("reading.Read", result)
        self._work, plan = None, read.plan
        if plan.is_empty:
            show_problem(self._problem, "")
            self.message.set_message("done", self.tr("Nothing new"), nothing_new(plan))
            self._turn_to(Page.MESSAGE)
            return
        teller = RecordTeller(plan.sides, lambda sha256: self._text(plan, sha256))
        self._head.setText(plan.label)
        self._file.setText(file_line(plan))
        compared = self.tr("Your file and theirs are compared with what was handed out, removals included.")
        self._file.setToolTip(f"{plan.path}\n{compared}" if plan.three_way else str(plan.path))
        show_problem(self._warning, warning(plan))
        self.articles.show_read(read, teller)
        self.conflicts.show_conflicts(read, plan.conflicts, teller, self._who)
        self.names.show_pairs(plan.merge.same_names)
        self.codebook.show_plan(plan, teller, self._who)
        self._show_tabs(plan)
        began = self.page is Page.READING
        self._turn_to(Page.PREVIEW)
        if began and self.tabs.currentWidget() is self.articles:
            self.articles.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._settle()

    def _text(self, plan: Plan, sha256: str) -> str:
        return plan.texts[sha256] if sha256 in plan.texts else self._project.read.text(sha256)

    def _show_tabs(self, plan: Plan) -> None:
        """Show the pages on which there is something."""
        for page, title, count in (
            (self.articles, self.tr("Articles ({0})"), len(plan.articles)),
            (self.conflicts, self.tr("To decide ({0})"), len(plan.conflicts)),
            (self.names, self.tr("Same names ({0})"), len(plan.merge.same_names)),
            (self.codebook, self.tr("Codebook ({0})"), len(plan.codebook)),
        ):
            at = self.tabs.indexOf(page)
            self.tabs.setTabText(at, title.format(QLocale().toString(count)))
            self.tabs.setTabVisible(at, bool(count) or page is self.articles)

    def _join(self) -> None:
        if self._read is not None:
            self._run(reading.joining(self._read.plan, self.names.joined), self._show)

    def _decisions_changed(self) -> None:
        show_problem(self._problem, "")
        self._settle()

    def _settle(self) -> None:
        """Once everything is decided, find what it comes to: one decision can bring up another."""
        if self._read is None:
            return
        plan, decisions = self._read.plan, self.conflicts.model.decisions
        self._ready = plan.merge if not decisions and not plan.conflicts else None
        if self._ready is None and not self.conflicts.model.open:
            self._run(reading.settling(plan, decisions), self._settled)
        self._name_buttons()

    def _settled(self, result: object) -> None:
        merged, read = cast("Merge", result), self._read
        self._work = None
        if read is None:
            return
        decisions = self.conflicts.model.decisions
        if any(one.key not in decisions for one in merged.conflicts):
            teller = RecordTeller(read.plan.sides, lambda sha256: self._text(read.plan, sha256))
            self.conflicts.show_conflicts(read, merged.conflicts, teller, self._who)
            title = self.tr("To decide ({0})").format(QLocale().toString(len(merged.conflicts)))
            self.tabs.setTabText(self.tabs.indexOf(self.conflicts), title)
            show_problem(self._problem, self.tr("What you have decided brings up something else to decide."))
        else:
            self._ready = merged
        self._name_buttons()

    # -- the step -------------------------------------------------------------------------------------------

    def _name_buttons(self) -> None:
        preview, left = self.page is Page.PREVIEW, self.conflicts.model.open
        self.primary.setVisible(preview)
        self._another.setVisible(self.page is Page.MESSAGE)
        self._cancel.setEnabled(not self._applying)
        self._cancel.setText(self.tr("Close") if self.page is Page.MESSAGE else self.tr("Cancel"))
        elsewhere = left > 0 and self.tabs.currentWidget() is not self.conflicts
        first = self.tr("Decide {0} first").format(QLocale().toString(left))
        self.primary.setText(first if elsewhere else self.tr("Bring in"))
        self.primary.setEnabled(elsewhere or self._ready is not None)
        self.primary.setToolTip(self.tr("Everything has to be decided before") if left and not elsewhere else "")

    def _go_on(self) -> None:
        if self._ready is None:
            self.tabs.setCurrentWidget(self.conflicts)
            self.conflicts.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._bring_in(self._ready)

    def _bring_in(self, merged: Merge) -> None:
        plan, decisions = cast("reading.Read", self._read).plan, dict(self.conflicts.model.decisions)
        project = self._project
        show_problem(self._problem, "")
        self._applying = True
        try:
            if plan.sides.size < MANY:
                self._settle_step(plan, _applied(project, plan, decisions, merged))
            else:
                self._bring_in_beside(plan, lambda: _applied(project, plan, decisions, merged))
        except AnnotatorError as error:
            self._refuse_step(str(error))

    def _bring_in_beside(self, plan: Plan, step: Callable[[], Summary | StaleError]) -> None:
        work = self._state.work_beside(self, lambda _report, _stopped: step())
        work.finished.connect(lambda outcome: self._settle_step(plan, outcome))
        work.failed.connect(self._refuse_step)
        self._show_bar(self.tr("Bringing in {0}…").format(self._other.name))

    def _settle_step(self, plan: Plan, outcome: Summary | StaleError) -> None:
        self._applying = False
        if isinstance(outcome, StaleError):
            self._begin(str(outcome))
        else:
            self._finish(plan, outcome)

    def _refuse_step(self, text: str) -> None:
        self._applying = False
        show_problem(self._problem, text)
        self._turn_to(Page.PREVIEW)

    def _finish(self, plan: Plan, summary: Summary) -> None:
        self.accept()
        self._state.tell(brought(plan, summary))
        self._state.focus_reader.emit()

    def _choose_another(self) -> None:
        self.reject()
        self.another_wanted.emit()

    def reject(self) -> None:
        """Close, unless the step is being written: it is whole or not at all."""
        if not self._applying:
            super().reject()

    def done(self, result: int) -> None:
        """Stop what is still being read, and close."""
        if self._work is not None:
            self._work.cancel()
            self._work = None
        self._state.project_changed.disconnect(self._look_again)
        self._state.project_opened.disconnect(self.reject)
        super().done(result)


def _applied(project: Project, plan: Plan, decisions: Decisions, merged: Merge) -> Summary | StaleError:
    """Bring in; that the project has moved on is no failure here: it is compared anew then."""
    try:
        return apply(project, plan, decisions, merged=merged)
    except StaleError as error:
        return error
