"""The preview's page of the codebook: where theirs differs from mine, and what becomes of that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QLabel, QListView, QSplitter, QVBoxLayout, QWidget

from annotator.model.changes import Record
from annotator.model.manifest import key_of
from annotator.operations.bringing_in import CodebookDifference, Plan
from annotator.ui.colleagues.compare import ComparePane
from annotator.ui.colleagues.record_wording import RecordTeller, tr
from annotator.ui.colleagues.two_lines import two_lines_in
from annotator.ui.widgets.choices import CHOICE_ROLE, Choice
from annotator.ui.widgets.dialog import may_shrink, small

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class CodebookModel(QAbstractListModel):
    """One row for each thing that the two codebooks have otherwise."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[CodebookDifference] = ()
        self._teller: RecordTeller | None = None
        self._asked: frozenset[object] = frozenset()

    def show(self, plan: Plan, teller: RecordTeller) -> None:
        """Show a plan's differences."""
        self.beginResetModel()
        self._rows, self._teller = plan.codebook, teller
        self._asked = frozenset(one.key for one in plan.conflicts)
        self.endResetModel()

    def difference(self, row: int) -> CodebookDifference | None:
        """Return the difference of a row, or None."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def is_asked(self, difference: CodebookDifference) -> bool:
        """Tell whether it is among what is to be decided, because their work needs it."""
        return key_of(_either(difference)) in self._asked

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return how many differences there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what differs, or the row as it is painted."""
        difference = self.difference(index.row()) if index.isValid() else None
        if difference is None or self._teller is None:
            return None
        what, how = self._teller.headline(_either(difference)), _how(difference)
        if role == Qt.ItemDataRole.DisplayRole:
            return what
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{what}: {how}"
        if role == CHOICE_ROLE:
            icon = "add" if difference.mine is None else "remove" if difference.theirs is None else "edit"
            return Choice("", what, how, "warning" if self.is_asked(difference) else icon)
        return None


def _either(difference: CodebookDifference) -> Record:
    record = difference.mine or difference.theirs
    if record is None:
        raise ValueError("a difference needs a side")
    return record


def _how(difference: CodebookDifference) -> str:
    if difference.mine is None:
        return tr("only in their file")
    return tr("not in their file any more") if difference.theirs is None else tr("different in their file")


class CodebookPage(QWidget):
    """A list of what differs, and both versions of the one selected."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model, self.list, self.versions = CodebookModel(self), QListView(), ComparePane()
        self._teller: RecordTeller | None = None
        self._who = ""
        self._what_happens = QLabel()
        self._what_happens.setWordWrap(True)
        self.list.setObjectName("bringInCodebook")
        self.list.setAccessibleName(self.tr("Where the codebooks differ"))
        self.list.setModel(self.model)
        self._delegate = two_lines_in(self.list)
        may_shrink(self.list, self.versions)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(4, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.versions, 1)
        column.addWidget(self._what_happens)
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setChildrenCollapsible(False)
        parts.setProperty("quiet", True)
        parts.addWidget(self.list)
        parts.addWidget(right)
        parts.setSizes([300, 600])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 12, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(small(self.tr("Their codebook differs from yours. Yours never changes without being asked.")))
        whole.addWidget(parts, 1)
        self.list.selectionModel().currentRowChanged.connect(lambda now, _before: self._show(now.row()))

    def show_plan(self, plan: Plan, teller: RecordTeller, who: str) -> None:
        """Show where the codebooks of a plan differ."""
        self._teller, self._who = teller, who
        self.model.show(plan, teller)
        self.list.setCurrentIndex(self.model.index(0))
        self._show(0)

    def _show(self, row: int) -> None:
        difference = self.model.difference(row)
        if difference is None or self._teller is None:
            self.versions.show_nothing()
            return
        absent = (
            self.tr("not here") if difference.mine is None else "",
            self.tr("not there") if difference.theirs is None else "",
        )
        names = (self.tr("Mine"), self.tr("{0}’s").format(self._who))
        self.versions.show_fields(self._teller.fields(difference.mine, difference.theirs), names, absent)
        self._what_happens.setText(
            self.tr("Their work needs this: decide it under To decide.")
            if self.model.is_asked(difference)
            else self.tr("Your codebook stays as it is; nothing that comes in depends on this.")
        )
