"""Working with colleagues in the window: hand out, bring in, and the question whether the user is the addressee."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from annotator.project.project import Project
from annotator.ui.actions.registry import Actions
from annotator.ui.state import UiState
from annotator.ui.who import Who
from annotator.ui.widgets.dismiss import delete_on_close

if TYPE_CHECKING:
    from annotator.ui.colleagues.addressee_bar import AddresseeBar


class ColleagueHooks(Struct, frozen=True):
    """What the window does when working with colleagues asks for it; a bar is put above the reader."""

    listed_articles: Callable[[], Sequence[str]]
    open_path: Callable[[Path], object]
    show_entities: Callable[[QWidget], None]
    take_name: Callable[[str], bool]
    somebody_else_works: Callable[[], None]
    put_above: Callable[[QWidget], None]


class WithColleagues(QObject):
    """Joins the dialogs and the bar to the window; the bar is there while its question is open."""

    def __init__(self, window: QWidget, state: UiState, actions: Actions, who: Who, hooks: ColleagueHooks) -> None:
        super().__init__(window)
        self._window, self._state, self._who, self._hooks = window, state, who, hooks
        state.project_opened.connect(self._hide_without_project)
        actions.connect_to({"file.handOut": self.hand_out, "file.bringIn": self.choose_and_bring_in})

    @cached_property
    def bar(self) -> AddresseeBar:
        """The bar that asks whom the file is for, made when there is something to ask."""
        from annotator.ui.colleagues.addressee_bar import AddresseeBar

        bar = AddresseeBar(self._window)
        self._hooks.put_above(bar)
        bar.agreed.connect(self._agree)
        bar.declined.connect(self._decline)
        return bar

    def _put_bar_away(self) -> None:
        if "bar" in self.__dict__:
            self.bar.hide()

    # -- hand out, bring in -------------------------------------------------------------------------------

    def hand_out(self) -> None:
        """Show the dialog that writes a file for a colleague."""
        from annotator.ui.colleagues.hand_out_dialog import HandOutDialog

        if self._state.writable:
            self._leave_fields()
            dialog = HandOutDialog(self._window, self._state, self._hooks.listed_articles())
            dialog.entities_requested.connect(lambda: self._hooks.show_entities(dialog))
            dialog.open()

    def choose_and_bring_in(self) -> None:
        """Ask for a colleague's file and show what bringing it in comes to."""
        project = self._state.project
        if project is None:
            return
        name, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Bring in a colleague’s work"),
            str(project.path.parent),
            self.tr("Annotator projects (*.annot);;All files (*)"),
        )
        if name:
            self.bring_in(Path(name))

    def bring_in(self, path: Path) -> None:
        """Show what bringing a file in comes to, before anything is written."""
        from annotator.ui.colleagues.bring_in_dialog import BringInDialog

        if self._state.writable:
            self._leave_fields()
            dialog = BringInDialog(self._window, self._state, path)
            dialog.another_wanted.connect(self.choose_and_bring_in)
            dialog.open()

    def take_dropped(self, path: Path) -> None:
        """Ask what a project that was dropped on the open one is meant for; without one it is opened."""
        project = self._state.project
        if not self._state.writable or project is None or (path.exists() and path.samefile(project.path)):
            self._hooks.open_path(path)
            return
        question = QMessageBox(
            QMessageBox.Icon.Question,
            self.tr("Open or bring in?"),
            self.tr("Is {0} to be opened in the place of {1}, or is it a colleague’s work to be brought in?").format(
                path.name, project.path.name
            ),
            QMessageBox.StandardButton.Cancel,
            self._window,
        )
        question.setObjectName("openOrBringIn")
        question.setInformativeText(self.tr("Before anything is brought in you see what would come."))
        opening = question.addButton(self.tr("Open it"), QMessageBox.ButtonRole.ActionRole)
        bringing = question.addButton(self.tr("Bring in…"), QMessageBox.ButtonRole.AcceptRole)
        bringing.setProperty("primary", True)
        question.setDefaultButton(bringing)
        opening.clicked.connect(lambda: self._hooks.open_path(path))
        bringing.clicked.connect(lambda: self.bring_in(path))
        delete_on_close(question)
        question.open()

    def _leave_fields(self) -> None:
        # A field that is being typed in hands its text over before the file is looked at.
        self._state.focus_reader.emit()

    # -- whom the file is for -----------------------------------------------------------------------------

    def ask_whom(self, project: Project) -> bool:
        """Ask, where that is not known, whether the user is whom the file was handed out to; tell whether it is."""
        person = self._who.addressee(project)
        if person is None:
            self._put_bar_away()
            return False
        said = project.annotator.name if self._who.said else ""
        self.bar.ask(person.name, said, project.annotator.name)
        return True

    def _hide_without_project(self) -> None:
        if self._state.project is None:
            self._put_bar_away()

    def _agree(self) -> None:
        project = self._state.project
        if project is not None and self._state.attempt(lambda: self._who.be_addressee(project)):
            self._put_bar_away()
            self._hooks.somebody_else_works()
            self._state.tell(self.tr("You work as {0} in this file.").format(project.annotator.name))

    def _decline(self, name: str) -> None:
        project = self._state.project
        if project is None or (name and not self._hooks.take_name(name)):
            return
        self._who.decline(project)
        self._put_bar_away()
        self._state.focus_reader.emit()
        self._state.tell(self.tr("You work as {0} in this file.").format(project.annotator.name))
