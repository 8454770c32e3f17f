"""The import dialog: reading, the columns of tables where they must be chosen, the preview, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.base.bulk import without_collections
from annotator.base.errors import ImportRefusedError
from annotator.exchange.articles import ColumnMapping, read_text
from annotator.model.article import Article
from annotator.operations import articles
from annotator.project.project import Project
from annotator.ui.imports import reading
from annotator.ui.imports.columns_page import ColumnsPage
from annotator.ui.imports.preview_page import PreviewPage
from annotator.ui.imports.summary_page import SummaryPage
from annotator.ui.state import UiState
from annotator.ui.widgets.dismiss import delete_on_close
from annotator.ui.widgets.work import Job, Report, Stopped, Work, run_work

AT_ONCE = 50
"""So many articles are taken in at once, a blink; more come in beside the window."""
IN_A_STEP = 500
"""How many are taken in between two moments at which it can be stopped, an eighth of a second: each saves for good,
and smaller steps take longer in all, larger ones keep the window waiting."""


class Page(IntEnum):
    """The dialog's pages in the order they come."""

    READING = 0
    COLUMNS = 1
    PREVIEW = 2
    SUMMARY = 3


class ImportDialog(QDialog):
    """One primary button at the right end, whatever the page: Continue, Import 12 articles, Open the first."""

    def __init__(self, window: QWidget | None, state: UiState, project: Project) -> None:
        super().__init__(window)
        self.setObjectName("importDialog")
        self.setWindowTitle(self.tr("Import articles"))
        delete_on_close(self)
        self._state, self._project = state, project
        self._read: reading.Read = {}
        self._work: Work | None = None
        self._added: tuple[str, ...] = ()
        self._taking: Work | None = None
        self._came: list[articles.Added] = []
        self._wanted = 0
        self.columns = ColumnsPage()
        self.preview = PreviewPage()
        self.summary = SummaryPage()
        self.progress_text = QLabel()
        self._lay_out()
        self.columns.changed.connect(self._name_buttons)
        self.preview.chosen_changed.connect(lambda _: self._name_buttons())
        self.resize(1024, 700)
        self._turn_to(Page.READING)

    def _lay_out(self) -> None:
        self.pages = QStackedWidget()
        for page in (self._reading_page(), self.columns, self.preview, self.summary):
            self.pages.addWidget(page)
        self.columns_button = QPushButton(self.tr("Columns…"))
        self.columns_button.setToolTip(self.tr("Say which column of the tables holds what"))
        self.cancel_button = QPushButton()
        self.primary = QPushButton()
        self.primary.setObjectName("importPrimary")
        self.primary.setProperty("primary", True)
        self.primary.setDefault(True)
        for button in (self.columns_button, self.cancel_button):
            button.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.columns_button)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.primary)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.pages, 1)
        column.addLayout(buttons)
        self.columns_button.clicked.connect(self._choose_columns)
        self.cancel_button.clicked.connect(self.reject)
        self.primary.clicked.connect(self._go_on)

    def _reading_page(self) -> QWidget:
        page = QWidget()
        bar = self.bar = QProgressBar()
        bar.setTextVisible(False)
        bar.setAccessibleName(self.tr("Reading"))
        bar.setFixedWidth(320)
        self.progress_text.setMinimumWidth(320)  # or the end of a longer text would be cut off until the next layout
        self.progress_text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(page)
        column.addStretch(2)
        for widget in (self.progress_text, bar):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        return page

    # -- pages ----------------------------------------------------------------------------------------------

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return Page(self.pages.currentIndex())

    def _turn_to(self, page: Page) -> None:
        self.pages.setCurrentIndex(page)
        closing = page is Page.SUMMARY
        fruitless = closing and not reading.entries_of(self._read)
        self.columns_button.setVisible((page is Page.PREVIEW or fruitless) and bool(reading.tables_of(self._read)))
        self.cancel_button.setText(self.tr("Close") if closing else self.tr("Cancel"))
        self._name_buttons()

    def _name_buttons(self) -> None:
        page, ticked = self.page, len(self.preview.articles.ticked)
        self.primary.setVisible(page is not Page.READING and (page is not Page.SUMMARY or bool(self._added)))
        if page is Page.COLUMNS:
            self.primary.setText(self.tr("Continue"))
            self.primary.setEnabled(self.columns.complete)
        elif page is Page.PREVIEW:
            one = self.tr("Import 1 article")
            many = self.tr("Import {0} articles").format(QLocale().toString(ticked))
            self.primary.setText(one if ticked == 1 else many)
            self.primary.setEnabled(ticked > 0)
        elif page is Page.SUMMARY:
            self.primary.setText(self.tr("Open the first"))
            self.primary.setEnabled(True)

    def _go_on(self) -> None:
        if self.page is Page.COLUMNS:
            self._start(reading.reading_again(self._project, self._read, self.columns.mappings, self.columns.left_out))
        elif self.page is Page.PREVIEW:
            self._take_in()
        else:
            self._state.open_article(self._added[0])
            self.accept()
            self._state.focus_reader.emit()

    # -- reading --------------------------------------------------------------------------------------------

    def start(self, paths: Sequence[Path]) -> None:
        """Read files and folders and show them."""
        self._start(reading.first_reading(self._project, paths))

    def _start(self, job: Job) -> None:
        self.bar.setRange(0, 0)
        self.progress_text.setText(self.tr("Reading…"))
        self._turn_to(Page.READING)
        self._work = run_work(self, job)
        self._work.progress.connect(self._show_progress)
        self._work.finished.connect(self.show_read)
        self._work.failed.connect(self._fail)

    def _show_progress(self, done: int, _total: int) -> None:
        self.progress_text.setText(self.tr("Reading… {0} so far").format(QLocale().toString(done)))

    def _fail(self, message: str) -> None:
        self.summary.show_failure(message)
        self._turn_to(Page.SUMMARY)

    def show_read(self, read: reading.Read) -> None:
        """Show what was read: the columns first where a table's text column is not known."""
        self._read = read
        untold = reading.untold_tables(read)
        if untold:
            self._show_columns(untold)
        elif reading.entries_of(read):
            self.preview.show_read(read)
            self._turn_to(Page.PREVIEW)
        else:
            self.summary.show_outcome(None, reading.refused_of(read))
            self._turn_to(Page.SUMMARY)

    def _mapping(self, path: str) -> ColumnMapping:
        return self._read[path].mapping or ColumnMapping()

    def _choose_columns(self) -> None:
        self._show_columns(reading.tables_of(self._read))

    def _show_columns(self, tables: dict[tuple[str, ...], list[str]]) -> None:
        mappings = {header: self._mapping(files[0]) for header, files in tables.items()}
        left_out = {header for header, files in tables.items() if self._read[files[0]].left_out}
        self.columns.show_tables(tables, mappings, left_out)
        self._turn_to(Page.COLUMNS)
        self.columns.focus_first()

    # -- taking in ------------------------------------------------------------------------------------------

    def _take_in(self) -> None:
        """Take in what is ticked; many beside the window, some at a time so that it can be stopped."""
        chosen = [(entry.article, entry.text) for entry in self.preview.articles.ticked]
        self._wanted, self._came = len(chosen), []
        if len(chosen) <= AT_ONCE:
            taken = self._state.attempt(lambda: self._came.append(articles.add_articles(self._project, chosen)))
            self._taken() if taken else self._not_taken("")
        else:
            self._state.attempt(lambda: self._take_in_beside(chosen))

    def _take_in_beside(self, chosen: list[tuple[Article, str]]) -> None:
        self._taking = work = self._state.work_beside(self, taking(self._project, chosen, self._came))
        self._show_taking(0)
        work.progress.connect(self._show_taken)
        work.finished.connect(lambda _: self._taken())
        work.failed.connect(self._not_taken)
        work.cancelled.connect(self._stopped)

    def _show_taken(self, done: int, _all: int) -> None:
        if self.cancel_button.isEnabled():
            self._show_taking(done)

    def _taken(self) -> None:
        self._taking = None
        self._tell_what_came()

    def _not_taken(self, why: str) -> None:
        # The status bar, where the reason stands, is behind this dialog.
        self._taking = None
        if why:
            self._state.tell(why, "warning")
        if self._came:
            self._tell_what_stays()
        self.reject()

    def _stopped(self) -> None:
        self._taking = None
        self._tell_what_stays()
        self.reject()

    def _show_taking(self, count: int) -> None:
        self._turn_to(Page.READING)
        self.bar.setRange(0, self._wanted)
        self.bar.setValue(count)
        locale = QLocale()
        text = self.tr("Importing… {0} of {1}").format(locale.toString(count), locale.toString(self._wanted))
        self.progress_text.setText(text)

    def _tell_what_came(self) -> None:
        self._added = tuple(article.uid for one in self._came for article in one.articles)
        here = sum(entry.known for entry in reading.entries_of(self._read)) + sum(len(one.known) for one in self._came)
        self.summary.show_outcome(len(self._added), reading.refused_of(self._read), here)
        self._turn_to(Page.SUMMARY)
        self.primary.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_what_stays(self) -> None:
        """Somebody has stopped the taking in: say what is there, and how it goes again."""
        locale, came = QLocale(), sum(len(one.articles) for one in self._came)
        text = self.tr("Stopped: {0} of {1} articles were imported. Undo takes them back.")
        self._state.tell(text.format(locale.toString(came), locale.toString(self._wanted)), "warning")

    def reject(self) -> None:
        """Close; what is being taken in is stopped first, with what came in until then."""
        if self._taking is None:
            super().reject()
        else:
            self._taking.cancel()
            self.progress_text.setText(self.tr("Stopping…"))
            self.cancel_button.setEnabled(False)

    def done(self, result: int) -> None:
        """Stop what is still being read, and close."""
        if self._work is not None:
            self._work.cancel()
        super().done(result)


