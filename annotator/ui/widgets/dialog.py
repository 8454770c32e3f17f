"""What all dialogs have in common: margins, a row of buttons with the one primary at the right, and their end."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotator.ui.widgets.dismiss import delete_on_close

LARGEST = (1000, 640)
"""No dialog starts larger than this, so that it is whole on a screen of 1024 × 700."""

_LEAST_VIEW = 64


class Dialog(QDialog):
    """A dialog with a body and a row of buttons; it is gone for good once it is closed."""

    def __init__(self, parent: QWidget | None, width: int, height: int = 0) -> None:
        super().__init__(parent)
        delete_on_close(self)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        self._left, self._right = QHBoxLayout(), QHBoxLayout()
        foot = QHBoxLayout()
        for row in (self._left, self._right):
            row.setSpacing(8)
        foot.addLayout(self._left)
        foot.addStretch(1)
        foot.addLayout(self._right)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(16)
        column.addLayout(self.body, 1)
        column.addLayout(foot)
        self.setMinimumWidth(min(width, LARGEST[0]))
        self.resize(min(width, LARGEST[0]), min(height, LARGEST[1]) if height else 0)

    def set_title(self, title: str) -> None:
        """Name the dialog in its title bar and to screen readers."""
        self.setWindowTitle(title)
        self.setAccessibleName(title)

    def add_button(self, text: str, *, primary: bool = False, left: bool = False) -> QPushButton:
        """Add a button; the primary one comes last, at the right, and answers Enter."""
        button = QPushButton(text)
        button.setProperty("primary", primary)
        button.setAutoDefault(primary)
        button.setDefault(primary)
        (self._left if left else self._right).addWidget(button)
        return button

    def add_cancel(self, text: str = "") -> QPushButton:
        """Add the button that closes without doing anything; Escape does the same."""
        button = self.add_button(text or self.tr("Cancel"))
        button.clicked.connect(self.reject)
        return button

    def event(self, event: QEvent) -> bool:
        """Grow when what is shown needs more room, as lines that break and large fonts do."""
        handled = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self._fit()
        return handled

    def _fit(self) -> None:
        layout = self.layout()
        if layout is None:
            return
        width = min(max(layout.minimumSize().width(), self.minimumWidth()), LARGEST[0])
        self.setMinimumWidth(width)
        needed = layout.totalHeightForWidth(self.width()) if layout.hasHeightForWidth() else layout.sizeHint().height()
        needed = min(needed, LARGEST[1])
        self.setMinimumHeight(needed)
        if self.height() < needed:
            self.resize(self.width(), needed)


def may_shrink(*views: QWidget) -> None:
    """Let lists and tables give way where a dialog is at its largest and the font is large: they scroll."""
    for view in views:
        view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        view.setMinimumHeight(_LEAST_VIEW)


def heading(text: str) -> QLabel:
    """Return a heading within a dialog."""
    label = QLabel(text)
    label.setProperty("heading", True)
    return label


def small(text: str = "") -> QLabel:
    """Return a dimmed label that breaks its lines."""
    label = QLabel(text)
    label.setProperty("secondary", True)
    label.setWordWrap(True)
    return label


def problem(text: str = "") -> QLabel:
    """Return a label that says what is wrong, hidden while nothing is."""
    label = QLabel(text)
    label.setProperty("problem", True)
    label.setWordWrap(True)
    label.setVisible(bool(text))
    return label


def grouped(*buttons: QRadioButton) -> QWidget:
    """Return the buttons under each other, of which one is chosen."""
    group = QWidget()
    column = QVBoxLayout(group)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    for button in buttons:
        column.addWidget(button)
    return group


def rule() -> QFrame:
    """Return a thin line across."""
    line = QFrame()
    line.setProperty("rule", True)
    return line


def show_problem(label: QLabel, text: str) -> None:
    """Say what is wrong, or take it away."""
    label.setText(text)
    label.setVisible(bool(text))
