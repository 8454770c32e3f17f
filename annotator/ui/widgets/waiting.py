"""A small dialog that stands before the window while something long is done beside it."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QProgressBar, QWidget

from annotator.ui.widgets.dialog import Dialog


class Waiting(Dialog):
    """Says what is done; nobody can close it but who has opened it, for what is begun cannot be left half done."""

    def __init__(self, parent: QWidget | None, title: str, text: str, *, width: int = 380) -> None:
        super().__init__(parent, width)
        self.set_title(title)
        self.setObjectName("waiting")
        self.setModal(True)
        self.text = QLabel(text)
        self.text.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(text)
        self.body.addWidget(self.text)
        self.body.addWidget(self.bar)

    def reject(self) -> None:
        """Stay: Escape and the title bar's button do not end what is being done."""
