"""A field to search in: a glass, a way to clear it, and its text told after a short pause."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from annotator.ui.theme.apply import current_theme
from annotator.ui.theme.icons import icon
from annotator.ui.widgets.project_undo import ProjectUndoLineEdit


class SearchField(ProjectUndoLineEdit):
    """``text_changed`` tells the text ``delay_ms`` after the last key; at once with 0, by Enter, or when cleared."""

    text_changed = Signal(str)

    def __init__(self, placeholder: str, parent: QWidget | None = None, *, delay_ms: int = 60) -> None:
        super().__init__(parent)
        self._told = ""
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self._glass = QAction(self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self._cross = QAction(self.tr("Clear"), self)
        self._cross.setToolTip(self.tr("Clear (Esc)"))
        self._cross.setVisible(False)
        self._cross.triggered.connect(self.clear)
        self.addAction(self._cross, QLineEdit.ActionPosition.TrailingPosition)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(delay_ms)
        self._timer.timeout.connect(self._tell)
        self.textChanged.connect(self._note)
        self._tint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter tells the text at once; Escape clears, and is the parent's in an empty field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._tell()
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Tint the icons anew when the theme changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_cross"):
            self._tint()

    def _note(self, text: str) -> None:
        self._cross.setVisible(bool(text))
        if text and self._timer.interval():
            self._timer.start()
        else:
            self._tell()

    def _tell(self) -> None:
        self._timer.stop()
        if self.text() != self._told:
            self._told = self.text()
            self.text_changed.emit(self._told)

    def _tint(self) -> None:
        colour = current_theme().secondary
        self._glass.setIcon(icon("search", colour))
        self._cross.setIcon(icon("close", colour))
