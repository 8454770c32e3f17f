"""What the tagging keys do: from caret or selection to one operation, and to what is selected afterwards."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from annotator.model import rules
from annotator.model.annotation import Annotation, Confidence, text_order
from annotator.model.boundaries import graphemes_whole, moved_start, moved_stop, snapped, units_at
from annotator.model.codebook import Part, TagType, Unit
from annotator.model.content import ArticleContent
from annotator.model.span import Span
from annotator.operations import articles, linking, tagging
from annotator.project.opening import own_set
from annotator.project.project import Project
from annotator.suggest import SpeakerProposal
from annotator.ui.actions.registry import Actions
from annotator.ui.actions.table import Mode
from annotator.ui.state import UiState

_CONFIDENCE = [*Confidence]


class Gestures(QObject):
    """The tagging actions of one window; ``proposes`` says whether speakers are proposed."""

    def __init__(self, state: UiState, actions: Actions, proposes: Callable[[], bool]) -> None:
        super().__init__(actions)
        self._state = state
        self._actions = actions
        self._proposes = proposes
        actions.connect_tags(self.tag, self.retype, self.tag_all_same)
        actions.connect_to(
            {
                "tag.delete": self.delete,
                "tag.retype": self.expect_retype,
                "tag.confidence": self.next_confidence,
                "tag.startBack": lambda: self.move_edge(moved_start, -1),
                "tag.startForward": lambda: self.move_edge(moved_start, 1),
                "tag.stopBack": lambda: self.move_edge(moved_stop, -1),
                "tag.stopForward": lambda: self.move_edge(moved_stop, 1),
                "tag.startBackCharacter": lambda: self.move_edge(moved_start, -1, by_character=True),
                "tag.startForwardCharacter": lambda: self.move_edge(moved_start, 1, by_character=True),
                "tag.stopBackCharacter": lambda: self.move_edge(moved_stop, -1, by_character=True),
                "tag.stopForwardCharacter": lambda: self.move_edge(moved_stop, 1, by_character=True),
                "tag.addFragment": self.add_fragment,
                "tag.removeFragment": self.remove_fragment,
                "tag.next": lambda: self.go(1),
                "tag.previous": lambda: self.go(-1),
                "tag.none": lambda: state.select(""),
                "link.accept": self.accept,
                "link.before": self.same_speaker_as_before,
                "article.furniture": lambda: self.mark_furniture(furniture=True),
                "article.notFurniture": lambda: self.mark_furniture(furniture=False),
            }
        )
        state.annotation_selected.connect(self.propose)
        state.content_changed.connect(lambda _: self.propose(state.annotation))

    # -- adding -------------------------------------------------------------------------------------------

    def tag(self, name: str) -> None:
        """Add an annotation of a tag type on the selection, or on the unit at the caret."""
        project, content = self._open()
        tag = self._tag_type(name)
        spans = self._wanted(content, tag)
        if not spans:
            self._state.tell(_nothing_at_caret(tag), "warning")
            return
        made: list[Annotation] = []
        before = len(content.annotations)
        if self._state.attempt(lambda: made.append(tagging.tag(project, content, tag.uid, spans))):
            self._state.select(made[0].uid)
            if len(content.annotations) == before:  # it follows each commit
                self._state.tell(self.tr("These words bear that tag already."))

    def _wanted(self, content: ArticleContent, tag: TagType) -> tuple[Span, ...]:
        selection = self._state.selection
        if selection is not None:
            return (self._grown(content, selection),)
        return units_at(tag.unit, content.text, self._state.caret, place=tag.part is Part.LOCATION)

    def grown(self, selection: Span) -> Span:
        """Return what a selection made with the mouse grows to: whole words, where the project says so."""
        content = self._state.content
        return self._grown(content, selection) if content is not None else selection

    def _grown(self, content: ArticleContent, selection: Span) -> Span:
        project = self._state.project
        if self._state.exact or project is None or not project.cache.info.snap_to_words:
            return graphemes_whole(content.text, selection)
        return snapped(content.text, selection)

    def tag_all_same(self, name: str) -> None:
        """Tag every same text in the article as the selection, the selected annotation or the unit at the caret."""
        project, content = self._open()
        tag = self._tag_type(name)
        selected = self._state.selected
        if self._state.selection is None and selected is not None and selected.covers(self._state.caret):
            spans = selected.spans
        else:
            spans = self._wanted(content, tag)
        if len(spans) != 1:
            self._state.tell(self.tr("Select one run of words to tag all the same ones."), "warning")
            return
        made: list[Annotation] = []
        if self._state.attempt(lambda: made.extend(tagging.tag_all_same(project, content, tag.uid, spans[0]))):
            if made:
                self._state.select(made[0].uid)
            self._state.tell(self.tr("%n place(s) tagged", "", len(made)))

    # -- changing -----------------------------------------------------------------------------------------

    def expect_retype(self) -> None:
        """Let the next digit say what the selected annotation becomes."""
        self._actions.expect_retype()
        self._state.tell(self.tr("Change the tag: press the digit of the new one"))

    def retype(self, name: str) -> None:
        """Give the selected annotation another tag type; what it loses is told."""
        project, content = self._open()
        selected, target = self._selected(), self._tag_type(name)
        if selected.tag_type == target.uid:
            return
        lost: list[tagging.Lost] = []
        if self._state.attempt(lambda: lost.append(tagging.retype(project, content, selected, target.uid))):
            if lost[0].names:
                self._state.tell(self.tr("The new tag cannot have: {0}").format(", ".join(lost[0].names)), "warning")
            else:
                self._state.tell(self.tr("Now tagged {0}").format(target.label.lower()))
            self.propose(self._state.annotation)

    def delete(self) -> None:
        """Remove the selected annotation and its links."""
        project, _ = self._open()
        selected = self._selected()
        if self._state.attempt(lambda: tagging.remove(project, [selected])):
            self._state.focus_reader.emit()

    def next_confidence(self) -> None:
        """Go on to the next of: not said, low, medium, high."""
        project, _ = self._open()
        selected = self._selected()
        following = _CONFIDENCE[(_CONFIDENCE.index(selected.confidence) + 1) % len(_CONFIDENCE)]
        if self._state.attempt(lambda: tagging.set_confidence(project, selected, following)):
            self._state.tell(self.tr("Confidence: {0}").format(following.value or self.tr("not said")))

    def move_edge(self, move: Callable[..., Span | None], steps: int, *, by_character: bool = False) -> None:
        """Move the start or the end of the selected annotation by a word or a character; its links stay."""
        project, content = self._open()
        selected = self._selected()
        at = 0 if move is moved_start else len(selected.spans) - 1
        moved = move(content.text, selected.spans[at], steps, by_character=by_character)
        if moved is None:
            self._state.tell(self.tr("The edge cannot go further."), "warning")
            return
        self._reshape(project, content, selected, at, moved)

    def drag_edge(self, uid: str, at: int, span: Span) -> None:
        """Take over a fragment's edge that was dragged with the mouse."""
        project, content = self._open()
        annotation = content.annotations[uid]
        self._reshape(project, content, annotation, at, self._grown(content, span))

    def _reshape(self, project: Project, content: ArticleContent, selected: Annotation, at: int, span: Span) -> None:
        spans = [*selected.spans[:at], span, *selected.spans[at + 1 :]]
        self._state.attempt(lambda: tagging.reshape(project, content, selected, spans, "Move edge"))

    def add_fragment(self) -> None:
        """Add the selection (or the word at the caret) to the selected annotation."""
        project, content = self._open()
        selected, selection = self._selected(), self._state.selection
        if selection is None:
            words = units_at(Unit.WORD, content.text, self._state.caret)
        else:
            words = (self._grown(content, selection),)
        if not words:
            self._state.tell(self.tr("Select the words to add first."), "warning")
            return
        self._state.attempt(lambda: tagging.add_fragment(project, content, selected, words[0]))

    def remove_fragment(self) -> None:
        """Take the fragment at the caret away from the selected annotation."""
        project, content = self._open()
        selected, caret = self._selected(), self._state.caret
        self._state.attempt(lambda: tagging.remove_fragment(project, content, selected, caret))

    def mark_furniture(self, *, furniture: bool) -> None:
        """Mark the selection (or the line at the caret) as furniture, or take the mark away."""
        project, content = self._open()
        span = self._state.selection or _line_at(content.text, self._state.caret)
        if span is not None:
            article = content.article
            self._state.attempt(lambda: articles.mark_furniture(project, article, span, furniture=furniture))

    # -- linking ------------------------------------------------------------------------------------------

    def propose(self, uid: str) -> None:
        """Propose a speaker for the selected quote or claim that has none."""
        state = self._state
        content, annotation, project = state.content, state.selected, state.project
        if content is None or annotation is None or project is None or uid != annotation.uid or not state.writable:
            return
        if self._actions.mode is Mode.REVIEW:
            return
        mine = own_set(project)
        tag = state.codebook.tag(annotation.tag_type)
        if (
            mine is None
            or annotation.annotation_set != mine.uid
            or tag.part not in rules.SPEAKER_ROLES
            or annotation.entity is not None
            or linking.speaker_links(content, annotation)
            or not self._proposes()
        ):
            state.set_ghost(None)
            return
        state.set_ghost(self._proposal(content, annotation))

    def _proposal(self, content: ArticleContent, annotation: Annotation) -> SpeakerProposal | None:
        """Propose as the rules say; a claim within a quote has the quote's speaker."""
        codebook = self._state.codebook
        if codebook.tag(annotation.tag_type).part is Part.CLAIM:
            known = self._speaker_of_quote_around(content, annotation)
            if known is not None:
                return known
        sources = {tag.uid for tag in codebook.tag_types if tag.part is Part.SPEAKER}
        mine = annotation.annotation_set
        speakers = [a for a in content.annotations.values() if a.tag_type in sources and a.annotation_set == mine]
        from annotator.suggest.speakers import propose_speaker

        return propose_speaker(content.text, annotation.spans, speakers)

    def _speaker_of_quote_around(self, content: ArticleContent, claim: Annotation) -> SpeakerProposal | None:
        project = self._state.project
        for quote in linking.quotes_around(content, self._state.codebook, claim) if project is not None else ():
            for known in linking.speaker_links(content, quote)[:1]:
                mention = content.annotations[known.to_annotation]
                entity = project.cache.entities.get(mention.entity or "") if project is not None else None
                name = entity.name if entity is not None else mention.text
                return SpeakerProposal(
                    mention=mention.spans[0], annotation=mention.uid, cue=None, name=name, rule="quote"
                )
        return None

    def accept(self) -> None:
        """Take the proposed speaker of the selected quote or claim."""
        project, content = self._open()
        ghost, selected = self._state.ghost, self._selected()
        if ghost is None:
            self._actions.run("link.speaker")
            return
        if self._state.attempt(lambda: linking.accept_speaker(project, content, selected, ghost)):
            rule = rules.speaker_rule(self._state.codebook, self._state.codebook.tag(selected.tag_type))
            self._state.tell(f"{rule.label if rule is not None else self.tr('Speaker')}: {ghost.name}")

    def same_speaker_as_before(self) -> None:
        """Link the selected quote to the speaker of the quote before it."""
        project, content = self._open()
        selected = self._selected()
        self._state.attempt(lambda: linking.same_speaker_as_before(project, content, selected))

    def drag_link(self, uid: str, position: int, annotations_there: list[Annotation]) -> None:
        """Link a quote or claim to what the mouse was let go over: a mention, else the name phrase there."""
        project, content = self._open()
        source = content.annotations[uid]
        codebook = self._state.codebook
        for target in annotations_there:
            allowed = [r for r in codebook.rules_from(source.tag_type) if r.to_type == target.tag_type]
            if allowed and target.uid != uid:
                role = allowed[0].role
                self._state.attempt(partial(linking.link, project, content, source, target, role))
                return
        rule = rules.speaker_rule(codebook, codebook.tag(source.tag_type))
        words = units_at(Unit.NAME, content.text, position)
        if rule is not None and words:
            self._state.attempt(lambda: linking.link_mention(project, content, source, words[0], rule.role))

    # -- going --------------------------------------------------------------------------------------------

    def go(self, by: int) -> None:
        """Select the next or previous annotation in text order, from the selected one or the caret."""
        self._open()
        order, selected = self._state.in_order, self._state.selected
        if not order:
            self._state.tell(self.tr("There is no annotation in this article yet."))
            return
        if selected is not None:
            at = (bisect_left(order, text_order(selected), key=text_order) + by) % len(order)
        else:
            at = bisect_left(order, self._state.caret, key=lambda a: a.start)
            at = at % len(order) if by > 0 else at - 1
        self._state.select(order[at].uid)

    # -- what is there ------------------------------------------------------------------------------------

    def _open(self) -> tuple[Project, ArticleContent]:
        project, content = self._state.project, self._state.content
        if project is None or content is None:
            raise RuntimeError("an action ran that should have been disabled: no article is open")
        return project, content

    def _selected(self) -> Annotation:
        selected = self._state.selected
        if selected is None:
            raise RuntimeError("an action ran that should have been disabled: no annotation is selected")
        return selected

    def _tag_type(self, name: str) -> TagType:
        tag = self._state.codebook.tag_named(name)
        if tag is None:
            raise RuntimeError(f"an action names a tag type that is not in the codebook: {name}")
        return tag


def _line_at(text: str, position: int) -> Span | None:
    start = text.rfind("\n", 0, position) + 1
    stop = text.find("\n", position)
    stop = len(text) if stop < 0 else stop
    return Span(start, stop) if start < stop else None


def _nothing_at_caret(tag: TagType) -> str:
    return {
        Unit.QUOTATION: "There are no quotation marks around the caret: select the words that are quoted.",
        Unit.SENTENCE: "There is no sentence at the caret: select the words.",
        Unit.NAME: "There is no name at the caret: select the words.",
        Unit.WORD: "There is no word at the caret: select the words.",
    }[tag.unit]
