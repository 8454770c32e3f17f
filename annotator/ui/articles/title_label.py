"""A title in large type on one line or two, cut with an ellipsis where that is not enough."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.ui.articles.wording import reads_right_to_left

LINES = 2


class TitleLabel(QWidget):
    """Its height follows from its width; the whole title is its accessible name, and its tooltip when it is cut."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._font: QFont | None = None
        self._lines: tuple[str, int, list[str]] = ("", 0, [])
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def text(self) -> str:
        """Return the whole title."""
        return self._text

    def setText(self, text: str) -> None:
        """Show another title; line breaks count as spaces."""
        text = " ".join(text.split())
        if text == self._text:
            return  # a header is shown anew with every tag
        self._text = text
        self.setAccessibleName(self._text)
        self._tell_whole()
        self.updateGeometry()
        self.update()

    def title_font(self) -> QFont:
        """Return the font: 20 pixels where the interface has 13, semi-bold."""
        if self._font is None:
            self._font = QFont(self.font())
            self._font.setPixelSize(self.fontInfo().pixelSize() + 7)
            self._font.setWeight(QFont.Weight.DemiBold)
        return self._font

    def changeEvent(self, event: QEvent) -> None:
        """Take another font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._font, self._lines = None, ("", 0, [])

    def shown_lines(self, width: int) -> list[str]:
        """Return the lines as they are painted at a width in pixels."""
        if self._lines[:2] != (self._text, width):
            self._lines = (self._text, width, self._broken(width))
        return self._lines[2]

    def _broken(self, width: int) -> list[str]:
        layout = QTextLayout(self._text, self.title_font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        starts: list[int] = []
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            starts.append(line.textStart())
        layout.endLayout()
        # QTextLine counts in UTF-16, so the cuts are made there too.
        encoded = self._text.encode("utf-16-le")
        ends = [*starts[1:], len(encoded) // 2]
        cut = [encoded[2 * a : 2 * b].decode("utf-16-le") for a, b in zip(starts, ends, strict=True)]
        if len(cut) <= LINES:
            return [piece.rstrip() for piece in cut]
        rest = "".join(cut[LINES - 1 :])
        last = QFontMetrics(self.title_font()).elidedText(rest, Qt.TextElideMode.ElideRight, width)
        return [piece.rstrip() for piece in cut[: LINES - 1]] + [last]

    def hasHeightForWidth(self) -> bool:
        """Return True."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of one line or two."""
        return self._line_height() * max(len(self.shown_lines(width)), 1)

    def sizeHint(self) -> QSize:
        """Return one line of the whole title."""
        return QSize(QFontMetrics(self.title_font()).horizontalAdvance(self._text) + 1, self._line_height())

    def minimumSizeHint(self) -> QSize:
        """Return room for a few letters."""
        return QSize(QFontMetrics(self.title_font()).averageCharWidth() * 8, self._line_height())

    def _line_height(self) -> int:
        return QFontMetrics(self.title_font()).height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the tooltip to what is cut."""
        super().resizeEvent(event)
        self._tell_whole()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the lines from the reading side of the title's own script."""
        painter = QPainter(self)
        painter.setFont(self.title_font())
        painter.setPen(self.palette().windowText().color())
        mirrored = reads_right_to_left(self._text)
        painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight)
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        for number, line in enumerate(self.shown_lines(self.width())):
            rect = self.rect().translated(0, number * self._line_height())
            rect.setHeight(self._line_height())
            painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute, line)
        painter.end()

    def _tell_whole(self) -> None:
        shown = self.shown_lines(self.width())
        self.setToolTip(self._text if shown and shown[-1].endswith("…") else "")
