"""The middle of the window: header, find bar and reader, joined to the state."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QMenu, QStackedLayout, QVBoxLayout, QWidget

from annotator.model import rules
from annotator.model.annotation import Annotation, Link
from annotator.model.article import Article
from annotator.model.changes import ChangeSet, Kind
from annotator.model.codebook import Part
from annotator.model.content import ArticleContent
from annotator.model.finding import terms
from annotator.model.span import Span
from annotator.ui.actions.gestures import Gestures
from annotator.ui.actions.registry import Actions
from annotator.ui.actions.table import TAG, Mode
from annotator.ui.articles.header import ArticleHeader
from annotator.ui.reader.view import Reader
from annotator.ui.state import BEGINNING, MANY, UiState
from annotator.ui.widgets.dismiss import delete_on_close
from annotator.ui.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from annotator.ui.dialogs.find_bar import FindBar

_REVIEW_MENU = (
    "review.accept", "review.reject", "review.revise", "review.comment", "review.first", "review.second",
    "review.merged", "review.nothing",
)  # fmt: skip


class Desk(QWidget):
    """Shows the open article and turns what the user does in it into state and gestures."""

    def __init__(self, state: UiState, actions: Actions, gestures: Gestures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state, self._actions, self._gestures = state, actions, gestures
        self._searched = ""
        self._begun: ArticleContent | None = None  # of which the reader shows the text already
        page = QWidget(self)
        # From the outside in: what is moved into its place is dressed once more.
        self.header = ArticleHeader(state, actions, page)
        self.reader = Reader(page)
        told = self.tr("No article is open"), self.tr("Choose one in the list at the left, or import some.")
        self.empty = EmptyState("article", *told, self)
        self._column = column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.reader, 1)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(page)
        self._listen_to_state()
        self._listen_to_reader()

    @cached_property
    def find_bar(self) -> FindBar:
        """What finds words in the open article, made when it is first asked for."""
        from annotator.ui.dialogs.find_bar import FindBar

        bar = FindBar(self._state, self._actions, self.reader.parentWidget())
        bar.hide()
        self._column.insertWidget(1, bar)
        bar.found.connect(self.reader.set_found)
        return bar

    def find_next(self) -> None:
        """Go to the next place of the words that are found."""
        self.find_bar.next()

    def find_previous(self) -> None:
        """Go to the place before."""
        self.find_bar.previous()

    def _listen_to_state(self) -> None:
        state = self._state
        state.project_opened.connect(self._take_codebook)
        state.article_coming.connect(self._show_beginning)
        state.article_opened.connect(self._show)
        state.content_changed.connect(self._take_in)
        state.project_changed.connect(self._follow_codebook)
        state.annotation_selected.connect(self._select)
        state.ghost_changed.connect(self._show_ghost)
        state.shown.connect(self._flash)
        state.focus_reader.connect(lambda: self.reader.setFocus(Qt.FocusReason.OtherFocusReason))

    def _listen_to_reader(self) -> None:
        reader = self.reader
        self._actions.watch(reader)
        reader.set_snapper(self._gestures.grown)
        reader.text_moved.connect(self.header.stand_over)
        reader.selection_changed.connect(self._selected)
        reader.caret_changed.connect(lambda _: self._moved())
        reader.annotation_activated.connect(self._state.select)
        reader.edge_dragged.connect(self._gestures.drag_edge)
        reader.link_dragged.connect(self._link_dragged)
        reader.context_requested.connect(self._show_menu)

    # -- from the state to the reader ---------------------------------------------------------------------

    def _take_codebook(self) -> None:
        self.reader.set_codebook(self._state.codebook)

    def _follow_codebook(self, change_set: ChangeSet | None) -> None:
        if change_set is None or change_set.of(Kind.TAG_TYPE, Kind.ATTRIBUTE, Kind.LINK_RULE):
            self._take_codebook()

    def _show_beginning(self) -> None:
        """Have the text, of a long article its beginning, on the screen before the lists beside it are filled."""
        content = self._state.content
        if content is None:
            return
        self._pages.setCurrentIndex(1)
        self.header.make_room()
        self._column.activate()
        self._show_text(content)
        self._begun = content
        if content.article.characters <= BEGINNING:
            self._mark_incomplete()
            if self.reader.content.lanes is not None:
                return  # of another article: in these nothing of this one would stand
        self.repaint(0, 0, 1, 1)  # and with it all that waits to be painted

    def _show_text(self, content: ArticleContent) -> None:
        self.reader.show_article(
            content.text, content.article.furniture, content.annotations.values(), content.links.values()
        )

    def _show(self) -> None:
        content = self._state.content
        begun, self._begun = self._begun, None
        self._pages.setCurrentIndex(0 if content is None else 1)
        if content is None:
            self.reader.clear_article()
            return
        if content is not begun:
            self._show_tags(content, there=begun is not None and content.article == begun.article)
        self.show_searched(self._searched)

    def _show_tags(self, content: ArticleContent, *, there: bool) -> None:
        """Show all annotations, and the text unless that is there."""
        if there:
            self.reader.content.show(content.annotations.values(), content.links.values())
            self.reader.refresh()
        else:
            self._show_text(content)
        if len(content.annotations) > MANY:
            QTimer.singleShot(0, self, self._mark_incomplete)  # once the text can be seen
        else:
            self._mark_incomplete()

    def _take_in(self, change_set: ChangeSet | None) -> None:
        content = self._state.content
        if content is None:
            return
        if change_set is None or self._text_changed(change_set):
            caret = self.reader.caret()
            self._show()
            self.reader.set_caret(min(caret, len(content.text)))
            self._select(self._state.annotation)
            return
        uid = content.article.uid
        annotations = [c for c in change_set.of(Kind.ANNOTATION) if _belongs(c.before or c.after, uid)]
        links = [c for c in change_set.of(Kind.LINK) if _belongs(c.before or c.after, uid)]
        self.reader.apply_changes(
            [c.uid for c in annotations if c.before is not None],
            [c.after for c in annotations if isinstance(c.after, Annotation)],
            [c.uid for c in links if c.before is not None],
            [c.after for c in links if isinstance(c.after, Link)],
        )
        if self._state.annotation:
            self.reader.select_annotation(self._state.annotation, reveal=False)
        self._mark_incomplete(change_set)

    def _text_changed(self, change_set: ChangeSet) -> bool:
        return any(
            isinstance(c.before, Article)
            and isinstance(c.after, Article)
            and (c.before.sha256, c.before.furniture) != (c.after.sha256, c.after.furniture)
            for c in change_set.of(Kind.ARTICLE)
        )

    def _mark_incomplete(self, change_set: ChangeSet | None = None) -> None:
        """Mark what lacks something, all anew or only what a change may have touched."""
        content, project, codebook = self._state.content, self._state.project, self._state.codebook
        if content is None or project is None:
            return
        some = None
        if change_set is not None and not change_set.of(Kind.TAG_TYPE, Kind.ATTRIBUTE, Kind.LINK_RULE):
            some = rules.touched(content, change_set)
        if some is None:
            found = self._state.to_check
        else:
            found = rules.to_check(content, codebook, project.cache.entities, some)
        self.reader.set_incomplete({item.annotation for item in found}, some)

    def _select(self, uid: str) -> None:
        self.reader.select_annotation(uid or None, reveal=not self.reader.hasFocus() or not self._caret_in(uid))
        selected = self._state.selected
        if selected is not None and self.reader.selection() is not None:
            # What was selected is tagged now, or left behind: the next tag key means the caret again.
            self.reader.set_caret(self.reader.caret() if self._caret_in(uid) else selected.start)
        if selected is not None and not self._caret_in(uid):
            # The keys that follow (edges, fragments, tags at the caret) mean what is selected.
            self.reader.set_caret(selected.start)

    def _caret_in(self, uid: str) -> bool:
        content = self._state.content
        annotation = content.annotations.get(uid) if content is not None else None
        caret = self.reader.caret()
        return annotation is not None and any(s.start <= caret <= s.stop for s in annotation.spans)

    def _show_ghost(self) -> None:
        ghost = self._state.ghost
        if ghost is None:
            self.reader.set_ghost(None)
        else:
            selected, codebook = self._state.selected, self._state.codebook
            rule = rules.speaker_rule(codebook, codebook.tag(selected.tag_type)) if selected is not None else None
            label = rule.label if rule is not None else self.tr("Speaker")
            self.reader.set_ghost(ghost.mention, self.tr("{0}? ⏎").format(label.lower()))

    def _flash(self, spans: Sequence[Span]) -> None:
        self.reader.reveal(spans[0])
        self.reader.flash(spans)

    def show_searched(self, words: str) -> None:
        """Highlight the words that the article list is searched for, unless the find bar has something to show."""
        self._searched = words
        content = self._state.content
        if content is None or ("find_bar" in self.__dict__ and not self.find_bar.isHidden()):
            return
        self.reader.set_found([span for span, _ in terms(words).spans(content.text)], -1)

    # -- from the reader to the state ---------------------------------------------------------------------

    def _selected(self, selection: Span | None) -> None:
        self._state.set_selection(selection, self.reader.caret(), exact=self.reader.exact_selection)

    def _moved(self) -> None:
        self._state.set_selection(self.reader.selection(), self.reader.caret(), exact=self.reader.exact_selection)

    def _link_dragged(self, uid: str, position: int) -> None:
        self._gestures.drag_link(uid, position, self.reader.annotations_at(position))

    def _show_menu(self, place: QPoint, position: int) -> None:
        self._actions.draw_icons()
        menu = QMenu(self)
        delete_on_close(menu)
        if self._actions.mode is Mode.REVIEW:
            for uid in _REVIEW_MENU:
                menu.addAction(self._actions.action(uid))
            menu.popup(place)
            return
        if self.reader.selection() is None:
            self.reader.set_caret(position)
            here = self.reader.annotations_at(position)
            if here and self._state.annotation not in {a.uid for a in here}:
                self._state.select(here[0].uid)
        for tag in self._state.codebook.tag_types:
            menu.addAction(self._actions.action(f"{TAG}{tag.name}"))
        if self._state.selected is not None:
            menu.addSeparator()
            for uid in self._annotation_actions():
                menu.addAction(self._actions.action(uid))
        menu.addSeparator()
        for uid in ("article.furniture", "article.notFurniture"):
            menu.addAction(self._actions.action(uid))
        menu.popup(place)

    def _annotation_actions(self) -> list[str]:
        selected = self._state.selected
        part = self._state.codebook.tag(selected.tag_type).part if selected is not None else Part.OTHER
        speaker = ["link.speaker", "link.before"] if part in rules.SPEAKER_ROLES else []
        return [*speaker, "link.other", "tag.entity", "tag.addFragment", "tag.removeFragment", "tag.note", "tag.delete"]


def _belongs(record: object, article: str) -> bool:
    return isinstance(record, Annotation | Link) and record.article == article
