"""People, bodies and places of the project: find, mend, place, merge and remove them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.base.errors import AnnotatorError
from annotator.exchange.gazetteer import Place
from annotator.model.changes import ChangeSet, Kind, Origin
from annotator.model.entity import Entity
from annotator.operations import entities as operations
from annotator.project.project import Project
from annotator.ui.codebook.entity_form import EntityForm
from annotator.ui.codebook.entity_index import EntityIndex
from annotator.ui.codebook.entity_table import EntityTable
from annotator.ui.codebook.fields import on_key, retint
from annotator.ui.codebook.kind_chips import KindChips
from annotator.ui.codebook.merge_dialog import MergeDialog
from annotator.ui.codebook.place_form import shipped_search
from annotator.ui.codebook.same_list import SameList
from annotator.ui.codebook.same_search import SameSearch
from annotator.ui.codebook.wording import annotation_count
from annotator.ui.large_step import Said, take_step
from annotator.ui.state import UiState
from annotator.ui.widgets.dismiss import delete_on_close
from annotator.ui.widgets.empty_state import EmptyState
from annotator.ui.widgets.in_steps import InSteps
from annotator.ui.widgets.search_field import SearchField

_FORM_WIDTH = 316
_AT_FIRST = 0.02
"""Seconds of reading before the first frame: what takes no longer is shown at once."""


class EntitiesDialog(QDialog):
    """Changes apply at once, each a step that can be undone, here or later.

    ``open_requested`` tells the article and the annotation of a place where an entity is used; the dialog closes then.
    """

    open_requested = Signal(str, str)

    def __init__(self, parent: QWidget, state: UiState, search: Callable[[str], list[Place]] | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("entitiesDialog")
        self.setWindowTitle(self.tr("People, bodies and places"))
        delete_on_close(self)
        self._state = state
        self._index = EntityIndex()
        self._uses: dict[str, int] = {}
        self._opened_at = state.project.read.last_sequence() if state.project is not None else 0
        self.search = SearchField(self.tr("Search names"))
        self.search.setObjectName("entitySearch")
        self.kinds = KindChips()
        self.table = EntityTable()
        self.same = SameList()
        self._proposals = SameSearch(state, self.same, self)
        self.form = EntityForm(state, search or shipped_search())
        self._reading = InSteps(self)
        self._make_parts()
        self._lay_out()
        self._connect()
        self.setMinimumSize(800, 440)
        self.resize(1000, 660)
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- parts --------------------------------------------------------------------------------------------

    def _make_parts(self) -> None:
        self.count = QLabel()
        self.count.setProperty("secondary", True)
        self.merge, self.remove = QPushButton(self.tr("Merge …")), QPushButton(self.tr("Remove"))
        self.remove.setProperty("destructive", True)
        self.merge.setToolTip(self.tr("Make this and another one the same (Ctrl+M)"))
        self.undo, self.close_button = QPushButton(self.tr("Undo")), QPushButton(self.tr("Close"))
        self.undo.setObjectName("entityUndo")
        self._nothing = EmptyState("entity", "", "")
        self._several = EmptyState("merge", "", "")
        self.give = self._several.add_button(self.tr("Give to colleagues"))
        self.withhold = self._several.add_button(self.tr("Do not give"))
        self.give.setToolTip(self.tr("Files that are handed out blind hold them"))
        self.withhold.setToolTip(self.tr("Files that are handed out blind do not hold them"))
        for button in (self.merge, self.remove, self.give, self.withhold, self.undo, self.close_button):
            button.setAutoDefault(False)

    def _lay_out(self) -> None:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self.form)
        self._right = QStackedWidget()
        for part in (scroll, self._several, self._nothing):
            self._right.addWidget(part)
        actions = QHBoxLayout()
        actions.setSpacing(8)
        actions.addWidget(self.merge)
        actions.addStretch(1)
        actions.addWidget(self.remove)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self._right, 1)
        right.addLayout(actions)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.search)
        left.addWidget(self.kinds)
        left.addWidget(self.table, 1)
        left.addWidget(self.same)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addLayout(left, 1)
        holder = QWidget()
        holder.setFixedWidth(_FORM_WIDTH)
        right.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(right)
        middle.addWidget(holder)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.undo)
        foot.addWidget(self.count, 1)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(middle, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.search.text_changed.connect(lambda _: self.refresh())
        self.kinds.changed.connect(self.refresh)
        self.table.selected_changed.connect(self._show_selected)
        self.merge.clicked.connect(lambda: self.ask_merge(self.selected()))
        self.remove.clicked.connect(self.ask_removal)
        self.give.clicked.connect(lambda: self._give(given=True))
        self.withhold.clicked.connect(lambda: self._give(given=False))
        self.undo.clicked.connect(self.undo_last)
        self.close_button.clicked.connect(self.accept)
        self.same.merge_wanted.connect(lambda pair: self.ask_merge([pair.short, pair.full]))
        self.form.open_requested.connect(self._open)
        self._reading.finished.connect(self._show_read)
        self._reading.failed.connect(self._tell_unread)
        self._state.project_changed.connect(self._take_in)
        self._state.project_opened.connect(self.reject)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self).activated.connect(self.undo_last)
        QShortcut(QKeySequence("Ctrl+Shift+Z"), self).activated.connect(self.redo_last)
        QShortcut(QKeySequence("Ctrl+M"), self).activated.connect(self.merge.click)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self).activated.connect(self.search.setFocus)
        on_key(self.table, "Del", self.remove.click)
        on_key(self.table, "F2", self._edit_name)
        on_key(self.search, "Down", self.table.setFocus)

    def open(self) -> None:
        """Show the dialog and read what it lists; what cannot be read is told, and it closes again."""
        super().open()
        self._read()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons anew when the theme changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            retint(self)

    def done(self, result: int) -> None:
        """Commit what was typed, and close."""
        self.form.flush()
        self._reading.stop()
        self._proposals.cancel()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Commit what was typed."""
        self.form.flush()
        super().closeEvent(event)

    # -- the table ----------------------------------------------------------------------------------------

    def _read(self) -> None:
        """Read all entities: at once where they are few, else a part at a time, for 50,000 take half a second."""
        project = self._state.project
        if project is None:
            return
        self._reading.begin(self._parts(project))
        self._reading.step(_AT_FIRST)
        if self._reading.is_active:
            self._show_selected()

    def _parts(self, project: Project) -> Iterator[None]:
        for found in project.cache.entities.in_steps():
            self._index.learn(found)
            yield
        self._count_uses()  # in a turn of its own: it goes through the entities of all annotations
        yield

    def _show_read(self) -> None:
        self.refresh()
        self._proposals.look()

    def _tell_unread(self, error: AnnotatorError) -> None:
        self.reject()
        self._state.tell(str(error), "warning")

    def refresh(self) -> None:
        """Search and sort anew; what was selected stays selected as long as it is found."""
        project = self._state.project
        if project is None or self._reading.is_active:
            return
        known = project.cache.entities
        found = self._index.found(known.values(), self.search.text(), self.kinds.chosen())
        self.table.show_entities(found, self._uses)
        self._show_selected()
        total = f"{len(known):,}"
        self.count.setText(
            self.tr("{0} of {1}").format(f"{len(found):,}", total)
            if len(found) < len(known)
            else self.tr("{0} people, bodies and places").format(total)
        )

    def selected(self) -> list[Entity]:
        """Return the entities selected, in the table's order."""
        return self.table.selected()

    def select(self, uid: str) -> None:
        """Select one entity and show it."""
        self.table.select({uid})
        self._show_selected()

    def _show_selected(self) -> None:
        chosen, writable = self.selected(), self._state.writable
        if len(chosen) == 1:
            self.form.show_entity(chosen[0].uid, self._uses.get(chosen[0].uid, 0))
        self._right.setCurrentIndex(0 if len(chosen) == 1 else 1 if chosen else 2)
        self.form.set_editable(writable)
        self._several.set_message(
            "merge", self.tr("{0} selected").format(len(chosen)),
            self.tr("Merge them when they are one and the same. A file handed out blind holds only what is given."),
        )  # fmt: skip
        self._word_nothing()
        for button in (self.merge, self.give, self.withhold):
            button.setEnabled(writable and bool(chosen))
        self.remove.setEnabled(writable and bool(chosen))
        self._show_undo()

    def _word_nothing(self) -> None:
        project = self._state.project
        if self._reading.is_active:
            self._nothing.set_message(
                "entity", self.tr("Reading…"), self.tr("There are very many; this takes a moment.")
            )
        elif project is not None and project.cache.entities:
            self._nothing.set_message("search", self.tr("Nobody of that name"), self.tr("Try fewer letters or kinds."))
        else:
            self._nothing.set_message(
                "entity", self.tr("Nobody yet"),
                self.tr("People, bodies and places come here when you say who speaks, or where something is."),
            )  # fmt: skip

    def _edit_name(self) -> None:
        self.form.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.form.name.selectAll()

    def _open(self, article: str, annotation: str) -> None:
        self.accept()
        self.open_requested.emit(article, annotation)

    # -- following ----------------------------------------------------------------------------------------

    def _count_uses(self) -> None:
        if self._state.project is not None:
            self._uses = self._state.project.read.entity_uses()

    def _take_in(self, change_set: ChangeSet | None) -> None:
        if change_set is None or change_set.of(Kind.ANNOTATION):
            self._count_uses()
        if change_set is None or change_set.of(Kind.ENTITY, Kind.ANNOTATION):
            self.refresh()
            self._proposals.look_soon()
        self._show_undo()

    # -- changing -----------------------------------------------------------------------------------------

    def ask_merge(self, members: list[Entity]) -> None:
        """Ask which one stays, or first with whom a single one is to be merged."""
        project = self._state.project
        if project is None or not members:
            return
        self.form.flush()
        kinds = {entity.kind for entity in members}
        dialog = MergeDialog(
            self, members,
            lambda words: [entity for entity, _ in operations.candidates(project, words, kinds)],
            lambda uid: self._uses.get(uid, 0),
        )  # fmt: skip
        delete_on_close(dialog)
        dialog.decided.connect(self._merge)
        dialog.open()
        if len(members) == 1:
            dialog.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _merge(self, kept: str, gone: tuple[str, ...]) -> None:
        project = self._state.project
        if project is None:
            return
        known = project.cache.entities
        keep, others = known.get(kept), [known[uid] for uid in gone if uid in known]
        if keep is not None and others:
            step = partial(operations.merge, project, keep, others)
            self._take(step, self._borne(others), lambda: self.select(kept))

    def _borne(self, some: list[Entity]) -> int:
        return sum(1 + self._uses.get(entity.uid, 0) for entity in some)

    def _take(self, step: Callable[[], object], size: int, done: Callable[[], object] = lambda: None) -> None:
        said = partial(Said, self.windowTitle(), self.tr("Saving…"))
        take_step(self._state, self, step, lambda _: done(), size=size, said=said)

    def _give(self, *, given: bool) -> None:
        project, chosen = self._state.project, self.selected()
        if project is not None:
            self._take(partial(operations.give, project, chosen, given=given), len(chosen))

    def ask_removal(self) -> None:
        """Remove what is selected; what annotations bear is asked about first."""
        chosen = self.selected()
        count = sum(self._uses.get(entity.uid, 0) for entity in chosen)
        if not count:
            self._remove(chosen)
            return
        name = f"“{chosen[0].name}”" if len(chosen) == 1 else self.tr("{0} entries").format(len(chosen))
        question = QMessageBox(
            QMessageBox.Icon.Question, self.tr("Remove?"),
            self.tr("{0}: used in {1}. The annotations stay, but no longer say who or where it is.").format(
                name, annotation_count(count)
            ),
            QMessageBox.StandardButton.Cancel, self,
        )  # fmt: skip
        question.setObjectName("removeEntity")
        button = question.addButton(self.tr("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        button.setProperty("destructive", True)
        button.clicked.connect(lambda: self._remove(chosen))
        question.open()

    def _remove(self, chosen: list[Entity]) -> None:
        project = self._state.project
        if project is None or not chosen:
            return
        row = self.table.rows.row_of(chosen[0].uid)
        there = [now for one in chosen if (now := project.cache.entities.get(one.uid)) is not None]
        self._take(partial(operations.remove, project, *there), self._borne(there), lambda: self._select_row(row))

    def _select_row(self, row: int) -> None:
        beside = self.table.rows.entity(min(row, self.table.rows.rowCount() - 1))
        if beside is not None:
            self.select(beside.uid)

    # -- undo ---------------------------------------------------------------------------------------------

    def _own_step(self) -> bool:
        """Tell whether the newest step was made since the dialog was opened: nothing unseen is undone from here."""
        project = self._state.project
        if project is None or project.read_only:
            return False
        steps = project.read.next_undo(project.annotator.uid)
        return bool(steps) and steps[0].sequence > self._opened_at

    def _show_undo(self) -> None:
        project = self._state.project
        own = self._own_step()
        self.undo.setVisible(own)
        if own and project is not None:
            self.undo.setText(self.tr("Undo: {0}").format(project.undo_label))

    def undo_last(self) -> None:
        """Take the last change made here back."""
        self.form.flush()
        project = self._state.project
        if project is not None and self._own_step():
            self._take(project.undo, project.step_size(Origin.UNDO))

    def redo_last(self) -> None:
        """Do the change that was taken back again."""
        project = self._state.project
        if project is not None and not project.read_only:
            self._take(project.redo, project.step_size(Origin.REDO))
