"""A label that shortens its text with an ellipsis and tells the whole of it in a tooltip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel, QSizePolicy, QStyle, QWidget


class ElidedLabel(QLabel):
    """One line of plain text; ``text()`` and the accessible name stay whole."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        super().__init__(parent)
        self._mode = mode
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show another text; line breaks count as spaces."""
        text = " ".join(text.split())
        if text and text == self.text():
            return
        super().setText(text)
        self.setAccessibleName(self.text())
        self._tell_whole()

    def shown_text(self) -> str:
        """Return the text as it is painted."""
        return self.fontMetrics().elidedText(self.text(), self._mode, self.contentsRect().width())

    def minimumSizeHint(self) -> QSize:
        """Return room for a few letters."""
        return QSize(self.fontMetrics().averageCharWidth() * 3, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the tooltip to what is cut."""
        super().resizeEvent(event)
        self._tell_whole()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the shortened text in the style's colours."""
        painter = QPainter(self)
        side = QStyle.visualAlignment(self.layoutDirection(), self.alignment())
        text = self.shown_text()
        # The application's style: see theme/polish.py for what self.style() does.
        QApplication.style().drawItemText(
            painter, self.contentsRect(), side, self.palette(), self.isEnabled(), text, self.foregroundRole()
        )
        painter.end()

    def _tell_whole(self) -> None:
        self.setToolTip(self.text() if self.shown_text() != self.text() else "")
