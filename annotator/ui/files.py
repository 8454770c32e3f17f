"""What the File and Edit menus open: projects, imports, exports and dialogs. Dialogs are imported when first used."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from annotator.base import paths
from annotator.base.errors import AnnotatorError, DamagedError
from annotator.base.settings import Settings
from annotator.base.uuid7 import uuid7
from annotator.model.annotation import AnnotationSet, Annotator, SetKind
from annotator.model.article import Article, Status
from annotator.model.span import Span
from annotator.operations import articles
from annotator.project.opening import login_name
from annotator.project.project import Project
from annotator.ui.actions.registry import Actions
from annotator.ui.state import UiState
from annotator.ui.widgets.dismiss import delete_on_close, dismiss

_log = logging.getLogger(__name__)
_PROJECTS = "Annotator projects (*.annot)"


class Hooks(Struct, frozen=True):
    """What the window does when a file or dialog asks for it."""

    show_project: Callable[[Project], None]
    close_project: Callable[[], None]
    listed_articles: Callable[[], Sequence[str]]
    edit_article: Callable[[], None]
    take_setting: Callable[[str], None]
    go_to: Callable[[str, Span | None, str], None]


class Files(QObject):
    """The window's way to files and dialogs."""

    def __init__(self, window: QWidget, state: UiState, actions: Actions, settings: Settings, hooks: Hooks) -> None:
        super().__init__(window)
        self._window, self._state, self._actions = window, state, actions
        self._settings, self._hooks = settings, hooks
        actions.connect_to(
            {
                "file.new": self.new,
                "file.open": self.open,
                "file.sample": self.open_sample,
                "file.close": hooks.close_project,
                "file.import": self.choose_and_import,
                "file.importFolder": self.choose_folder_and_import,
                "file.paste": self.paste,
                "file.export": self.export,
                "file.backup": self.save_backup,
                "file.backups": self.show_backups,
                "file.preferences": self.show_preferences,
                "file.quit": window.close,
                "edit.codebook": self.show_codebook,
                "edit.entities": self.show_entities,
                "edit.project": self.show_project,
                "edit.search": self.show_search,
                "article.edit": hooks.edit_article,
                "article.remove": self.remove_article,
                "article.todo": lambda: self._set_status(Status.TODO),
                "article.inProgress": lambda: self._set_status(Status.IN_PROGRESS),
                "help.keys": self.show_keys,
                "help.about": self.show_about,
            }
        )

    # -- projects -----------------------------------------------------------------------------------------

    def new(self) -> None:
        """Ask for a name, a place and a codebook, and create a project."""
        from annotator.project.opening import create_project
        from annotator.ui.dialogs.new_project import NewProjectDialog

        def create() -> None:
            path, codebook, name = dialog.result_path, dialog.result_codebook, dialog.result_name
            self._show(lambda: create_project(path, codebook, name=name))

        dialog = NewProjectDialog(self._window, self._settings)
        dialog.accepted.connect(create)
        dialog.finished.connect(lambda _result: dismiss(dialog))
        dialog.open()

    def open(self) -> None:
        """Ask for a project file and open it."""
        recent = [Path(path).parent for path in self._settings["recent"]]
        folder = recent[0] if recent else paths.default_documents_dir()
        name, _ = QFileDialog.getOpenFileName(self._window, self.tr("Open project"), str(folder), _PROJECTS)
        if name:
            self.open_path(Path(name))

    def open_path(self, path: Path) -> bool:
        """Open a project file, or begin to; what is wrong with it is told, and the window stays as it was.

        For a damaged one the newest backup is offered, under a new name: the file itself is never touched.
        """
        from annotator.project.opening import open_project, takes_long_to_open

        if self._is_open(path):
            # Its own lock would make the second one read-only.
            self._state.tell(self.tr("This project is open already."))
            self._state.focus_reader.emit()
            return True
        try:
            if takes_long_to_open(path):
                self._convert(path)
                return True
        except AnnotatorError as error:
            _log.info("cannot be converted: %s", type(error).__name__)  # nor opened, which tells why
        try:
            return self._show_or_raise(lambda: open_project(path))
        except DamagedError as error:
            self._offer_backup(path, str(error))
            return False

    def _convert(self, path: Path) -> None:
        """Make a large project of an earlier version ready for this one, beside the window, and then open it."""
        from annotator.ui.dialogs.conversion import ConversionDialog

        dialog = ConversionDialog(self._window, path)
        dialog.converted.connect(lambda: self.open_path(path))
        dialog.failed.connect(lambda text: self._offer_backup(path, text))
        dialog.open()

    def _is_open(self, path: Path) -> bool:
        project = self._state.project
        return project is not None and path.exists() and path.samefile(project.path)

    def _offer_backup(self, path: Path, text: str) -> None:
        from annotator.project.backups import backups_of_file, restore

        found = backups_of_file(self._settings.folder / "backups", path)
        box = self.refuse(text)
        if not found:
            return
        newest = found[0]
        when = newest.time.astimezone().strftime("%Y-%m-%d %H.%M")
        target = path.with_name(f"{path.stem} (backup of {when}){path.suffix}")

        def take() -> None:
            if target.exists() or self._state.attempt(lambda: restore(newest, target)):
                self.open_path(target)

        box.setInformativeText(self.tr("There is a backup of {0}. It opens under a new name.").format(when))
        button = box.addButton(self.tr("Open the backup"), QMessageBox.ButtonRole.AcceptRole)
        button.setProperty("primary", True)
        button.clicked.connect(take)

    def open_sample(self) -> None:
        """Open the sample project, made afresh the first time."""
        path = self._settings.folder / "Sample project.annot"
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            self.open_path(path)
        else:
            self._show(lambda: self._make_sample(path))

    def _make_sample(self, path: Path) -> Project:
        from annotator.exchange.codebook_file import shipped_codebook
        from annotator.exchange.samples import read_samples, shipped_samples
        from annotator.operations.sample_project import create_sample_project

        settings = self._settings
        me = Annotator(settings.annotator_uid, settings["annotator_name"] or login_name())
        codebook = shipped_codebook("news")
        own_set = AnnotationSet(uuid7(), me.name, SetKind.PERSON, me.uid)
        sample = read_samples(shipped_samples(), codebook, me.uid, own_set.uid)
        return create_sample_project(path, codebook, me, own_set, sample)

    def _show(self, opening: Callable[[], Project]) -> bool:
        try:
            return self._show_or_raise(opening)
        except DamagedError as error:
            self.refuse(str(error))
            return False

    def _show_or_raise(self, opening: Callable[[], Project]) -> bool:
        try:
            project = opening()
        except DamagedError:
            raise
        except AnnotatorError as error:
            self.refuse(str(error))
            return False
        self._hooks.show_project(project)
        return True

    def refuse(self, text: str) -> QMessageBox:
        """Say why something could not be opened."""
        box = QMessageBox(QMessageBox.Icon.Warning, self.tr("Annotator"), text, parent=self._window)
        box.setObjectName("refusal")
        # Not exec: a window that is built without an event loop must not hang on its first message.
        box.open()
        return box

    # -- articles in and out ------------------------------------------------------------------------------

    def choose_and_import(self) -> None:
        """Ask for article files and show them before they come in."""
        names, _ = QFileDialog.getOpenFileNames(
            self._window,
            self.tr("Import articles"),
            str(paths.default_documents_dir()),
            self.tr("Articles (*.txt *.html *.htm *.docx *.pdf *.csv *.tsv *.xlsx *.jsonl);;All files (*)"),
        )
        if names:
            self.import_paths([Path(name) for name in names])

    def choose_folder_and_import(self) -> None:
        """Ask for a folder and show its articles before they come in."""
        name = QFileDialog.getExistingDirectory(
            self._window, self.tr("Import a folder of articles"), str(paths.default_documents_dir())
        )
        if name:
            self.import_paths([Path(name)])

    def import_paths(self, chosen: list[Path]) -> None:
        """Show the articles of files and folders before they come in."""
        from annotator.ui.imports import import_paths

        import_paths(self._window, self._state, chosen)

    def paste(self) -> None:
        """Show the clipboard's text as a new article before it comes in."""
        from annotator.ui.imports import import_text

        text = QGuiApplication.clipboard().text()
        if text.strip():
            import_text(self._window, self._state, text)
        else:
            self._state.tell(self.tr("There is no text in the clipboard: copy an article first."), "warning")

    def export(self) -> None:
        """Show the export dialog."""
        from annotator.ui.dialogs.export_dialog import ExportDialog

        project = self._state.project
        if project is not None:
            ExportDialog(self._window, self._state, self._hooks.listed_articles()).open()

    # -- safety -------------------------------------------------------------------------------------------

    def save_backup(self) -> None:
        """Ask where, and write a verified copy of the project."""
        from annotator.project.backups import back_up

        project = self._state.project
        if project is None:
            return
        proposal = project.path.with_name(f"{project.path.stem} – copy.annot")
        name, _ = QFileDialog.getSaveFileName(self._window, self.tr("Save a backup copy"), str(proposal), _PROJECTS)
        if name and self._state.attempt(lambda: back_up(project.path, Path(name))):
            self._state.tell(self.tr("Copied and verified: {0}").format(Path(name).name))

    def show_backups(self) -> None:
        """List the backups, to open one under a new name."""
        from annotator.ui.dialogs.backups_dialog import BackupsDialog

        dialog = BackupsDialog(self._window, self._state, self._settings)
        dialog.restored.connect(lambda path: self.open_path(Path(path)))
        dialog.open()

    # -- dialogs ------------------------------------------------------------------------------------------

    def show_preferences(self) -> None:
        """Show the preferences."""
        from annotator.ui.dialogs.preferences import PreferencesDialog

        dialog = PreferencesDialog(self._window, self._settings, self._actions)
        dialog.changed.connect(self._hooks.take_setting)
        dialog.open()

    def show_codebook(self) -> None:
        """Show the codebook editor."""
        from annotator.ui.codebook.editor import CodebookEditor

        CodebookEditor(self._window, self._state).open()

    def show_entities(self, parent: QWidget | None = None) -> None:
        """Show people, bodies and places, above another dialog where one asks for it."""
        from annotator.ui.codebook.entities import EntitiesDialog

        dialog = EntitiesDialog(parent or self._window, self._state)
        dialog.open_requested.connect(lambda article, annotation: self._hooks.go_to(article, None, annotation))
        dialog.open()

    def show_project(self) -> None:
        """Show the project's name, memo and settings."""
        from annotator.ui.dialogs.project_dialog import ProjectDialog

        ProjectDialog(self._window, self._state).open()

    def show_search(self) -> None:
        """Search everything."""
        from annotator.ui.dialogs.search_dialog import SearchDialog

        known = self._window.findChild(SearchDialog)
        if known is not None and known.isVisible():
            known.raise_()
            known.activateWindow()
            return
        dialog = SearchDialog(self._window, self._state)
        dialog.open_requested.connect(self._hooks.go_to)
        dialog.show()

    def show_keys(self) -> None:
        """Show the list of keys."""
        from annotator.ui.dialogs.keys_dialog import KeysDialog

        KeysDialog(self._window, self._actions).open()

    def show_about(self) -> None:
        """Say what this is, and whose work is in it."""
        from annotator.ui.dialogs.about import AboutDialog

        AboutDialog(self._window).open()

    # -- articles -----------------------------------------------------------------------------------------

    def _set_status(self, status: Status) -> None:
        project, content = self._state.project, self._state.content
        if project is not None and content is not None:
            self._state.attempt(lambda: articles.set_status(project, content.article.uid, status))

    def remove_article(self) -> None:
        """Ask, saying what goes, and remove the open article; undo brings it back."""
        project, content = self._state.project, self._state.content
        if project is None or content is None:
            return
        self._state.focus_reader.emit()  # a field that is being typed in hands its text over before the article goes
        count = len(content.annotations)
        question = QMessageBox(
            QMessageBox.Icon.Question,
            self.tr("Remove the article?"),
            self.tr("“{0}” and its annotations ({1}) are removed from the project. Undo brings them back.").format(
                content.article.title, count
            ),
            QMessageBox.StandardButton.Cancel,
            self._window,
        )
        remove = question.addButton(self.tr("Remove article"), QMessageBox.ButtonRole.DestructiveRole)
        remove.setProperty("destructive", True)
        remove.clicked.connect(lambda: self._remove(project, content.article))
        question.setObjectName("removeArticle")
        delete_on_close(question)
        question.open()

    def _remove(self, project: Project, article: Article) -> None:
        """Remove an article, and open the one that stood beside it in the list."""
        listed = self._hooks.listed_articles()
        at = listed.index(article.uid) if article.uid in listed else 0
        beside = [*listed[at + 1 :], *reversed(listed[:at])]
        if self._state.attempt(lambda: articles.remove(project, [article])) and beside:
            self._state.open_article(beside[0])
            self._state.focus_reader.emit()
