"""Two lists on a card: what the file will hold and what it will not."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from annotator.ui.theme.apply import current_theme
from annotator.ui.widgets.dialog import heading


class HandOutSummary(QFrame):
    """Said again with every choice, so that nothing goes out unseen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._holds: list[str] = []
        self._lacks: list[str] = []
        self.holds, self.lacks = self._list(), self._list()
        self.holds.setObjectName("handOutHolds")
        self.lacks.setObjectName("handOutLacks")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        column.addWidget(heading(self.tr("The file will hold")))
        column.addWidget(self.holds)
        column.addSpacing(12)
        column.addWidget(heading(self.tr("It will not hold")))
        column.addWidget(self.lacks)
        column.addStretch(1)

    def _list(self) -> QLabel:
        label = QLabel()
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.RichText)
        return label

    def show_lines(self, holds: list[str], lacks: list[str]) -> None:
        """Show other lines."""
        self._holds, self._lacks = holds, lacks
        theme = current_theme()
        self.holds.setText(_lines(holds, "✓", theme.success))
        self.lacks.setText(_lines(lacks, "–", theme.secondary))
        self.holds.setAccessibleName("; ".join(holds))
        self.lacks.setAccessibleName("; ".join(lacks))

    def changeEvent(self, event: QEvent) -> None:
        """Colour the marks anew when the theme changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "lacks"):
            self.show_lines(self._holds, self._lacks)


def _lines(lines: list[str], mark: str, colour: str) -> str:
    rows = "".join(
        f"<tr><td style='color:{colour}; padding-right:8px'>{mark}</td>"
        f"<td style='padding-bottom:3px'>{escape(line)}</td></tr>"
        for line in lines
    )
    return f"<table cellspacing=0 cellpadding=0>{rows}</table>"
