"""The export dialog: what, how and where to, with the first rows as they will be written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotator.exchange.csv_tables.columns import Table
from annotator.exchange.csv_tables.writing import ExportSummary, export_csv, preview
from annotator.exchange.csv_tables.xlsx import export_xlsx
from annotator.project.project import Project
from annotator.ui.dialogs.export_options import ExportOptions, Form, Wish
from annotator.ui.dialogs.preview_table import PreviewTable
from annotator.ui.state import UiState
from annotator.ui.widgets.dialog import Dialog, heading, problem, show_problem, small
from annotator.ui.widgets.work import Report, Stopped, Work, run_work

_ROWS = 30
_PAUSE_MS = 120
_WARNINGS = 4
_OPTIONS, _SCROLL_BAR = 312, 12


class ExportDialog(Dialog):
    """Writes the project's tables; ``listed`` are the uids of the articles that the article list shows now."""

    def __init__(self, parent: QWidget | None, state: UiState, listed: Sequence[str]) -> None:
        super().__init__(parent, 960, 600)
        self.set_title(self.tr("Export"))
        self.setObjectName("exportDialog")
        self._state = state
        self._project = cast("Project", state.project)
        self._options = ExportOptions(self._project, listed)
        self._proposed = ""
        self._work: Work | None = None
        self._previewing: Work | None = None
        self._written: ExportSummary | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._preview)
        self._build()
        self._lay_out()
        self._options.changed.connect(self._options_changed)
        self._options_changed()

    def _build(self) -> None:
        self._table = QComboBox()
        self._table.setAccessibleName(self.tr("Table to look at"))
        self._table.currentIndexChanged.connect(lambda _: self._pause.start())
        self._view = PreviewTable()
        self._note = small()
        self._target = QLineEdit()
        self._target.setAccessibleName(self.tr("Where to"))
        self._target.textChanged.connect(self._check)
        self._choose = QPushButton(self.tr("Choose…"))
        self._choose.setAutoDefault(False)
        self._choose.clicked.connect(self._ask_where)
        self._where = small()
        self._problem = problem()
        self._done = QLabel()
        self._done.setProperty("heading", True)
        self._done.hide()
        self._progress = QProgressBar()
        self._progress.setAccessibleName(self.tr("Progress of the export"))
        self._progress.hide()
        self._open_folder = self.add_button(self.tr("Open folder"), left=True)
        self._open_folder.clicked.connect(self._show_folder)
        self._open_folder.hide()
        self._cancel = self.add_cancel()
        self._export = self.add_button(self.tr("Export"), primary=True)
        self._export.clicked.connect(self._start_or_close)

    def _lay_out(self) -> None:
        # With a large interface font the options are taller than a small screen: they scroll, the buttons stay.
        options = QScrollArea()
        options.setWidgetResizable(True)
        options.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        options.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        options.setWidget(self._options)
        options.setFixedWidth(max(_OPTIONS, self._options.minimumSizeHint().width() + _SCROLL_BAR))
        title = QHBoxLayout()
        title.addWidget(heading(self.tr("Preview")))
        title.addStretch(1)
        title.addWidget(self._table)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addLayout(title)
        right.addWidget(self._view, 1)
        right.addWidget(self._note)
        middle = QHBoxLayout()
        middle.setSpacing(24)
        options.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
        middle.addWidget(options)
        middle.addLayout(right, 1)
        where = QHBoxLayout()
        where.setSpacing(8)
        label = QLabel(self.tr("&Where to"))
        label.setBuddy(self._target)
        where.addWidget(label)
        where.addWidget(self._target, 1)
        where.addWidget(self._choose)
        self.body.addLayout(middle, 1)
        self.body.addLayout(where)
        for widget in (self._where, self._problem, self._progress, self._done):
            self.body.addWidget(widget)

    # -- what is asked for --------------------------------------------------------------------------------

    def _options_changed(self) -> None:
        wish = self._options.wish()
        self._show_tables(wish)
        if self._target.text() in ("", self._proposed):
            self._proposed = str(wish.target(self._project.path))
            self._target.setText(self._proposed)
        self._note.setText(self._lacking(wish))
        self._check()
        self._pause.start()

    def _show_tables(self, wish: Wish) -> None:
        """Offer the tables that will be written, the one that was looked at still chosen."""
        chosen = self._table.currentData() or Table.ANNOTATIONS
        names = [str(table) for table in wish.tables]
        if names != [self._table.itemText(row) for row in range(self._table.count())]:
            self._table.blockSignals(True)
            self._table.clear()
            for table in wish.tables:
                self._table.addItem(str(table), table)
            self._table.setCurrentIndex(max(self._table.findData(chosen), 0))
            self._table.blockSignals(False)

    def _lacking(self, wish: Wish) -> str:
        """Return what the chosen files cannot hold."""
        if wish.form is Form.WORKBOOK:
            texts = "" if wish.with_text else self.tr("article texts and ")
            return self.tr("Left out: {0}the history of changes. Cells of more than 32,767 characters are cut.").format(
                texts
            )
        if wish.form is Form.ONE_FILE:
            return self.tr("Left out: links between annotations, verdicts, article texts and the history of changes.")
        if not wish.with_text:
            return self.tr(
                "Left out: article texts and the history of changes. Without the texts the tables can be read back only"
                " into a project that has these articles."
            )
        return self.tr("Left out: the history of changes.")

    def _check(self, *_: object) -> None:
        target = Path(self._target.text().strip()).expanduser()
        wrong, form = "", self._options.wish().form
        if self._options.nobody:
            wrong = self.tr("Choose whose annotations are exported.")
        elif not target.is_absolute() or not target.parent.is_dir():
            wrong = self.tr("There is no such folder. Choose one with Choose….")
        elif form is not Form.FOLDER and (target.suffix.lower() != form or target.is_dir()):
            wrong = self.tr("The file’s name must end in {0}.").format(form)
        elif form is Form.FOLDER and target.is_file():
            wrong = self.tr("This is a file; choose a folder.")
        show_problem(self._problem, wrong)
        replaced = not wrong and target.exists()
        show_problem(self._where, self.tr("Tables of an earlier export there are replaced.") if replaced else "")
        self._export.setEnabled(not wrong)

    def _ask_where(self) -> None:
        start, form = self._target.text(), self._options.wish().form
        if form is not Form.FOLDER:
            kinds = self.tr("CSV (*.csv)") if form is Form.ONE_FILE else self.tr("Excel (*.xlsx)")
            name, _ = QFileDialog.getSaveFileName(self, self.tr("Export"), start, kinds)
        else:
            name = QFileDialog.getExistingDirectory(self, self.tr("Export into"), str(Path(start).parent))
        if name:
            self._target.setText(name)

    # -- the preview --------------------------------------------------------------------------------------

    def _preview(self) -> None:
        wish, project, table = self._options.wish(), self._project, str(self._table.currentData())
        if self._previewing is not None:
            self._previewing.cancel()
            self._previewing = None
        if self._options.nobody:
            self._view.clear()
            return

        def read(_report: Report, _stopped: Stopped) -> object:
            header, rows = preview(
                project, table, _ROWS, profile=wish.profile, sets=wish.sets, articles=wish.articles,
                with_text=wish.with_text,
            )  # fmt: skip
            return table, header, rows

        self._previewing = run_work(self, read)
        self._previewing.finished.connect(self._show_preview)
        self._previewing.failed.connect(self._preview_failed)

    def _show_preview(self, result: object) -> None:
        table, header, rows = cast("tuple[str, tuple[str, ...], list[tuple[str, ...]]]", result)
        self._previewing = None
        self._view.show_table(table, header, rows)

    def _preview_failed(self, text: str) -> None:
        self._previewing = None
        self._view.clear()
        show_problem(self._problem, text)

    # -- writing ------------------------------------------------------------------------------------------

    def _start_or_close(self) -> None:
        if self._written is not None:
            self.accept()
        else:
            self._start()

    def _start(self) -> None:
        wish, project = self._options.wish(), self._project
        target = Path(self._target.text().strip()).expanduser()

        def write(report: Report, stopped: Stopped) -> ExportSummary:
            if wish.form is Form.WORKBOOK:
                return export_xlsx(
                    project, target, sets=wish.sets, articles=wish.articles, with_text=wish.with_text,
                    progress=report, stop=stopped,
                )  # fmt: skip
            return export_csv(
                project, target, profile=wish.profile, sets=wish.sets, articles=wish.articles,
                with_text=wish.with_text, progress=report, stop=stopped,
            )  # fmt: skip

        self._set_busy(busy=True)
        self._work = run_work(self, write)
        self._work.progress.connect(self._show_progress)
        self._work.finished.connect(self._finish)
        self._work.failed.connect(self._fail)
        self._work.cancelled.connect(lambda: self._fail(self.tr("Stopped. Nothing was written.")))

    def _set_busy(self, *, busy: bool) -> None:
        for widget in (self._options, self._target, self._choose, self._export):
            widget.setEnabled(not busy)
        self._progress.setRange(0, 0)
        self._progress.setVisible(busy)
        show_problem(self._problem, "")
        if busy:
            self._cancel.setText(self.tr("Stop"))
            self._cancel.setFocus()
        else:
            self._cancel.setText(self.tr("Cancel"))

    def _show_progress(self, done: int, total: int) -> None:
        self._progress.setRange(0, total)
        self._progress.setValue(done)

    def _fail(self, text: str) -> None:
        self._work = None
        self._set_busy(busy=False)
        show_problem(self._problem, text)

    def _finish(self, result: object) -> None:
        summary = cast("ExportSummary", result)
        self._work, self._written = None, summary
        self._set_busy(busy=False)
        self._options.setEnabled(False)
        self._target.setReadOnly(True)
        self._choose.hide()
        self._where.hide()
        files, rows = self._counted(len(summary.files)), self.locale().toString(sum(summary.rows.values()))
        text = self.tr("Written: {files}, {rows} rows").format(files=files, rows=rows)
        self._done.setText(text)
        self._note.setText("\n".join(summary.warnings[:_WARNINGS]))
        self._note.setToolTip("\n".join(summary.warnings))
        self._done.show()
        self._open_folder.show()
        self._cancel.hide()
        self._export.setText(self.tr("Close"))
        self._export.setFocus()
        self._state.tell(text)

    def _counted(self, files: int) -> str:
        return self.tr("1 file") if files == 1 else self.tr("{0} files").format(self.locale().toString(files))

    def _show_folder(self) -> None:
        if self._written is not None and self._written.files:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.files[0].parent)))

    def reject(self) -> None:
        """Stop a running export; else close."""
        if self._work is not None:
            self._work.cancel()
        else:
            super().reject()
