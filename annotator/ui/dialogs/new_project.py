"""The dialog that asks for a new project's name, place and codebook."""

from __future__ import annotations

import os
import re
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from annotator.base import paths
from annotator.base.errors import AnnotatorError
from annotator.base.settings import Settings
from annotator.base.synced_folder import synced_folder
from annotator.exchange.codebook_file import read_codebook, shipped_codebook, shipped_codebooks
from annotator.model.codebook import Codebook
from annotator.ui.dialogs.recent import short_folder
from annotator.ui.widgets.dialog import Dialog, problem, show_problem, small

SUFFIX = ".annot"
_FILE = "file"
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def file_name(name: str) -> str:
    """Return the file name of a project's name: what no file system takes becomes a hyphen."""
    kept = _FORBIDDEN.sub("-", " ".join(name.split())).rstrip(". ")
    return f"{kept}{SUFFIX}" if kept else ""


class NewProjectDialog(Dialog):
    """Accepted, it has ``result_path``, ``result_codebook`` and ``result_name``; it creates nothing itself."""

    def __init__(self, parent: QWidget | None, settings: Settings) -> None:
        super().__init__(parent, 520)
        self.set_title(self.tr("New project"))
        # Its results are read after it has closed.
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.setObjectName("newProject")
        self.result_path = Path()
        self.result_codebook = Codebook()
        self.result_name = ""
        self._codebook_file = ""
        self._name = QLineEdit(self.tr("My project"))
        self._folder = QLineEdit(str(_start_folder(settings)))
        self._where = small()
        self._synced = small()
        self._problem = problem()
        self._books = QButtonGroup(self)
        self._create = QPushButton()
        self._lay_out()
        self._name.textChanged.connect(self._check)
        self._folder.textChanged.connect(self._check)
        self._name.selectAll()
        self._name.setFocus()
        self._check()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._name.setAccessibleName(self.tr("Name"))
        self._folder.setAccessibleName(self.tr("Folder"))
        form.addRow(self.tr("&Name"), self._name)
        form.addRow(self.tr("&Folder"), self._folder_row())
        form.addRow("", self._where)
        form.addRow("", self._synced)
        books = QWidget()
        column = QVBoxLayout(books)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for name, title in shipped_codebooks():
            column.addWidget(self._book(name, title))
        column.addWidget(self._file_row())
        form.addRow(self.tr("Codebook"), books)
        self.body.addLayout(form)
        self.body.addWidget(small(self.tr("Next: drop articles on the window, or import them with Ctrl+I.")))
        self.body.addWidget(self._problem)
        self.body.addStretch(1)
        self.add_cancel()
        self._create = self.add_button(self.tr("Create project"), primary=True)
        self._create.clicked.connect(self.accept)

    def _folder_row(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        browse = QPushButton(self.tr("Browse…"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        row.addWidget(self._folder, 1)
        row.addWidget(browse)
        holder.setFocusProxy(self._folder)
        return holder

    def _book(self, name: str, title: str) -> QRadioButton:
        button = QRadioButton(title)
        button.setProperty("book", name)
        button.setChecked(not self._books.buttons())
        button.toggled.connect(self._check)
        self._books.addButton(button)
        return button

    def _file_row(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._from_file = self._book(_FILE, self.tr("From a file"))
        self._file_label = small()
        choose = QPushButton(self.tr("Choose…"))
        choose.setAccessibleName(self.tr("Choose a codebook file"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose_codebook)
        row.addWidget(self._from_file)
        row.addWidget(self._file_label, 1)
        row.addWidget(choose)
        return holder

    # -- asking the system --------------------------------------------------------------------------------

    def _browse(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder of the project"), self._folder.text())
        if folder:
            self._folder.setText(folder)

    def _choose_codebook(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Codebook"), str(paths.default_documents_dir()), self.tr("Codebooks (*.toml)")
        )
        if name:
            self.set_codebook_file(name)

    def set_codebook_file(self, path: str) -> None:
        """Take the codebook from a file."""
        self._codebook_file = path
        self._file_label.setText(Path(path).name)
        self._from_file.setChecked(True)
        self._check()

    # -- checking and ending ------------------------------------------------------------------------------

    def _path(self) -> Path:
        return Path(self._folder.text().strip()).expanduser() / file_name(self._name.text())

    def _check(self, *_: object) -> None:
        path = self._path()
        service = synced_folder(path)
        warning = self.tr(
            "This folder is kept in step by {service}. It may copy the file while you work: close the project before"
            " you open it on another computer, or choose a folder outside."
        ).format(service=service)
        show_problem(self._synced, warning if service else "")
        self._where.setText(self.tr("One file: {name} in {folder}").format(name=path.name, folder=short_folder(path)))
        wrong = self._wrong(path)
        self._where.setVisible(not wrong)
        show_problem(self._problem, wrong)
        self._create.setEnabled(not wrong)

    def _wrong(self, path: Path) -> str:
        if not file_name(self._name.text()):
            return self.tr("The project needs a name.")
        if not path.is_absolute() or not path.parent.is_dir():
            return self.tr("There is no such folder. Choose one with Browse….")
        if not os.access(path.parent, os.W_OK):
            return self.tr("You may not write in this folder. Choose another.")
        if path.exists():
            return self.tr("There is a file {name} already. Choose another name.").format(name=path.name)
        if self._chosen_book() == _FILE and not self._codebook_file:
            return self.tr("Choose the codebook’s file.")
        return ""

    def _chosen_book(self) -> str:
        chosen = self._books.checkedButton()
        return str(chosen.property("book")) if chosen is not None else ""

    def accept(self) -> None:
        """Take over what was chosen; a codebook file that cannot be read is told and nothing closes."""
        self._check()
        if not self._create.isEnabled():
            return
        book = self._chosen_book()
        try:
            from_file = book == _FILE
            self.result_codebook = read_codebook(Path(self._codebook_file)) if from_file else shipped_codebook(book)
        except AnnotatorError as error:
            show_problem(self._problem, str(error))
            return
        self.result_path, self.result_name = self._path(), " ".join(self._name.text().split())
        super().accept()


def _start_folder(settings: Settings) -> Path:
    """Return the folder of the newest project that is still there, else the documents."""
    for known in settings["recent"]:
        folder = Path(known).parent
        if folder.is_dir() and folder != settings.folder:
            return folder
    documents = paths.default_documents_dir()
    return documents if documents.is_dir() else Path.home()
