"""The page about one tag type: names, colour, key, part, what the key takes, definition and examples."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from annotator.model.codebook import Part, TagType, Unit
from annotator.ui.codebook.draft import Draft
from annotator.ui.codebook.fields import Chooser, DraftLine, DraftText, Titled, set_problem
from annotator.ui.codebook.wording import part_explained, part_label, unit_label
from annotator.ui.widgets.colour_button import ColourButton


class TagPage(QWidget):
    """``edited`` tells the next draft, and what was edited, so that letters typed one after another undo together."""

    edited = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft: Draft | None = None
        self._uid = ""
        self._make_fields()
        self._lay_out()
        self._connect()

    def _make_fields(self) -> None:
        self.label, self.name = DraftLine(), DraftLine()
        self.label.setObjectName("tagLabel")
        self.name.setObjectName("tagName")
        self.colour = ColourButton("#0072B2")
        self.colour.setObjectName("tagColour")
        self.colour.setAutoDefault(False)
        self.key = Chooser([("", self.tr("none")), *((digit, digit) for digit in "123456789")])
        self.key.setObjectName("tagKey")
        self.part = Chooser([(part, part_label(part)) for part in Part])
        self.part.setObjectName("tagPart")
        self.unit = Chooser([(unit, unit_label(unit)) for unit in Unit])
        self.unit.setObjectName("tagUnit")
        self.auxiliary = QCheckBox(self.tr("Serves links only; not counted as a topic"))
        self.auxiliary.setObjectName("tagAuxiliary")
        self.definition, self.examples = DraftText(lines=4), DraftText(lines=3)
        self.definition.setObjectName("tagDefinition")
        self.examples.setObjectName("tagExamples")
        self._label = Titled(self.tr("Label"), self.label, beside=True)
        self._name = Titled(self.tr("Name in exports"), self.name, beside=True)
        self._colour = Titled(self.tr("Colour"), self.colour, beside=True)
        self._key = Titled(self.tr("Key"), self.key, beside=True)
        self._part = Titled(self.tr("What it is in a report"), self.part, beside=True)
        self._unit = Titled(self.tr("Without a selection, the key takes"), self.unit, beside=True)
        self._definition = Titled(self.tr("Definition, shown as a tooltip while tagging"), self.definition)
        self._examples = Titled(self.tr("Examples, one a line"), self.examples)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        pairs = ((self._label, self._name), (self._colour, self._key), (self._part, self._unit))
        for at, (left, right) in enumerate(pairs):
            grid.addWidget(left, at, 0)
            grid.addWidget(right, at, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(grid)
        column.addWidget(self.auxiliary)
        column.addWidget(self._definition)
        column.addWidget(self._examples)
        column.addStretch(1)

    def _connect(self) -> None:
        self.label.textEdited.connect(lambda text: self._tell(self._now.label_tag(self._uid, text), "label"))
        self.name.textEdited.connect(lambda text: self._edit("name", name=text.strip()))
        self.colour.colour_changed.connect(lambda colour: self._edit("", colour=colour))
        self.key.picked.connect(lambda key: self._edit("", key=key))
        self.part.picked.connect(lambda part: self._edit("", part=part))
        self.unit.picked.connect(lambda unit: self._edit("", unit=unit))
        self.auxiliary.clicked.connect(lambda on: self._edit("", auxiliary=on))
        self.definition.edited.connect(lambda text: self._edit("definition", definition=text))
        self.examples.edited.connect(
            lambda text: self._edit("examples", examples=tuple(filter(None, map(str.strip, text.splitlines()))))
        )

    @property
    def _now(self) -> Draft:
        if self._draft is None:
            raise RuntimeError("a field told an edit before a draft was shown")
        return self._draft

    def _edit(self, what: str, **fields: object) -> None:
        self._tell(self._now.edit_tag(self._uid, **fields), what)

    def _tell(self, draft: Draft, what: str) -> None:
        self.edited.emit(draft, f"{self._uid} {what}" if what else "")

    def show_draft(self, draft: Draft, uid: str) -> None:
        """Show a tag type of a draft."""
        other, self._draft, self._uid = uid != self._uid, draft, uid
        tag = draft.codebook.tag(uid)
        self.label.show_text(tag.label)
        self.name.show_text(tag.name)
        self.colour.set_colour(tag.colour)
        self.key.choose(tag.key)
        self.part.choose(tag.part)
        self.unit.choose(tag.unit)
        self.auxiliary.setChecked(tag.auxiliary)
        self.definition.show_text(tag.definition)
        # While examples are typed, the lines stay as they are: empty ones are only left out of the draft.
        if other or not self.examples.hasFocus():
            self.examples.show_text("\n".join(tag.examples))
        self._advise(draft, tag)

    def _advise(self, draft: Draft, tag: TagType) -> None:
        before = draft.name_before(tag)
        renamed = bool(before) and before != tag.name
        self._name.advise(
            self.tr("Was “{0}”: exports made from now on use the new name.").format(before) if renamed else ""
        )
        set_problem(self.label, not tag.label.strip())
        twice = any(other.name == tag.name and other.uid != tag.uid for other in draft.codebook.tag_types)
        set_problem(self.name, twice or not tag.name)
        alike = draft.alike(tag.uid)
        if alike:
            names = ", ".join(f"“{other.label}”" for other in alike)
            self._colour.advise(self.tr("Hard to tell from {0} for some eyes.").format(names), problem=True)
        else:
            self._colour.advise(self.colour.warning())
        clash = draft.key_taken_by(tag.uid, tag.key)
        self._key.advise(self.tr("“{0}” has this key already.").format(clash.label) if clash else "", problem=True)
        self._part.advise(part_explained(tag.part))
