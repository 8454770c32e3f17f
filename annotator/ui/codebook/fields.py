"""Fields of the two dialogs: the ones that tell each letter, the ones that tell when left, and their titles."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QShortcut, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from annotator.ui.theme.icons import icon
from annotator.ui.theme.polish import polish_anew
from annotator.ui.widgets.project_undo import ProjectUndoLineEdit, ProjectUndoTextEdit


def set_problem(widget: QWidget, problem: bool) -> None:
    """Draw a field or label in the colour of problems, or not."""
    if bool(widget.property("problem")) != problem:
        widget.setProperty("problem", problem)
        polish_anew(widget)


class DraftLine(ProjectUndoLineEdit):
    """A line whose ``textEdited`` goes into the draft at once; showing the same text leaves the caret alone."""

    def show_text(self, text: str) -> None:
        """Show a text."""
        if self.text() != text:
            self.setText(text)
            self.setCursorPosition(len(text) if self.hasFocus() else 0)


class DraftText(ProjectUndoTextEdit):
    """Several lines that tell each change by hand; Escape is the dialog's."""

    edited = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, lines: int = 3) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(lambda: self.edited.emit(self.toPlainText()))

    def show_text(self, text: str) -> None:
        """Show a text without telling."""
        if self.toPlainText() != text:
            self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Escape to the dialog."""
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Return room for some lines."""
        return QSize(160, self.fontMetrics().lineSpacing() * self._lines + 20)

    def minimumSizeHint(self) -> QSize:
        """Return the same height."""
        return QSize(80, self.sizeHint().height())


class CommitLine(ProjectUndoLineEdit):
    """``committed`` tells a text changed by hand, at Enter and when the field is left; Escape puts it back."""

    committed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known = ""
        self.editingFinished.connect(self.flush)

    def show_text(self, text: str) -> None:
        """Show a stored text."""
        self._known = text
        if self.text() != text:
            self.setText(text)
            self.setCursorPosition(0)

    def flush(self) -> None:
        """Tell what was typed."""
        if self.text() != self._known:
            self._known = self.text()
            self.committed.emit(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep Enter from the dialog, and Escape while something was typed."""
        if event.key() == Qt.Key.Key_Escape and self.text() != self._known:
            self.setText(self._known)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.flush()
        else:
            super().keyPressEvent(event)


class CommitText(DraftText):
    """Several lines; ``committed`` tells them when the field is left."""

    committed = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, lines: int = 3) -> None:
        super().__init__(parent, lines=lines)
        self._known = ""

    def show_text(self, text: str) -> None:
        """Show a stored text."""
        self._known = text
        super().show_text(text)

    def flush(self) -> None:
        """Tell what was typed."""
        if self.toPlainText() != self._known:
            self._known = self.toPlainText()
            self.committed.emit(self._known)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell what was typed when left."""
        super().focusOutEvent(event)
        self.flush()


class Chooser(QComboBox):
    """A list of (data, label) that leaves the wheel to the page; ``picked`` tells the data chosen by hand."""

    picked = Signal(object)

    def __init__(self, entries: Iterable[tuple[object, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[tuple[object, str], ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.offer(entries)
        self.activated.connect(lambda at: self.picked.emit(self._shown[at][0]))

    def offer(self, entries: Iterable[tuple[object, str]]) -> None:
        """Offer other entries."""
        wanted = tuple(entries)
        if wanted != self._shown:
            self._shown = wanted
            self.clear()
            self.addItems([label for _, label in wanted])

    def data(self) -> object:
        """Return what is chosen, or None."""
        return self._shown[self.currentIndex()][0] if self.currentIndex() >= 0 else None

    def choose(self, data: object) -> None:
        """Show an entry as chosen; nothing is told."""
        self.setCurrentIndex(next((at for at, (known, _) in enumerate(self._shown) if known == data), -1))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page, not the choice."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class Titled(QWidget):
    """A small title, the field under it, and under that a line of advice that takes no room while it is empty.

    ``beside`` is for one that stands beside others, which may be higher.
    """

    def __init__(self, title: str, body: QWidget, parent: QWidget | None = None, *, beside: bool = False) -> None:
        super().__init__(parent)
        self.title, self.body, self.advice = QLabel(title), body, QLabel()
        self.title.setProperty("secondary", True)
        self.title.setBuddy(body)
        self.advice.setProperty("secondary", True)
        self.advice.setWordWrap(True)
        self.advice.setTextFormat(Qt.TextFormat.PlainText)
        self.advice.hide()
        if not body.accessibleName():
            body.setAccessibleName(title)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)
        for part in (self.title, body, self.advice):
            self._column.addWidget(part)
        if beside:
            self._column.addStretch(1)

    def advise(self, text: str, *, problem: bool = False) -> None:
        """Show a line of advice, or none."""
        self.advice.setText(text)
        self.advice.setVisible(bool(text))
        # While all of it is hidden, Qt keeps the room of a line that has gone since.
        self._column.invalidate()
        set_problem(self.advice, problem)
        self.body.setAccessibleDescription(text)


def tool(icon_name: str, tooltip: str, name: str) -> QToolButton:
    """Return a button with an icon alone; the tooltip is its name to screen readers too."""
    button = QToolButton()
    button.setObjectName(name)
    button.setIcon(icon(icon_name))
    button.setProperty("iconName", icon_name)
    button.setToolTip(tooltip)
    button.setAccessibleName(tooltip)
    return button


def retint(parent: QWidget) -> None:
    """Draw the icons of all such buttons anew after a change of theme."""
    for button in parent.findChildren(QToolButton):
        if button.property("iconName"):
            button.setIcon(icon(str(button.property("iconName"))))


def on_key(widget: QWidget, keys: str, act: Callable[[], object]) -> None:
    """Act at a key while a widget itself has the focus, before the widget sees the key."""
    shortcut = QShortcut(QKeySequence(keys), widget)
    shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
    shortcut.activated.connect(act)
