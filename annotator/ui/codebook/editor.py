"""The codebook editor: a draft edited at leisure, saved as one step that can be undone."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.base.uuid7 import uuid7
from annotator.model.article import ArticleWork
from annotator.model.codebook import Codebook
from annotator.operations import codebook as operations
from annotator.ui.codebook.attributes_page import AttributesPage
from annotator.ui.codebook.draft import Draft
from annotator.ui.codebook.fields import on_key, retint, set_problem, tool
from annotator.ui.codebook.file_button import CodebookFileButton
from annotator.ui.codebook.links_page import LinksPage
from annotator.ui.codebook.removal import RemovalDialog
from annotator.ui.codebook.tag_list import ARTICLES, TagList
from annotator.ui.codebook.tag_page import TagPage
from annotator.ui.codebook.wording import annotation_count, trouble_told
from annotator.ui.large_step import Said, take_step
from annotator.ui.state import UiState
from annotator.ui.widgets.dismiss import delete_on_close
from annotator.ui.widgets.elided_label import ElidedLabel

_LIST_WIDTH = 216


class CodebookEditor(QDialog):
    """Tag types on the left, what is to be said of the one selected on the right. Nothing is stored before Save.

    Undo within the editor takes back edits of the draft; letters typed into one field go together.
    """

    def __init__(self, parent: QWidget, state: UiState) -> None:
        super().__init__(parent)
        self.setObjectName("codebookEditor")
        self.setWindowTitle(self.tr("Codebook"))
        delete_on_close(self)
        self._state = state
        self.draft = Draft.of(state.codebook)
        self._before: list[Draft] = []
        self._after: list[Draft] = []
        self._typing = ""
        self._current = self.draft.codebook.tag_types[0].uid if self.draft.codebook.tag_types else ARTICLES
        self._uses = self._counted()
        self.tags = TagList()
        self.tag_page, self.attributes_page, self.links_page = TagPage(), AttributesPage(), LinksPage()
        self.pages = QTabWidget()
        self.problem = ElidedLabel()
        self.problem.setProperty("secondary", True)
        self.problem.setObjectName("codebookProblem")
        self._make_buttons()
        self._lay_out()
        self._connect()
        self._refresh()
        self.setMinimumSize(760, 440)
        self.resize(940, 640)
        self.tags.setFocus(Qt.FocusReason.OtherFocusReason)

    def _counted(self) -> dict[str, int]:
        project = self._state.project
        if project is None:
            return {}
        return {tag.uid: operations.uses(project, tag.uid) for tag in self.draft.codebook.tag_types}

    # -- parts --------------------------------------------------------------------------------------------

    def _make_buttons(self) -> None:
        self.add = tool("add", self.tr("Add a tag type"), "tagAdd")
        self.remove = tool("remove", self.tr("Remove the tag type …"), "tagRemove")
        self.merge = tool("merge", self.tr("Merge into another tag type …"), "tagMerge")
        self.up = tool("arrow-up", self.tr("Move up (Ctrl+Up)"), "tagUp")
        self.down = tool("arrow-down", self.tr("Move down (Ctrl+Down)"), "tagDown")
        project = self._state.project
        self.file = CodebookFileButton(lambda: self.draft.result, project.path.stem if project is not None else "")
        self.cancel = QPushButton(self.tr("Cancel"))
        self.save = QPushButton(self.tr("Save"))
        self.save.setObjectName("codebookSave")
        self.save.setProperty("primary", True)
        self.save.setToolTip(self.tr("Save the codebook (Ctrl+Enter)"))
        for button in (self.file, self.cancel, self.save):
            button.setAutoDefault(False)  # Enter in a field must not save

    def _lay_out(self) -> None:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self.tag_page)
        self.pages.addTab(scroll, "")
        self.pages.addTab(self.attributes_page, "")
        self.pages.addTab(self.links_page, "")
        buttons = QHBoxLayout()
        buttons.setSpacing(2)
        for button in (self.add, self.remove, self.merge, self.up, self.down):
            buttons.addWidget(button)
        buttons.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(4)
        self.tags.setFixedWidth(_LIST_WIDTH)
        left.addWidget(self.tags, 1)
        left.addLayout(buttons)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addLayout(left)
        middle.addWidget(self.pages, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.file)
        foot.addSpacing(8)
        foot.addWidget(self.problem, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(middle, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.tags.chosen.connect(self.show_entry)
        self.tags.moved.connect(lambda uid, to: self.apply(self.draft.move_tag(uid, to)))
        for page in (self.tag_page, self.attributes_page, self.links_page):
            page.edited.connect(self.apply)
        self._state.project_opened.connect(self._leave)
        self.file.taken.connect(self.take_file)
        self.file.written.connect(lambda name: self._state.tell(self.tr("Codebook written: {0}").format(name)))
        self.add.clicked.connect(self.add_tag)
        self.remove.clicked.connect(self.ask_removal)
        self.merge.clicked.connect(self.ask_merge)
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self.save_codebook)
        keys = (
            (QKeySequence(QKeySequence.StandardKey.Undo), self.undo), (QKeySequence("Ctrl+Shift+Z"), self.redo),
            (QKeySequence("Ctrl+Return"), self.save_codebook),
        )  # fmt: skip
        for keys_, act in keys:
            QShortcut(keys_, self).activated.connect(act)
        on_key(self.tags, "Ctrl+Up", lambda: self._move(-1))
        on_key(self.tags, "Ctrl+Down", lambda: self._move(1))
        on_key(self.tags, "Del", self.remove.click)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons anew when the theme changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            retint(self)

    # -- the draft ----------------------------------------------------------------------------------------

    def apply(self, draft: Draft, typing: str = "") -> None:
        """Go on with the next draft; ``typing`` names a field whose letters undo together."""
        if draft == self.draft:
            return
        if not typing or typing != self._typing:
            self._before.append(self.draft)
        self._after.clear()
        self._typing = typing
        self.draft = draft
        self._refresh()

    def undo(self) -> None:
        """Take the last edit of the draft back."""
        self._step(self._before, self._after)

    def redo(self) -> None:
        """Do the edit that was taken back again."""
        self._step(self._after, self._before)

    def _step(self, source: list[Draft], other: list[Draft]) -> None:
        if source:
            other.append(self.draft)
            self.draft = source.pop()
            self._typing = ""
            self._refresh()

    def show_entry(self, uid: str) -> None:
        """Show a tag type, or ARTICLES."""
        self._current = uid
        self._typing = ""
        self._refresh()

    # -- showing ------------------------------------------------------------------------------------------

    def _refresh(self) -> None:
        draft, editable = self.draft, self._state.writable
        uids = [tag.uid for tag in draft.codebook.tag_types]
        if self._current != ARTICLES and self._current not in uids:
            self._current = uids[0] if uids else ARTICLES
        uses = {uid: sum(self._uses.get(home, 0) for home in draft.homes(uid)) for uid in uids}
        self.tags.show_rows(draft.codebook.tag_types, uses, self._wrong(), self._current)
        self._show_pages(draft, editable)
        self._enable(uids, editable)
        self._tell_problem(editable)

    def _show_pages(self, draft: Draft, editable: bool) -> None:
        uid = self._current
        articles = uid == ARTICLES
        self.pages.setTabVisible(0, not articles)
        self.pages.setTabVisible(2, not articles)
        owner = None if articles else uid
        self.pages.setTabText(0, self.tr("Tag type"))
        attributes = len(draft.codebook.attributes_of(owner))
        self.pages.setTabText(
            1, self.tr("Attributes ({0})").format(attributes) if attributes else self.tr("Attributes")
        )
        self.attributes_page.show_draft(draft, owner, editable=editable)
        if not articles:
            links = len(draft.codebook.rules_from(uid))
            self.pages.setTabText(2, self.tr("Links ({0})").format(links) if links else self.tr("Links"))
            self.tag_page.show_draft(draft, uid)
            self.tag_page.setEnabled(editable)
            self.links_page.show_draft(draft, uid, editable=editable)

    def _wrong(self) -> set[str]:
        """Return the tag types whose name or key another one has, or that lack a label."""
        tags = self.draft.codebook.tag_types
        names, keys = [tag.name for tag in tags], [tag.key for tag in tags if tag.key]
        return {
            tag.uid
            for tag in tags
            if names.count(tag.name) > 1 or keys.count(tag.key) > 1 or not (tag.label.strip() and tag.name)
        }

    def _enable(self, uids: list[str], editable: bool) -> None:
        at = uids.index(self._current) if self._current in uids else -1
        self.add.setEnabled(editable)
        self.remove.setEnabled(editable and at >= 0)
        self.merge.setEnabled(editable and at >= 0 and len(uids) > 1)
        self.up.setEnabled(editable and at > 0)
        self.down.setEnabled(editable and 0 <= at < len(uids) - 1)
        self.file.taking.setEnabled(editable)
        self.tags.setDragEnabled(editable)

    def _tell_problem(self, editable: bool) -> None:
        if not editable:
            self.problem.setText(self.tr("This project is open for reading only: nothing can be changed here."))
            self.save.setVisible(False)
            self.cancel.setText(self.tr("Close"))
            return
        lines = [trouble_told(*trouble) for trouble in self.draft.troubles()] + self.draft.problems()
        more = self.tr(" (and {0} more)").format(len(lines) - 1) if len(lines) > 1 else ""
        idle = "" if self.draft.changed else self.tr("Nothing is changed so far.")
        self.problem.setText(lines[0] + more if lines else idle)
        set_problem(self.problem, bool(lines))
        self.save.setEnabled(not lines and self.draft.changed)

    # -- tag types ----------------------------------------------------------------------------------------

    def add_tag(self) -> None:
        """Add a tag type and let its label be typed."""
        uid = uuid7()
        self._current = uid
        self.apply(self.draft.add_tag(uid, self.tr("New tag")))
        self.pages.setCurrentIndex(0)
        self.tag_page.label.setFocus(Qt.FocusReason.OtherFocusReason)
        self.tag_page.label.selectAll()

    def ask_removal(self) -> None:
        """Remove the tag type shown; where its annotations go is asked when there are any."""
        tag = self.draft.codebook.tag(self._current)
        if self._bearers(tag.uid):
            self._ask(merging=False)
        else:
            self._remove(tag.uid, operations.REMOVE, take_over=False)

    def ask_merge(self) -> None:
        """Ask which tag type the one shown is to become part of."""
        self._ask(merging=True)

    def _bearers(self, uid: str) -> int:
        return sum(self._uses.get(home, 0) for home in self.draft.homes(uid))

    def _ask(self, *, merging: bool) -> None:
        tag = self.draft.codebook.tag(self._current)
        others = [other for other in self.draft.codebook.tag_types if other.uid != tag.uid]
        dialog = RemovalDialog(self, tag, others, self._bearers(tag.uid), merging=merging)
        delete_on_close(dialog)
        dialog.decided.connect(lambda target, carry: self._remove(tag.uid, target, take_over=carry))
        dialog.open()

    def _remove(self, uid: str, target: str, *, take_over: bool) -> None:
        uids = [tag.uid for tag in self.draft.codebook.tag_types]
        at = uids.index(uid)
        beside = [*uids[at + 1 :], *reversed(uids[:at])]
        self._current = target or (beside[0] if beside else ARTICLES)
        self.apply(self.draft.remove_tag(uid, target, take_over=take_over))

    def _move(self, step: int) -> None:
        uids = [tag.uid for tag in self.draft.codebook.tag_types]
        if self._current in uids and self._state.writable:
            to = uids.index(self._current) + step
            if 0 <= to < len(uids):
                self.apply(self.draft.move_tag(self._current, to))

    # -- a codebook file ----------------------------------------------------------------------------------

    def take_file(self, file: Codebook) -> None:
        """Take a codebook file into the draft; what is in use stays, undo takes it back."""
        project = self._state.project
        if project is None:
            return
        used: set[str | None] = {tag.uid for tag in self.draft.codebook.tag_types if self._bearers(tag.uid)}
        if any(work.values for work in project.read.all(ArticleWork)):
            used.add(None)
        self.apply(self.draft.imported(file, used))

    # -- the end ------------------------------------------------------------------------------------------

    def save_codebook(self) -> None:
        """Save the draft as one step, tell what it came to, and close."""
        project = self._state.project
        if project is None or not self.save.isEnabled() or not self.save.isVisible():
            return
        draft = self.draft
        result, moved, renamed = draft.result, draft.moved, draft.renamed
        take_step(
            self._state, self, lambda: operations.save(project, result, moved=moved, renamed_choices=renamed),
            partial(self._saved, draft), size=operations.reach(project, result),
            said=partial(
                Said, self.tr("Codebook"), self.tr("Saving the codebook and what it changes in the annotations…")
            ),
        )  # fmt: skip

    def _saved(self, draft: Draft, changed: int) -> None:
        moved = draft.moved.items()
        retagged = sum(self._uses.get(uid, 0) for uid, target in moved if target)
        removed = sum(self._uses.get(uid, 0) for uid, target in moved if not target)
        self._state.tell(self._summary(retagged, removed, changed - retagged))
        self.accept()

    def _summary(self, retagged: int, removed: int, adjusted: int) -> str:
        parts = [self.tr("{0} re-tagged").format(annotation_count(retagged))] if retagged else []
        parts += [self.tr("{0} removed").format(annotation_count(removed))] if removed else []
        parts += [self.tr("values of {0} adjusted").format(annotation_count(adjusted))] if adjusted > 0 else []
        head = self.tr("Codebook saved: {0}.").format(", ".join(parts)) if parts else self.tr("Codebook saved.")
        return self.tr("{0} Undo takes it back.").format(head)

    def _leave(self) -> None:
        """Close without a question: the project that the draft belongs to is no longer open."""
        super().reject()

    def reject(self) -> None:
        """Close; what was edited is asked about first."""
        if not self.draft.changed or not self._state.writable:
            super().reject()
            return
        question = QMessageBox(
            QMessageBox.Icon.Question, self.tr("Codebook"),
            self.tr("Close without saving? What you changed in the codebook is lost."),
            QMessageBox.StandardButton.NoButton, self,
        )  # fmt: skip
        question.setObjectName("codebookDiscard")
        back = question.addButton(self.tr("Keep editing"), QMessageBox.ButtonRole.RejectRole)
        discard = question.addButton(self.tr("Close without saving"), QMessageBox.ButtonRole.DestructiveRole)
        discard.setProperty("destructive", True)
        question.setDefaultButton(back)
        discard.clicked.connect(lambda: QDialog.reject(self))
        question.open()
