"""An article's text as it will come in, its furniture dimmed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QLabel, QTextEdit, QVBoxLayout, QWidget

from annotator.model.span import Span
from annotator.ui.theme.apply import current_theme
from annotator.ui.theme.fonts import article_font

MOST = 20_000
"""Code points that are shown: enough to judge by, and quick for any article."""


class TextPreview(QWidget):
    """To look at only: the text is never read back from here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._furniture = "", ()  # type: tuple[str, tuple[Span, ...]]
        self.view = QTextEdit()
        self.view.setReadOnly(True)
        self.view.setProperty("framed", True)
        self.view.setAccessibleName(self.tr("Text of the article"))
        self.view.document().setDocumentMargin(12)
        self.view.setFont(article_font(size=14))
        self.hint = QLabel(self.tr("Dimmed lines are furniture (share icons and the like). They stay in the text."))
        self.hint.setWordWrap(True)
        self.hint.setProperty("secondary", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.view, 1)
        column.addWidget(self.hint)

    def show_text(self, text: str, furniture: Sequence[Span]) -> None:
        """Show a text; the spans are ordered and disjoint, in code points."""
        self._text, self._furniture = text, tuple(furniture)
        self.hint.setVisible(bool(furniture))
        self._draw()

    def _draw(self) -> None:
        theme = current_theme()
        plain, dimmed = QTextCharFormat(), QTextCharFormat()
        plain.setForeground(QColor(theme.text))
        dimmed.setForeground(QColor(theme.furniture))
        dimmed.setFontItalic(True)
        block = QTextBlockFormat()
        block.setLineHeight(115, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        self.view.clear()
        cursor = QTextCursor(self.view.document())
        cursor.setBlockFormat(block)
        at, shown = 0, self._text[:MOST]
        for span in self._furniture:
            cursor.insertText(shown[at : span.start], plain)
            cursor.insertText(shown[span.start : span.stop], dimmed)
            at = span.stop
        cursor.insertText(shown[at:] + ("…" if len(self._text) > MOST else ""), plain)
        self.view.moveCursor(QTextCursor.MoveOperation.Start)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the text in the colours of another theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "hint"):
            self._draw()
