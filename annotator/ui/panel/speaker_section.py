"""Who says it: the speakers of a quote or claim, and the field that finds or makes one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from annotator.model import rules
from annotator.model.annotation import Annotation
from annotator.model.codebook import LinkRule
from annotator.model.entity import SOURCE_KINDS
from annotator.operations import entities, linking
from annotator.suggest import SpeakerProposal
from annotator.ui.panel import mentions, summary
from annotator.ui.panel.fields import PickField
from annotator.ui.panel.target_chip import Target, TargetChips
from annotator.ui.state import UiState
from annotator.ui.widgets.choices import Choice

_MENTIONS = 6


class SpeakerSection(QWidget):
    """Speakers as chips, and ``field`` (objectName ``speakerField``) for a further one."""

    def __init__(self, state: UiState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._annotation: Annotation | None = None
        self._label = QLabel(self)
        self._label.setProperty("secondary", True)
        self.chips = TargetChips(self)
        self.field = PickField(self)
        self.field.setObjectName("speakerField")
        self.field.set_source(self._choices)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self._label, self.chips, self.field):
            column.addWidget(widget)
        self.field.chosen.connect(self._take)
        self.field.created.connect(self._make)
        self.field.cancelled.connect(self._go_back)
        self.field.left.connect(self.field.clear)
        self.chips.picked.connect(self._show_target)
        self.chips.removed.connect(self._remove)
        state.ghost_changed.connect(self._invite)

    @property
    def rule(self) -> LinkRule | None:
        """The rule by which the annotation shown names its source, or None."""
        codebook = self._state.codebook
        return rules.speaker_rule(codebook, codebook.tag(self._annotation.tag_type)) if self._annotation else None

    def show_annotation(self, annotation: Annotation, *, editable: bool) -> None:
        """Show who says this quote or claim; hidden for what has no source."""
        self._annotation = annotation
        rule = self.rule
        self.setVisible(rule is not None)
        if rule is None:
            return
        self._label.setText(rule.label)
        self.field.setAccessibleName(rule.label)
        self.field.setVisible(editable)
        self.chips.show_targets(self._targets(annotation, editable))
        self._invite()

    def begin(self) -> None:
        """Take the focus and open the list."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.clear()
        self.field.open_list()

    def _targets(self, annotation: Annotation, editable: bool) -> list[Target]:
        state, targets = self._state, []
        for link in linking.speaker_links(state.content, annotation) if state.content else ():
            mention = state.content.annotations[link.to_annotation]  # type: ignore[union-attr]
            tag, name = state.codebook.tag(mention.tag_type), mentions.named(state, mention)
            tooltip = f"“{summary.one_line(mention.text)}”"
            targets.append(Target(f"link:{link.uid}", name, tag, tooltip=tooltip, removable=editable))
        entity = mentions.entity_of(state, annotation)
        if entity is not None:
            tooltip = self.tr("Known, but not mentioned in the text")
            icon = summary.entity_icon(entity)
            targets.append(Target("entity:", entity.name, None, icon, tooltip, removable=editable))
        return targets

    def _invite(self) -> None:
        ghost, shown = self._state.ghost, bool(self.chips.chips)
        if ghost is not None:
            name = ghost.name or self._words(ghost)
            self.field.setPlaceholderText(self.tr("{name}? Enter takes it").format(name=name))
        else:
            self.field.setPlaceholderText(self.tr("Add another") if shown else self.tr("Who says it?"))

    def _words(self, ghost: SpeakerProposal) -> str:
        return summary.one_line(ghost.mention.of(self._state.content.text)) if self._state.content else ""

    # -- offering -----------------------------------------------------------------------------------------

    def _choices(self, words: str) -> list[Choice]:
        annotation, rule, state = self._annotation, self.rule, self._state
        if annotation is None or rule is None:
            return []
        all_here = mentions.mentions(state, annotation, rule)
        ghost = self._ghost_choice(words)
        here = mentions.distinct((a for a in all_here if mentions.matches(state, a, words)), _MENTIONS)
        proposed = state.ghost.annotation if ghost and state.ghost else None
        rows = [mentions.mention_choice(state, a) for a in here if a.uid != proposed]
        linked = linking.speaker_links(state.content, annotation) if state.content is not None else []
        sources = [state.content.annotations[k.to_annotation] for k in linked] if state.content is not None else []
        mentioned = {a.entity for a in (*all_here, *sources) if a.entity}
        known = mentions.entity_choices(state, words, SOURCE_KINDS, without=mentioned | {annotation.entity or ""})
        return [*ghost, *rows, *known]

    def _ghost_choice(self, words: str) -> list[Choice]:
        ghost = self._state.ghost
        if ghost is None:
            return []
        label = self._words(ghost)
        if not all(part in f"{label} {ghost.name}".casefold() for part in words.casefold().split()):
            return []
        detail = ghost.name if ghost.name and ghost.name != label else self.tr("proposed")
        return [Choice("ghost:", label, detail, "sparkle")]

    # -- acting -------------------------------------------------------------------------------------------

    def _take(self, choice: Choice) -> None:
        state, annotation, rule = self._state, self._annotation, self.rule
        project, content = state.project, state.content
        self.field.clear()
        if annotation is None or rule is None or project is None or content is None:
            return
        kind, _, uid = choice.key.partition(":")
        ghost = state.ghost
        if kind == "ghost" and ghost is not None:
            done = state.attempt(lambda: linking.accept_speaker(project, content, annotation, ghost))
            if done:
                state.set_ghost(None)
        elif kind == "mention":
            state.attempt(lambda: linking.link(project, content, annotation, content.annotations[uid], rule.role))
        elif kind == "entity":
            state.attempt(lambda: linking.set_source(project, annotation, uid))
        self._go_back()

    def _make(self, name: str) -> None:
        """Take a name that is not in the list: tag it where it stands near the quote, else make an entity."""
        state, annotation = self._state, self._annotation
        project, content = state.project, state.content
        self.field.clear()
        if annotation is None or project is None or content is None:
            return
        span = mentions.nearest_text(content, annotation, name)
        if span is not None:
            proposal = SpeakerProposal(span, None, None, name, "typed")
            state.attempt(lambda: linking.accept_speaker(project, content, annotation, proposal))
        else:
            state.attempt(lambda: entities.create_for(project, annotation, name, mentions.kind_of(name)))
        self._go_back()

    def _show_target(self, key: str) -> None:
        kind, _, uid = key.partition(":")
        link = self._state.content.links.get(uid) if self._state.content else None
        if kind == "link" and link is not None:
            self._state.select(link.to_annotation)
        self._go_back()

    def _remove(self, key: str) -> None:
        state, annotation = self._state, self._annotation
        project, content = state.project, state.content
        if annotation is None or project is None or content is None:
            return
        kind, _, uid = key.partition(":")
        if kind == "entity":
            state.attempt(lambda: linking.set_source(project, annotation, None))
        elif uid in content.links:
            state.attempt(lambda: linking.unlink(project, content, content.links[uid]))
        self._go_back()

    def _go_back(self) -> None:
        self._state.focus_reader.emit()
