"""The question where the annotations of a tag type go."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from annotator.model.codebook import TagType
from annotator.operations.codebook import REMOVE
from annotator.ui.codebook.fields import Chooser
from annotator.ui.codebook.wording import annotation_count
from annotator.ui.theme.polish import polish_anew


class RemovalDialog(QDialog):
    """``decided`` tells where the annotations go (a tag type or REMOVE), and whether attributes and links go along.

    ``merging`` leaves out the other answer: the tag type is to become part of another.
    """

    decided = Signal(str, bool)

    def __init__(
        self, parent: QWidget, tag: TagType, others: Sequence[TagType], uses: int, *, merging: bool = False
    ) -> None:
        super().__init__(parent)
        self.setObjectName("removal")
        self._merging = merging
        self.setWindowTitle(self.tr("Merge tag types") if merging else self.tr("Remove tag type"))
        head = QLabel(
            self.tr("Merge “{0}” into another tag type").format(tag.label)
            if merging
            else self.tr("Where do the annotations of “{0}” go?").format(tag.label)
        )
        head.setProperty("title", True)
        self._uses = self.tr("{0}, of all annotators.").format(annotation_count(uses))
        self.count = QLabel()
        self.count.setProperty("secondary", True)
        self.count.setWordWrap(True)
        self.keep = QRadioButton(self.tr("Tag them as"))
        self.drop = QRadioButton(self.tr("Remove them for good, with their links and reviews"))
        self.target = Chooser([(other.uid, other.label or other.name) for other in others])
        self.target.setObjectName("removalTarget")
        self.target.setAccessibleName(self.tr("Tag them as"))
        self.carry = QCheckBox(self.tr("Take over attributes and links that it lacks, so that no value is lost"))
        self.carry.setChecked(True)
        self.cancel, self.accept_button = QPushButton(self.tr("Cancel")), QPushButton()
        self.accept_button.setObjectName("removalAccept")
        self.accept_button.setDefault(True)
        self._lay_out(head)
        self.keep.setChecked(bool(others))
        self.drop.setChecked(not others)
        self.keep.setEnabled(bool(others))
        self.keep.toggled.connect(self._word)
        self.target.picked.connect(self._word)
        self.carry.toggled.connect(self._word)
        self.accept_button.clicked.connect(self._decide)
        self.cancel.clicked.connect(self.reject)
        self._word()

    def _lay_out(self, head: QLabel) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(head)
        column.addWidget(self.count)
        column.addSpacing(4)
        column.addWidget(self.keep)
        inner = QVBoxLayout()
        inner.setContentsMargins(0 if self._merging else 24, 0, 0, 0)
        inner.setSpacing(6)
        inner.addWidget(self.target)
        inner.addWidget(self.carry)
        column.addLayout(inner)
        column.addWidget(self.drop)
        self.keep.setVisible(not self._merging)
        self.drop.setVisible(not self._merging)
        note = QLabel(self.tr("Nothing happens to the file before you save the codebook; undo takes it back after."))
        note.setProperty("secondary", True)
        column.addSpacing(4)
        column.addWidget(note)
        column.addSpacing(8)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.accept_button)
        column.addLayout(buttons)
        self.setMinimumWidth(440)

    def _word(self) -> None:
        moving = self.keep.isChecked()
        self.target.setEnabled(moving)
        self.carry.setEnabled(moving)
        lost = self.tr("Values and links that “{0}” does not have are lost.").format(self.target.currentText())
        self.count.setText(self._uses if self.carry.isChecked() or not moving else f"{self._uses} {lost}")
        button = self.accept_button
        button.setText(
            self.tr("Merge into {0}").format(self.target.currentText())
            if self._merging
            else self.tr("Remove and re-tag")
            if moving
            else self.tr("Remove with annotations")
        )
        button.setProperty("primary", moving)
        button.setProperty("destructive", not moving)
        polish_anew(button)

    def _decide(self) -> None:
        target = str(self.target.data()) if self.keep.isChecked() else REMOVE
        self.decided.emit(target, self.carry.isChecked())
        self.accept()
