"""The backups of a project: any of them can be put back under a new name; nothing is ever replaced."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QFileDialog, QHeaderView, QProgressBar, QTreeView, QWidget

from annotator.base.settings import Settings
from annotator.project.backups import Backup, backups_of_file, list_backups, restore
from annotator.ui.dialogs.backups_model import BackupModel
from annotator.ui.state import UiState
from annotator.ui.widgets.dialog import Dialog, problem, show_problem, small
from annotator.ui.widgets.empty_state import EmptyState
from annotator.ui.widgets.work import Report, Stopped, Work, run_work


class BackupsDialog(Dialog):
    """``restored`` tells the path of a project that was put back, so that it can be opened."""

    restored = Signal(str)

    def __init__(self, parent: QWidget | None, state: UiState, settings: Settings) -> None:
        super().__init__(parent, 560, 480)
        self.setObjectName("backupsDialog")
        self.set_title(self.tr("Backups"))
        self._state, self._settings = state, settings
        self._folder = settings.folder / "backups"
        self._work: Work | None = None
        self._model = BackupModel()
        self._projects = QComboBox()
        self._projects.setAccessibleName(self.tr("Project"))
        self._view = QTreeView()
        self._none = EmptyState(
            "backup",
            self.tr("No backup of this project yet"),
            self.tr("One is made after opening, when work was done."),
        )
        self._hint = small(
            self.tr("A backup opens as a project of its own under a new name. The project stays as it is.")
        )
        self._problem = problem()
        self._progress = QProgressBar()
        self._progress.setAccessibleName(self.tr("Progress"))
        self._progress.hide()
        self._build()
        self._fill()
        self._projects.currentIndexChanged.connect(self._show)
        self._show()

    def _build(self) -> None:
        view = self._view
        view.setModel(self._model)
        view.setRootIsDecorated(False)
        view.setUniformRowHeights(True)
        view.setProperty("framed", True)
        view.setAccessibleName(self.tr("Backups, the newest first"))
        view.header().setStretchLastSection(False)
        view.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        view.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.body.addWidget(self._projects)
        self.body.addWidget(view, 1)
        self.body.addWidget(self._none, 1)
        for widget in (self._hint, self._progress, self._problem):
            self.body.addWidget(widget)
        self._show_folder = self.add_button(self.tr("Open folder"), left=True)
        self._show_folder.clicked.connect(self._open_folder)
        self.add_cancel(self.tr("Close"))
        self._restore = self.add_button(self.tr("Open under a new name…"), primary=True)
        self._restore.clicked.connect(self._ask)
        view.activated.connect(lambda _: self._ask())

    def _fill(self) -> None:
        """Offer the open project first, then the recent ones: a file that cannot be opened has its backups too."""
        project = self._state.project
        paths = [str(project.path)] if project is not None else []
        paths += [path for path in self._settings["recent"] if path not in paths]
        for path in paths:
            self._projects.addItem(Path(path).stem, path)
            self._projects.setItemData(self._projects.count() - 1, path, Qt.ItemDataRole.ToolTipRole)

    def _backups(self) -> list[Backup]:
        project, path = self._state.project, self._projects.currentData()
        if project is not None and path == str(project.path):
            return list_backups(self._folder, project.cache.info.uid)
        return backups_of_file(self._folder, Path(path)) if path else []

    def _show(self, *_: object) -> None:
        self._view.ensurePolished()  # else a row is measured without its padding
        backups = self._backups()
        self._model.show(backups)
        self._view.setCurrentIndex(self._model.index(0, 0))
        self._view.setVisible(bool(backups))
        self._none.setVisible(not backups)
        self._hint.setVisible(bool(backups))
        self._restore.setEnabled(bool(backups))
        self._show_folder.setEnabled(bool(backups))
        show_problem(self._problem, "")

    def _open_folder(self) -> None:
        backup = self._model.backup(0)
        if backup is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(backup.path.parent)))

    # -- putting back -------------------------------------------------------------------------------------

    def _proposal(self, backup: Backup) -> Path:
        """Return a free name beside the project, with the day of the backup."""
        path = Path(self._projects.currentData())
        day = backup.time.astimezone().strftime("%Y-%m-%d")
        folder = path.parent if path.parent.is_dir() else Path.home()
        name, number = f"{path.stem} {day}", 2
        while (folder / f"{name}.annot").exists():
            name, number = f"{path.stem} {day} ({number})", number + 1
        return folder / f"{name}.annot"

    def _ask(self) -> None:
        backup = self._model.backup(self._view.currentIndex().row())
        if backup is None or self._work is not None:
            return
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Open the backup as"), str(self._proposal(backup)), self.tr("Annotator projects (*.annot)")
        )
        if name:
            self._put_back(backup, Path(name) if Path(name).suffix == ".annot" else Path(f"{name}.annot"))

    def _put_back(self, backup: Backup, target: Path) -> None:
        def copy(_report: Report, _stopped: Stopped) -> object:
            restore(backup, target)
            return target

        self._progress.setRange(0, 0)
        self._progress.show()
        self._restore.setEnabled(False)
        show_problem(self._problem, "")
        self._work = run_work(self, copy)
        self._work.finished.connect(self._done)
        self._work.failed.connect(self._fail)

    def _done(self, target: object) -> None:
        self._work = None
        self.accept()
        self.restored.emit(str(target))

    def _fail(self, text: str) -> None:
        self._work = None
        self._progress.hide()
        self._restore.setEnabled(True)
        show_problem(self._problem, text)
