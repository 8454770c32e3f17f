"""The slim banner that asks under which name annotations are kept, while nobody has said."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget


class NameBar(QWidget):
    """``named`` tells the name that was given; the field starts with the login's name.

    ``flush`` leaves out margins and the line below, where it stands on a page rather than above one.
    """

    named = Signal(str)

    def __init__(self, login: str, parent: QWidget | None = None, *, flush: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName("nameBar")
        self._field = QLineEdit(login)
        self._field.setAccessibleName(self.tr("Your name"))
        self._field.setMinimumWidth(140)
        self._field.setMaximumWidth(220)
        self._save = QPushButton(self.tr("Save"))
        label = QLabel(self.tr("Your annotations are kept under the &name"))
        label.setBuddy(self._field)
        label.setMinimumWidth(1)
        row = QHBoxLayout()
        row.setContentsMargins(*((0, 0, 0, 0) if flush else (12, 6, 12, 6)))
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self._field, 1)
        row.addWidget(self._save)
        row.addStretch(1)
        rule = QFrame()
        rule.setProperty("rule", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(rule)
        rule.setVisible(not flush)
        self._field.returnPressed.connect(self._tell)
        self._field.textChanged.connect(self._check)
        self._save.clicked.connect(self._tell)
        self._check()

    def set_name(self, name: str) -> None:
        """Show another name to begin with."""
        self._field.setText(name)

    def focus_field(self) -> None:
        """Put the caret into the field, the name selected."""
        self._field.selectAll()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _name(self) -> str:
        return " ".join(self._field.text().split())

    def _check(self) -> None:
        self._save.setEnabled(bool(self._name()))

    def _tell(self) -> None:
        if self._name():
            self.named.emit(self._name())
