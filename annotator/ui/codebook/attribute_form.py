"""The form of one attribute: names, kind, choices, default, whether it is needed, definition."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from annotator.base.errors import RuleError
from annotator.model import rules
from annotator.model.codebook import Attribute, AttributeKind
from annotator.ui.codebook.choices_editor import ChoicesEditor
from annotator.ui.codebook.draft import CHOOSING, Draft
from annotator.ui.codebook.fields import Chooser, DraftLine, DraftText, Titled, set_problem
from annotator.ui.codebook.wording import kind_label


class AttributeForm(QWidget):
    """``edited`` tells the next draft and what was edited."""

    edited = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft: Draft | None = None
        self._uid = ""
        self.label, self.name, self.default = DraftLine(), DraftLine(), DraftLine()
        self.label.setObjectName("attributeLabel")
        self.name.setObjectName("attributeName")
        self.default.setObjectName("attributeDefault")
        self.kind = Chooser([(kind, kind_label(kind)) for kind in AttributeKind])
        self.kind.setObjectName("attributeKind")
        self.preset = Chooser()
        self.preset.setObjectName("attributePreset")
        self.mandatory = QCheckBox(self.tr("Needed: told under “To check” while it is missing"))
        self.mandatory.setObjectName("attributeMandatory")
        self.definition = DraftText(lines=3)
        self.definition.setObjectName("attributeDefinition")
        self.choices = ChoicesEditor()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._label = Titled(self.tr("Label"), self.label, beside=True)
        self._name = Titled(self.tr("Name in exports"), self.name, beside=True)
        self._kind = Titled(self.tr("Kind of answer"), self.kind, beside=True)
        self._default = Titled(self.tr("Default"), self.default, beside=True)
        self._preset = Titled(self.tr("Default"), self.preset, beside=True)
        self._choices = Titled(self.tr("Choices"), self.choices)
        self._definition = Titled(self.tr("Definition, shown as a tooltip"), self.definition)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(12)
        for widget, at, column in ((self._label, 0, 0), (self._name, 0, 1), (self._kind, 1, 0)):
            grid.addWidget(widget, at, column)
        grid.addWidget(self._default, 1, 1)
        grid.addWidget(self._preset, 1, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 0, 16, 8)
        lines.setSpacing(12)
        lines.addLayout(grid)
        for part in (self._choices, self.mandatory, self._definition):
            lines.addWidget(part)
        lines.addStretch(1)

    def _connect(self) -> None:
        self.label.textEdited.connect(lambda text: self._tell(self._now.label_attribute(self._uid, text), "label"))
        self.name.textEdited.connect(lambda text: self._edit("name", name=text.strip()))
        self.kind.picked.connect(lambda kind: self._edit("", kind=kind))
        self.default.textEdited.connect(lambda text: self._edit("default", default=text.strip()))
        self.preset.picked.connect(lambda value: self._edit("", default=value))
        self.mandatory.clicked.connect(lambda on: self._edit("", mandatory=on))
        self.definition.edited.connect(lambda text: self._edit("definition", definition=text))
        choices = self.choices
        choices.added.connect(lambda choice: self._tell(self._now.add_choice(self._uid, choice), ""))
        choices.reworded.connect(lambda old, new: self._tell(self._now.rename_choice(self._uid, old, new), ""))
        choices.moved.connect(lambda choice, to: self._tell(self._now.move_choice(self._uid, choice, to), ""))
        choices.removed.connect(lambda choice: self._tell(self._now.remove_choice(self._uid, choice), ""))

    @property
    def _now(self) -> Draft:
        if self._draft is None:
            raise RuntimeError("a field told an edit before a draft was shown")
        return self._draft

    def _edit(self, what: str, **fields: object) -> None:
        self._tell(self._now.edit_attribute(self._uid, **fields), what)

    def _tell(self, draft: Draft, what: str) -> None:
        self.edited.emit(draft, f"{self._uid} {what}" if what else "")

    def show_draft(self, draft: Draft, uid: str, *, editable: bool) -> None:
        """Show an attribute of a draft."""
        self._draft, self._uid = draft, uid
        one = draft.codebook.attribute(uid)
        self.label.show_text(one.label)
        self.name.show_text(one.name)
        self.kind.choose(one.kind)
        self._choices.setVisible(one.kind in CHOOSING)
        self.choices.show_choices(one.choices, editable=editable)
        self._show_default(one)
        self.mandatory.setChecked(one.mandatory)
        self.definition.show_text(one.definition)
        self._advise(draft, one)

    def _show_default(self, one: Attribute) -> None:
        ready = one.kind in (AttributeKind.ONE, AttributeKind.YES_NO)
        self._preset.setVisible(ready)
        self._default.setVisible(not ready)
        values = one.choices if one.kind is AttributeKind.ONE else ("yes", "no")
        self.preset.offer([("", self.tr("none")), *((value, value) for value in values)])
        self.preset.choose(one.default)
        self.default.show_text(one.default)
        told = {
            AttributeKind.DATE: self.tr("2025-03-13, 2025-03 or 2025"),
            AttributeKind.SEVERAL: self.tr("choices, with ; between them"),
        }
        self.default.setPlaceholderText(told.get(one.kind, self.tr("none")))

    def _advise(self, draft: Draft, one: Attribute) -> None:
        before = draft.name_before(one)
        renamed = bool(before) and before != one.name
        self._name.advise(self.tr("Was “{0}”: renames the column in exports.").format(before) if renamed else "")
        twin = any(o.name == one.name and o.uid != one.uid for o in draft.codebook.attributes_of(one.tag_type))
        set_problem(self.name, twin or not one.name)
        set_problem(self.label, not one.label.strip())
        known = next((other for other in draft.before.attributes if other.uid == one.uid), one)
        changed = known.kind is not one.kind
        self._kind.advise(self.tr("Values that do not fit the new kind go when you save.") if changed else "")
        missing = one.kind in CHOOSING and not one.choices
        self._choices.advise(self.tr("It needs at least one choice.") if missing else "", problem=missing)
        set_problem(self.default, bool(one.default) and not _fits(one))


def _fits(one: Attribute) -> bool:
    try:
        rules.check_value(one, rules.parse_default(one))
    except RuleError:
        return False
    return True
