"""Which two sets are compared: two lists, the second with the choice of none."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from annotator.model.annotation import AnnotationSet, SetKind
from annotator.ui.review.session import Session
from annotator.ui.state import UiState


class _Choice(QComboBox):
    """A list that the wheel does not turn: it would compare others by accident."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what is around."""
        event.ignore()


class SetChooser(QWidget):
    """Tells the review what to compare."""

    def __init__(self, state: UiState, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state, self._session = state, session
        self.first, self.second = _Choice(), _Choice()
        self.first.setObjectName("firstSet")
        self.second.setObjectName("secondSet")
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 8, 8, 4)
        grid.setHorizontalSpacing(6)
        for at, (letter, box) in enumerate((("A", self.first), ("B", self.second))):
            label = QLabel(f"<b>{letter}</b>")
            label.setBuddy(box)
            box.setAccessibleName(self.tr("Set {letter}").format(letter=letter))
            box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(4)
            box.activated.connect(self._choose)
            grid.addWidget(label, 0, 2 * at)
            grid.addWidget(box, 0, 2 * at + 1)
            grid.setColumnStretch(2 * at + 1, 1)
        session.changed.connect(self.refresh)
        self.refresh()

    def names(self) -> dict[str, str]:
        """Return what the sets A and B are called."""
        known = {one.uid: self._name(one) for one in self._session.sets()}
        return {"A": known.get(self._session.first, ""), "B": known.get(self._session.second, "")}

    def refresh(self) -> None:
        """List the sets there are now."""
        sets = [(one.uid, self._name(one)) for one in self._session.sets()]
        self._fill(self.first, sets, self._session.first)
        others = [(uid, name) for uid, name in sets if uid != self._session.first]
        self._fill(self.second, [("", self.tr("nobody")), *others], self._session.second)

    def _fill(self, box: QComboBox, entries: list[tuple[str, str]], chosen: str) -> None:
        if [(box.itemData(at), box.itemText(at)) for at in range(box.count())] != entries:
            box.clear()
            for uid, name in entries:
                box.addItem(name, uid)
        box.setCurrentIndex(max(box.findData(chosen), 0))

    def _name(self, one: AnnotationSet) -> str:
        project = self._state.project
        if one.kind is SetKind.ADJUDICATED:
            return self.tr("Adjudicated")
        who = project.cache.annotators.get(one.annotator or "") if project is not None else None
        name = who.name if who is not None else one.name
        mine = project is not None and one.kind is SetKind.PERSON and one.annotator == project.annotator.uid
        return self.tr("{name} (you)").format(name=name) if mine else name

    def _choose(self) -> None:
        self._session.choose(self.first.currentData(), self.second.currentData())
        self._state.focus_reader.emit()
