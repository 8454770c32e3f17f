"""Pages under a row of tabs, with something said at the row's end."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from annotator.ui.widgets.elided_label import ElidedLabel


class Tabs(QWidget):
    """``name`` is what screen readers call the row of tabs; ``changed``: another page is shown."""

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = QTabBar()
        self.bar.setAccessibleName(name)
        self.bar.setExpanding(False)
        self.bar.setUsesScrollButtons(False)
        self.bar.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._said = ElidedLabel()
        self._said.setProperty("secondary", True)
        self._said.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self._pages = QStackedWidget()
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 12, 0)
        head.setSpacing(8)
        head.addWidget(self.bar)
        head.addWidget(self._said, 1)
        line = QFrame()
        line.setProperty("rule", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(line)
        column.addWidget(self._pages, 1)
        self.bar.currentChanged.connect(self._show)

    def add(self, page: QWidget, title: str) -> None:
        """Add a page behind those there are."""
        self._pages.addWidget(page)
        self.bar.addTab(title)

    def remove(self, page: QWidget) -> None:
        """Take a page out; it stays as it is, without a parent that shows it."""
        at = self._pages.indexOf(page)
        if at >= 0:
            self._pages.removeWidget(page)
            self.bar.removeTab(at)

    def has(self, page: QWidget) -> bool:
        """Tell whether a page is among those here."""
        return self._pages.indexOf(page) >= 0

    def current(self) -> QWidget | None:
        """Return the page that is shown."""
        return self._pages.currentWidget()

    def show_page(self, page: QWidget) -> None:
        """Show a page."""
        self.bar.setCurrentIndex(self._pages.indexOf(page))

    def say(self, text: str) -> None:
        """Say something at the end of the row."""
        self._said.setText(text)

    def said(self) -> str:
        """Return what is said at the end of the row."""
        return self._said.text()

    def _show(self, at: int) -> None:
        self._pages.setCurrentIndex(at)
        self.changed.emit()
