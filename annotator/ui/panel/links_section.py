"""What else an annotation is linked to: a row for each role the codebook gives its tag type."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from annotator.model import rules
from annotator.model.annotation import Annotation, Link
from annotator.model.codebook import LinkRule
from annotator.operations import linking
from annotator.ui.panel import mentions, summary
from annotator.ui.panel.fields import PickField
from annotator.ui.panel.target_chip import Target, TargetChips
from annotator.ui.state import UiState
from annotator.ui.theme.icons import icon
from annotator.ui.widgets.choices import Choice
from annotator.ui.widgets.dismiss import dismiss
from annotator.ui.widgets.elided_label import ElidedLabel
from annotator.ui.widgets.section_header import SectionHeader

_PER_ROLE = 4
_LIMIT = 12
_LABEL_WIDTH = 84


class LinkRow(QWidget):
    """The role's label, a chip for each link, and "+" which opens ``field``."""

    def __init__(self, state: UiState, rule: LinkRule, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rule = rule
        self._state = state
        self._annotation: Annotation | None = None
        self._label, self.chips = ElidedLabel(rule.label), TargetChips()
        self.plus, self.field = QToolButton(), PickField(creatable=False)
        self.field.set_source(self._choices)
        self.field.setPlaceholderText(self.tr("Find it in the article"))
        self.field.setAccessibleName(rule.label)
        self.field.setObjectName(f"linkField.{rule.role}")
        self.field.hide()
        self._lay_out()
        self.plus.clicked.connect(self.begin)
        self.field.chosen.connect(self._take)
        self.field.cancelled.connect(self._go_back)
        self.field.left.connect(self.field.hide)
        self.chips.picked.connect(self._select)
        self.chips.removed.connect(self._remove)

    def show_annotation(self, annotation: Annotation, *, editable: bool) -> int:
        """Show the links of this role; return how many there are."""
        self._annotation = annotation
        links = self._links(annotation)
        self.chips.show_targets([self._target(link, editable) for link in links])
        room = not self.rule.at_most or len(links) < self.rule.at_most
        self.plus.setVisible(editable and room)
        return len(links)

    def begin(self) -> None:
        """Open the field with the nearest mentions."""
        self.field.show()
        self.field.clear()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.open_list()
        if not self.field.is_open():
            self.field.setPlaceholderText(self.tr("Nothing here to link to yet"))

    def changeEvent(self, event: QEvent) -> None:
        """Tint the plus anew when the theme changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "plus"):
            self.plus.setIcon(icon("add"))

    def _lay_out(self) -> None:
        self._label.setProperty("secondary", True)
        _keep_width(self._label)
        self.plus.setIcon(icon("add"))
        self.plus.setIconSize(QSize(14, 14))
        self.plus.setFixedSize(24, 24)
        self.plus.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.plus.setToolTip(self.tr("Link: {label}").format(label=self.rule.label))
        self.plus.setAccessibleName(self.plus.toolTip())
        top = Qt.AlignmentFlag.AlignTop
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self._label, 0, top)
        row.addWidget(self.chips, 1)
        row.addWidget(self.plus, 0, top)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.field)
        # Without chips the plus must still stand at the end of the row.
        row.insertStretch(2, 0)

    def _links(self, annotation: Annotation) -> list[Link]:
        content = self._state.content
        if content is None:
            return []
        found = [
            k
            for k in content.links.values()
            if (k.from_annotation, k.role) == (annotation.uid, self.rule.role)
            and content.annotations[k.to_annotation].tag_type == self.rule.to_type
        ]
        return sorted(found, key=lambda k: content.annotations[k.to_annotation].start)

    def _target(self, link: Link, editable: bool) -> Target:
        return target_of(self._state, link.uid, link.to_annotation, removable=editable)

    def _choices(self, words: str) -> list[Choice]:
        if self._annotation is None:
            return []
        found = mentions.mentions(self._state, self._annotation, self.rule, words)
        return [mentions.mention_choice(self._state, a) for a in found[:_LIMIT]]

    def _take(self, choice: Choice) -> None:
        make_link(self._state, self._annotation, self.rule, choice.key.partition(":")[2])
        self.field.hide()
        self._go_back()

    def _select(self, uid: str) -> None:
        link = self._state.content.links.get(uid) if self._state.content else None
        if link is not None:
            self._state.select(link.to_annotation)
        self._go_back()

    def _remove(self, uid: str) -> None:
        project, content = self._state.project, self._state.content
        if project is not None and content is not None and uid in content.links:
            self._state.attempt(lambda: linking.unlink(project, content, content.links[uid]))
        self._go_back()

    def _go_back(self) -> None:
        self._state.focus_reader.emit()


class LinksSection(QWidget):
    """All roles of a tag type but the speaker's; the rarer ones, within one type, are folded under "More links"."""

    def __init__(self, state: UiState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._annotation: Annotation | None = None
        self._rules: tuple[LinkRule, ...] = ()
        self.rows: list[LinkRow] = []
        self.field = PickField(creatable=False)
        self.field.setObjectName("linkField")
        self.field.setPlaceholderText(self.tr("Link to … (role or words)"))
        self.field.setAccessibleName(self.tr("Link to"))
        self.field.set_source(self._choices)
        self.field.hide()
        self._more, self._rare = SectionHeader(self.tr("More links"), expanded=False), QWidget()
        self._incoming_label, self.incoming = ElidedLabel(self.tr("Linked from")), TargetChips()
        self._lay_out()
        self._more.set_body(self._rare)
        self.field.chosen.connect(self._take)
        self.field.cancelled.connect(state.focus_reader)
        self.field.left.connect(self.field.hide)
        self.incoming.picked.connect(self._select)

    def show_annotation(self, annotation: Annotation, *, editable: bool) -> None:
        """Show what this annotation is linked to and from."""
        if self._annotation is None or self._annotation.uid != annotation.uid:
            self.field.hide()
            for row in self.rows:
                row.field.hide()
        self._annotation = annotation
        self._ask(self._further_rules(annotation))
        counts = {row: row.show_annotation(annotation, editable=editable) for row in self.rows}
        rare = sum(count for row, count in counts.items() if _is_rare(row.rule))
        if rare:
            self._more.setChecked(True)
        self._more.set_count(rare or None)
        self._show_incoming(annotation)
        self.setVisible(bool(self.rows) or bool(self.incoming.chips))

    def begin(self) -> bool:
        """Open the one field over all roles; tells whether this annotation can be linked to anything."""
        codebook = self._state.codebook
        if self._annotation is None or not codebook.rules_from(self._annotation.tag_type):
            return False
        self.setVisible(True)
        self.field.show()
        self.field.clear()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.open_list()
        return True

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.field)
        self._common_column, self._rare_column = QVBoxLayout(), QVBoxLayout(self._rare)
        for inner in (self._common_column, self._rare_column):
            inner.setContentsMargins(0, 0, 0, 0)
            inner.setSpacing(6)
        column.addLayout(self._common_column)
        self._incoming_label.setProperty("secondary", True)
        _keep_width(self._incoming_label)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self._incoming_label, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.incoming, 1)
        column.addLayout(row)
        column.addWidget(self._more)
        column.addWidget(self._rare)

    def _further_rules(self, annotation: Annotation) -> tuple[LinkRule, ...]:
        codebook = self._state.codebook
        speaker = rules.speaker_rule(codebook, codebook.tag(annotation.tag_type))
        return tuple(rule for rule in codebook.rules_from(annotation.tag_type) if rule != speaker)

    def _ask(self, wanted: tuple[LinkRule, ...]) -> None:
        if wanted == self._rules:
            return
        self._rules = wanted
        for row in self.rows:
            dismiss(row)
        self.rows = [LinkRow(self._state, rule) for rule in wanted]
        for row in self.rows:
            (self._rare_column if _is_rare(row.rule) else self._common_column).addWidget(row)
        rare = any(_is_rare(rule) for rule in wanted)
        self._more.setVisible(rare)
        self._more.setChecked(False)
        self._rare.setVisible(False)

    def _show_incoming(self, annotation: Annotation) -> None:
        content = self._state.content
        links = [k for k in content.links.values() if k.to_annotation == annotation.uid] if content else []
        sources = dict.fromkeys(link.from_annotation for link in links)
        self.incoming.show_targets([target_of(self._state, uid, uid, removable=False) for uid in sources])
        self._incoming_label.setVisible(bool(sources))

    def _choices(self, words: str) -> list[Choice]:
        """Return "cue → said" for every role: the words typed may be of the role as of the mention."""
        state, annotation = self._state, self._annotation
        if annotation is None:
            return []
        found: list[Choice] = []
        for at, rule in enumerate(state.codebook.rules_from(annotation.tag_type)):
            rest = " ".join(part for part in words.split() if part.casefold() not in rule.label.casefold())
            for mention in mentions.mentions(state, annotation, rule, rest)[:_PER_ROLE]:
                choice = mentions.mention_choice(state, mention)
                label = f"{rule.label} → {choice.label}"
                found.append(Choice(f"{at}:{mention.uid}", label, choice.detail, choice.icon))
        return found[:_LIMIT] if words else found

    def _take(self, choice: Choice) -> None:
        if self._annotation is not None:
            at, _, uid = choice.key.partition(":")
            rule = self._state.codebook.rules_from(self._annotation.tag_type)[int(at)]
            make_link(self._state, self._annotation, rule, uid)
        self.field.hide()
        self._state.focus_reader.emit()

    def _select(self, uid: str) -> None:
        self._state.select(uid)
        self._state.focus_reader.emit()


def target_of(state: UiState, key: str, uid: str, *, removable: bool) -> Target:
    """Return what a chip shows of an annotation of the open article."""
    annotation = mentions.record(state, uid)
    if annotation is None:
        return Target(key, "", removable=removable)
    words = summary.one_line(annotation.text)
    return Target(key, words, state.codebook.tag(annotation.tag_type), tooltip=words, removable=removable)


def make_link(state: UiState, source: Annotation | None, rule: LinkRule, target: str) -> None:
    """Link to another annotation of the open article."""
    project, content = state.project, state.content
    if source is not None and project is not None and content is not None and target in content.annotations:
        state.attempt(lambda: linking.link(project, content, source, content.annotations[target], rule.role))


def _keep_width(label: ElidedLabel) -> None:
    label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    label.setFixedWidth(_LABEL_WIDTH)
    label.setMinimumHeight(24)


def _is_rare(rule: LinkRule) -> bool:
    """Tell whether a role joins annotations of one kind (inside, supports …): few have such links."""
    return rule.from_type == rule.to_type
