"""A field with a list that narrows while one types: for speakers, entities and places."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget
from shiboken6 import isValid

from annotator.ui.widgets.choices import Choice, ChoiceDelegate, ChoiceModel, row_width
from annotator.ui.widgets.dismiss import dismiss
from annotator.ui.widgets.project_undo import ProjectUndoLineEdit

Source = Callable[[str], list[Choice]]

_ROWS = 8
_LEAST_WIDTH, _MOST_WIDTH = 280, 640
_FRAME = 24
"""The list's frame, padding and scroll bar, in pixels."""


class TypeAhead(ProjectUndoLineEdit):
    """A line edit whose popup never takes the focus.

    ``chosen`` tells the ``Choice`` taken, ``created`` a new name; ``cancelled`` says that Escape closed the list. The
    first row is selected from the start, so that Enter takes the best match.
    """

    chosen = Signal(object)
    created = Signal(str)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None, *, creatable: bool = True) -> None:
        super().__init__(parent)
        self._source: Source = _nothing
        self._creatable = creatable
        self._creation: Choice | None = None
        self._model = ChoiceModel()
        self._popup: QListView | None = None
        self.textEdited.connect(self.open_list)

    def set_source(self, source: Source) -> None:
        """Say where choices come from: called with the text, blanks cut off both ends, it returns the best first."""
        self._source = source

    def set_creatable(self, creatable: bool) -> None:
        """Say whether a name that is not in the list can be made."""
        self._creatable = creatable

    def open_list(self) -> None:
        """Show the choices for the text there is; the list stays closed when there are none."""
        self._model.show(self._choices())
        popup = self._list()
        if not self._model.rowCount():
            popup.hide()
            return
        popup.setCurrentIndex(self._model.index(0))
        popup.setGeometry(self._place(popup))
        popup.show()
        popup.raise_()

    def close_list(self) -> None:
        """Hide the list; the text stays."""
        if self.is_open():
            self._list().hide()
        self.setAccessibleDescription("")

    def is_open(self) -> bool:
        """Return whether the list is shown."""
        return self._popup is not None and isValid(self._popup) and self._popup.isVisible()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move in the list, take a row, or close it; with the list closed Enter and Escape are the parent's."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _ROWS, Qt.Key.Key_PageUp: -_ROWS}
        key = Qt.Key(event.key())
        if key in steps:
            self._step(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.is_open():
            self._take(self._list().currentIndex())
        elif key is Qt.Key.Key_Escape and self.is_open():
            self.close_list()
            self.cancelled.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Close the list when the focus goes elsewhere."""
        super().focusOutEvent(event)
        self.close_list()

    def hideEvent(self, event: QHideEvent) -> None:
        """Close the list with the field."""
        super().hideEvent(event)
        self.close_list()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close the list when the window under it moves its parts."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.WindowDeactivate) and watched is self.window():
            self.close_list()
        return super().eventFilter(watched, event)

    def _choices(self) -> tuple[Choice, ...]:
        """Return the source's choices, and one to make the text a new name unless it is there already."""
        text = self.text().strip()
        found = tuple(self._source(text))
        known = any(choice.label.casefold() == text.casefold() for choice in found)
        self._creation = None
        if not text or known or not self._creatable:
            return found
        self._creation = Choice("", self.tr("Create “{name}”").format(name=text), "", "add")
        return (*found, self._creation)

    def _step(self, rows: int) -> None:
        if not self.is_open():
            self.open_list()
            return
        row = min(max(self._list().currentIndex().row() + rows, 0), self._model.rowCount() - 1)
        self._list().setCurrentIndex(self._model.index(row))

    def _take(self, index: QModelIndex) -> None:
        choice = self._model.choice(index.row())
        self.close_list()
        if choice is None:
            return
        if choice is self._creation:
            self.created.emit(self.text().strip())
            return
        self.setText(choice.label)
        self.chosen.emit(choice)

    def _list(self) -> QListView:
        """Return the popup, a child of the window above all its parts; made when first needed."""
        window = self.window()
        alive = self._popup is not None and isValid(self._popup)
        if self._popup is None or not alive or self._popup.parentWidget() is not window:
            if self._popup is not None and alive:
                dismiss(self._popup)
            self._popup = self._made(window)
        return self._popup

    def _made(self, window: QWidget) -> QListView:
        popup = QListView(window)
        if window is self:
            popup.setWindowFlags(Qt.WindowType.ToolTip)
        popup.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        popup.setFocusProxy(self)
        popup.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        popup.setProperty("popup", True)
        popup.setObjectName("typeAheadList")
        popup.setAccessibleName(self.tr("Choices"))
        popup.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        popup.setUniformItemSizes(True)
        popup.setMouseTracking(True)
        popup.setItemDelegate(ChoiceDelegate(popup))
        popup.setModel(self._model)
        popup.hide()
        popup.selectionModel().currentChanged.connect(self._describe)
        popup.clicked.connect(self._take)
        window.installEventFilter(self)
        return popup

    def _place(self, popup: QListView) -> QRect:
        """Return the popup's place: under the field, above it where there is more room, within the window."""
        rows = min(self._model.rowCount(), _ROWS)
        height = popup.sizeHintForRow(0) * rows + 2 * popup.frameWidth()
        width = self._wanted_width(popup)
        if popup.isWindow():
            return QRect(self.mapToGlobal(QPoint(0, self.height() + 2)), popup.size().scaled(width, height, _FREE))
        window = self.window().rect()
        field = QRect(self.mapTo(self.window(), QPoint(0, 0)), self.size())
        under, over = window.bottom() - field.bottom() - 4, field.top() - 4
        top = field.bottom() + 3 if height <= under or under >= over else field.top() - 2 - min(height, over)
        from_the_end = self.isRightToLeft() or field.left() + width > window.right() - 3
        left = field.right() + 1 - width if from_the_end else field.left()
        left = max(min(left, window.right() - width - 3), 0)
        return QRect(left, top, min(width, window.width()), min(height, max(under, over)))

    def _wanted_width(self, popup: QListView) -> int:
        """Return the width at which no row is cut; while one types on, the list does not get narrower again."""
        choices = (self._model.choice(row) for row in range(self._model.rowCount()))
        widest = max((row_width(choice, popup.font()) for choice in choices if choice is not None), default=0)
        known = popup.width() if popup.isVisible() else 0
        return max(self.width(), _LEAST_WIDTH, known, min(widest + _FRAME, _MOST_WIDTH))

    def _describe(self, current: QModelIndex) -> None:
        """Let a screen reader say the current row, though the focus is in the field."""
        self.setAccessibleDescription(str(current.data(Qt.ItemDataRole.AccessibleTextRole) or ""))


_FREE = Qt.AspectRatioMode.IgnoreAspectRatio


def _nothing(_text: str) -> list[Choice]:
    return []
