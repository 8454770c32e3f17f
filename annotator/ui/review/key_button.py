"""A button for an action whose key is shown on it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from annotator.ui.actions.registry import Actions
from annotator.ui.theme.apply import current_theme
from annotator.ui.theme.icons import icon


class KeyButton(QPushButton):
    """Follows its action: enabled with it, its key behind a short label; a click leaves the focus where it is."""

    def __init__(
        self, actions: Actions, uid: str, label: str, icon_name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._actions, self._uid, self._label, self._icon_name = actions, uid, label, icon_name
        self.setObjectName(f"button.{uid}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(28)
        self.setIconSize(QSize(12, 12))
        self.setAutoDefault(False)
        self.setStyleSheet("padding: 3px 4px;")
        self.clicked.connect(lambda: actions.run(uid))
        actions.action(uid).changed.connect(self.follow)
        actions.rebuilt.connect(self.follow)
        self.follow()

    def set_label(self, label: str) -> None:
        """Call it something else."""
        self._label = label
        self.follow()

    def follow(self) -> None:
        """Show label and key as they are now."""
        action, keys = self._actions.action(self._uid), self._actions.keys_of(self._uid)
        key = QKeySequence.fromString(keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if keys else ""
        short = key.replace("Shift+", "⇧").replace("Return", "⏎")
        self.setText(f"{self._label}  {short}" if key else self._label)
        self.setToolTip(f"{action.text()} ({key})" if key else action.text())
        self.setAccessibleName(self.toolTip())
        self.setEnabled(action.isEnabled())
        if self._icon_name:
            self.setIcon(icon(self._icon_name, current_theme().text))

    def changeEvent(self, event: QEvent) -> None:
        """Tint the icon anew when the theme changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.follow()
