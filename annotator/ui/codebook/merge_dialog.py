"""The question which of several entities stays when they become one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from annotator.model.entity import Entity
from annotator.ui.codebook.entity_index import place_text
from annotator.ui.codebook.fields import Titled
from annotator.ui.codebook.wording import annotation_count, entity_icon
from annotator.ui.widgets.choices import Choice
from annotator.ui.widgets.type_ahead import TypeAhead


def entity_detail(entity: Entity) -> str:
    """Return what tells an entity from its namesakes."""
    return " · ".join(filter(None, (entity.role, entity.affiliation, place_text(entity))))


class MergeDialog(QDialog):
    """``decided`` tells the uid of the entity that stays and those of the others.

    ``candidates`` finds entities by words; ``uses`` tells how many annotations bear one.
    """

    decided = Signal(str, tuple)

    def __init__(
        self,
        parent: QWidget,
        members: Sequence[Entity],
        candidates: Callable[[str], list[Entity]],
        uses: Callable[[str], int],
    ) -> None:
        super().__init__(parent)
        self.setObjectName("mergeEntities")
        self.setWindowTitle(self.tr("Merge"))
        self._uses, self._candidates = uses, candidates
        self._offered: dict[str, Entity] = {}
        self.members: list[Entity] = []
        self._group = QButtonGroup(self)
        self._names = QVBoxLayout()
        self._names.setSpacing(6)
        self.field = TypeAhead(creatable=False)
        self.field.setObjectName("mergeWith")
        self.field.setPlaceholderText(self.tr("Type a name"))
        self.field.set_source(self._choices)
        self.field.chosen.connect(self._take)
        self.cancel, self.merge = QPushButton(self.tr("Cancel")), QPushButton(self.tr("Merge"))
        self.cancel.setAutoDefault(False)
        self.merge.setProperty("primary", True)
        self.merge.setDefault(True)
        self.merge.clicked.connect(self._decide)
        self.cancel.clicked.connect(self.reject)
        self._head, self._told = QLabel(self.tr("Which name is to stay?")), QLabel()
        self._lay_out()
        for entity in members:
            self.add(entity)
        self._enable()

    def _lay_out(self) -> None:
        self._head.setProperty("title", True)
        self._told.setProperty("secondary", True)
        self._told.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.merge)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        column.addWidget(self._head)
        column.addLayout(self._names)
        column.addWidget(Titled(self.tr("Merge with another one"), self.field))
        column.addWidget(self._told)
        column.addSpacing(4)
        column.addLayout(buttons)
        self.setMinimumWidth(440)

    def add(self, entity: Entity) -> None:
        """Let one more be merged; the one used most is proposed to stay."""
        if any(known.uid == entity.uid for known in self.members):
            return
        self.members.append(entity)
        detail = " · ".join(filter(None, (entity_detail(entity), annotation_count(self._uses(entity.uid)))))
        button = QRadioButton(f"{entity.name}  ({detail})".replace("&", "&&"))
        button.setAccessibleName(entity.name)
        self._group.addButton(button, len(self.members) - 1)
        self._names.addWidget(button)
        most = max(
            range(len(self.members)), key=lambda at: (self._uses(self.members[at].uid), len(self.members[at].name))
        )
        self._group.button(most).setChecked(True)
        self._enable()

    @property
    def kept(self) -> Entity:
        """The entity that is to stay."""
        return self.members[self._group.checkedId()]

    def _enable(self) -> None:
        self.merge.setEnabled(len(self.members) > 1)
        self._told.setText(
            self.tr("All names stay as “also called”, and every annotation bears the one that stays. One step to undo.")
            if len(self.members) > 1
            else self.tr("Choose the other one first.")
        )

    def _choices(self, text: str) -> list[Choice]:
        here = {known.uid for known in self.members}
        self._offered = {one.uid: one for one in self._candidates(text) if one.uid not in here}
        return [Choice(one.uid, one.name, entity_detail(one), entity_icon(one.kind)) for one in self._offered.values()]

    def _take(self, choice: Choice) -> None:
        self.field.clear()
        self.add(self._offered[choice.key])

    def _decide(self) -> None:
        kept = self.kept.uid
        self.decided.emit(kept, tuple(one.uid for one in self.members if one.uid != kept))
        self.accept()
