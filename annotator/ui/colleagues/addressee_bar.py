"""The slim banner that asks, once, whether the user is whom a copy was handed out to."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from annotator.ui.theme.apply import current_theme
from annotator.ui.theme.icons import icon

_ICON = 16


class AddresseeBar(QWidget):
    """``agreed`` tells that the user is the addressee, ``declined`` that they are somebody else: the name, if given."""

    agreed = Signal()
    declined = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("addresseeBar")
        self._said = ""
        self._picture = QLabel()
        self.question = QLabel()
        self.yes, self.no = QPushButton(self.tr("Yes")), QPushButton()
        self.field = QLineEdit()
        self.save, self.back = QPushButton(self.tr("Save")), QPushButton(self.tr("Back"))
        self._lay_out()
        self.yes.clicked.connect(self.agreed)
        self.no.clicked.connect(self._decline)
        self.back.clicked.connect(lambda: self._turn_to(naming=False))
        self.save.clicked.connect(self._tell)
        self.field.returnPressed.connect(self._tell)
        self.field.textChanged.connect(lambda _: self.save.setEnabled(bool(self._name())))
        self._tint()
        self.hide()

    def _lay_out(self) -> None:
        self.yes.setProperty("primary", True)
        self.save.setProperty("primary", True)
        self.yes.setObjectName("addresseeYes")
        self.no.setObjectName("addresseeNo")
        self.field.setObjectName("addresseeName")
        self.field.setAccessibleName(self.tr("Your name"))
        self.field.setToolTip(self.tr("Your annotations are kept under this name"))
        self.field.setMinimumWidth(140)
        self.field.setMaximumWidth(220)
        name = QLabel(self.tr("Your &name"))
        name.setBuddy(self.field)
        self.question.setWordWrap(True)
        self.question.setTextFormat(Qt.TextFormat.PlainText)
        self._asking = _row((self._picture, 0), (self.question, 1), (self.yes, 0), (self.no, 0))
        self._naming = _row((name, 0), (self.field, 1), (self.save, 0), (self.back, 0), (QWidget(), 1))
        rule = QFrame()
        rule.setProperty("rule", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self._asking, self._naming, rule):
            column.addWidget(part)

    def ask(self, addressee: str, said: str, proposal: str) -> None:
        """Ask about a name; ``said`` is what the user is called, empty while they have not said, then ``proposal``."""
        self._said = said
        self.question.setText(self.tr("Are you {0}? This file was handed out to them.").format(addressee))
        self.no.setText(self.tr("No") if said else self.tr("No, I am …"))
        self.yes.setToolTip(self.tr("What you tag is kept as {0}’s, and goes back as theirs").format(addressee))
        self.no.setToolTip(self.tr("I am {0}: what I tag is kept under my own name").format(said or proposal))
        self.field.setText(proposal)
        self._turn_to(naming=False)
        self.show()

    def _turn_to(self, *, naming: bool) -> None:
        self._asking.setVisible(not naming)
        self._naming.setVisible(naming)
        if naming:
            self.field.selectAll()
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _decline(self) -> None:
        if self._said:
            self.declined.emit("")
        else:
            self._turn_to(naming=True)

    def _name(self) -> str:
        return " ".join(self.field.text().split())

    def _tell(self) -> None:
        if self._name():
            self.declined.emit(self._name())

    def changeEvent(self, event: QEvent) -> None:
        """Tint the icon anew when the theme changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_picture"):
            self._tint()

    def _tint(self) -> None:
        self._picture.setPixmap(icon("hand-out", current_theme().accent).pixmap(_ICON, _ICON))


def _row(*parts: tuple[QWidget, int]) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(12, 6, 12, 6)
    row.setSpacing(8)
    for part, stretch in parts:
        row.addWidget(part, stretch)
    return holder
