"""The button by which a codebook is taken from a file, or written to one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QPushButton, QWidget

from annotator.base import paths
from annotator.base.errors import AnnotatorError
from annotator.exchange.codebook_file import read_codebook, write_codebook
from annotator.model.codebook import Codebook


class CodebookFileButton(QPushButton):
    """``taken`` tells the codebook read from a file, ``written`` the name of a file written; refusals are told here."""

    taken = Signal(object)
    written = Signal(str)

    def __init__(self, codebook: Callable[[], Codebook], stem: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._codebook, self._stem = codebook, stem
        self.setObjectName("codebookFile")
        self.setText(self.tr("Codebook file"))
        menu = QMenu(self)
        self.taking = menu.addAction(self.tr("Import from a file …"), self._ask_to_read)
        self.writing = menu.addAction(self.tr("Save to a file …"), self._ask_to_write)
        self.setMenu(menu)

    def read(self, path: Path) -> None:
        """Tell the codebook of a file, or why it cannot be read."""
        try:
            file = read_codebook(path)
        except AnnotatorError as error:
            self._refuse(str(error))
        else:
            self.taken.emit(file)

    def write(self, path: Path) -> None:
        """Write the codebook as it stands in the editor, or tell why that cannot be."""
        try:
            write_codebook(self._codebook(), path, title=self._stem)
        except AnnotatorError as error:
            self._refuse(str(error))
        else:
            self.written.emit(path.name)

    def _ask_to_read(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self.window(), self.tr("Import a codebook"), str(paths.default_documents_dir()), self._filter()
        )
        if name:
            self.read(Path(name))

    def _ask_to_write(self) -> None:
        proposal = paths.default_documents_dir() / f"{self._stem} codebook.toml".strip()
        name, _ = QFileDialog.getSaveFileName(
            self.window(), self.tr("Save the codebook to a file"), str(proposal), self._filter()
        )
        if name:
            self.write(Path(name))

    def _filter(self) -> str:
        return self.tr("Codebooks (*.toml)")

    def _refuse(self, text: str) -> None:
        box = QMessageBox(QMessageBox.Icon.Warning, self.tr("Codebook"), text, parent=self.window())
        box.setObjectName("codebookRefusal")
        box.open()
