"""The dialog that hands articles out: to whom, which and how, what that comes to, and afterwards what to write."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.base.errors import AnnotatorError
from annotator.model.changes import ChangeSet
from annotator.operations.handing_out import Parcel, note
from annotator.project.project import MANY, Project
from annotator.ui.colleagues.hand_out_options import HandOutOptions
from annotator.ui.colleagues.hand_out_summary import HandOutSummary
from annotator.ui.colleagues.hand_out_wording import article_count, letter, will_hold, will_lack
from annotator.ui.colleagues.writing import Writing
from annotator.ui.state import UiState
from annotator.ui.theme.apply import current_theme
from annotator.ui.theme.icons import icon
from annotator.ui.widgets.dialog import Dialog, heading, may_shrink, problem, show_problem

_OPTIONS, _SCROLL_BAR = 328, 12
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
"""What Windows allows in no file name."""


class HandOutDialog(Dialog):
    """Writes a project file for a colleague; ``listed`` are the articles that the article list shows now."""

    entities_requested = Signal()

    def __init__(self, parent: QWidget | None, state: UiState, listed: Sequence[str]) -> None:
        super().__init__(parent, 860, 580)
        self.set_title(self.tr("Hand out"))
        self.setObjectName("handOutDialog")
        self._state = state
        self._project = cast("Project", state.project)
        self._proposed = ""
        self._writing: Writing | None = None
        self._written: Parcel | None = None
        opened = state.content.article.uid if state.content is not None else ""
        self.options = HandOutOptions(self._project, listed, opened)
        self.summary = HandOutSummary()
        self._build()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._form_page())
        self._pages.addWidget(self._done_page())
        self.body.addWidget(self._pages, 1)
        for widget in (self._problem, self._progress):
            self.body.addWidget(widget)
        self.options.changed.connect(self._options_changed)
        self.options.entities_requested.connect(self.entities_requested)
        state.project_changed.connect(self._follow)
        state.project_opened.connect(self.reject)
        self._options_changed()
        self.options.name.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- parts --------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.target = QLineEdit()
        self.target.setObjectName("handOutTarget")
        self.target.setAccessibleName(self.tr("Where to"))
        self.target.textChanged.connect(self._check)
        self._choose = QPushButton(self.tr("Choose…"))
        self._choose.setAutoDefault(False)
        self._choose.clicked.connect(self._ask_where)
        self._problem = problem()
        self._problem.setObjectName("handOutProblem")
        self._progress = QProgressBar()
        self._progress.setAccessibleName(self.tr("Progress of the writing"))
        self._progress.hide()
        self._open_folder = self.add_button(self.tr("Open folder"), left=True)
        self._open_folder.clicked.connect(self._show_folder)
        self._copy = self.add_button(self.tr("Copy the letter"), left=True)
        self._copy.clicked.connect(self._copy_letter)
        for button in (self._open_folder, self._copy):
            button.hide()
        self._cancel = self.add_cancel()
        self.primary = self.add_button(self.tr("Hand out"), primary=True)
        self.primary.setObjectName("handOutPrimary")
        self.primary.clicked.connect(self._start_or_close)

    def _form_page(self) -> QWidget:
        # With a large interface font the options are taller than a small screen: they scroll, the buttons stay.
        options = QScrollArea()
        options.setWidgetResizable(True)
        options.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        options.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        options.setWidget(self.options)
        options.setFixedWidth(max(_OPTIONS, self.options.minimumSizeHint().width() + _SCROLL_BAR))
        options.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
        middle = QHBoxLayout()
        middle.setSpacing(20)
        middle.addWidget(options)
        summary = QScrollArea()
        summary.setWidgetResizable(True)
        summary.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        summary.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        summary.setWidget(self.summary)
        summary.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        middle.addWidget(summary, 1)
        where = QHBoxLayout()
        where.setSpacing(8)
        label = QLabel(self.tr("&Where to"))
        label.setBuddy(self.target)
        where.addWidget(label)
        where.addWidget(self.target, 1)
        where.addWidget(self._choose)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addLayout(middle, 1)
        column.addLayout(where)
        return page

    def _done_page(self) -> QWidget:
        self._picture, self._done, self._done_where = QLabel(), QLabel(), QLabel()
        self._done.setProperty("title", True)
        self._done.setObjectName("handOutDone")
        self._done_where.setProperty("secondary", True)
        for label in (self._done, self._done_where):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._letter = QPlainTextEdit()
        self._letter.setReadOnly(True)
        self._letter.setProperty("framed", True)
        self._letter.setMaximumHeight(200)
        may_shrink(self._letter)
        self._letter.setAccessibleName(self.tr("What to write to your colleague"))
        self._back = QLabel(self.tr("When the file comes back: File ▸ Bring in a colleague’s work…"))
        self._back.setWordWrap(True)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self._picture, self._done, self._done_where):
            column.addWidget(widget)
        column.addSpacing(12)
        column.addWidget(heading(self.tr("What to write to your colleague")))
        column.addWidget(self._letter, 100)
        column.addWidget(self._back)
        column.addStretch(1)
        return page

    # -- what is asked for --------------------------------------------------------------------------------

    def _options_changed(self) -> None:
        if self._written is not None or self._writing is not None:
            return
        wish = self.options.wish()
        self.options.refresh()
        self.summary.show_lines(will_hold(self._project, wish), will_lack(self._project, wish))
        if self.target.text() in ("", self._proposed):
            self._proposed = str(self._proposal(wish.name))
            self.target.setText(self._proposed)
        self._check()

    def _follow(self, _change_set: ChangeSet | None) -> None:
        self._options_changed()

    def _proposal(self, name: str) -> Path:
        """Return a free name beside the project."""
        path = self._project.path
        stem = f"{path.stem} – {_FORBIDDEN.sub(' ', name).strip(' .') or self.tr('copy')}"
        found, again = path.with_name(f"{stem}.annot"), 1
        while found.exists():
            again += 1
            found = path.with_name(f"{stem} {again}.annot")
        return found

    def _path(self) -> Path:
        return Path(self.target.text().strip()).expanduser()

    def _check(self, *_: object) -> None:
        wish, target, wrong, lacking = self.options.wish(), self._path(), "", ""
        if not target.is_absolute() or not target.parent.is_dir():
            wrong = self.tr("There is no such folder. Choose one with Choose….")
        elif target.suffix.lower() != ".annot":
            wrong = self.tr("The file’s name must end in .annot.")
        elif target.exists():
            wrong = self.tr("There is a file of that name already, and it is not overwritten. Choose another name.")
        elif not wish.name:
            lacking = self.tr("Say first for whom it is.")
        elif not wish.count:
            lacking = self.tr("Choose at least one article.")
        show_problem(self._problem, wrong)
        self.primary.setEnabled(not wrong and not lacking)
        self.primary.setToolTip(lacking)

    def _ask_where(self) -> None:
        kinds = self.tr("Annotator projects (*.annot)")
        # What is there is never overwritten: the dialog says so itself.
        options = QFileDialog.Option.DontConfirmOverwrite
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Hand out"), self.target.text(), kinds, options=options)
        if name:
            self.target.setText(name if name.endswith(".annot") else f"{name}.annot")

    # -- writing ------------------------------------------------------------------------------------------

    def _start_or_close(self) -> None:
        if self._written is not None:
            self.accept()
            return
        self._set_busy(busy=True)
        self._writing = Writing(self, self._project, self.options.wish(), self._path())
        self._writing.work.progress.connect(self._show_progress)
        self._writing.work.finished.connect(self._note)
        self._writing.work.failed.connect(self._fail)
        self._writing.work.cancelled.connect(self._stopped)

    def _set_busy(self, *, busy: bool) -> None:
        for widget in (self.options, self.target, self._choose, self.primary):
            widget.setEnabled(not busy)
        self._progress.setRange(0, 0)
        self._progress.setVisible(busy)
        show_problem(self._problem, "")
        self._cancel.setText(self.tr("Stop") if busy else self.tr("Cancel"))
        if busy:
            self._cancel.setFocus()

    def _show_progress(self, done: int, total: int) -> None:
        # What is left when all are gathered takes a moment too: writing and verifying.
        self._progress.setRange(0, 0 if done >= total else total)
        self._progress.setValue(done)

    def _note(self, result: object) -> None:
        parcel, project = cast("Parcel", result), self._project
        try:
            if len(parcel.assigned) < MANY:
                note(project, parcel)
                self._noted(parcel)
                return
            work = self._state.work_beside(self, lambda _report, _stopped: note(project, parcel))
        except AnnotatorError as error:
            parcel.path.unlink(missing_ok=True)  # nothing knows of it
            self._fail(str(error))
            return
        work.finished.connect(lambda _: self._noted(parcel))
        work.failed.connect(self._fail)

    def _noted(self, parcel: Parcel) -> None:
        self._writing, self._written = None, parcel
        self._set_busy(busy=False)
        self._show_done(parcel)

    def _fail(self, text: str) -> None:
        self._writing = None
        self._set_busy(busy=False)
        show_problem(self._problem, text)

    def _stopped(self) -> None:
        if self._writing is not None:
            self._writing.take_away()
        self._fail(self.tr("Stopped. Nothing was handed out."))

    def _show_done(self, parcel: Parcel) -> None:
        count = len(parcel.articles)
        text = self.tr("{0} handed out to {1}").format(article_count(count), parcel.name)
        self._picture.setPixmap(icon("done", current_theme().success).pixmap(32, 32))
        self._done.setText(text)
        self._done_where.setText(self.tr("Written and verified: {0}").format(parcel.path.name))
        self._done_where.setToolTip(str(parcel.path))
        self._letter.setPlainText(letter(parcel.name, parcel.path.name, count))
        self._pages.setCurrentIndex(1)
        self._open_folder.show()
        self._copy.show()
        self._cancel.hide()
        self.primary.setText(self.tr("Close"))
        self.primary.setToolTip("")
        self.primary.setEnabled(True)
        self.primary.setFocus()
        self._state.tell(f"{text}: {parcel.path.name}")

    def _show_folder(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.path.parent)))

    def _copy_letter(self) -> None:
        QGuiApplication.clipboard().setText(self._letter.toPlainText())
        self._copy.setText(self.tr("Copied"))

    def done(self, result: int) -> None:
        """Close; the window's state outlives the dialog, and tells it nothing any more."""
        self._state.project_changed.disconnect(self._follow)
        self._state.project_opened.disconnect(self.reject)
        super().done(result)

    def reject(self) -> None:
        """Stop a writing that is under way; else close."""
        if self._writing is not None:
            self._writing.work.cancel()
        else:
            super().reject()
