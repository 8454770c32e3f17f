"""One project in the list of recent ones: its name, its folder and when it was last changed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QDate, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from annotator.ui.dialogs.commands import drawn, placed, small_font
from annotator.ui.theme.apply import current_theme
from annotator.ui.theme.contrast import mix
from annotator.ui.theme.icons import DISABLED_PERCENT, icon
from annotator.ui.widgets.moments import shown_day

_HEIGHT = 48


def short_folder(path: Path) -> str:
    """Return the folder of a file, the home folder written as ``~``."""
    folder, home = path.parent, Path.home()
    return str(Path("~") / folder.relative_to(home)) if folder.is_relative_to(home) else str(folder)


def changed_on(path: Path) -> date | None:
    """Return the local day a file was last changed, or None when it is not there."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime).date()
    except OSError:
        return None


class _Face(QAbstractButton):
    """What is clicked: name and folder in two lines, the day at the end."""

    def __init__(self, name: str, folder: str, day: str) -> None:
        super().__init__()
        self._name, self._folder, self._day = name, folder, day
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{name}, {folder}, {day}")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """Return the height of two lines."""
        return QSize(240, max(_HEIGHT, 2 * self.fontMetrics().height() + 14))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the row; a missing file is dimmed."""
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self.layoutDirection())
        if self.isEnabled() and (self.underMouse() or self.hasFocus()):
            painter.setPen(QPen(QColor(theme.accent), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.hover))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)
        dimmed = mix(theme.text, theme.reader, DISABLED_PERCENT)
        area, mirrored = self.rect().adjusted(12, 6, -12, -6), self.isRightToLeft()
        bold, small = QFont(self.font()), small_font(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        day_width = QFontMetrics(small).horizontalAdvance(self._day) + 2
        half = area.height() // 2
        first = QRect(area.left(), area.top(), area.width() - day_width - 12, half)
        second = QRect(area.left(), area.top() + half, area.width(), half)
        end = QRect(area.right() - day_width, area.top(), day_width + 1, half)
        drawn(painter, bold, theme.text if self.isEnabled() else dimmed, placed(first, area, mirrored), self._name)
        drawn(painter, small, theme.secondary if self.isEnabled() else dimmed, second, self._folder)
        drawn(painter, small, theme.secondary, placed(end, area, mirrored), self._day)
        painter.end()


class RecentProject(QWidget):
    """``opened`` and ``forgotten`` tell the path. A file that is not there can only be forgotten."""

    opened = Signal(str)
    forgotten = Signal(str)

    def __init__(self, path: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path = path
        file, day = Path(path), changed_on(Path(path))
        self.there = day is not None
        self.face = _Face(file.stem, short_folder(file), self._day(day))
        self.face.setEnabled(self.there)
        self.face.setToolTip(path)
        self.face.clicked.connect(lambda: self.opened.emit(path))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.face, 1)
        self.remove = QToolButton()
        self.remove.setIcon(icon("close"))
        self.remove.setToolTip(self.tr("Remove from list"))
        self.remove.setAccessibleName(self.tr("Remove {name} from the list").format(name=file.stem))
        self.remove.clicked.connect(lambda: self.forgotten.emit(path))
        row.addWidget(self.remove)

    def _day(self, day: date | None) -> str:
        if day is None:
            return self.tr("Not found")
        if day == date.today():
            return self.tr("Today")
        if day == date.today() - timedelta(days=1):
            return self.tr("Yesterday")
        return shown_day(QDate(day.year, day.month, day.day), self.locale())
