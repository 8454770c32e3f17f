"""The page of the links that may start at a tag type: one line each."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QPushButton, QScrollArea, QSpinBox, QVBoxLayout, QWidget

from annotator.base.uuid7 import uuid7
from annotator.model.codebook import LinkRule
from annotator.ui.codebook.draft import Draft
from annotator.ui.codebook.fields import Chooser, DraftLine, set_problem, tool
from annotator.ui.widgets.dismiss import dismiss
from annotator.ui.widgets.project_undo import with_project_undo


class LinkRow:
    """The fields of one link rule."""

    def __init__(self, page: LinksPage, uid: str) -> None:
        self.uid = uid
        self.label, self.role = DraftLine(), DraftLine()
        self.to_type = Chooser()
        self.at_most = with_project_undo(QSpinBox())
        self.at_most.setRange(0, 99)
        self.at_most.setSpecialValueText(page.tr("any"))
        self.acyclic = QCheckBox()
        self.remove = tool("remove", page.tr("Remove the link"), "linkRemove")
        self.widgets: tuple[QWidget, ...] = (
            self.label, self.role, self.to_type, self.at_most, self.acyclic, self.remove
        )  # fmt: skip
        for widget, name in zip(self.widgets[:5], page.columns, strict=True):
            widget.setAccessibleName(name)
        self.at_most.setToolTip(page.tr("How many of these links one annotation may have"))
        self.acyclic.setToolTip(page.tr("Forbid circles, such as two quotes each inside the other"))
        self.label.textEdited.connect(lambda text: page.tell(page.now.label_rule(uid, text), f"{uid} label"))
        self.role.textEdited.connect(lambda text: page.tell(page.now.edit_rule(uid, role=text.strip()), f"{uid} role"))
        self.to_type.picked.connect(lambda to: page.tell(page.now.edit_rule(uid, to_type=to), ""))
        self.at_most.valueChanged.connect(self._count_changed)
        self.acyclic.clicked.connect(lambda on: page.tell(page.now.edit_rule(uid, acyclic=on), ""))
        self.remove.clicked.connect(lambda: page.tell(page.now.remove_rule(uid), ""))
        self._page = page

    def _count_changed(self, count: int) -> None:
        self._page.tell(self._page.now.edit_rule(self.uid, at_most=count), f"{self.uid} at most")

    def show(self, rule: LinkRule, draft: Draft) -> None:
        """Show a rule."""
        self.label.show_text(rule.label)
        self.role.show_text(rule.role)
        self.to_type.offer([(tag.uid, tag.label or tag.name) for tag in draft.codebook.tag_types])
        self.to_type.choose(rule.to_type)
        self.at_most.blockSignals(True)
        self.at_most.setValue(rule.at_most)
        self.at_most.blockSignals(False)
        self.acyclic.setChecked(rule.acyclic)
        rules = draft.codebook.link_rules
        mine = (rule.role, rule.from_type, rule.to_type)
        twice = sum((other.role, other.from_type, other.to_type) == mine for other in rules) > 1
        set_problem(self.label, not rule.label.strip())
        set_problem(self.role, twice or not rule.role)


class LinksPage(QWidget):
    """``edited`` tells the next draft and what was edited."""

    edited = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft: Draft | None = None
        self._owner = ""
        self._enabled = True
        self.columns = (
            self.tr("Label"), self.tr("Name in exports"), self.tr("To"), self.tr("At most"), self.tr("No circles")
        )  # fmt: skip
        self.rows: dict[str, LinkRow] = {}
        self._told = QLabel()
        self._told.setProperty("secondary", True)
        self._told.setWordWrap(True)
        self.add = QPushButton(self.tr("Add a link"))
        self.add.setObjectName("linkAdd")
        self.add.setAutoDefault(False)
        self.add.clicked.connect(self._add)
        self._lay_out()

    def _lay_out(self) -> None:
        self._inner = QWidget()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._heads = [QLabel(name) for name in self.columns]
        for at, head in enumerate(self._heads):
            head.setProperty("secondary", True)
            self._grid.addWidget(head, 0, at)
        for at, stretch in enumerate((3, 3, 3, 0, 0, 0)):
            self._grid.setColumnStretch(at, stretch)
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self._told)
        column.addLayout(self._grid)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self._inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    @property
    def now(self) -> Draft:
        """The draft shown."""
        if self._draft is None:
            raise RuntimeError("a field told an edit before a draft was shown")
        return self._draft

    def tell(self, draft: Draft, what: str) -> None:
        """Tell an edit."""
        self.edited.emit(draft, what)

    def show_draft(self, draft: Draft, owner: str, *, editable: bool) -> None:
        """Show the links of a tag type."""
        self._draft, self._owner = draft, owner
        rules = draft.codebook.rules_from(owner)
        if [rule.uid for rule in rules] != list(self.rows):
            self._rebuild([rule.uid for rule in rules])
        for rule in rules:
            self.rows[rule.uid].show(rule, draft)
        for head in self._heads:
            head.setVisible(bool(rules))
        label = draft.codebook.tag(owner).label
        self._told.setText(
            self.tr("To what an annotation tagged {0} may be linked. Links are drawn in the margin.").format(label)
            if rules
            else self.tr("{0} is not linked to anything.").format(label)
        )
        self._inner.setEnabled(editable)

    def _rebuild(self, uids: list[str]) -> None:
        for row in self.rows.values():
            for widget in row.widgets:
                dismiss(widget)
        self.rows = {uid: LinkRow(self, uid) for uid in uids}
        for line, made in enumerate(self.rows.values(), start=1):
            for at, widget in enumerate(made.widgets):
                centre = Qt.AlignmentFlag.AlignCenter if at == 4 else Qt.AlignmentFlag(0)
                self._grid.addWidget(widget, line, at, centre)

    def _add(self) -> None:
        uid = uuid7()
        self.tell(self.now.add_rule(uid, self._owner, self._owner, self.tr("New link")), "")
        self.rows[uid].label.setFocus(Qt.FocusReason.OtherFocusReason)
        self.rows[uid].label.selectAll()
