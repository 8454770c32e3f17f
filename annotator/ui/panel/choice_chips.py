"""A few choices side by side, one or several of which can be on: quicker than a list that opens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from annotator.ui.panel.summary import readable
from annotator.ui.theme.apply import current_theme
from annotator.ui.theme.icons import icon
from annotator.ui.theme.style_sheet import frame_colour
from annotator.ui.widgets.flow import Flow

_HEIGHT, _PADDING, _CHECK = 24, 9, 12
_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}


class _Chip(QAbstractButton):
    """One choice. ``several`` draws a tick, so that it is plain that more than one may be on."""

    def __init__(self, choice: str, text: str, several: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.choice, self._several = choice, several
        self.setText(text)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """Return room for the text, and for a tick where there may be one."""
        tick = _CHECK + 4 if self._several else 0
        width = self.fontMetrics().horizontalAdvance(self.text()) + 2 * _PADDING + tick
        return QSize(width, max(_HEIGHT, self.fontMetrics().height() + 6))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the arrows to the row; Enter presses as Space does."""
        if event.key() in _STEPS:
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a pill: framed when off, in the accent's tint and outline when on."""
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(1.0 if self.isEnabled() or self.isChecked() else 0.5)
        on = self.isChecked()
        ground = theme.selection if on else theme.hover if self.underMouse() and self.isEnabled() else theme.reader
        edge = theme.accent if on or self.hasFocus() else frame_colour(theme)
        painter.setPen(QPen(QColor(edge), 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(ground))
        inset = 1.0 if self.hasFocus() else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 5, 5)
        area = self.rect().adjusted(_PADDING, 0, -_PADDING, 0)
        if self._several:
            spot = area.adjusted(0, (area.height() - _CHECK) // 2, 0, 0)
            spot.setSize(QSize(_CHECK, _CHECK))
            if self.isRightToLeft():
                spot.moveRight(area.right())
            icon("check" if on else "add", theme.accent if on else theme.secondary).paint(painter, spot)
            area = area.adjusted(*((0, 0, -_CHECK - 4, 0) if self.isRightToLeft() else (_CHECK + 4, 0, 0, 0)))
        painter.setPen(QColor(theme.text if on else theme.secondary))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()


class ChoiceChips(Flow):
    """Choices as chips. ``chosen`` tells the tuple of those that are on; pressing the one that is on turns it off.

    One tab stop; the arrows move within. A click leaves the focus where it was, and ``clicked`` tells of it.
    """

    chosen = Signal(tuple)
    clicked = Signal()

    def __init__(
        self,
        choices: Sequence[str],
        *,
        several: bool = False,
        labels: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._several = several
        shown = labels or [readable(choice) for choice in choices]
        self._chips = [_Chip(choice, text, several, self) for choice, text in zip(choices, shown, strict=True)]
        for chip in self._chips:
            chip.clicked.connect(lambda _on=False, chip=chip: self._press(chip))
            self.add(chip)
        self._mark_tab_stop()

    def choices(self) -> tuple[str, ...]:
        """Return those that are on, in their order."""
        return tuple(chip.choice for chip in self._chips if chip.isChecked())

    def set_choices(self, choices: Iterable[str]) -> None:
        """Turn these on and the others off; nothing is told."""
        wanted = set(choices)
        for chip in self._chips:
            chip.setChecked(chip.choice in wanted)
        self._mark_tab_stop()

    def chip(self, choice: str) -> QAbstractButton:
        """Return the button of a choice; raises StopIteration when there is none."""
        return next(chip for chip in self._chips if chip.choice == choice)

    def set_told(self, name: str, description: str) -> None:
        """Say what is chosen here, for screen readers and as a tooltip."""
        self.setAccessibleName(name)
        for chip in self._chips:
            chip.setAccessibleName(f"{name}: {chip.text()}")
            chip.setToolTip(description)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move to the next chip or the one before."""
        step = _STEPS.get(Qt.Key(event.key()))
        at = next((i for i, chip in enumerate(self._chips) if chip.hasFocus()), None)
        if step is None or at is None:
            super().keyPressEvent(event)
            return
        if self.isRightToLeft() and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = -step
        self._chips[(at + step) % len(self._chips)].setFocus(Qt.FocusReason.TabFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Repaint with the theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.update()

    def _press(self, pressed: _Chip) -> None:
        if not self._several and pressed.isChecked():
            for chip in self._chips:
                chip.setChecked(chip is pressed)
        self._mark_tab_stop()
        self.chosen.emit(self.choices())
        if not pressed.hasFocus():
            self.clicked.emit()

    def _mark_tab_stop(self) -> None:
        stop = next((chip for chip in self._chips if chip.isChecked()), self._chips[0] if self._chips else None)
        for chip in self._chips:
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus if chip is stop else Qt.FocusPolicy.NoFocus)
