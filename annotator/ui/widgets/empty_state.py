"""What a list shows while it is empty: what to do next."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from annotator.ui.theme.apply import current_theme
from annotator.ui.theme.icons import icon

_ICON = 32
_WIDTH = 320


class EmptyState(QWidget):
    """An icon, a heading, one sentence, and up to two buttons, in the middle of the room there is."""

    def __init__(self, icon_name: str, heading: str, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture, self._heading, self._sentence = QLabel(self), QLabel(self), QLabel(self)
        self._buttons = QHBoxLayout()
        self._lay_out()
        self.set_message(icon_name, heading, sentence)

    def set_message(self, icon_name: str, heading: str, sentence: str) -> None:
        """Show another message; the buttons stay."""
        self._icon_name = icon_name
        self._heading.setText(heading)
        self._sentence.setText(sentence)
        self.setAccessibleName(heading)
        self.setAccessibleDescription(sentence)
        self._tint()

    def add_button(self, text: str, *, primary: bool = False) -> QPushButton:
        """Add a button after those there are and return it; raises ValueError for a third."""
        if self._buttons.count() == 2:
            raise ValueError("an empty state offers two ways on at most")
        button = QPushButton(text, self)
        button.setProperty("primary", primary)
        self._buttons.addWidget(button)
        return button

    def changeEvent(self, event: QEvent) -> None:
        """Tint the icon anew when the theme changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._tint()

    def _lay_out(self) -> None:
        self._heading.setProperty("title", True)
        self._sentence.setMaximumWidth(_WIDTH)
        self._sentence.setWordWrap(True)
        self._buttons.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(2)
        for label in (self._picture, self._heading, self._sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setTextFormat(Qt.TextFormat.PlainText)
        column.addWidget(self._picture)
        column.addSpacing(4)
        column.addWidget(self._heading)
        column.addLayout(_between_stretches(self._sentence))
        column.addSpacing(8)
        column.addLayout(_between_stretches(self._buttons))
        column.addStretch(3)

    def _tint(self) -> None:
        drawn = icon(self._icon_name, current_theme().secondary)
        self._picture.setPixmap(drawn.pixmap(_ICON, _ICON))


def _between_stretches(middle: QWidget | QHBoxLayout) -> QHBoxLayout:
    """Return a row with something in its middle, that keeps its height for its width (an alignment would not)."""
    row = QHBoxLayout()
    row.addStretch(1)
    if isinstance(middle, QWidget):
        row.addWidget(middle, 1000)
    else:
        row.addLayout(middle)
    row.addStretch(1)
    return row
