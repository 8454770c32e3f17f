"""A field that takes the keys pressed in it, instead of text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from annotator.ui.actions.keys import native, pressed


class KeyCapture(QLineEdit):
    """``captured`` tells a portable key sequence. Tab moves the focus on, Escape tells ``left``; both stay free."""

    captured = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setPlaceholderText(self.tr("Click here and press the new keys"))
        self.setAccessibleName(self.tr("New keys: press them"))

    def show_keys(self, keys: tuple[str, ...]) -> None:
        """Show the keys there are."""
        self.setText("   ".join(native(one) for one in keys))

    def event(self, event: QEvent) -> bool:
        """Claim every key before a menu does."""
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys; a modifier alone is no key yet."""
        key = pressed(event)
        if event.key() == Qt.Key.Key_Escape and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.left.emit()
        elif key:
            self.captured.emit(key)
        event.accept()
