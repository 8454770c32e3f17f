"""The preview's second page: what a person has to decide, both versions side by side."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListView, QPushButton, QSplitter, QVBoxLayout, QWidget

from annotator.model.merge_plan import Conflict, Side
from annotator.ui.colleagues.compare import ComparePane
from annotator.ui.colleagues.conflict_model import ConflictModel
from annotator.ui.colleagues.conflict_wording import absent, consequence, reason
from annotator.ui.colleagues.reading import Read
from annotator.ui.colleagues.record_wording import RecordTeller
from annotator.ui.colleagues.two_lines import two_lines_in
from annotator.ui.widgets.dialog import may_shrink

_LIST = 300
_KEYS = {Qt.Key.Key_1: Side.MINE, Qt.Key.Key_2: Side.THEIRS}


class ConflictList(QListView):
    """``1`` decides for mine, ``2`` for theirs."""

    chosen = Signal(object)  # Side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Decide by a digit."""
        side = _KEYS.get(Qt.Key(event.key()))
        if side is not None and self.currentIndex().isValid():
            self.chosen.emit(side)
        else:
            super().keyPressEvent(event)


class ConflictsPage(QWidget):
    """``changed`` tells that something else is decided."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ConflictModel(self)
        self.list, self.versions = ConflictList(), ComparePane()
        self.mine, self.theirs = QPushButton(), QPushButton()
        self.all_mine, self.all_theirs = QPushButton(), QPushButton()
        self._why, self._comes_to, self._count = QLabel(), QLabel(), QLabel()
        self._who = ""
        self._teller: RecordTeller | None = None
        self._set_up()
        self._lay_out()
        self.list.selectionModel().currentRowChanged.connect(lambda now, _before: self._show(now.row()))
        self.list.chosen.connect(self._decide)
        self.mine.clicked.connect(lambda: self._decide(Side.MINE))
        self.theirs.clicked.connect(lambda: self._decide(Side.THEIRS))
        self.all_mine.clicked.connect(lambda: self._decide_all(Side.MINE))
        self.all_theirs.clicked.connect(lambda: self._decide_all(Side.THEIRS))
        self.model.decided.connect(self._count_open)

    def _set_up(self) -> None:
        self.list.setObjectName("bringInConflicts")
        self.list.setAccessibleName(self.tr("What is to be decided"))
        self.list.setModel(self.model)
        self._delegate = two_lines_in(self.list)
        may_shrink(self.list, self.versions)
        for button, name in (
            (self.mine, "keepMine"), (self.theirs, "takeTheirs"), (self.all_mine, "allMine"),
            (self.all_theirs, "allTheirs"),
        ):  # fmt: skip
            button.setObjectName(name)
            button.setAutoDefault(False)
        for button in (self.mine, self.theirs):
            button.setCheckable(True)
        self._why.setProperty("heading", True)
        self._comes_to.setProperty("secondary", True)
        self._count.setProperty("secondary", True)
        for label in (self._why, self._comes_to):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._count, 1)
        top.addWidget(self.all_mine)
        top.addWidget(self.all_theirs)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(4, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._why)
        column.addWidget(self.versions, 1)
        column.addWidget(self._comes_to)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.mine, 1)
        buttons.addWidget(self.theirs, 1)
        column.addLayout(buttons)
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setChildrenCollapsible(False)
        parts.setProperty("quiet", True)
        parts.addWidget(self.list)
        parts.addWidget(right)
        parts.setStretchFactor(0, 2)
        parts.setStretchFactor(1, 3)
        parts.setSizes([_LIST, 2 * _LIST])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 12, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(top)
        whole.addWidget(parts, 1)

    def show_conflicts(self, read: Read, conflicts: Iterable[Conflict], teller: RecordTeller, who: str) -> None:
        """Show what is to be decided; the decisions made so far stay, and the first open one is selected."""
        self._who, self._teller = who, teller
        self.mine.setText(self.tr("Keep mine (1)"))
        self.theirs.setText(self.tr("Take {0}’s (2)").format(who).replace("&", "&&"))
        self.all_mine.setText(self.tr("Keep all of mine"))
        self.all_theirs.setText(self.tr("Take all of {0}’s").format(who).replace("&", "&&"))
        titles = {one.uid: one.title for one in read.articles}
        self.model.show(conflicts, teller, titles, who)
        self._count_open()
        self._select(max(self.model.next_open(-1), 0))

    def _select(self, row: int) -> None:
        index = self.model.index(row)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)
        self._show(row)

    def _show(self, row: int) -> None:
        conflict = self.model.conflict(row)
        there = conflict is not None
        for button in (self.mine, self.theirs):
            button.setEnabled(there)
        if conflict is None or self._teller is None:
            self.versions.show_nothing()
            return
        record = conflict.mine or conflict.theirs
        what = self._teller.headline(record) if record is not None else ""
        self._why.setText(f"{what}: {reason(conflict, self._who)}")
        names = (self.tr("Mine"), self.tr("{0}’s").format(self._who))
        self.versions.show_fields(self._teller.fields(conflict.mine, conflict.theirs), names, absent(conflict))
        self._show_decision(conflict)

    def _show_decision(self, conflict: Conflict) -> None:
        side = self.model.decisions.get(conflict.key)
        self.mine.setChecked(side is Side.MINE)
        self.theirs.setChecked(side is Side.THEIRS)
        self.mine.setToolTip(consequence(conflict, Side.MINE))
        self.theirs.setToolTip(consequence(conflict, Side.THEIRS))
        text = self.tr("Mine: {0}\n{1}’s: {2}")
        self._comes_to.setText(
            text.format(consequence(conflict, Side.MINE), self._who, consequence(conflict, Side.THEIRS))
        )

    def _decide(self, side: Side) -> None:
        row = self.list.currentIndex().row()
        if self.model.conflict(row) is None:
            return
        self.model.decide([row], side)
        following = self.model.next_open(row)
        self._select(following if following >= 0 else row)
        self.changed.emit()

    def _decide_all(self, side: Side) -> None:
        self.model.decide(range(self.model.rowCount()), side)
        self._select(max(self.list.currentIndex().row(), 0))
        self.changed.emit()

    def _count_open(self) -> None:
        count, left = self.model.rowCount(), self.model.open
        text = self.tr("{0} of {1} left to decide") if left else self.tr("All {1} decided")
        self._count.setText(text.format(self.locale().toString(left), self.locale().toString(count)))
