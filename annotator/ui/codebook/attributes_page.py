"""The page of a tag type's attributes, or of the article-level ones: a list beside the form of the one selected."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListView, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from annotator.base.uuid7 import uuid7
from annotator.model.codebook import Attribute
from annotator.ui.codebook.attribute_form import AttributeForm
from annotator.ui.codebook.draft import Draft
from annotator.ui.codebook.fields import on_key, tool
from annotator.ui.codebook.wording import kind_label
from annotator.ui.widgets.empty_state import EmptyState

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_LIST_WIDTH = 176


class AttributeModel(QAbstractListModel):
    """The attributes of one owner, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.attributes: tuple[Attribute, ...] = ()

    def show(self, attributes: tuple[Attribute, ...]) -> None:
        """Show other attributes."""
        if [one.uid for one in attributes] == [one.uid for one in self.attributes]:
            before, self.attributes = self.attributes, attributes
            for at, (old, new) in enumerate(zip(before, attributes, strict=True)):
                if old != new:
                    self.dataChanged.emit(self.index(at), self.index(at))
            return
        self.beginResetModel()
        self.attributes = attributes
        self.endResetModel()

    def row_of(self, uid: str) -> int:
        """Return where an attribute stands, or -1."""
        return next((at for at, one in enumerate(self.attributes) if one.uid == uid), -1)

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return how many attributes there are."""
        return 0 if parent.isValid() else len(self.attributes)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | QSize | None:
        """Return the label, the kind as a tooltip, or both for a screen reader."""
        if not index.isValid():
            return None
        one = self.attributes[index.row()]
        label = one.label or one.name
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{label} *" if one.mandatory else label
        if role == Qt.ItemDataRole.ToolTipRole:
            needed = self.tr("needed") if one.mandatory else ""
            return ", ".join(filter(None, (kind_label(one.kind), "; ".join(one.choices), needed)))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{label}, {kind_label(one.kind)}"
        return None


class AttributesPage(QWidget):
    """``edited`` tells the next draft and what was edited."""

    edited = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft: Draft | None = None
        self._owner: str | None = None
        self._editable = True
        self._showing = False
        self.model = AttributeModel()
        self.list = QListView()
        self.list.setObjectName("attributes")
        self.list.setAccessibleName(self.tr("Attributes"))
        self.list.setProperty("framed", True)
        self.list.setModel(self.model)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.form = AttributeForm()
        self.form.edited.connect(self.edited)
        self.add = tool("add", self.tr("Add an attribute"), "attributeAdd")
        self.remove = tool("remove", self.tr("Remove the attribute and its values"), "attributeRemove")
        self.up = tool("arrow-up", self.tr("Move the attribute up"), "attributeUp")
        self.down = tool("arrow-down", self.tr("Move the attribute down"), "attributeDown")
        self._empty = EmptyState("codebook", "", "")
        self.first = self._empty.add_button(self.tr("Add an attribute"))
        self.first.setAutoDefault(False)
        self._stack = QStackedWidget()
        self._lay_out()
        self.add.clicked.connect(self._add)
        self.first.clicked.connect(self._add)
        self.remove.clicked.connect(lambda: self._tell(self._now.remove_attribute(self.current())))
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_form())
        on_key(self.list, "Ctrl+Up", self.up.click)
        on_key(self.list, "Ctrl+Down", self.down.click)
        on_key(self.list, "Del", self.remove.click)

    def _lay_out(self) -> None:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.form)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        buttons = QHBoxLayout()
        buttons.setSpacing(2)
        for button in (self.add, self.remove, self.up, self.down):
            buttons.addWidget(button)
        buttons.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addWidget(self.list, 1)
        left.addLayout(buttons)
        self.list.setFixedWidth(_LIST_WIDTH)
        both = QWidget()
        line = QHBoxLayout(both)
        line.setContentsMargins(16, 16, 0, 0)
        line.setSpacing(0)
        line.addLayout(left)
        line.addWidget(scroll, 1)
        self._stack.addWidget(both)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    @property
    def _now(self) -> Draft:
        if self._draft is None:
            raise RuntimeError("a button told an edit before a draft was shown")
        return self._draft

    def current(self) -> str:
        """Return the attribute selected, or nothing."""
        row = self.list.currentIndex().row()
        return self.model.attributes[row].uid if 0 <= row < len(self.model.attributes) else ""

    def show_draft(self, draft: Draft, owner: str | None, *, editable: bool) -> None:
        """Show the attributes of a tag type, or those of articles for None."""
        current, row = self.current(), self.list.currentIndex().row()
        same = owner == self._owner
        self._draft, self._owner, self._editable = draft, owner, editable
        attributes = draft.codebook.attributes_of(owner)
        self._showing = True
        self.model.show(attributes)
        at = self.model.row_of(current) if same else 0
        if attributes:
            self.list.setCurrentIndex(self.model.index(at if at >= 0 else min(max(row, 0), len(attributes) - 1)))
        self._showing = False
        self._word_empty(owner)
        self._stack.setCurrentIndex(0 if attributes else 1)
        self.form.setEnabled(editable)
        self._show_form()

    def _word_empty(self, owner: str | None) -> None:
        if owner is None:
            self._empty.set_message(
                "article", self.tr("Nothing is asked of articles"),
                self.tr("Attributes of articles are for what you code once per text: genre, frame, tone."),
            )  # fmt: skip
        else:
            self._empty.set_message(
                "codebook", self.tr("Nothing is asked of this tag"),
                self.tr("An attribute is a question asked of every annotation of this tag type."),
            )  # fmt: skip
        self.first.setVisible(self._editable)

    def _show_form(self) -> None:
        uid, at = self.current(), self.list.currentIndex().row()
        if self._showing or self._draft is None:
            return
        if uid:
            self.form.show_draft(self._draft, uid, editable=self._editable)
        self.add.setEnabled(self._editable)
        self.remove.setEnabled(self._editable and bool(uid))
        self.up.setEnabled(self._editable and at > 0)
        self.down.setEnabled(self._editable and 0 <= at < self.model.rowCount() - 1)

    def _add(self) -> None:
        uid = uuid7()
        self._tell(self._now.add_attribute(uid, self._owner, self.tr("New attribute")))
        self.list.setCurrentIndex(self.model.index(self.model.row_of(uid)))
        self.form.label.setFocus(Qt.FocusReason.OtherFocusReason)
        self.form.label.selectAll()

    def _move(self, step: int) -> None:
        self._tell(self._now.move_attribute(self.current(), self.list.currentIndex().row() + step))

    def _tell(self, draft: Draft) -> None:
        self.edited.emit(draft, "")