def taking(project: Project, chosen: list[tuple[Article, str]], came: list[articles.Added]) -> Job:
    """Return the work of taking articles in some at a time; what came in is put into ``came``."""

    def job(report: Report, stopped: Stopped) -> None:
        done = 0
        with without_collections():
            for one in articles.add_in_steps(project, chosen, IN_A_STEP):
                came.append(one)
                done += len(one.articles) + len(one.known)
                report(done, len(chosen))
                if stopped():
                    return

    return job


def import_paths(window: QWidget | None, state: UiState, paths: Sequence[Path]) -> ImportDialog | None:
    """Show the articles of files and folders before they come in; None when nothing can be changed."""
    if state.project is None or not state.writable:
        state.tell(_tr("Open a project that can be changed first, then import articles."), "warning")
        return None
    dialog = ImportDialog(window, state, state.project)
    dialog.open()
    dialog.start(paths)
    return dialog


def import_text(window: QWidget | None, state: UiState, text: str) -> ImportDialog | None:
    """Show a pasted text as an article before it comes in; None when that cannot be."""
    if state.project is None or not state.writable:
        state.tell(_tr("Open a project that can be changed first, then import articles."), "warning")
        return None
    try:
        incoming = read_text(text)
    except ImportRefusedError as error:
        state.tell(_tr("The pasted text {0}.").format(str(error)), "warning")
        return None
    dialog = ImportDialog(window, state, state.project)
    dialog.show_read(reading.pasted(state.project, incoming))
    dialog.open()
    return dialog


def _tr(text: str) -> str:
    return QCoreApplication.translate("ImportDialog", text)
